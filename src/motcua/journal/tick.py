"""What happens by itself, every few minutes: past days are sealed."""

from datetime import timedelta

from django.apps import apps

from motcua.journal.actions import seal_days
from motcua.kernel.vntime import local_day
from motcua.web.clock import now
from motcua.web.scope import Scope, agency_scope

GRACE = timedelta(hours=1)
"""How long after midnight a day stays open: what began before it may still be writing."""


def tick() -> int:
    """Seal the past days of every agency; return how many were sealed."""
    at, sealed = now(), 0
    for agency in apps.get_model("people", "Agency").objects.order_by("slug"):
        with agency_scope(Scope(agency.pk, (agency.pk,))):
            sealed += seal_days(agency, before=local_day(at - GRACE), at=at)
    return sealed

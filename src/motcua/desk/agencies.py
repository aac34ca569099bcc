"""Every agency of this database in turn, each with its scope open: for commands."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from motcua.web.scope import Scope, agency_scope


def each_agency() -> Iterator[Any]:
    """The agencies by slug; while one is given out, it is the one in scope."""
    for agency in apps.get_model("people", "Agency").objects.order_by("slug"):
        with agency_scope(Scope(agency.pk, (agency.pk,))):
            yield agency

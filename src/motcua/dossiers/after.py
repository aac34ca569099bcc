"""Questions about what comes after reception: what left the house, what I did, who holds what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from motcua.dossiers import rules, undoing
from motcua.dossiers.models import Dossier, IssuedForm
from motcua.dossiers.rules import State
from motcua.kernel.vntime import local_day
from motcua.people.rules import Role

HELD = frozenset({*rules.OPEN, State.DONE})
"""Dossiers that somebody holds: open, or waiting to be handed over."""


def left_the_house(dossier_ids: Sequence[UUID]) -> QuerySet[IssuedForm]:
    """The forms of these dossiers that went to the citizen, oldest state first."""
    rows = IssuedForm.objects.filter(dossier_id__in=dossier_ids)
    return rows.exclude(form__in=undoing.INTERNAL_FORMS).order_by("at_seq", "at")


def why_not_undone(events: Sequence[Any], *, by: Any, at: datetime) -> list[Any]:
    """For each of the events given, what speaks against undoing it now, or None."""
    ids = {event.subject_id for event in events if event.subject_type == "dossiers.dossier"}
    dossiers = Dossier.objects.filter(pk__in=ids)
    heads = dict(dossiers.values_list("pk", "journal_seq"))
    forms: dict[UUID, list[IssuedForm]] = {}
    for form in left_the_house(list(ids)):
        forms.setdefault(form.dossier_id, []).append(form)
    leads = by.has_role(Role.LEADER, Role.ADMINISTRATOR, on=local_day(at))
    found = []
    for event in events:
        left = [f for f in forms.get(event.subject_id, ()) if f.at_seq >= event.seq]
        found.append(
            undoing.why_not(
                event, head=heads.get(event.subject_id, 0), by=by, leads=leads, at=at,
                left=left[0] if left else None,
            )
        )  # fmt: skip
    return found


def held_by(officer: Any) -> QuerySet[Dossier]:
    """What an officer holds: open dossiers and those waiting for the citizen, by code."""
    rows = Dossier.objects.filter(holder=officer, state__in=HELD)
    return rows.select_related("version__field", "version__procedure").order_by("pk")


def holders() -> list[tuple[Any, int]]:
    """Who holds dossiers now, also officers who have left, and how many each."""
    counted = (
        Dossier.objects.filter(state__in=HELD).exclude(holder=None)
        .values("holder").order_by("holder").annotate(n=Count("pk"))
    )  # fmt: skip
    many = {row["holder"]: row["n"] for row in counted}
    holder = Dossier._meta.get_field("holder").related_model
    officers = holder.objects.filter(pk__in=many).select_related("post").order_by("name")
    return [(officer, many[officer.pk]) for officer in officers]

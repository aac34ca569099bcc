"""Undo (hoàn tác): a compensating event that puts the columns of the dossier back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import after, facts, undoing
from motcua.dossiers.actions._common import columns, json_value, keep
from motcua.dossiers.models import Dossier, DossierFact, Paper
from motcua.journal import queries as journal
from motcua.journal.actions import action, check_clock
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people.rules import Role


@action("dossier.undone")
def undo(*, by: Any, at: datetime, key: str, dossier_id: UUID, event: int) -> Dossier:
    """Undo the dossier's last act, whose sequence in its journal is `event`.

    By who did it, or a leader or administrator, on the day it was done, while nothing of it has
    left the house. The undone event stays in the journal; the fact follows this one.
    """
    permissions.require(by, *Role, at=at)
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier_id)
    check_clock(dossier, by=by, at=at)
    events = list(journal.events_of(dossier))
    undone = next((one for one in events if one.seq == event), events[0])
    refusal = undoing.why_not(
        undone, head=dossier.journal_seq, by=by, at=at,
        leads=by.has_role(Role.LEADER, Role.ADMINISTRATOR, on=local_day(at)),
        left=after.left_the_house([dossier.pk]).filter(at_seq__gte=undone.seq).first(),
    )  # fmt: skip
    if refusal is not None:
        raise refusal
    dossier.as_found = columns(dossier)
    _put_back(dossier, undone.data["before"])
    _papers_back(dossier, undone)
    data = {"undone": undone.seq, "verb": undone.verb, "facts": _facts_before(events)}
    return keep(dossier, verb="undone", by=by, at=at, key=key, data=data)


def _put_back(dossier: Dossier, before: dict[str, Any]) -> None:
    fields = {field.attname: field for field in Dossier._meta.concrete_fields}
    for name, value in before.items():
        field = fields[name]
        reads = field.target_field if field.is_relation else field
        setattr(dossier, name, reads.to_python(value))


def _papers_back(dossier: Dossier, undone: Any) -> None:
    """The papers as they were: those that came with a supplement are gone, scans are taken off."""
    if undone.verb == "dossier.take_supplement":
        dossier.papers.filter(number__in=_came(dossier, undone.data)).delete()
    for number, file_id, confirmed, exemption in undone.data.get("papers_before", []):
        Paper.objects.filter(dossier=dossier, number=number).update(
            file_id=file_id, confirmed=confirmed, exemption=exemption
        )


def _came(dossier: Dossier, data: dict[str, Any]) -> list[int]:
    """The numbers of the papers that came with a supplement.

    Events of before the numbers were kept tell only how many: the highest ones, as it was the
    last act.
    """
    if "numbers" in data:
        return list(data["numbers"])
    numbers = dossier.papers.order_by("-number").values_list("number", flat=True)
    return list(numbers[: len(data["names"])])


def _facts_before(events: list[Any]) -> dict[str, Any]:
    """The fact columns that the last event set, as all before it left them."""
    *earlier, last = events
    names = facts.changes(last)
    told = DossierFact()
    for event in earlier if names else ():
        for name, value in facts.changes(event).items():
            setattr(told, name, value)
    return {name: _plain(getattr(told, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else json_value(value)

"""Two records of one person become one, with the history of both; and back, where that was wrong.

Who may: the desk (on a page that lists what it touches), leaders and administrators. Moved are
dossiers, visits and forwarded dossiers; the record that goes points to the one that lives on.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import refusals_counter as refusals
from motcua.dossiers.actions._common import need_reason
from motcua.dossiers.models import Dossier, Forwarded, Person, Visit
from motcua.journal import queries as journal
from motcua.journal.actions import action, record
from motcua.kernel.text import mask, nfc
from motcua.people import permissions
from motcua.people.rules import Role

MAY = (Role.DESK, Role.LEADER, Role.ADMINISTRATOR)
FILLED = ("birth", "phone", "email", "address")
MERGED, MERGED_INTO = "person.merged", "person.merged_into"


@action(MERGED)
def merge_persons(
    *,
    by: Any,
    at: datetime,
    key: str,
    keep: UUID,
    gone: UUID,
    reason: str,
    old_number: bool = False,
) -> Person:
    """Merge the record `gone` into `keep`; return `keep`.

    What `keep` lacks (number, birth, phone, e-mail, address) it takes over. `old_number`: both
    have a number and that of `gone` is an old one of the same person; it leads to `keep` from
    then on. Raises SamePerson, AlreadyMerged, OfAnotherKind, NumbersDiffer, ReasonMissing.
    """
    permissions.require(by, *MAY, at=at)
    reason = nfc(need_reason(reason))
    stays, goes = _pair(keep, gone)
    check_pair(stays, goes, old_number=old_number)
    took = _take_over(stays, goes)
    data = {"reason": reason, "took": took, "old_number": old_number, **_move(goes, stays)}
    goes.merged_into = stays
    record(goes, verb=MERGED_INTO, by=by, at=at, key=None, data={"into": str(stays.pk), **data})
    goes.save(force_update=True)
    record(stays, verb=MERGED, by=by, at=at, key=key, data={"gone": str(goes.pk), **data})
    stays.save(force_update=True)
    return stays


def check_pair(stays: Person, goes: Person, *, old_number: bool) -> None:
    """Raise what speaks against merging `goes` into `stays`."""
    if stays.pk == goes.pk:
        raise refusals.SamePerson(field="gone")
    for one in (stays, goes):
        if one.merged_into_id:
            raise refusals.AlreadyMerged(name=one.name)
    if stays.is_organisation != goes.is_organisation:
        raise refusals.OfAnotherKind(field="gone")
    if stays.id_number and goes.id_number and not old_number:
        raise refusals.NumbersDiffer(
            kept=mask(stays.id_number), other=mask(goes.id_number), field="old_number"
        )  # fmt: skip


@action("person.split")
def split(*, by: Any, at: datetime, key: str, gone: UUID, reason: str) -> Person:
    """Take a wrong merge back; return the record that is its own again.

    What was moved goes back, and what was taken over, unless it was changed since. Dossiers
    received after the merge stay. Raises NotMerged, MergedOnward, NumberTaken, ReasonMissing.
    """
    permissions.require(by, *MAY, at=at)
    reason = nfc(need_reason(reason))
    found = Person.objects.get(pk=gone)
    if found.merged_into_id is None:
        raise refusals.NotMerged(name=found.name)
    stays, goes = _pair(found.merged_into_id, gone)
    merge = journal.latest(goes, MERGED_INTO)
    if goes.merged_into_id != stays.pk or merge is None:
        raise refusals.NotMerged(name=goes.name)
    if stays.merged_into_id:
        raise refusals.MergedOnward(name=stays.name)
    _give_back(stays, goes, merge.data["took"])
    data = {"reason": reason, **_move(stays, goes, only=merge.data)}
    goes.merged_into = None
    record(stays, verb="person.split_off", by=by, at=at, key=None,
           data={"gone": str(goes.pk), **data})  # fmt: skip
    stays.save(force_update=True)
    record(goes, verb="person.split", by=by, at=at, key=key, data={"from": str(stays.pk), **data})
    goes.save(force_update=True)
    return goes


def _pair(keep: UUID, gone: UUID) -> tuple[Person, Person]:
    """Both, locked in one order whoever asks; their dossiers first, as every act locks them."""
    pair = [keep, gone]
    list(Dossier.objects.select_for_update(of=("self",)).filter(applicant__in=pair).order_by("pk"))
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=pair).order_by("pk")
    found = {row.pk: row for row in rows}
    if keep not in found or gone not in found:
        raise Person.DoesNotExist
    return found[keep], found[gone]


def _take_over(stays: Person, goes: Person) -> dict[str, str]:
    """Fill what `stays` lacks. A number has one bearer: it leaves the record that goes."""
    took = {n: getattr(goes, n) for n in FILLED if getattr(goes, n) and not getattr(stays, n)}
    if goes.id_number and not stays.id_number:
        took["id_number"] = goes.id_number
        goes.id_number = ""
    for name, value in took.items():
        setattr(stays, name, value)
    return took


def _give_back(stays: Person, goes: Person, took: dict[str, str]) -> None:
    for name, value in took.items():
        if name == "id_number":
            bearer = Person.objects.filter(id_number=value).exclude(pk=stays.pk).first()
            if bearer is not None:
                raise refusals.NumberTaken(name=bearer.name)
            goes.id_number = value
        if getattr(stays, name) == value:
            setattr(stays, name, "")


def _move(source: Person, target: Person, only: dict[str, Any] | None = None) -> dict[str, Any]:
    """Move what belongs to `source`, or what of it `only` names; the ids of what was moved."""
    moved = {}
    rows: Sequence[tuple[str, Any, str]] = (
        ("dossiers", Dossier, "applicant"), ("visits", Visit, "person"),
        ("forwarded", Forwarded, "person"),
    )  # fmt: skip
    for name, model, column in rows:
        found = model.objects.filter(**{column: source})
        if only is not None:
            found = found.filter(pk__in=only[name])
        ids = list(found.order_by("pk").values_list("pk", flat=True))
        model.objects.filter(pk__in=ids).update(**{column: target})
        moved[name] = [str(one) for one in ids]
    return moved

"""Citizens and organisations that file: found by identity number, or noted anew."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers import refusals
from motcua.dossiers.models import Person
from motcua.journal.actions import drafted, record, write
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import local_day, parse_birth
from motcua.web import prepared, scope
from motcua.web.ids import uuid7
from motcua.web.prepared import Asked, slots

# Mã số thuế, mã số doanh nghiệp (10, or 13 for a branch), or a 12-digit organisation identity.
ORGANISATION_NUMBER = re.compile(r"[0-9]{10}(-?[0-9]{3})?|[0-9]{12}")


@dataclass(frozen=True, slots=True)
class PersonIn:
    """A person as typed at the desk. The identity number may be missing, the birth date partial.

    `same_as` is the id of the known person whom the officer recognised, with or without a number;
    `no_number` says why there is none (not needed).
    """

    name: str
    id_number: str = ""
    birth: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    is_organisation: bool = False
    same_as: str = ""
    no_number: str = ""


COLUMNS = ("name", "id_number", "birth", "phone", "email", "address", "is_organisation")


def clean(typed: PersonIn) -> PersonIn:
    """The same, normalised; refused when the name is empty or the number cannot be one."""
    name = nfc(typed.name)
    if not name:
        raise refusals.ApplicantMissing(field="name")
    number = "".join(typed.id_number.split()).replace(".", "")
    digits = sum(c in "0123456789" for c in number)
    if number and typed.is_organisation:
        if not ORGANISATION_NUMBER.fullmatch(number):
            raise refusals.BadOrganisationNumber(text=number, field="id_number")
    elif number and not digits == len(number) in (9, 12):
        raise refusals.BadIdNumber(text=number[:20], count=digits, field="id_number")
    return PersonIn(
        name=name, id_number=number, birth=parse_birth(typed.birth) if typed.birth else "",
        phone="".join(typed.phone.split()), email=typed.email.strip(),
        address=nfc(typed.address), is_organisation=typed.is_organisation,
        same_as=typed.same_as, no_number=nfc(typed.no_number),
    )  # fmt: skip


def birth_by(text: str, at: datetime) -> str:
    """As `parse_birth`, of somebody who is born at `at`. Raises BadInput."""
    birth = parse_birth(text)
    if birth > local_day(at).isoformat()[: len(birth)]:
        raise refusals.NotYetBorn(text=text.strip(), field="birth")
    return birth


def take(typed: PersonIn, *, by: Any, at: datetime, rename: bool = False) -> Person:
    """The known person with this identity number, brought up to date; or a new one.

    Inside the caller's transaction, in which the person is locked. A change leaves its own event,
    without a key, with both values. Another name for a known number is refused unless `rename`:
    the officer compared it with the card. The number of a record merged into another leads to
    that other.
    """
    person, noted = taken(typed, by=by, at=at, rename=rename)
    if noted is not None:
        write([noted])
        prepared.insert([person])
    return person


def taken(typed: PersonIn, *, by: Any, at: datetime, rename: bool = False) -> tuple[Person, Any]:
    """As `take`, but a new person and the event of noting them, if any, are left to be written."""
    given = clean(typed)
    if given.birth:
        birth_by(given.birth, at)
    person = _known(given)
    if person is None:
        return _noted(Person(id=uuid7(), agency_id=scope.current().agency_id), given, by, at)
    if fold(given.name) != person.folded and not rename:
        raise refusals.IdOfAnother(name=person.name, field="id_number")
    fresh = ("name", "birth", "phone", "email", "address", *(("id_number",) * bool(given.same_as)))
    changed = {
        name: getattr(given, name)
        for name in fresh
        if getattr(given, name) and getattr(given, name) != getattr(person, name)
    }
    return (_update(person, changed, by, at) if changed else person), None


_of_number = Asked(
    lambda: (
        Person.across_agencies.select_for_update()
        .filter(**slots(Person, "agency", "id_number"))
        .order_by("pk")[:1]
    )
)


def _known(given: PersonIn) -> Person | None:
    """The person meant, locked; of merged records the one that lives on."""
    if given.same_as:
        return _recognised(Person.objects.select_for_update(), given)
    if not given.id_number:
        return None
    person = _of_number.first(id_number=given.id_number)
    while person is not None and person.merged_into_id:
        person = Person.objects.select_for_update().get(pk=person.merged_into_id)
    return person


def _recognised(rows: Any, given: PersonIn) -> Person:
    """The person whom the officer chose; a number takes the place of none or of an old one only."""
    person: Person | None = rows.filter(pk=given.same_as, merged_into=None).first()
    if person is None:
        raise refusals.PersonNotThere(name=given.name, field="name")
    number = given.id_number
    if number and number != person.id_number:
        if person.id_number and not (len(person.id_number) == 9 and len(number) == 12):
            raise refusals.OtherNumber(name=person.name, field="id_number")
        bearer = rows.filter(id_number=number).first()
        if bearer is not None:
            raise refusals.IdOfAnother(name=bearer.name, field="id_number")
    return person


def _noted(person: Person, given: PersonIn, by: Any, at: datetime) -> tuple[Person, Any]:
    for name in COLUMNS:
        setattr(person, name, getattr(given, name))
    person.folded = fold(person.name)
    why = {"no_number": given.no_number} if given.no_number and not given.id_number else {}
    data = {"new": True, **why}
    return person, drafted(person, verb="person.noted", by=by, at=at, key=None, data=data)


def _update(person: Person, changed: dict[str, str], by: Any, at: datetime) -> Person:
    before = {name: getattr(person, name) for name in changed}
    for name, value in changed.items():
        setattr(person, name, value)
    person.folded = fold(person.name)
    data = {"changed": {name: [before[name], changed[name]] for name in sorted(changed)}}
    record(person, verb="person.changed", by=by, at=at, key=None, data=data)
    person.save(force_update=True)
    return person

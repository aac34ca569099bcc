"""Citizens and organisations that file: found by identity number, or noted anew."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers import refusals
from motcua.dossiers.models import Person
from motcua.journal.actions import record
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import parse_birth
from motcua.web import scope
from motcua.web.ids import uuid7

# Mã số thuế, mã số doanh nghiệp (10, or 13 for a branch), or a 12-digit organisation identity.
ORGANISATION_NUMBER = re.compile(r"[0-9]{10}(-?[0-9]{3})?|[0-9]{12}")


@dataclass(frozen=True, slots=True)
class PersonIn:
    """A person as typed at the desk. The identity number may be missing, the birth date partial."""

    name: str
    id_number: str = ""
    birth: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    is_organisation: bool = False


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
        raise refusals.BadIdNumber(count=digits, field="id_number")
    return PersonIn(
        name=name, id_number=number, birth=parse_birth(typed.birth) if typed.birth else "",
        phone="".join(typed.phone.split()), email=typed.email.strip(),
        address=nfc(typed.address), is_organisation=typed.is_organisation,
    )  # fmt: skip


def take(typed: PersonIn, *, by: Any, at: datetime, rename: bool = False) -> Person:
    """The known person with this identity number, brought up to date; or a new one.

    Inside the caller's transaction, in which the person is locked. A change leaves its own event,
    without a key, with both values. Another name for a known number is refused unless `rename`:
    the officer compared it with the card.
    """
    given = clean(typed)
    person = None
    if given.id_number:
        known = Person.objects.select_for_update().filter(id_number=given.id_number)
        person = known.first()
    if person is None:
        return _note(Person(id=uuid7(), agency_id=scope.current().agency_id), given, by, at)
    if fold(given.name) != person.folded and not rename:
        raise refusals.IdOfAnother(name=person.name, field="id_number")
    changed = {
        name: getattr(given, name)
        for name in ("name", "birth", "phone", "email", "address")
        if getattr(given, name) and getattr(given, name) != getattr(person, name)
    }
    return _update(person, changed, by, at) if changed else person


def _note(person: Person, given: PersonIn, by: Any, at: datetime) -> Person:
    for name in PersonIn.__dataclass_fields__:
        setattr(person, name, getattr(given, name))
    person.folded = fold(person.name)
    record(person, verb="person.noted", by=by, at=at, key=None, data={"new": True})
    person.save(force_insert=True)
    return person


def _update(person: Person, changed: dict[str, str], by: Any, at: datetime) -> Person:
    before = {name: getattr(person, name) for name in changed}
    for name, value in changed.items():
        setattr(person, name, value)
    person.folded = fold(person.name)
    data = {"changed": {name: [before[name], changed[name]] for name in sorted(changed)}}
    record(person, verb="person.changed", by=by, at=at, key=None, data=data)
    person.save(force_update=True)
    return person

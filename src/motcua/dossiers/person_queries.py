"""Questions about the people who file: who is meant, who may be the same, what is theirs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.dossiers.models import Dossier, Forwarded, Person, Visit
from motcua.kernel.text import fold, nfc

OFFERED = 5
LOOKED_AT = 50
FOUND = 30


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def person(identity: str | UUID) -> Person | None:
    """The record with that id, unless it was merged into another."""
    found = record(identity)
    return found if found is not None and found.merged_into_id is None else None


def record(identity: str | UUID) -> Person | None:
    """The record with that id, merged or not."""
    key = identity if isinstance(identity, UUID) else as_uuid(identity)
    return Person.objects.filter(pk=key).first() if key is not None else None


def alike(name: str, *, birth: str = "", number: str = "", old_number: str = "") -> list[Person]:
    """Who may be the one named: the same name and no other year of birth; or the old number.

    `birth` is a year or "". Two numbers of the same kind are two people. At most five.
    """
    folded = fold(name)
    found: dict[UUID, Person] = {}
    if old_number:
        rows = Person.objects.filter(id_number=old_number, merged_into=None)
        found |= {one.pk: one for one in rows if not folded or one.folded == folded}
    if folded:
        namesakes = Person.objects.filter(folded=folded, merged_into=None).order_by("-id")
        for one in namesakes[:LOOKED_AT]:
            if _may_be(one, birth, number):
                found.setdefault(one.pk, one)
    return list(found.values())[:OFFERED]


def _may_be(one: Person, birth: str, number: str) -> bool:
    if birth and one.birth and one.birth[:4] != birth:
        return False
    return not number or not one.id_number or len(one.id_number) != len(number)


def search(text: str) -> list[Person]:
    """By whole number, or by words of the name without diacritics; merged records are left out."""
    typed = nfc(text)
    digits = typed.replace(" ", "")
    rows = Person.objects.filter(merged_into=None)
    if digits.isdecimal():
        bearer = Person.objects.filter(id_number=digits).first()
        while bearer is not None and bearer.merged_into_id:
            bearer = Person.objects.get(pk=bearer.merged_into_id)
        return [bearer] if bearer is not None and len(digits) >= 9 else []
    folded = fold(typed).split()
    if not folded or len("".join(folded)) < 2:
        return []
    for word in folded:
        rows = rows.filter(folded__contains=word)
    return list(rows.order_by("folded", "id")[:FOUND])


def belongings(one: Person) -> dict[str, int]:
    """How much a merge of this record touches."""
    return {
        "dossiers": Dossier.objects.filter(applicant=one).count(),
        "visits": Visit.objects.filter(person=one).count(),
        "forwarded": Forwarded.objects.filter(person=one).count(),
    }


def dossiers_of(one: Person) -> QuerySet[Dossier]:
    """Newest first."""
    rows = Dossier.objects.filter(applicant=one)
    return rows.select_related("version").order_by("-received_at", "-id")


def merged_into(one: Person) -> list[Person]:
    """The records that were merged into this one, directly."""
    ids = [one.pk]
    return list(Person.objects.filter(merged_into__in=ids).order_by("id"))


def of_visit(visit_id: UUID) -> list[Dossier]:
    """The dossiers of a visit, in order of receipt."""
    rows = Dossier.objects.filter(visit_id=visit_id)
    return list(rows.select_related("version__procedure").order_by("id"))


def visit(visit_id: UUID) -> Visit | None:
    return Visit.objects.select_related("person").filter(pk=visit_id).first()


def records(ids: Iterable[Any]) -> list[Person]:
    """Records by id, in the order given."""
    rows = {row.pk: row for row in Person.objects.filter(pk__in=list(ids))}
    return [rows[one] for one in ids if one in rows]

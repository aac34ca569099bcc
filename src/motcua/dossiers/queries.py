"""Questions about dossiers."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, Person
from motcua.dossiers.rules import Phase, State
from motcua.kernel.errors import BadInput
from motcua.kernel.numbering import parse_code
from motcua.kernel.terms import parse_term
from motcua.kernel.text import fold
from motcua.kernel.vntime import VN
from motcua.people import queries as people
from motcua.procedures import queries as procedures


def by_code(code: str) -> Dossier | None:
    """A dossier with all that its page shows."""
    rows = Dossier.objects.filter(code=code).select_related(
        "agency", "applicant", "version__field", "version__procedure", "holder", "received_by",
        "signer",
    )  # fmt: skip
    return rows.first()


def proof_of_due(dossier: Dossier) -> rules.Due:
    """The first due time (hạn đầu) with the lines of its proof; an extension does not move it."""
    return rules.due(
        started=dossier.started_at,
        term=parse_term(dossier.term),
        cutoff=procedures.version(dossier.version_id).parsed_cutoff,
        calendar=people.calendar(dossier.agency),
        pauses=rules.pauses_of(dossier.pauses),
    )


def handed_over(dossier_id: UUID) -> Dossier | None:
    rows = Dossier.objects.select_related("received_by__post", "version__field")
    return rows.filter(pk=dossier_id, state=State.RETURNED).first()


def waiting_for(officer: Any, at: datetime) -> QuerySet[Dossier]:
    """What the officer must act on: held by them, or held by nobody and of their role."""
    roles = [role.value for role in officer.roles(at.astimezone(VN).date())]
    mine = Q(holder=officer) | Q(holder=None, holder_role__in=roles)
    live = Dossier.objects.filter(mine, state__in=[State.RECEIVED, State.IN_PROGRESS])
    return live.for_list().order_by("due_at", "id")


def paused() -> QuerySet[Dossier]:
    states = [s.value for s in rules.PAUSED]
    return Dossier.objects.filter(state__in=states).for_list().order_by("due_at", "id")


def to_hand_over() -> QuerySet[Dossier]:
    """Finished and waiting for the citizen, oldest first."""
    return Dossier.objects.filter(state=State.DONE).for_list().order_by("due_at", "id")


def to_sign(officer: Any, at: datetime) -> QuerySet[Dossier]:
    """The leader's queue, what is due first on top; with that of leaders who are away and for
    whom this one may stand in.
    """
    rows = Dossier.objects.filter(
        state=State.IN_PROGRESS, phase=Phase.SIGNING, holder__in=people.signs_for(officer, at)
    )
    return rows.for_list().order_by("due_at", "id")


def search(text: str) -> QuerySet[Dossier]:
    """By code (whole or its end), identity number, or words of the name without diacritics."""
    rows = Dossier.objects.for_list()
    typed = " ".join(text.split())
    if not typed:
        return rows
    digits = typed.replace(" ", "")
    if _is_code(typed):
        return rows.filter(code=typed.upper())
    if "-" in typed:
        return rows.filter(code__endswith=typed.upper())
    if digits.isdigit() and len(digits) in (9, 12):
        # In two steps: joined, no engine finds the person by an index that begins with the agency.
        known = living(Person.objects.filter(id_number=digits).first())
        return rows.filter(applicant=known or UUID(int=0))
    for word in fold(typed).split():
        rows = rows.filter(applicant__folded__contains=word)
    return rows


def _is_code(text: str) -> bool:
    try:
        parse_code(text)
    except BadInput:
        return False
    return True


def received_between(rows: QuerySet[Dossier], first: date, last: date) -> QuerySet[Dossier]:
    """Both days included, local."""
    start = datetime(first.year, first.month, first.day, tzinfo=VN)
    end = datetime(last.year, last.month, last.day, tzinfo=VN) + timedelta(days=1)
    return rows.filter(received_at__gte=start, received_at__lt=end)


def persons(number: str) -> list[Person]:
    """Who is known under an identity number; nobody for one too short to be whole."""
    rows = Person.objects.filter(id_number=number) if len(number) >= 9 else ()
    return [one for one in map(living, rows) if one is not None]


def living(person: Person | None) -> Person | None:
    """Of merged records of a person the one that lives on; the person itself where none are."""
    while person is not None and person.merged_into_id:
        person = Person.objects.get(pk=person.merged_into_id)
    return person

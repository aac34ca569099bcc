"""Questions about dossiers."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from motcua.dossiers import rules
from motcua.dossiers.models import BY_DUE, Dossier, Person
from motcua.dossiers.printed_due import printed_due
from motcua.dossiers.rules import Phase, State
from motcua.kernel.errors import BadInput
from motcua.kernel.numbering import parse_code
from motcua.kernel.terms import parse_term
from motcua.kernel.text import fold
from motcua.kernel.vntime import VN
from motcua.people import queries as people
from motcua.procedures import queries as procedures
from motcua.web.prepared import Asked, slots


def by_code(code: str) -> Dossier | None:
    """A dossier with all that its page shows."""
    dossier = _by_code.first(code=code)
    if dossier is not None:
        dossier.version = procedures.version(dossier.version_id)
        agency = people.fresh_agency()
        if agency is not None:
            dossier.agency = agency
    return dossier


_by_code = Asked(
    lambda: Dossier.across_agencies.filter(**slots(Dossier, "agency", "code")).select_related(
        "applicant", "holder", "received_by", "signer"
    )
)


def proof_of_due(dossier: Dossier) -> rules.Due:
    """The first due time (hạn đầu) with the lines of its proof; an extension does not move it."""
    return printed_due(dossier) or rules.due(
        started=dossier.started_at,
        term=parse_term(dossier.term),
        cutoff=procedures.version(dossier.version_id).parsed_cutoff,
        calendar=people.calendar(dossier.agency),
        pauses=rules.pauses_of(dossier.pauses),
    )


def handed_over(dossier_id: UUID) -> Dossier | None:
    rows = Dossier.objects.select_related("received_by__post", "version__field")
    return rows.filter(pk=dossier_id, state=State.RETURNED).first()


LISTED = (
    "pk", "code", "state", "holder_role", "term", "due_at", "paused_at",
    "finished_at", "procedure", "person", "holder_name",
)  # fmt: skip


WALKED = {"by_receipt": F("received_at"), "by_due": BY_DUE}
SOUGHT = {"by_receipt": Coalesce("received_at", "received_at"), "by_due": F("due_at")}
"""The keys by which lists are ordered, as an index has them or hidden from every index.

Without statistics SQLite walks all of history in an order that an index has, sooner than it looks
few rows up by their state or person. What grows with history is walked; the few are sought.
"""


def are_sought(rows: QuerySet[Dossier]) -> bool:
    """Whether these rows are few, to be sorted; else they come in the order of an index."""
    return isinstance(rows.query.annotations["by_receipt"], Coalesce)


def of_keys(keys: QuerySet) -> QuerySet[Dossier]:
    """The dossiers with these ids, to be ordered as they were sought."""
    return Dossier.objects.annotate(**SOUGHT).filter(pk__in=keys)


def listed(rows: QuerySet[Dossier], *keys: str) -> QuerySet:
    """The same rows with what a list shows and nothing else: named tuples of LISTED and `keys`.

    A whole dossier brings its person and the papers of its version as JSON along.
    """
    named = rows.annotate(
        procedure=F("version__short_name"),
        person=F("applicant__name"),
        holder_name=F("holder__name"),
    )
    return named.values_list(*LISTED, *keys, named=True)


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


FEW_PERSONS = 200
"""Up to so many, the dossiers of persons found by name are looked up person by person."""
SERIAL_DAYS, LATER_DAYS = 366, 31
"""A bare serial is looked for among a year's dossiers; one with its day from that day on."""


def search(text: str, at: datetime | None = None) -> QuerySet[Dossier]:
    """By code (whole or its end), identity number, or words of the name without diacritics.

    A bare serial ("0007") means the dossiers of the year before `at`. The rows carry the keys
    `by_receipt` and `by_due` to be ordered by.
    """
    rows = Dossier.objects.for_list().annotate(**WALKED)
    typed = " ".join(text.split())
    if not typed:
        return rows
    digits = typed.replace(" ", "")
    plain = _DASHES.sub("-", digits.lstrip("….")).upper()
    if _is_code(plain):
        return rows.filter(code=plain)
    if digits.isdigit() and len(digits) in (9, 12):
        # In two steps: joined, no engine finds the person by an index that begins with the agency.
        person = Person.objects.filter(id_number=digits).first()
        return rows.annotate(**SOUGHT).filter(applicant=person or UUID(int=0))
    if match := _END_OF_CODE.fullmatch(plain):
        return _ending(rows, match["day"], match["serial"], at)
    return _named(rows, fold(typed))


_DASHES = re.compile("[‐‑‒–—−]")
_END_OF_CODE = re.compile(
    r"(?:[A-Z0-9.]*-)??(?:(?P<day>\d{8}|\d{6})-)?(?P<serial>\d{1,6})", re.ASCII
)


def _ending(
    rows: QuerySet[Dossier], day: str | None, serial: str, at: datetime | None
) -> QuerySet[Dossier]:
    """By the end of the code, among the dossiers of some days: no index knows the end alone."""
    end = f"-{serial.zfill(4)}"
    if day is None:
        found = rows.filter(code__endswith=end)
        return found.filter(received_at__gt=at - timedelta(days=SERIAL_DAYS)) if at else found
    try:
        first = date.fromisoformat(day.zfill(8).replace("00", "20", 1) if len(day) == 6 else day)
    except ValueError:
        return rows.none()
    near = received_between(rows, first, first + timedelta(days=LATER_DAYS))
    return near.filter(code__endswith=f"-{day}{end}")


def _named(rows: QuerySet[Dossier], folded: str) -> QuerySet[Dossier]:
    """By words of the name: first who, among the people of the commune, then their dossiers.

    Of a name that many bear, the latest dossiers are soon found by walking back from today.
    """
    bearers = Person.objects.all()
    for word in folded.split():
        bearers = bearers.filter(folded__contains=word)
    few = list(bearers.order_by().values_list("pk", flat=True)[: FEW_PERSONS + 1])
    if len(few) <= FEW_PERSONS:
        return rows.annotate(**SOUGHT).filter(applicant__in=few)
    for word in folded.split():
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


def known_by_code(codes: list[str]) -> dict[str, Dossier]:
    """The dossiers that bear one of the codes, by code: for what is brought in."""
    found: dict[str, Dossier] = {}
    for start in range(0, len(codes), CODES_AT_ONCE):
        rows = Dossier.objects.filter(code__in=codes[start : start + CODES_AT_ONCE])
        found |= {one.code: one for one in rows}
    return found


CODES_AT_ONCE = 500

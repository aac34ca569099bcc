"""Register 07 (sổ theo dõi hồ sơ): the dossiers received on a day, or in a field over some days.

One book a year for each field of procedures (TT 03/2025/TT-VPCP Mẫu 07, note); entries bear their
number in that book, in the order of receipt, from 01 January. The days asked for stand under one
form: that of 2018 until 2025-06-30.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from motcua.dossiers import books
from motcua.dossiers import refusals_forms as refusals
from motcua.dossiers.models import Dossier, DossierFact
from motcua.dossiers.printing_head import Office
from motcua.dossiers.queries import received_between
from motcua.dossiers.rules import ReturnBy
from motcua.kernel.vntime import epoch_day, local, local_day
from motcua.kernel.words import either
from motcua.papers.pdf import OLD, Booked, Form07, TookTooLong, printed_apart
from motcua.papers.pdf.apart import SECONDS
from motcua.people import queries as people
from motcua.procedures.queries import fields

MOST = 3_000
"""Entries of one print: about four seconds, a megabyte."""


@dataclass(frozen=True, slots=True)
class Span:
    """The local days asked for, both included; `field` a code, or "" for every field."""

    first: date
    last: date
    field: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise refusals.RangeBackwards(
                first=f"{self.first:%d/%m/%Y}", last=f"{self.last:%d/%m/%Y}", field="last"
            )
        if self.first < books.CHANGE <= self.last:
            raise refusals.TwoForms(day=f"{books.CHANGE:%d/%m/%Y}", field="first")

    @property
    def regime(self) -> str:
        return books.REGIME.on(self.last)

    @property
    def words(self) -> str:
        if self.first == self.last:
            return f"Ngày {self.first:%d/%m/%Y}"
        return f"Từ ngày {self.first:%d/%m/%Y} đến ngày {self.last:%d/%m/%Y}"

    @property
    def said(self) -> str:
        """The days in the reader's language; `words` stay as the register has them."""
        one = self.first == self.last
        en = f"{self.first:%d/%m/%Y}" + ("" if one else f" to {self.last:%d/%m/%Y}")
        return either(self.words, en)


def entries(span: Span) -> QuerySet[Dossier]:
    """The dossiers of the register, in the order of receipt."""
    rows = received_between(Dossier.objects.all(), span.first, span.last)
    if span.field:
        rows = rows.filter(version__field__code=span.field)
    rows = rows.select_related("applicant", "version__field")
    return rows.order_by("received_at", "id")


def printed_register(span: Span, *, agency: Any, at: datetime) -> bytes:
    """The register as PDF, each field in its own book.

    Raises TooManyEntries over MOST, BookTookTooLong when the machine is too busy.
    """
    found = list(entries(span)[: MOST + 1])
    if len(found) > MOST:
        raise refusals.TooManyEntries(most=MOST)
    office = Office(agency, local_day(at))
    form = Form07(
        **office.of_desk(at),
        number="",
        code="",
        regime=span.regime,
        span=span.words,
        books=tuple(_books(found, span, agency, office)),
    )
    try:
        return printed_apart(form.data())
    except TookTooLong:
        raise refusals.BookTookTooLong(seconds=SECONDS) from None


def _books(found: list[Dossier], span: Span, agency: Any, office: Office) -> Iterable[Booked]:
    """One book for each field and year that has entries, by name; one empty book for none."""

    def key(one: Dossier) -> tuple[str, str, int]:
        field = one.version.field
        return field.name, field.code, local_day(one.received_at).year

    if not found:
        named = fields().filter(code=span.field).values_list("name", flat=True).first()
        yield Booked(field=named or "mọi lĩnh vực", number="")
        return
    for (name, code, year), rows in groupby(sorted(found, key=key), key):
        begin = max(span.first, date(year, 1, 1))
        yield Booked(
            field=f"{name}, năm {year}",
            number=_number(code, begin, office),
            rows=tuple(
                row(one, number, agency, span.regime)
                for number, one in enumerate(rows, _before(code, begin) + 1)
            ),
        )


def _number(field: str, day: date, office: Office) -> str:
    series = books.SERIES.on(day)["07"]
    return series.words(books.book_of_field(series, field, day.year), office.symbol)


def _before(field: str, day: date) -> int:
    """How many entries the field's book of that year has before the day."""
    year = epoch_day(date(day.year, 1, 1))
    rows = DossierFact.objects.filter(
        field=field, received_day__gte=year, received_day__lt=epoch_day(day)
    )
    return rows.count() if day > date(day.year, 1, 1) else 0


def row(dossier: Dossier, number: int, agency: Any, regime: str) -> tuple[str, ...]:
    """An entry as the columns of its form want it; who fetched signs by hand."""
    person = dossier.applicant
    resolver = people.last_version(agency, local_day(dossier.received_at)).name
    start = (str(number), dossier.code, dossier.version.short_name)
    end = (
        person.name, "; ".join(filter(None, (person.address, person.phone))), resolver,
        _moment(dossier.received_at), _moment(dossier.due_at), _moment(dossier.handed_at),
        ReturnBy(dossier.return_by).vi, "",
    )  # fmt: skip
    return (*start, str(dossier.copies), *end, "") if regime == OLD else (*start, *end)


def _moment(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""

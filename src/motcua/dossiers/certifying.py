"""Questions about the certification books: next number, entries, copies, gaps, duplicates.

Every question is about one book of one year, whose index answers it: other years cost nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, QuerySet, Sum, Window
from django.db.models.functions import Lead

from motcua.dossiers.cert_books import CertBook, book_of
from motcua.dossiers.models import Book, Certification, Dossier
from motcua.kernel.vntime import local_day
from motcua.web import scope

MOST_FAULTS = 100
FAR = 100
"""How far ahead of the next number a typed one may be before it is asked about."""


@dataclass(frozen=True, slots=True)
class BookState:
    """One book of one year: how much is in it, and what is wrong with its numbers."""

    entries: int
    copies: int
    fees: int
    void: int
    gaps: Sequence[tuple[int, int]]
    duplicates: Sequence[int]


def book_for(dossier: Dossier, at: datetime) -> CertBook | None:
    """The book a dossier's certification goes into at `at`, or None."""
    return book_of(dossier.version.procedure.code, local_day(at))


def in_book(book: CertBook, year: int) -> QuerySet[Certification]:
    """The entries of a book, void ones too."""
    rows = Certification.objects.filter(book=book.value, year=year)
    return rows.select_related("dossier__applicant", "by")


def of_dossier(dossier_id: UUID) -> QuerySet[Certification]:
    return Certification.objects.filter(dossier=dossier_id).order_by("id")


def certification(certification_id: UUID) -> Certification | None:
    return Certification.objects.filter(pk=certification_id).select_related("dossier").first()


def next_number(book: CertBook, year: int) -> int:
    """The number after the highest one that stands, and after the void ones next to that.

    A void number farther ahead was a slip of the pen: the book does not go on from there.
    """
    rows = Certification.objects.filter(book=book.value, year=year)
    numbers = rows.filter(void="").order_by("-number").values_list("number", flat=True)
    following = (numbers.first() or 0) + 1
    ahead = rows.filter(number__gte=following).order_by("number")
    for number in ahead.values_list("number", flat=True).iterator():
        if number > following:
            break
        following = number + 1
    return following


def holding(book: CertBook, year: int, number: int) -> Certification | None:
    """The entry that stands under a number, if there is one."""
    rows = Certification.objects.filter(book=book.value, year=year, number=number, void="")
    return rows.select_related("dossier").first()


def lock(book: CertBook, year: int) -> None:
    """Of two who number in one book of a year, one waits: until the end of the transaction."""
    first = {"last": 0, "agency_id": scope.current().agency_id}
    Book.objects.get_or_create(name=book.value, year=year, defaults=first)
    Book.objects.select_for_update().get(name=book.value, year=year)


def state_of(book: CertBook, year: int) -> BookState:
    """Sums, gaps and duplicates of a book: counted and found by the database."""
    rows = Certification.objects.filter(book=book.value, year=year)
    valid = rows.filter(void="")
    sums: dict[str, Any] = valid.aggregate(
        entries=Count("pk"), copies=Sum("copies", default=0), fees=Sum("fee", default=0)
    )
    return BookState(
        **sums,
        void=rows.exclude(void="").count(),
        gaps=_gaps(rows),
        duplicates=_duplicates(valid),
    )


def _gaps(rows: QuerySet[Certification]) -> list[tuple[int, int]]:
    """Runs of numbers that no entry has, the one before the first entry too."""
    first = rows.aggregate(first=Min("number"))["first"]
    found = [(1, first - 1)] if first is not None and first > 1 else []
    follows = Window(Lead("number"), order_by="number")
    pairs = (
        rows.annotate(following=follows)
        .filter(following__gt=F("number") + 1)
        .order_by("number").values_list("number", "following")[:MOST_FAULTS]
    )  # fmt: skip
    return found + [(number + 1, following - 1) for number, following in pairs]


def _duplicates(valid: QuerySet[Certification]) -> list[int]:
    counted = valid.values("number").annotate(n=Count("pk")).filter(n__gt=1)
    return list(counted.order_by("number").values_list("number", flat=True)[:MOST_FAULTS])

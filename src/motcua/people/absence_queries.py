"""What the page of absences asks: who is away on a day, and what is planned."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from motcua.kernel.vntime import local_day
from motcua.people import queries
from motcua.people.models import Absence, Officer
from motcua.people.rules import NO_TIME, Role


def _rows() -> QuerySet[Absence]:
    return Absence.objects.select_related("officer__post", "stand_in")


def _real() -> QuerySet[Absence]:
    """Without those that were cancelled before they began."""
    return _rows().filter(end__gt=F("start") + NO_TIME)


def away_between(start: datetime, end: datetime) -> QuerySet[Absence]:
    """Absences of the agency that touch [start, end), by their beginning."""
    return _real().filter(start__lt=end, end__gt=start).order_by("start", "pk")


def coming(at: datetime, *, officer: Officer | None = None) -> QuerySet[Absence]:
    """Absences that begin after `at`: of one officer, or of all."""
    rows = _real().filter(start__gt=at)
    return rows.filter(officer=officer) if officer else rows


def absence(absence_id: UUID) -> Absence | None:
    return _rows().filter(pk=absence_id).first()


def leaders(at: datetime) -> list[Officer]:
    """The leaders of the agency on the local day of `at`, with their posts."""
    return list(queries.officers_with(Role.LEADER, on=local_day(at)).select_related("post"))

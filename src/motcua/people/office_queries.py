"""What the page of the office asks: versions, hours and closed days as they are noted."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from motcua.people.models import AgencyVersion, Closure, Letterhead, WorkingHours


def versions(agency: Any) -> list[AgencyVersion]:
    """What the agency was called, the newest first."""
    return list(AgencyVersion.objects.filter(agency=agency).order_by("-effective_from"))


def hours() -> list[WorkingHours]:
    return list(WorkingHours.objects.order_by("-effective_from", "unit"))


def letterheads() -> list[Letterhead]:
    return list(Letterhead.objects.order_by("-effective_from"))


def closures() -> QuerySet[Closure]:
    return Closure.objects.all()


def closure(day: date) -> Closure | None:
    return Closure.objects.filter(day=day).first()

"""Questions about the small registers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from motcua.registers.models import (
    AllowanceRate,
    Equipment,
    Petition,
    ProcedureReview,
    ProvincialDecision,
)


@dataclass(frozen=True, slots=True)
class Total:
    """Rows of a register, and those that still wait for a later mark."""

    rows: int
    waiting: int


_WAITING: Mapping[Any, Q] = {
    ProvincialDecision: Q(posted_on=None) | Q(processed_on=None),
    ProcedureReview: Q(reviewed_on=None),
    Petition: Q(answered_on=None),
}


def decisions() -> QuerySet[ProvincialDecision]:
    return ProvincialDecision.objects.all()


def reviews() -> QuerySet[ProcedureReview]:
    return ProcedureReview.objects.all()


def petitions() -> QuerySet[Petition]:
    return Petition.objects.all()


def equipment() -> QuerySet[Equipment]:
    return Equipment.objects.all()


def allowances() -> QuerySet[AllowanceRate]:
    return AllowanceRate.objects.all()


def total(rows: QuerySet) -> Total:
    """One statement: how many rows, how many of them wait."""
    waiting = _WAITING.get(rows.model)
    if waiting is None:
        return Total(rows.count(), 0)
    return Total(**rows.aggregate(rows=Count("pk"), waiting=Count("pk", filter=waiting)))


def one(rows: QuerySet, row_id: UUID) -> Any:
    """The row of that id in the agency in scope, or None."""
    return rows.filter(pk=row_id).first()

"""Agency scope (phạm vi cơ quan): every query of a tenant's rows names its agency, or fails.

A scope is the agency a request works for, and the publishers (its ancestors) whose reference
data it may read. Without one, managers raise: no page can show another commune's data because
somebody forgot a filter.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models

from motcua.kernel.errors import BadInput
from motcua.web.ids import uuid7


class OutOfScope(RuntimeError):
    """A query or a write without an agency, or of another agency. A defect, never a refusal."""


class TooLong(BadInput):
    code = "too-long"
    message = "“{label}” dài {length} ký tự; nhận đến {limit}. Viết ngắn lại rồi ghi."


@dataclass(frozen=True, slots=True)
class Scope:
    agency_id: UUID
    publishers: tuple[UUID, ...]


_scope: ContextVar[Scope | None] = ContextVar("motcua_scope", default=None)


def current() -> Scope:
    scope = _scope.get()
    if scope is None:
        raise OutOfScope("No agency in scope: wrap the work in agency_scope(...)")
    return scope


@contextmanager
def agency_scope(scope: Scope) -> Iterator[Scope]:
    token = _scope.set(scope)
    try:
        yield scope
    finally:
        _scope.reset(token)


@cache
def _limits(model: type[models.Model]) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (field.attname, field.max_length, str(field.verbose_name))
        for field in model._meta.concrete_fields
        if field.max_length
    )


def _check_lengths(row: models.Model) -> None:
    """Refuse text longer than its column: SQLite would keep it, PostgreSQL fail on it."""
    for name, limit, label in _limits(type(row)):
        value = row.__dict__.get(name)
        if isinstance(value, str) and len(value) > limit:
            raise TooLong(label=label, length=len(value), limit=limit, field=name)


class AgencyManager(models.Manager):
    """Rows of the agency in scope only."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        rows = list(objs)
        for row in rows:
            row.check_before_saving()
        return super().bulk_create(rows, *args, **kwargs)

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(agency_id=current().agency_id)


class PublishedManager(models.Manager):
    """Reference rows published by the agency in scope or by those above it."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(publisher_id__in=current().publishers)


class AgencyModel(models.Model):
    """A row that belongs to one agency for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Every constraint and index of a room begins with the agency: it needs none for itself alone.
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+", db_index=False)

    objects = AgencyManager()
    across_agencies = models.Manager()

    class Meta:
        abstract = True

    def check_before_saving(self) -> None:
        if self.agency_id != current().agency_id:
            raise OutOfScope(f"{self._meta.label} of another agency")
        _check_lengths(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_before_saving()
        super().save(*args, **kwargs)


class PublishedModel(models.Model):
    """Reference data: written by its publisher alone, read by the agencies below it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publisher = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")

    objects = PublishedManager()
    across_agencies = models.Manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.publisher_id != current().agency_id:
            raise OutOfScope(f"{self._meta.label} of another publisher")
        _check_lengths(self)
        super().save(*args, **kwargs)

"""Bảng số liệu that follow events: read anew from the journal, compared with it, mended from it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from motcua.journal import queries
from motcua.journal.models import Event, Journaled
from motcua.kernel.errors import Refused

AT_ONCE = 500
Changes = Callable[[Any], dict[str, Any]]


class FactsUnreadable(Refused):
    code = "facts-unreadable"
    message = "{subject}: số liệu {what}. Chưa lập lại. Xem mọi chỗ sai: ./motcua verify"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands for a fact whose events its own room could not have written."""

    event: Event

    @property
    def pk(self) -> UUID:
        found: UUID = self.event.subject_id
        return found

    def __str__(self) -> str:
        return self.event.subject_label


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not what the journal tells: `told` by it, `kept` in the table."""

    told: Any
    kept: Any

    @property
    def id(self) -> UUID:
        found: UUID = (self.told or self.kept).pk
        return found

    @property
    def readable(self) -> bool:
        return not isinstance(self.told, Unreadable)

    @property
    def subject(self) -> str:
        named_by_journal = self.told is not None and (self.readable or self.kept is None)
        return str(self.told if named_by_journal else self.kept)

    @property
    def what(self) -> str:
        if not self.readable:
            event = self.told.event
            return f"không lập lại được từ sự kiện {event.seq} ({event.verb})"
        if self.kept is None:
            return "thiếu, nhật ký có"
        if self.told is None:
            return "thừa, nhật ký không có"
        told, kept = _columns(self.told), _columns(self.kept)
        names = [name for name, value in told.items() if kept[name] != value]
        return f"khác nhật ký ở {', '.join(names)}"


@dataclass(frozen=True, slots=True)
class FactTable:
    """Rows of `model`, one for each subject of the kind `subject`, with the subject's id.

    `changes` says which columns an event sets; it depends on the event alone. All of the agency in
    scope, a few rows at a time, however many there are.
    """

    model: Any
    subject: type[Journaled]
    changes: Changes

    def rebuilt(self, after: UUID | None = None, only: UUID | None = None) -> Iterator[Any]:
        """The rows as the journal tells them, in order of id; an Unreadable where it cannot."""
        events = _part(queries.events_on(self.subject), "subject_id", after, only)
        by_subject = groupby(events.iterator(2000), key=attrgetter("subject_id"))
        return (self._row(of_one) for _, of_one in by_subject)

    def kept(self, after: UUID | None = None, only: UUID | None = None) -> QuerySet:
        """The rows as they stand, in order of id."""
        return _part(self.model.objects.order_by("pk"), "pk", after, only)

    def differences(self, after: UUID | None = None) -> Iterator[Difference]:
        """Rows that differ, are missing or are extra, in order of id."""
        for pair in _pairs(self.rebuilt(after), self.kept(after).iterator(2000)):
            if pair.told is None or pair.kept is None or _columns(pair.told) != _columns(pair.kept):
                # What was being written while the two were read is looked at again.
                fresh = self._pair(pair.id)
                if fresh is not None:
                    yield fresh

    def mend(self) -> int:
        """Write the rows that differ as the journal tells them; return how many.

        One transaction, in which nobody else writes these rows. Raises FactsUnreadable.
        """
        done, after = 0, None
        with transaction.atomic():
            self._lock()
            while found := list(islice(self.differences(after), AT_ONCE)):
                for one in found:
                    if not one.readable:
                        raise FactsUnreadable(subject=one.subject, what=one.what)
                    self.kept(only=one.id).delete()
                    if one.told is not None:
                        one.told.save(force_insert=True)
                done, after = done + len(found), found[-1].id
        return done

    def _row(self, events: Iterable[Event]) -> Any:
        row: Any = None
        for event in events:
            if row is None and event.seq != 1:
                return Unreadable(event)
            row = row or self.model(id=event.subject_id, agency_id=event.agency_id)
            try:
                values = self.changes(event)
            except (AttributeError, KeyError, TypeError, ValueError):
                return Unreadable(event)
            for name, value in values.items():
                setattr(row, name, value)
        return row

    def _pair(self, identity: UUID) -> Difference | None:
        """The difference of one subject, read at this moment."""
        kept = self.kept(only=identity).first()
        told = next(self.rebuilt(only=identity), None)
        if told is None and kept is None:
            return None
        same = told is not None and kept is not None and _columns(told) == _columns(kept)
        return None if same else Difference(told, kept)

    def _lock(self) -> None:
        # SQLite has one writer at a time, from the transaction's first statement.
        if connection.vendor == "postgresql":
            table = connection.ops.quote_name(self.model._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _part(rows: QuerySet, column: str, after: UUID | None, only: UUID | None) -> QuerySet:
    if only is not None:
        return rows.filter(**{column: only})
    return rows.filter(**{f"{column}__gt": after}) if after is not None else rows


def _pairs(told: Iterator[Any], kept: Iterator[Any]) -> Iterator[Difference]:
    """Both sides, each in order of id, side by side."""
    one, other = next(told, None), next(kept, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one.pk < other.pk):
            yield Difference(one, None)
            one = next(told, None)
        elif one is None or other.pk < one.pk:
            yield Difference(None, other)
            other = next(kept, None)
        else:
            yield Difference(one, other)
            one, other = next(told, None), next(kept, None)


def _columns(row: Any) -> dict[str, Any]:
    if isinstance(row, Unreadable):
        return {}
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}

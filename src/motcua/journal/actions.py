"""Writing the journal: the `action` decorator, `record`, `record_read`, `seal_days`."""

import functools
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction

from motcua.journal import rules
from motcua.journal.models import Event, Journaled, Read, Seal
from motcua.kernel import chain
from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local, local_day
from motcua.kernel.words import say
from motcua.web import again, failpoints, prepared, scope
from motcua.web.outage import note_commit

R = TypeVar("R")
_asked: ContextVar[str] = ContextVar("motcua_asked", default="")
_second: ContextVar[bool] = ContextVar("motcua_second_try", default=False)
VERBS: dict[str, Callable[..., Any]] = {}
"""Every action there is, by its verb: filled as their modules are imported."""


def action(verb: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """One act: keyword-only `by`, `at`, `key`; one transaction; one event that carries `key`.

    A repeated key returns what the first call returned and writes nothing; with other arguments
    it is refused (KeyReused): the event keeps a digest of what was asked. The check costs nothing
    on the usual path: the event's own unique key is what a repetition runs into.
    What another transaction wrote at the same moment (the same new citizen, say) is run into
    once: the second try finds it there.
    """

    def wrap(function: Callable[..., R]) -> Callable[..., R]:
        @functools.wraps(function)
        def run(*, by: Any, at: datetime, key: str, **arguments: Any) -> R:
            if at.utcoffset() is None:
                raise ValueError("`at` must be aware")
            if not key:
                raise ValueError("An action needs an idempotency key")
            again.check()
            asked = digest(arguments)
            for last_try in (False, True):
                token, second = _asked.set(asked), _second.set(last_try)
                try:
                    failpoints.reach(failpoints.BEFORE_TRANSACTION)
                    with transaction.atomic():
                        done = function(by=by, at=at, key=key, **arguments)
                        failpoints.reach(failpoints.BEFORE_COMMIT)
                    note_commit()
                    failpoints.reach(failpoints.AFTER_COMMIT)
                    return done
                except (Refused, IntegrityError) as problem:
                    first = _first_result(verb, by=by, key=key, asked=asked)
                    if first is not None:
                        return first
                    if last_try or isinstance(problem, Refused):
                        raise
                finally:
                    _asked.reset(token)
                    _second.reset(second)
            raise AssertionError("the second try returns or raises")

        VERBS[verb] = run
        return run

    return wrap


def second_try() -> bool:
    """Whether this act has run into a row of another already, and is done once more."""
    return _second.get()


def digest(arguments: Mapping[str, Any]) -> str:
    """What an act was asked to do, as a hash; `seen` is not part of it."""
    asked = {name: _plain(value) for name, value in arguments.items() if name != "seen"}
    return chain.link(chain.GENESIS, asked)


def _plain(value: Any) -> Any:
    """A value as canonical JSON takes it: rows by their key, files by their content."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def _first_result(verb: str, *, by: Any, key: str, asked: str) -> Any:
    """What the act with this key made before, if it was asked the same by the same officer."""
    event = Event.objects.filter(key=key).first()
    if event is None:
        return None
    same = (event.verb, event.by_id, event.asked) == (verb, getattr(by, "pk", None), asked)
    if not same:
        raise rules.KeyReused()
    model = _subject_models()[event.subject_type]
    return model._base_manager.get(pk=event.subject_id)


@functools.cache
def _subject_models() -> dict[str, Any]:
    return {m._meta.label_lower: m for m in apps.get_models() if issubclass(m, Journaled)}


def record(
    subject: Journaled, *, verb: str, by: Any, at: datetime, key: str | None, data: dict
) -> Event:
    """Append an event to `subject`'s chain and move its head; the caller saves the subject.

    Raises ClockWentBack when `at` is before the subject's last event or in a sealed day.
    """
    event = drafted(subject, verb=verb, by=by, at=at, key=key, data=data)
    write([event])
    return event


def drafted(
    subject: Journaled, *, verb: str, by: Any, at: datetime, key: str | None, data: dict
) -> Event:
    """As `record`, but the caller also gives the event to `write`, in the same act."""
    check_clock(subject, by=by, at=at)
    event = Event(
        agency_id=scope.current().agency_id,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=subject.journal_label[:120],
        seq=subject.journal_seq + 1,
        verb=verb,
        at=at,
        day=local_day(at),
        by=by,
        key=key,
        asked=_asked.get() if key else "",
        data=data,
        prev=subject.journal_hash,
    )
    event.hash = rules.event_hash(content(event))
    subject.journal_seq, subject.journal_hash, subject.journal_at = event.seq, event.hash, at
    return event


def write(events: Sequence[Event]) -> None:
    """Write drafted events of one act, of several subjects, in one statement."""
    failpoints.reach(failpoints.BEFORE_EVENT)
    prepared.insert(events)
    failpoints.reach(failpoints.AFTER_EVENT)


def check_clock(subject: Journaled, *, by: Any, at: datetime) -> None:
    """Raise ClockWentBack when `at` is before the subject's last event or in a sealed day."""
    last = subject.journal_at
    if last is not None and at < last:
        raise rules.ClockWentBack(at=_words(at), last=_words(last))
    _refuse_sealed(by, at)


def _refuse_sealed(by: Any, at: datetime) -> None:
    last = by.agency.sealed_on if by is not None else sealed_on()
    if last is not None and local_day(at) <= last:
        sealed = say("sổ ngày {day} đã niêm phong").format(day=f"{last:%d/%m/%Y}")
        raise rules.ClockWentBack(at=_words(at), last=sealed)


def sealed_on() -> date | None:
    """The last day of the agency in scope that is sealed."""
    agencies = apps.get_model("people", "Agency")._base_manager
    return agencies.values_list("sealed_on", flat=True).get(pk=scope.current().agency_id)


def _words(at: datetime) -> str:
    return f"{local(at):%H:%M:%S %d/%m/%Y}"


def content(event: Event) -> dict[str, Any]:
    """The columns of an event that its hash covers, as they are hashed."""
    return {
        "agency": str(event.agency_id),
        "subject_type": event.subject_type,
        "subject_id": str(event.subject_id),
        "subject_label": event.subject_label,
        "seq": event.seq,
        "verb": event.verb,
        "at": rules.moment(event.at),
        "by": str(event.by_id) if event.by_id else None,
        "key": event.key,
        "asked": event.asked,
        "data": event.data,
        "prev": event.prev,
    }


def read_content(read: Read) -> dict[str, Any]:
    return {
        "agency": str(read.agency_id),
        "id": str(read.pk),
        "by": str(read.by_id),
        "at": rules.moment(read.at),
        "subject_type": read.subject_type,
        "subject_id": str(read.subject_id),
        "subject_label": read.subject_label,
        "purpose": read.purpose,
    }


def record_read(subject: Journaled, *, by: Any, at: datetime, purpose: str) -> Read:
    """Note that `by` saw the personal data of `subject` for `purpose` (NĐ 13/2023, NĐ 356/2025).

    Raises ClockWentBack when `at` is in a sealed day.
    """
    _refuse_sealed(by, at)
    read = Read(
        agency_id=scope.current().agency_id,
        by=by,
        at=at,
        day=local_day(at),
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=subject.journal_label[:120],
        purpose=purpose,
    )
    prepared.insert([read])
    return read


@transaction.atomic
def seal_days(agency: Any, *, before: date, at: datetime) -> int:
    """Seal every day with entries that is before `before` and not sealed yet; return how many."""
    locked = type(agency)._base_manager.select_for_update().get(pk=agency.pk)
    last = Seal.objects.order_by("-day").first()
    prev = last.hash if last else chain.GENESIS
    days = _days_to_seal(after=locked.sealed_on, before=before)
    for day in days:
        prev = _seal(day, at=at, prev=prev).hash
    if days:
        locked.sealed_on = agency.sealed_on = days[-1]
        locked.save(update_fields=["sealed_on"])
    return len(days)


def _days_to_seal(*, after: date | None, before: date) -> list[date]:
    days: set[date] = set()
    for model in (Event, Read):
        rows = model.objects.filter(day__lt=before)
        if after:
            rows = rows.filter(day__gt=after)
        days.update(rows.values_list("day", flat=True).distinct())
    return sorted(days)


def day_leaves(day: date) -> tuple[list[str], list[str]]:
    """The leaves of a day's seal: hashes of its events, then of its reads, in order of id."""
    events = list(Event.objects.filter(day=day).order_by("id").values_list("hash", flat=True))
    reads = [rules.read_leaf(read_content(r)) for r in Read.objects.filter(day=day).order_by("id")]
    return events, reads


def _seal(day: date, *, at: datetime, prev: str) -> Seal:
    events, reads = day_leaves(day)
    agency_id = scope.current().agency_id
    root = chain.merkle_root(events + reads)
    seal = Seal(
        agency_id=agency_id, day=day, at=at, events=len(events), reads=len(reads),
        root=root, prev=prev,
        hash=rules.seal_hash(
            prev=prev, agency=str(agency_id), day=day.isoformat(), at=rules.moment(at),
            events=len(events), reads=len(reads), root=root,
        ),
    )  # fmt: skip
    seal.save(force_insert=True)
    return seal

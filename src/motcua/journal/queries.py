"""Questions about the journal, and `verify`: is it still what was written?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from motcua.journal import actions, rules
from motcua.journal.models import Event, Journaled, Read, Seal
from motcua.kernel import chain
from motcua.kernel.vntime import local_day
from motcua.web import scope
from motcua.web.scope import AgencyModel, PublishedModel


def events_of(subject: Journaled) -> QuerySet[Event]:
    """The events of a subject, oldest first."""
    return (
        Event.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("by")
        .order_by("seq")
    )


def events_on(kind: type[Journaled]) -> QuerySet[Event]:
    """All events on subjects of one kind, subject by subject, oldest first."""
    rows = Event.objects.filter(subject_type=kind._meta.label_lower)
    return rows.order_by("subject_id", "seq")


def latest(subject: Journaled, verb: str) -> Event | None:
    return events_of(subject).filter(verb=verb).last()


def size() -> tuple[int, int]:
    """How many events and how many sealed days there are, of all agencies."""
    return Event.across_agencies.count(), Seal.across_agencies.count()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the journal: which subject or day, which event, what."""

    subject: str
    event: str
    what: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.event}: {self.what}"


def verify() -> Iterator[Fault]:
    """Every altered, removed or inserted event, read or seal of the agency in scope."""
    yield from _chain_faults()
    yield from _seal_faults()


def _chain_faults() -> Iterator[Fault]:
    heads = _heads()
    last: Event | None = None
    for event in Event.objects.order_by("subject_type", "subject_id", "seq").iterator(2000):
        if last is not None and _subject(last) != _subject(event):
            yield from _tail_faults(last, heads)
            last = None
        yield from _event_faults(event, last)
        last = event
    if last is not None:
        yield from _tail_faults(last, heads)
    for (kind, _), (_, _, label) in heads.items():
        yield Fault(label, "toàn bộ", f"không còn sự kiện nào ({kind})")


def _subject(event: Event) -> tuple[str, Any]:
    return event.subject_type, event.subject_id


def _event_faults(event: Event, before: Event | None) -> Iterator[Fault]:
    expected_seq = before.seq + 1 if before else 1
    expected_prev = before.hash if before else chain.GENESIS
    name = f"sự kiện {event.seq} ({event.verb}, {event.at:%Y-%m-%d %H:%M:%S}Z)"
    if _altered(event):
        yield Fault(event.subject_label, name, "nội dung đã bị sửa")
    if event.day != local_day(event.at):
        yield Fault(event.subject_label, name, f"bị dời sang sổ ngày {event.day:%d/%m/%Y}")
    if event.seq != expected_seq:
        yield Fault(event.subject_label, name, f"thiếu sự kiện {expected_seq} trước đó")
    elif event.prev != expected_prev:
        yield Fault(event.subject_label, name, "không nối với sự kiện trước (bị chèn hoặc thay)")


def _altered(event: Event) -> bool:
    try:
        return event.hash != rules.event_hash(actions.content(event))
    except TypeError:  # such as a fraction, which is never written
        return True


def _heads() -> dict[tuple[str, Any], tuple[int, str, str]]:
    heads = {}
    for model in apps.get_models():
        if not issubclass(model, Journaled):
            continue
        for row in _rows(model).filter(journal_seq__gt=0).iterator(2000):
            heads[model._meta.label_lower, row.pk] = (
                row.journal_seq, row.journal_hash, row.journal_label,
            )  # fmt: skip
    return heads


def _rows(model: Any) -> QuerySet:
    """The rows whose journal belongs to the agency in scope."""
    agency_id = scope.current().agency_id
    if issubclass(model, AgencyModel):
        return model.objects.all()
    if issubclass(model, PublishedModel):
        return model.objects.filter(publisher_id=agency_id)
    return model._base_manager.filter(pk=agency_id)


def _tail_faults(last: Event, heads: dict) -> Iterator[Fault]:
    head = heads.pop(_subject(last), None)
    name = f"sự kiện {last.seq} ({last.verb})"
    if head is None:
        yield Fault(last.subject_label, name, "đối tượng của nhật ký không còn")
    elif (last.seq, last.hash) != head[:2]:
        what = "bị xóa sự kiện sau đó" if last.seq < head[0] else "bị chèn thêm hoặc sửa"
        yield Fault(last.subject_label, name, what)


def _seal_faults() -> Iterator[Fault]:
    prev = chain.GENESIS
    sealed = None
    for seal in Seal.objects.order_by("day").iterator():
        events, reads = actions.day_leaves(seal.day)
        name = f"niêm phong ngày {seal.day:%d/%m/%Y}"
        root = chain.merkle_root(events + reads)
        if (len(events), len(reads), root) != (seal.events, seal.reads, seal.root):
            counts = f"có {len(events)} sự kiện, {len(reads)} lượt xem"
            was = f"khi niêm phong {seal.events}, {seal.reads}"
            yield Fault("Sổ ngày", name, f"không khớp: {counts}; {was}")
        expected = rules.seal_hash(
            prev=prev, agency=str(seal.agency_id), day=seal.day.isoformat(),
            at=rules.moment(seal.at), events=seal.events, reads=seal.reads, root=seal.root,
        )  # fmt: skip
        if seal.hash != expected:
            yield Fault("Sổ ngày", name, "niêm phong bị sửa hoặc thiếu ngày trước đó")
        prev, sealed = seal.hash, seal.day
    last = actions.sealed_on()
    if last is not None and (sealed is None or sealed < last):
        yield Fault("Sổ ngày", f"niêm phong ngày {last:%d/%m/%Y}", "bị xóa")
    if sealed is None:
        return
    covered = set(Seal.objects.values_list("day", flat=True))
    for model in (Event, Read):
        for day in model.objects.filter(day__lt=sealed).values_list("day", flat=True).distinct():
            if day not in covered:
                yield Fault("Sổ ngày", f"{day:%d/%m/%Y}", "có ghi thêm vào ngày không niêm phong")


def acts_of(officer: Any) -> QuerySet[Event]:
    """What an officer did, newest first, by the events of the acts themselves.

    What an act brings along (a person taken in with a dossier) carries no key and is left out.
    """
    acts = Event.objects.filter(by=officer, key__isnull=False)
    return acts.select_related("by").order_by("-id")


def on_day(day: date, *verbs: str) -> QuerySet[Event]:
    """The events of a local day, of these verbs, in order."""
    rows = Event.objects.filter(day=day, verb__in=verbs)
    return rows.select_related("by").order_by("id")


def events_until(kind: type[Journaled], subjects: Sequence[UUID], day: date) -> QuerySet[Event]:
    """The events of some subjects of a kind up to the end of a local day, subject by subject."""
    rows = Event.objects.filter(
        subject_type=kind._meta.label_lower, subject_id__in=subjects, day__lte=day
    )
    return rows.order_by("subject_id", "seq")

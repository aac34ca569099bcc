"""The day at the desk (cuối ngày), as it was: from the journal and the facts.

What happened on the day is read off its events. What waited at its end is what waits now or was
finished since; where the journal has later events of a dossier, they are left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from motcua.dossiers import rules, undoing
from motcua.dossiers.models import Dossier, DossierFact, Notice
from motcua.dossiers.rules import State
from motcua.journal import queries as journal
from motcua.kernel.vntime import VN, epoch_day, local_day

FORM_OF = {
    "dossier.ask_supplement": "02", "dossier.refuse": "03", "dossier.extend": "04",
    "dossier.stop": "05", "dossier.withdraw": "05",
}  # fmt: skip
READ = (
    "dossier.received", "dossier.hand_over", "dossier.take_fee", "dossier.certify",
    "dossier.void_certification", "dossier.refiled", undoing.UNDONE, *FORM_OF,
)  # fmt: skip
PAUSING = frozenset({"dossier.ask_supplement", "dossier.ask_fee"})


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: a dossier, when, who, how much (đồng, copies or days), in words.

    `tags` are what it is counted under within its list; a notice of the counter has no `dossier`.
    """

    dossier: UUID | None
    code: str
    at: datetime
    who: str = ""
    amount: int = 0
    words: str = ""
    tags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What its list is sorted by: time, then dossier. Its words may name somebody."""
        return f"{self.at.astimezone(VN).isoformat()}|{self.dossier or self.code}|{self.words}"


@dataclass(frozen=True, slots=True)
class DayEnd:
    """One day: lists of items; `waiting` counts all that was open at its end."""

    day: date
    received: list[Item]
    returned: list[Item]
    cash: list[Item]
    due_today: list[Item]
    late: list[Item]
    paused: list[Item]
    waiting: int
    undelivered: list[Item]
    certified: list[Item]
    told: list[Item]

    @property
    def taken(self) -> int:
        """The cash of the day in đồng, without what was given back."""
        return sum(item.amount for item in self.cash)

    @property
    def copies(self) -> int:
        return sum(item.amount for item in self.certified)


def day_end(day: date, at: datetime) -> DayEnd:
    """What `day` was, at its end or, while it lasts, at `at`. The same few statements ever."""
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), VN)
    past = day < local_day(at)
    events = _stood(list(journal.on_day(day, *READ)))
    of = {verb: [e for e in events if e.verb == verb] for verb in READ}
    waiting = _waiting(day, end, past)
    return DayEnd(
        day=day,
        received=[
            replace(_item(e), tags=(e.data["channel"], e.data["field"]))
            for e in of["dossier.received"]
        ],
        returned=[_item(e, words=_taken_by(e)) for e in of["dossier.hand_over"]],
        cash=_cash(events),
        due_today=[i for i, due, paused in waiting if not paused and local_day(due) == day],
        late=[i for i, due, paused in waiting if not paused and local_day(due) < day],
        paused=[i for i, _due, paused in waiting if paused],
        waiting=len(waiting),
        undelivered=_undelivered(day, end, past),
        certified=_certified(of["dossier.certify"], of["dossier.void_certification"]),
        told=_told(events, end),
    )


def _stood(events: list[Any]) -> list[Any]:
    """The day's events without what was undone, which is always on the same day."""
    gone = {(e.subject_id, e.data["undone"]) for e in events if e.verb == undoing.UNDONE}
    return [e for e in events if (e.subject_id, e.seq) not in gone and e.verb != undoing.UNDONE]


def _item(event: Any, amount: int = 0, words: str = "") -> Item:
    who = event.by.name if event.by else ""
    return Item(event.subject_id, event.subject_label, event.at, who, amount, words)


def _told(events: Sequence[Any], end: datetime) -> list[Item]:
    """What went to citizens on paper: by an act on a dossier, or at the counter without one."""
    found = [
        replace(_item(e, words=FORM_OF[e.verb]), tags=(FORM_OF[e.verb],))
        for e in events if e.verb in FORM_OF
    ]  # fmt: skip
    given = Notice.objects.filter(at__gte=end - timedelta(days=1), at__lt=end)
    for form, number, at, who in given.values_list("form", "number", "at", "by__name"):
        found.append(Item(None, str(number), at, who, words=form, tags=(form,)))
    return sorted(found, key=attrgetter("key"))


def _taken_by(event: Any) -> str:
    collected = event.data.get("collected_by")
    return collected["name"] or collected.get("tracking", "") if collected else ""


def _cash(events: Sequence[Any]) -> list[Item]:
    """What was taken and, below nought, what was given back, in order."""
    moved = [(e, e.data["amount"]) for e in events if e.verb == "dossier.take_fee"]
    moved += [(e, -e.data["refund"]) for e in events if e.data.get("refund")]
    return sorted((_item(e, amount) for e, amount in moved), key=attrgetter("key"))


def _certified(made: Sequence[Any], voided: Sequence[Any]) -> list[Item]:
    """One item an entry, `amount` its copies; what the same day voided is left out."""
    gone = {e.data["voided"]["id"] for e in voided}
    return [
        _item(event, one["copies"], f"{one['number']} {one['book']}")
        for event in made
        for one in event.data["entries"]
        if one["id"] not in gone
    ]


Waiting = tuple[Item, datetime, bool]


def _waiting(day: date, end: datetime, past: bool) -> list[Waiting]:
    """Every dossier that was open at the end of the day: its item, due time, whether paused."""
    rows = Dossier.objects.filter(state__in=rules.OPEN, received_at__lt=end).values_list(
        "pk", "code", "received_at", "due_at", "paused_at", "journal_at"
    )
    moved, found = {}, []
    for pk, code, since, due_at, paused_at, last in rows:
        if last < end:
            found.append((Item(pk, code, since), due_at, paused_at is not None))
        else:
            moved[pk] = code
    if past:
        number = epoch_day(day)
        finished = DossierFact.objects.filter(finished_day__gt=number, received_day__lte=number)
        moved |= dict(finished.values_list("pk", "code"))
    found += _as_they_were(moved, day)
    return sorted(found, key=lambda one: one[0].key)


def _as_they_were(moved: dict[UUID, str], day: date) -> Iterable[Waiting]:
    """Those with later events, as the events up to the day tell them."""
    if not moved:
        return
    events = journal.events_until(Dossier, list(moved), day)
    for subject, told in groupby(events, key=attrgetter("subject_id")):
        standing = undoing.standing(told)
        due_at, paused = None, False
        for event in standing:
            if "due_at" in event.data:
                due_at, paused = datetime.fromisoformat(event.data["due_at"]), False
            paused = paused or event.verb in PAUSING
        if due_at is not None and not any("finished_on" in e.data for e in standing):
            yield Item(subject, moved[subject], standing[0].at), due_at, paused


def _undelivered(day: date, end: datetime, past: bool) -> list[Item]:
    """Results nobody had fetched at the end of the day, oldest first; `amount` is days waited."""
    rows = Dossier.objects.filter(state=State.DONE, finished_at__lt=end)
    found = {pk: (code, at) for pk, code, at in rows.values_list("pk", "code", "finished_at")}
    if past:
        number = epoch_day(day)
        since = DossierFact.objects.filter(handed_day__gt=number, finished_day__lte=number)
        rows = Dossier.objects.filter(pk__in=since.values("pk"))
        found |= {pk: (code, at) for pk, code, at in rows.values_list("pk", "code", "finished_at")}
    items = [_aged(pk, code, at, day) for pk, (code, at) in found.items()]
    return sorted(items, key=attrgetter("key"))


def _aged(pk: UUID, code: str, at: datetime, day: date) -> Item:
    days = (day - local_day(at)).days
    age = next(name for name, most in AGES.items() if days <= most)
    return Item(pk, code, at, amount=days, tags=(age,))


AGES = {"tuan": 7, "thang": 30, "lau": 10**9}
"""How long a result waited for its citizen, in days at most, by the tag of its items."""


def tagged(items: Iterable[Item]) -> Counter[str]:
    """How many items there are under each tag."""
    return Counter(tag for item in items for tag in item.tags)


def described(items: Sequence[Item]) -> dict[UUID, tuple[str, str]]:
    """Procedure and applicant of the dossiers of some items, for a page of a list."""
    rows = Dossier.objects.filter(pk__in={item.dossier for item in items if item.dossier})
    named = rows.values_list("pk", "version__short_name", "applicant__name")
    return {pk: (procedure, person) for pk, procedure, person in named}

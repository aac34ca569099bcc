"""Số dư đầu kỳ: what a file tells, matched with this agency; then written, so many at a time.

The whole file is checked before a row is written. Writing is one act a dossier; it can be left
and gone on with, and the same file twice changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from django.db import transaction

from motcua.dossiers import actions, persons
from motcua.dossiers import queries as dossiers
from motcua.dossiers import rules as law
from motcua.dossiers.actions.importing import Arrived, note_import, untouched
from motcua.dossiers.rules import FINISHED, PAUSED, State
from motcua.kernel import clock as working
from motcua.kernel.calendar import Calendar, national_calendar
from motcua.kernel.clock import Outcome
from motcua.kernel.errors import BadInput
from motcua.kernel.terms import SAME_DAY, Term, Unit, parse_cutoff, parse_term
from motcua.kernel.text import fold
from motcua.kernel.vntime import VN, clock_words, local_day, slashed
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.procedures import queries as procedures
from motcua.procedures import shipped
from motcua.procedures.actions import note_foreign
from motcua.setup import tables
from motcua.setup.dossier_rows import NOT_YET, RANK, Finding, Reading, Told, read
from motcua.setup.rules import When
from motcua.web.ids import uuid7

AT_ONCE = 200
STEPS_APART = "general_days"
OPENING, CLOSING = time(7, 30), time(17, 0)


@dataclass(slots=True)
class Plan:
    """A checked file: what would be written, and everything that is to be said of it."""

    name: str
    reading: Reading
    new: list[Told] = field(default_factory=list)
    changed: list[Told] = field(default_factory=list)
    unchanged: int = 0
    counted_only: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)

    @property
    def accepted(self) -> int:
        return len(self.reading.good)

    def as_json(self, *, created: int = 0, updated: int = 0, unchanged: int = 0) -> dict[str, Any]:
        """The interface of `import`: see docs/guides/import.md."""
        return {
            "accepted": self.accepted,
            "refused": len(self.reading.refused),
            "ignored": len(self.reading.ignored),
            "refusals": [one.as_json() for one in _by_row(self.reading.refused)],
            "warnings": [
                one.as_json() for one in _by_row([*self.reading.warnings, *self.reading.ignored])
            ],
            "counts": {"outcome": dict(self.outcomes), "channel": dict(self.channels)},
            "created": created,
            "updated": updated,
            "unchanged": unchanged,
        }


def _by_row(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: one.row)


class Matcher:
    """Knows the agency: its catalogue, calendar, officers. Without one: the nation's and none."""

    def __init__(self, agency: Any, code: str, at: datetime) -> None:
        self.agency, self.at = agency, at
        self.own = people.codes_of(agency) if agency is not None else [code]
        self.calendar: Calendar = people.calendar(agency) if agency else national_calendar()
        self.by_code: dict[str, Any] = {}
        self.by_name: dict[str, Any] = {}
        self._catalogue()
        self.officers: dict[str, Any] = {}
        self.desk: Any = None
        if agency is not None:
            self._people()

    def _catalogue(self) -> None:
        """By code and by name; of several versions the last. Shipped ones where nothing is."""
        if self.agency is not None:
            rows = [(one.procedure.code, one) for one in procedures.every_version()]
        else:
            rows = [(one.code, one) for one in shipped.catalogue("current")]
        for code, one in rows:
            self.by_code.setdefault(code, []).append(one)
            for name in (one.name, one.short_name):
                self.by_name.setdefault(_procedure_key(name), []).append(one)

    def _people(self) -> None:
        day = local_day(self.at)
        for role in Role:
            for one in people.officers_with(role, on=day).select_related("post", "agency"):
                self.officers.setdefault(fold(one.name), one)
                self.desk = self.desk or (one if role is Role.DESK else None)

    def version(self, told: Told) -> Any:
        """The version of its day if the catalogue has it, else the nearest; None if unknown."""
        found = self.by_code.get(told.procedure_code) or self.by_name.get(
            _procedure_key(told.procedure_name)
        )
        if not found:
            return None
        received = told.received.at if told.received else self.at
        for one in found:
            begun = getattr(one, "effective_from", None)
            ended = getattr(one, "effective_to", None)
            if begun is None or (begun <= received and (ended is None or received < ended)):
                return one
        return found[0]

    def officer(self, name: str) -> Any:
        return self.officers.get(fold(name)) if name else None


def _procedure_key(name: str) -> str:
    return fold(name).removeprefix("thu tuc ").strip(" .")


class NoAgency(BadInput):
    code = "no-agency"
    message = "Không có đơn vị nào mang mã “{code}” ở đây. Kiểm tra --agency."


class Empty(BadInput):
    code = "table-empty"
    message = "Tệp không có dòng nào. Chép hồ sơ vào bảng rồi tải lên lại."


def check(
    name: str, content: bytes, *, agency: Any, code: str, as_of: datetime, at: datetime
) -> Plan:
    """Read and match the whole file; nothing is written. Raises BadInput for what is no table."""
    matcher = Matcher(agency, code, at)
    sheets = tables.read(name, content)
    plan = Plan(name, read(name, sheets, own=[one for one in matcher.own if one], as_of=as_of))
    reading = plan.reading
    if not (reading.good or reading.refused or reading.ignored):
        raise Empty()
    kept = []
    for told in sorted(reading.good, key=lambda one: one.row):
        arrived = _arrived(told, matcher, name, as_of, reading)
        if arrived is not None:
            kept.append((told, arrived))
    reading.good = [told for told, _ in kept]
    if agency is not None:
        _compare(plan, [told for told, _ in kept])
        left = {told.row for told in reading.good}
        kept = [(told, one) for told, one in kept if told.row in left]
    else:
        plan.new = [told for told in reading.good if told.state not in NOT_YET]
    for told, arrived in kept:
        plan.outcomes[_outcome_word(told, arrived, as_of)] += 1
        plan.channels[told.channel.value] += 1
    plan.counted_only = sum(told.state in NOT_YET for told in reading.good)
    if plan.counted_only:
        reading.warnings.append(Finding("counted-only", values={"count": plan.counted_only}))
    return plan


def _compare(plan: Plan, rows: list[Told]) -> None:
    """Sort into new, changed, unchanged, and what may not be taken over."""
    reading = plan.reading
    known = dossiers.known_by_code([told.code for told in rows])
    good = []
    for told in rows:
        dossier = known.get(told.code)
        if told.state in NOT_YET and dossier is None:
            good.append(told)
        elif dossier is None:
            plan.new.append(told)
            good.append(told)
        elif "import" not in (dossier.origin or {}):
            reading.refused.append(_of_code("received-here", told, reading))
        elif dossier.origin["import"]["digest"] == told.digest:
            plan.unchanged += 1
            good.append(told)
        elif not untouched(dossier):
            reading.ignored.append(_of_code("worked-on-here", told, reading))
        elif RANK[told.state] < RANK[State(dossier.state)]:
            more = {"state": State(dossier.state).label}
            reading.ignored.append(_of_code("went-back", told, reading, **more))
        else:
            plan.changed.append(told)
            good.append(told)
    reading.good = good


def _of_code(reason: str, told: Told, reading: Reading, **values: Any) -> Finding:
    return Finding(reason, reading.sheet, told.row, "Mã hồ sơ", {"text": told.code, **values})


def _arrived(
    told: Told, matcher: Matcher, name: str, as_of: datetime, reading: Reading
) -> Arrived | None:
    """The dossier as it would be written; None, with a refusal, when it has no due time at all."""

    def warn(reason: str, column: str, **values: Any) -> None:
        reading.warnings.append(Finding(reason, reading.sheet, told.row, column, values))

    version, received = matcher.version(told), _received(told, matcher.calendar)
    if version is None:
        warn("unknown-procedure", "Thủ tục", text=told.procedure_name or told.procedure_code)
    if received is None:  # state 1 or 3: counted, not written
        return _not_yet(told, version, as_of, name)
    due = _due(told, version, received, matcher.calendar, warn)
    if due is None:
        reading.refused.append(
            Finding("no-due", reading.sheet, told.row, "Ngày hẹn trả", {"text": ""})
        )
        return None
    due_at, printed, term = due
    person, holder = _person(told, warn), matcher.officer(told.handler)
    if told.state not in FINISHED and told.handler and holder is None:
        warn("unknown-officer", "Cán bộ đang xử lý", text=told.handler)
    return Arrived(
        code=told.code, version=version, applicant=person, channel=told.channel, state=told.state,
        received_at=received, due_at=due_at, printed=printed, term=term, file=name, row=told.row,
        digest=told.digest, receiver=matcher.officer(told.receiver),
        holder=_holder(told, holder, matcher), unit=told.unit,
        **_times(told, received, due_at, as_of, matcher.calendar, warn),
    )  # fmt: skip


def _not_yet(told: Told, version: Any, as_of: datetime, name: str) -> Arrived:
    return Arrived(
        code=told.code, version=version, applicant=persons.PersonIn(told.owner),
        channel=told.channel, state=told.state, received_at=as_of, due_at=as_of, printed=False,
        term="", file=name, row=told.row, digest=told.digest,
    )  # fmt: skip


def _holder(told: Told, named: Any, matcher: Matcher) -> Any:
    """Who goes on with an open one: the officer named, if it is their work, else the desk."""
    if told.state in FINISHED:
        return None
    role = Role.DESK if told.state is State.RECEIVED else Role.SPECIALIST
    if named is not None and named.has_role(role, on=local_day(matcher.at)):
        return named
    return matcher.desk


def _person(told: Told, warn: Callable[..., None]) -> persons.PersonIn:
    number = told.id_number
    if number and len(number) not in (9, 12):
        warn("bad-id-number", "Số định danh")
        number = ""
    return persons.PersonIn(told.owner, number, phone=told.phone, address=told.address)


def _received(told: Told, calendar: Calendar) -> datetime | None:
    one = told.received if told.state not in NOT_YET else None
    if one is None or not one.day_only:
        return one.at if one else None
    sessions = calendar.sessions_on(local_day(one.at))
    start = sessions[0].start if sessions else OPENING
    return datetime.combine(one.at.date(), start, VN)


def _end_of(day: Any, calendar: Calendar) -> datetime:
    sessions = calendar.sessions_on(day)
    return datetime.combine(day, sessions[-1].end if sessions else CLOSING, VN)


def _due(
    told: Told, version: Any, received: datetime, calendar: Calendar, warn: Callable[..., None]
) -> tuple[datetime, bool, str] | None:
    """When it is due, whether the file says so against our clock, and the term in words."""
    day = local_day(received)
    given = _given_due(told, day, calendar)
    term = _term_of(told, version)
    if not term and given is not None:
        days = max(0, working.working_days(calendar, day, local_day(given)))
        term = (Term(days, Unit.WORKING_DAY) if days else SAME_DAY).words
    if not term:
        return _no_due(told, received, calendar, warn)
    text = getattr(version, "cutoff", "") or ""
    cutoff = parse_cutoff(text) if text else None
    ours = law.due(started=received, term=parse_term(term), cutoff=cutoff, calendar=calendar).at
    if given is None:
        warn("no-due-printed", "Ngày hẹn trả", ours=_words(ours))
        return ours, False, term
    if given != ours and _term_of(told, version):
        warn("due-differs", "Ngày hẹn trả", text=_words(given), ours=_words(ours))
    return given, given != ours, term


def _no_due(
    told: Told, received: datetime, calendar: Calendar, warn: Callable[..., None]
) -> tuple[datetime, bool, str] | None:
    """A finished one that nobody promised for a day cannot be late; an open one needs a day."""
    if told.state not in FINISHED:
        return None
    finished = told.finished.at if told.finished else received
    if told.finished and told.finished.day_only:
        finished = _end_of(finished.date(), calendar)
    warn("never-due", "Ngày hẹn trả")
    return max(finished, received), True, "trong ngày"


def _given_due(told: Told, day: Any, calendar: Calendar) -> datetime | None:
    if told.same_day:
        return _end_of(day, calendar)
    if told.due is None:
        return None
    return _end_of(told.due.at.date(), calendar) if told.due.day_only else told.due.at


def _term_of(told: Told, version: Any) -> str:
    """The version's own term; else what the file says of it, when that can be read."""
    text: str = getattr(version, "term", "") or told.term
    try:
        parse_term(text)
    except BadInput:
        return ""
    return text


def _times(
    told: Told, received: datetime, due: datetime, as_of: datetime, calendar: Calendar,
    warn: Callable[..., None],
) -> dict[str, datetime | None]:  # fmt: skip
    """When it was paused, finished, handed over; a day without an hour is read kindly."""
    found: dict[str, datetime | None] = {}
    if told.state in PAUSED:
        paused = told.paused.at if told.paused and told.paused.at >= received else None
        found["paused_at"] = min(paused or as_of, as_of)
        if paused is None:
            warn("no-pause-day", "Ngày tạm dừng", ours=_words(as_of))
    if told.state not in FINISHED:
        return found
    finished = _finish(told.finished, received, due, as_of, calendar)
    if finished is None:
        finished = max(received, min(due, as_of))
        warn("no-closing-day", "Ngày kết thúc xử lý", ours=_words(finished))
    found["finished_at"] = finished
    if told.state is State.RETURNED:
        handed = _finish(told.returned, finished, due, as_of, calendar) or finished
        found["handed_at"] = max(handed, finished)
    return found


def _finish(
    one: When | None, after: datetime, due: datetime, as_of: datetime, calendar: Calendar
) -> datetime | None:
    if one is None or not one.day_only:
        return one.at if one else None
    day = one.at.date()
    last = due if local_day(due) == day else _end_of(day, calendar)
    return min(max(last, after), as_of)


_DONE = {Outcome.EARLY: "done_early", Outcome.ON_TIME: "done_ontime", Outcome.LATE: "done_late"}
_WORDS = {
    State.REGISTERED: "pending_receive", State.NOT_RECEIVED: "not_received",
    State.SUPPLEMENT: "paused_supplement", State.PAYMENT: "paused_finance",
    State.WITHDRAWN: "withdrawn", State.STOPPED: "stopped",
}  # fmt: skip


def _outcome_word(told: Told, arrived: Arrived, as_of: datetime) -> str:
    if told.state in _WORDS:
        return _WORDS[told.state]
    if told.state in (State.DONE, State.RETURNED):
        assert arrived.finished_at is not None
        term = parse_term(arrived.term)
        return _DONE[law.outcome(term=term, due_at=arrived.due_at, finished_at=arrived.finished_at)]
    return "open_late" if as_of > arrived.due_at else "open_in_time"


def _words(at: datetime) -> str:
    return f"{clock_words(at)} {slashed(local_day(at))}"


@dataclass(slots=True)
class Written:
    created: int = 0
    updated: int = 0


def write(plan: Plan, *, by: Any, at: datetime, as_of: datetime) -> Iterator[Written]:
    """Write what is new or changed, telling after every few how far it is.

    Each dossier is an act of its own, a few share a transaction; left at any time, the same file
    goes on where it stopped.
    """
    matcher, done = Matcher(by.agency, "", at), Written()
    known = dossiers.known_by_code([told.code for told in plan.changed])
    rows = [*plan.new, *plan.changed]
    silent = Reading()
    for start in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            for told in rows[start : start + AT_ONCE]:
                arrived = _arrived(told, matcher, plan.name, as_of, silent)
                assert arrived is not None
                _write_one(arrived, told, matcher, known.get(told.code), by, at, done)
        silent.warnings.clear()
        yield done
    if rows:
        _note(plan, by, at, done)


def _note(plan: Plan, by: Any, at: datetime, done: Written) -> None:
    note_import(
        by=by, at=at, key=str(uuid7()), file=plan.name, created=done.created,
        updated=done.updated,
    )  # fmt: skip


def _write_one(
    arrived: Arrived, told: Told, matcher: Matcher, known: Any, by: Any, at: datetime,
    done: Written,
) -> None:  # fmt: skip
    if arrived.version is None:
        version = note_foreign(
            publisher=by.agency, code=told.procedure_code, name=told.procedure_name,
            field=told.field, step_rows=shipped.steps(STEPS_APART), at=at,
        )  # fmt: skip
        arrived = replace(arrived, version=version)
    key = f"nhap:{told.code}:{told.digest[:24]}"
    if known is None:
        actions.import_dossier(by=by, at=at, key=key, arrived=arrived)
        done.created += 1
    else:
        actions.update_imported(by=by, at=at, key=key, dossier_id=known.pk, arrived=arrived)
        done.updated += 1

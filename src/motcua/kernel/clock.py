"""The clock of a dossier (thời hạn giải quyết): when it is due, with the lines of the proof.

Pure functions of (received, term, calendar, cut-off, pauses, policy). Instants are aware and
may be in any zone; results are in +07:00. Law: NĐ 118/2025/NĐ-CP Đ.17, NĐ 61/2018/NĐ-CP Đ.18,
19; Bộ luật Dân sự 2015 Đ.147, 148. Doors of this room: everything in `__all__`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from motcua.kernel import proof
from motcua.kernel.calendar import Calendar
from motcua.kernel.labelled import Labelled
from motcua.kernel.proof import ProofLine
from motcua.kernel.terms import Cutoff, Term, Unit
from motcua.kernel.timeliness import (
    ClockState,
    Outcome,
    clock_state,
    extension_allowed,
    outcome,
)
from motcua.kernel.vntime import local
from motcua.kernel.worktime import (
    NOTHING,
    add_months,
    add_working_days,
    add_working_time,
    next_working_moment,
    opening_after,
    working_days,
    working_time,
)

__all__ = [
    "ClockState",
    "Due",
    "Outcome",
    "Pause",
    "ProofLine",
    "Resume",
    "add_months",
    "add_working_days",
    "add_working_time",
    "clock_state",
    "due",
    "extension_allowed",
    "next_working_moment",
    "outcome",
    "working_days",
    "working_time",
]

Moment = TypeVar("Moment", date, datetime)


class Resume(Labelled):
    """What happens to the term after a supplement (cách tính sau khi bổ sung)."""

    CONTINUE = "continue", "Tính tiếp, trừ thời gian tạm dừng"
    RESTART = "restart", "Tính lại từ đầu khi nhận đủ hồ sơ"


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count (tạm dừng), from `start` to `end`, both aware instants.

    `restarts`: a supplement, after which the policy may begin the term again; waiting for a fee
    is only subtracted, whatever the policy (NĐ 61/2018/NĐ-CP Đ.19.4 speaks of supplements alone).
    """

    start: datetime
    end: datetime
    restarts: bool = True

    def __post_init__(self) -> None:
        if local(self.end) < local(self.start):
            raise ValueError(f"A pause ends before it starts: {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Due:
    """When a dossier is due: the instant `at` (+07:00), its `day`, and why.

    `started` is the instant the term counts from: receipt, moved into working time and past the
    cut-off, or the last resumption when the policy restarts the term.
    """

    at: datetime
    day: date
    proof: tuple[ProofLine, ...]
    started: datetime


def due(
    *,
    received: datetime,
    term: Term,
    calendar: Calendar,
    cutoff: Cutoff | None = None,
    pauses: Iterable[Pause] = (),
    resume: Resume = Resume.CONTINUE,
) -> Due:
    """Compute the due instant (hạn trả kết quả) with its proof.

    Received outside working time counts as received at the next working moment. Of a same-day
    term only, what is received at or after the cut-off counts from the opening of the next working
    day: `cutoff=None` means 15:00, `Cutoff.NONE` never cuts off. Day terms and same-day
    terms end with the last session of their day. Pauses count as their union: terms in working
    days and same-day terms move by the working days in (paused on, resumed on], calendar terms
    by its calendar days and then roll to a working day, hour terms by the working time paused.
    Raises ValueError for a naive instant.
    """
    if term.unit is not Unit.SAME_DAY:
        cutoff = Cutoff.NONE
    elif cutoff is None:
        cutoff = Cutoff.DEFAULT
    begun = local(received)
    started, lines = _start(begun, calendar, cutoff)
    real = [p for p in pauses if p.end > p.start and p.end > started]
    supplements = [p for p in real if p.restarts]
    if resume is Resume.RESTART and supplements:
        begun = max(local(pause.end) for pause in supplements)
        lines.append(proof.restarted(begun))
        started, more = _start(begun, calendar, cutoff, again=True)
        lines += more
        real = [p for p in real if not p.restarts and p.end > started]
    end, more = _end(started, term, calendar, real)
    lines += more
    if term.unit in (Unit.DAY, Unit.MONTH):
        lines += proof.skipped(calendar, begun.date(), started.date())
    else:
        lines += proof.skipped(calendar, begun.date(), end.date())
    lines += proof.unknown_years(calendar, begun.date(), end.date())
    lines.append(proof.ends(end))
    return Due(at=end, day=end.date(), proof=tuple(lines), started=started)


def _start(
    begun: datetime, calendar: Calendar, cutoff: Cutoff, *, again: bool = False
) -> tuple[datetime, list[ProofLine]]:
    """Move the receipt into working time and past the cut-off of its day."""
    started = next_working_moment(calendar, begun)
    lines = [] if again and started == begun else [proof.received(calendar, begun, started)]
    limit = cutoff.moment(calendar.end_of(started.date()))
    if limit is None:
        return started, lines
    if started < limit:
        return started, [*lines, proof.before_cutoff(limit)]
    started = opening_after(calendar, started.date())
    return started, [*lines, proof.after_cutoff(limit, started)]


def _end(
    started: datetime, term: Term, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[datetime, list[ProofLine]]:
    if term.unit is Unit.WORKING_HOUR:
        return _end_of_hours(started, term, calendar, pauses)
    if term.unit in (Unit.DAY, Unit.MONTH):
        return _end_of_calendar_days(started, term, calendar, pauses)
    return _end_of_working_days(started, term, calendar, pauses)


def _end_of_hours(
    started: datetime, term: Term, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[datetime, list[ProofLine]]:
    lines = [proof.term_in_hours(term)]
    paused = NOTHING
    for first, last in _union((max(started, local(p.start)), local(p.end)) for p in pauses):
        span = working_time(calendar, first, last)
        lines.append(proof.paused_for(first, last, span))
        paused += span
    return add_working_time(calendar, started, timedelta(hours=term.amount) + paused), lines


def _end_of_working_days(
    started: datetime, term: Term, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[datetime, list[ProofLine]]:
    day = started.date()
    lines = [proof.term_in_working_days(term, day)]
    count = 0 if term.unit is Unit.SAME_DAY else term.amount
    for first, last in _paused_days(started, pauses):
        moved = working_days(calendar, first, last)
        lines.append(proof.paused_days(first, last, moved, Unit.WORKING_DAY))
        count += moved
    return calendar.end_of(add_working_days(calendar, day, count)), lines


def _end_of_calendar_days(
    started: datetime, term: Term, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[datetime, list[ProofLine]]:
    day = started.date()
    in_months = term.unit is Unit.MONTH
    last_day = add_months(day, term.amount) if in_months else day + timedelta(days=term.amount)
    lines = [proof.term_in_calendar_days(term, day, last_day)]
    for first, last in _paused_days(started, pauses):
        last_day += last - first
        lines.append(proof.paused_days(first, last, (last - first).days, Unit.DAY))
    rolled = calendar.next_working_day(last_day)
    if rolled != last_day:
        lines.append(proof.rolled(calendar, last_day, rolled))
    return calendar.end_of(rolled), lines


def _paused_days(started: datetime, pauses: Sequence[Pause]) -> list[tuple[date, date]]:
    """Return the union of the days (paused on, resumed on], not before the start."""
    return _union((local(max(started, p.start)).date(), local(p.end).date()) for p in pauses)


def _union(spans: Iterable[tuple[Moment, Moment]]) -> list[tuple[Moment, Moment]]:
    merged: list[tuple[Moment, Moment]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged

"""How a dossier stands to its due time (trước hạn, đúng hạn, trễ hạn), and the clock's words.

Law: NĐ 61/2018/NĐ-CP Đ.19 khoản 9 and the rules under NĐ 118/2025/NĐ-CP (apology and new date
at latest one day before the end); the words follow the project's screens.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from motcua.kernel.calendar import Calendar
from motcua.kernel.labelled import Labelled
from motcua.kernel.law import Dated
from motcua.kernel.proof import plural, span_words, span_words_en
from motcua.kernel.terms import Term, Unit
from motcua.kernel.vntime import WEEKDAYS, WEEKDAYS_EN, clock_words, local, local_day
from motcua.kernel.worktime import working_days, working_time

HOURS_OF_A_DAY = 8
LONG_LATE = timedelta(hours=HOURS_OF_A_DAY)
EXTENSION_NOTICE_DAYS = Dated(
    "NĐ 61/2018/NĐ-CP Đ.19 khoản 9: chậm nhất 01 ngày trước ngày hết hạn",
    {date(1900, 1, 1): 1},
)


class Outcome(Labelled):
    """How a finished dossier counts (kết quả về thời hạn)."""

    EARLY = "early", "trước hạn"
    ON_TIME = "on_time", "đúng hạn"
    LATE = "late", "trễ hạn"


@dataclass(frozen=True, slots=True)
class ClockState:
    """What the clock badge says: `kind` for its colour and icon, words in two languages."""

    kind: Literal["running", "today", "late", "paused", "done"]
    words: str
    words_en: str


def outcome(*, term: Term, due_at: datetime, finished_at: datetime) -> Outcome:
    """Classify a finished dossier. Hour and same-day terms are never early."""
    if local(finished_at) > local(due_at):
        return Outcome.LATE
    if term.in_days and local_day(finished_at) < local_day(due_at):
        return Outcome.EARLY
    return Outcome.ON_TIME


def extension_allowed(*, term: Term, due_at: datetime, at: datetime, calendar: Calendar) -> bool:
    """Say whether an extension with apology (gia hạn, xin lỗi) may still be sent at `at`.

    At latest the notice days before the due day (dated: one); for terms of a day or less
    (up to 8 working hours), before the due moment.
    """
    if local(at) >= local(due_at):
        return False
    if _a_day_or_less(term):
        return True
    notice = EXTENSION_NOTICE_DAYS.on(local_day(due_at))
    return working_days(calendar, local_day(at), local_day(due_at)) >= notice


def clock_state(
    *,
    now: datetime,
    due_at: datetime,
    calendar: Calendar,
    paused_since: datetime | None = None,
    finished_at: datetime | None = None,
    term: Term,
) -> ClockState:
    """Say how the clock stands at `now`; what remains or is overdue counts working time only."""
    if finished_at is not None:
        return _done(local(finished_at), local(due_at), calendar, term)
    if paused_since is not None:
        return _paused(local(paused_since), local(due_at), calendar, term, local(now))
    if local(now) > local(due_at):
        return _late(local(now), local(due_at), calendar, term)
    return _running(local(now), local(due_at), calendar, term)


def _running(now: datetime, due_at: datetime, calendar: Calendar, term: Term) -> ClockState:
    left = working_time(calendar, now, due_at)
    at = clock_words(due_at)
    if now.date() == due_at.date():
        return ClockState(
            "today", f"Còn {span_words(left)} · hạn {at}", f"{span_words_en(left)} left · due {at}"
        )
    day, day_en = _weekday(due_at, now), _weekday_en(due_at, now)
    if term.unit is Unit.WORKING_HOUR:
        return ClockState(
            "running",
            f"Còn {span_words(left)} · hạn {at} {day}",
            f"{span_words_en(left)} left · due {at} {day_en}",
        )
    count = working_days(calendar, now.date(), due_at.date())
    return ClockState(
        "running",
        f"Còn {count} ngày làm việc · hạn {day}",
        f"{plural(count, 'working day')} left · due {day_en}",
    )


def _late(now: datetime, due_at: datetime, calendar: Calendar, term: Term) -> ClockState:
    over, over_en = _overdue(due_at, now, calendar, term)
    due_words = _short(due_at, now)
    if now.date() == due_at.date():
        due_words = clock_words(due_at)
    elif term.unit is Unit.WORKING_HOUR:
        due_words = f"{clock_words(due_at)} {due_words}"
    if not over:
        return ClockState("late", f"Quá hạn {due_words}", f"Overdue since {due_words}")
    return ClockState("late", f"Quá {over} · hạn {due_words}", f"{over_en} late · due {due_words}")


def _overdue(due_at: datetime, until: datetime, calendar: Calendar, term: Term) -> tuple[str, str]:
    """Write how late `until` is, in working days or time; empty when none has passed."""
    span = working_time(calendar, due_at, until)
    days = working_days(calendar, due_at.date(), until.date())
    if days and (term.unit is not Unit.WORKING_HOUR or span >= LONG_LATE):
        return f"{days} ngày", plural(days, "day")
    return (span_words(span), span_words_en(span)) if span else ("", "")


def _paused(
    since: datetime, due_at: datetime, calendar: Calendar, term: Term, now: datetime
) -> ClockState:
    vi, en = f"Tạm dừng từ {_short(since, now)}", f"Paused since {_short(since, now)}"
    if since > due_at:
        return ClockState("paused", f"{vi}, đã quá hạn", f"{en}, already overdue")
    days = working_days(calendar, since.date(), due_at.date())
    if term.unit is Unit.WORKING_HOUR:
        span = working_time(calendar, since, due_at)
        left, left_en = span_words(span), span_words_en(span)
    elif days:
        left, left_en = f"{days} ngày làm việc", plural(days, "working day")
    else:
        left, left_en = "trong ngày", "the same day"
    return ClockState("paused", f"{vi}, còn {left} khi tiếp", f"{en}, {left_en} left on resuming")


def _done(finished: datetime, due_at: datetime, calendar: Calendar, term: Term) -> ClockState:
    result = outcome(term=term, due_at=due_at, finished_at=finished)
    if result is Outcome.ON_TIME:
        return ClockState("done", "Xong đúng hạn", "Done on time")
    if result is Outcome.EARLY:
        days = working_days(calendar, finished.date(), due_at.date())
        return ClockState(
            "done", f"Xong trước hạn {days} ngày", f"Done {plural(days, 'day')} early"
        )
    over, over_en = _overdue(due_at, finished, calendar, term)
    if not over:
        return ClockState("done", "Xong trễ hạn", "Done late")
    return ClockState("done", f"Xong trễ {over}", f"Done {over_en} late")


def _a_day_or_less(term: Term) -> bool:
    if term.unit is Unit.WORKING_HOUR:
        return term.amount <= HOURS_OF_A_DAY
    return term.amount == 1 and term.unit is not Unit.MONTH


def _short(at: datetime, now: datetime) -> str:
    return f"{at:%d/%m}" if at.year == now.year else f"{at:%d/%m/%Y}"


def _weekday(at: datetime, now: datetime) -> str:
    return f"{WEEKDAYS[at.weekday()]} {_short(at, now)}"


def _weekday_en(at: datetime, now: datetime) -> str:
    return f"{WEEKDAYS_EN[at.weekday()]} {_short(at, now)}"

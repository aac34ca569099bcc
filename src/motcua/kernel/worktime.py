"""Arithmetic of working time (thời gian làm việc): sessions and working days.

Instants are aware; a session includes both its ends, so 11:30 and 17:00 sharp are still working
moments. Law of days: Bộ luật Dân sự 2015 Đ.147 khoản 2 (the first day is not counted) and
Đ.148 khoản 5 (an end on a day off moves to the next working day).
"""

from calendar import monthrange
from datetime import date, datetime, timedelta

from motcua.kernel.calendar import ONE_DAY, Calendar, days_between
from motcua.kernel.vntime import local

NOTHING = timedelta(0)


def next_working_moment(calendar: Calendar, at: datetime) -> datetime:
    """Return `at` when it lies within a session, otherwise the start of the next session."""
    moment = local(at)
    for session in calendar.sessions_on(moment.date()):
        start, end = session.on(moment.date())
        if moment <= end:
            return max(moment, start)
    return opening_after(calendar, moment.date())


def opening_after(calendar: Calendar, day: date) -> datetime:
    """Return the first working instant of the first working day after `day`."""
    following = calendar.next_working_day(day + ONE_DAY)
    return calendar.sessions_on(following)[0].on(following)[0]


def add_working_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """Return the instant at which `amount` of working time has passed since `start`.

    An amount that ends with a session ends there, not at the next start. ValueError if negative.
    """
    if amount < NOTHING:
        raise ValueError(f"Working time is only added, got {amount}")
    moment = next_working_moment(calendar, start)
    if not amount:
        return moment
    day = moment.date()
    while True:
        for session in calendar.sessions_on(day):
            begin, end = session.on(day)
            begin = max(begin, moment)
            if begin < end:
                if amount <= end - begin:
                    return begin + amount
                amount -= end - begin
        day = calendar.next_working_day(day + ONE_DAY)


def working_time(calendar: Calendar, a: datetime, b: datetime) -> timedelta:
    """Return the working time between two instants; nothing when `b` is not after `a`."""
    first, last = local(a), local(b)
    total = NOTHING
    for day in days_between(first.date() - ONE_DAY, last.date()):
        for session in calendar.sessions_on(day):
            start, end = session.on(day)
            total += max(NOTHING, min(end, last) - max(start, first))
    return total


def working_days(calendar: Calendar, after: date, to: date) -> int:
    """Count the working days in (after, to]; 0 when `to` is not after `after`."""
    return sum(calendar.is_working(day) for day in days_between(after, to))


def add_working_days(calendar: Calendar, day: date, count: int) -> date:
    """Return the `count`-th working day after `day`, which is not counted; `day` itself for 0."""
    for _ in range(count):
        day = calendar.next_working_day(day + ONE_DAY)
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day if it has no such day."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

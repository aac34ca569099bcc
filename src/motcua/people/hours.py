"""Giờ làm việc of an agency through the years: named sets of the kernel, or sessions as text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from motcua.kernel.calendar import (
    SessionRule,
    SessionRules,
    WorkPlace,
    parse_sessions,
    session_rules,
)

ALL_MONTHS = frozenset(range(1, 13))


@cache
def named_hours(sessions: str, unit: str) -> SessionRules:
    """The hours of a named set ("hue"), or "07:00-11:30 13:00-16:30" the whole year.

    Raises BadInput for hours that cannot be read or are not known for the unit.
    """
    if ":" not in sessions:
        return session_rules(sessions, WorkPlace(unit))
    return SessionRules((SessionRule(date.min, None, ALL_MONTHS, parse_sessions(sessions)),))


def through_time(rows: Sequence[tuple[date, str]], unit: str) -> SessionRules:
    """The hours of each day, from rows (in force from, hours) in order of their days.

    The first row reaches back to the beginning. Without a row: the default set.
    """
    if not rows:
        return named_hours("default", unit)
    rules: list[SessionRule] = []
    for number, (start, sessions) in enumerate(rows):
        first = start if number else date.min
        last = rows[number + 1][0] - timedelta(days=1) if number + 1 < len(rows) else None
        rules += _within(named_hours(sessions, unit), first, last)
    return SessionRules(tuple(rules))


def _within(hours: SessionRules, first: date, last: date | None) -> list[SessionRule]:
    """The rules of one row, cut to the days from `first` to `last` (both included)."""
    kept = []
    for rule in hours.rules:
        start = max(rule.first, first)
        ends = [end for end in (rule.last, last) if end is not None]
        end = min(ends) if ends else None
        if end is None or start <= end:
            kept.append(replace(rule, first=start, last=end))
    return kept

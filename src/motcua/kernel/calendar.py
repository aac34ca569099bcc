"""The working calendar (lịch làm việc): which days are worked, and in which sessions.

Days off, compensated days and make-up Saturdays are dated data (`data/days_off.csv`: Bộ luật
Lao động 2019 Điều 111, 112, the yearly exchanges, Nghị quyết 28/2026/QH16). Sessions are dated
rows by season and kind of unit (`data/sessions.csv`). A calendar carries a version made from
its content: whatever is computed from it may be stored only together with that version.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from motcua.kernel.errors import BadInput
from motcua.kernel.labelled import Labelled
from motcua.kernel.vntime import VN, WEEKDAYS, WEEKDAYS_EN, slashed

SATURDAY = 5
ONE_DAY = timedelta(days=1)
SOURCE = "Bộ luật Lao động 2019, Điều 111 và 112; thông báo nghỉ hằng năm; Nghị quyết 28/2026/QH16"
NO_CLOSURES: Mapping[date, str] = {}


class WorkPlace(Labelled):
    """The kind of unit whose hours are meant: they may differ (Huế 2022–2025)."""

    DESK = "desk", "Bộ phận Một cửa"
    OFFICE = "office", "Phòng chuyên môn, lãnh đạo"


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of work within a day (buổi làm việc), both ends included, +07:00."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise BadInput(
                "Buổi làm việc {start}–{end} phải kết thúc sau khi bắt đầu.",
                start=f"{self.start:%H:%M}",
                end=f"{self.end:%H:%M}",
            )

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Return the two instants of the session on `day`."""
        return datetime.combine(day, self.start, VN), datetime.combine(day, self.end, VN)


@dataclass(frozen=True, slots=True)
class SessionRule:
    """Sessions in force from `first` to `last` (both included; None: still), in some months."""

    first: date
    last: date | None
    months: frozenset[int]
    sessions: tuple[Session, ...]
    source: str = ""

    def covers(self, day: date) -> bool:
        return (
            self.first <= day
            and (self.last is None or day <= self.last)
            and day.month in self.months
        )


@dataclass(frozen=True, slots=True)
class SessionRules:
    """The dated sessions of one kind of unit (giờ làm việc)."""

    rules: tuple[SessionRule, ...]

    def rule_on(self, day: date) -> SessionRule:
        """Return the rule in force on `day`. BadInput when no hours are known for it."""
        for rule in self.rules:
            if rule.covers(day):
                return rule
        raise BadInput(
            "Chưa có giờ làm việc cho ngày {day}. Bổ sung giờ làm việc của đơn vị.",
            day=slashed(day),
        )

    def on(self, day: date) -> tuple[Session, ...]:
        """Return the sessions of a working day. BadInput when no hours are known for it."""
        return self.rule_on(day).sessions


@dataclass(frozen=True, eq=False)
class Calendar:
    """Days off, make-up days, local closures and sessions, as known at one moment.

    Days outside `first_year`–`last_year` are judged by the weekend only; `knows` says which.
    """

    version: str
    off: Mapping[date, str]
    make_up: Mapping[date, str]
    closures: Mapping[date, str]
    sessions: SessionRules
    source: str = SOURCE
    first_year: int = 1
    last_year: int = 9999
    names_en: Mapping[str, str] = field(default_factory=dict)
    _cache: dict[date, tuple[Session, ...]] = field(default_factory=dict, init=False, repr=False)

    def knows(self, day: date) -> bool:
        """Say whether the days off of that year are known."""
        return self.first_year <= day.year <= self.last_year

    def is_working(self, day: date) -> bool:
        """Say whether `day` is a working day (ngày làm việc)."""
        if day in self.closures:
            return False
        if day in self.make_up:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def why_off(self, day: date) -> str | None:
        """Return the name of the holiday, closure or weekend day; None on a working day."""
        if self.is_working(day):
            return None
        return self.closures.get(day) or self.off.get(day) or WEEKDAYS[day.weekday()]

    def why_off_en(self, day: date) -> str | None:
        """Return `why_off` in English; a closure keeps the words it was entered with."""
        name = self.why_off(day)
        if name is None or day in self.closures:
            return name
        return self.names_en.get(name, name) if day in self.off else WEEKDAYS_EN[day.weekday()]

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """Return the sessions worked on `day`, in order; empty when it is not a working day."""
        known = self._cache.get(day)
        if known is None:
            known = self.sessions.on(day) if self.is_working(day) else ()
            self._cache[day] = known
        return known

    def next_working_day(self, day: date) -> date:
        """Return `day` itself when it is worked, otherwise the next day that is."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def end_of(self, day: date) -> datetime:
        """Return the instant the last session of a working day ends."""
        return datetime.combine(day, self.sessions_on(day)[-1].end, VN)


def parse_sessions(text: str) -> tuple[Session, ...]:
    """Read "07:30-11:30 13:30-17:00". BadInput unless in order and without overlap."""
    parts = text.replace("–", "-").replace(",", " ").split()
    try:
        sessions = tuple(
            Session(*(time.fromisoformat(end) for end in part.split("-", 1))) for part in parts
        )
    except (ValueError, TypeError):
        sessions = ()
    in_order = all(a.end < b.start for a, b in zip(sessions, sessions[1:], strict=False))
    if sessions and not in_order:
        raise BadInput(
            "Các buổi “{text}” chồng nhau hoặc sai thứ tự. Ghi như 07:30-11:30 13:30-17:00.",
            text=text,
        )
    if not sessions:
        raise BadInput(
            "Không đọc được giờ làm việc “{text}”. Ghi như 07:30-11:30 13:30-17:00.", text=text
        )
    return sessions


def parse_months(text: str) -> frozenset[int]:
    """Read the months of a season: "4-9", "10-3" (over the new year) or "5"."""
    match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", text.strip(), re.ASCII)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not (1 <= first <= 12 and 1 <= last <= 12):
        raise BadInput("Không đọc được các tháng “{text}”. Ghi như 4-9.", text=text)
    length = (last - first) % 12 + 1
    return frozenset((first - 1 + step) % 12 + 1 for step in range(length))


@cache
def session_rules(sessions_set: str = "default", unit: str = WorkPlace.DESK) -> SessionRules:
    """Return the shipped hours of a named set ("default", "hue") for "desk" or "office"."""
    rows = [r for r in _data("sessions.csv") if r["set"] == sessions_set and r["unit"] == unit]
    if not rows:
        raise BadInput(
            "Chưa có giờ làm việc “{name}” cho “{unit}”.", name=sessions_set, unit=str(unit)
        )
    return SessionRules(
        tuple(
            SessionRule(
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["to"]) if row["to"] else None,
                parse_months(row["months"]),
                parse_sessions(row["sessions"]),
                row["source"],
            )
            for row in rows
        )
    )


def build_calendar(
    *,
    sessions: SessionRules,
    closures: Mapping[date, str] = NO_CLOSURES,
    name: str = "vn",
) -> Calendar:
    """Return the national days off with an agency's own sessions and local closures."""
    rows = _data("days_off.csv")
    days = {date.fromisoformat(row["date"]): row for row in rows}
    return Calendar(
        version=f"{name}-{_digest(rows, sessions, closures)}",
        off={day: row["name"] for day, row in days.items() if row["kind"] == "off"},
        make_up={day: row["name"] for day, row in days.items() if row["kind"] == "make_up"},
        closures=dict(closures),
        sessions=sessions,
        first_year=min(days).year,
        last_year=max(days).year,
        names_en={row["name"]: row["name_en"] for row in rows},
    )


def load_calendar(
    sessions_set: str = "default",
    unit: str = WorkPlace.DESK,
    closures: Mapping[date, str] = NO_CLOSURES,
) -> Calendar:
    """Return the national days off with a named set of hours and local closures."""
    return build_calendar(sessions=session_rules(sessions_set, unit), closures=closures)


@cache
def national_calendar() -> Calendar:
    """Return the national calendar with the default sessions (07:30–11:30, 13:30–17:00)."""
    return load_calendar()


def days_between(after: date, to: date) -> Iterator[date]:
    """Yield the days in (after, to]: `after` is not counted, `to` is."""
    for number in range(after.toordinal() + 1, to.toordinal() + 1):
        yield date.fromordinal(number)


@cache
def _data(name: str) -> Sequence[dict[str, str]]:
    text = (files("motcua.kernel") / "data" / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _digest(
    rows: Sequence[Mapping[str, str]], sessions: SessionRules, closures: Mapping[date, str]
) -> str:
    days = [(row["date"], row["kind"], row["name"]) for row in rows]
    hours = [(rule.first, rule.last, sorted(rule.months), rule.sessions) for rule in sessions.rules]
    content = repr((days, hours, sorted(closures.items())))
    return hashlib.sha256(content.encode()).hexdigest()[:12]

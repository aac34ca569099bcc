"""Giờ làm việc and absences of the demo's leaders: when work is done, who can sign. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from motcua.kernel.calendar import Calendar, days_between
from motcua.kernel.vntime import VN, local_day
from motcua.kernel.worktime import add_working_time, next_working_moment

LEADERS = ("deputy", "chair")
IN_CHARGE = {"justice": "deputy", "social": "deputy", "land": "chair", "office": "chair"}
MEETINGS = (
    ("meeting", "Họp giao ban ở huyện"),
    ("meeting", "Dự hội nghị trực tuyến của tỉnh"),
    ("meeting", "Họp Ban Thường vụ Đảng ủy"),
    ("field", "Kiểm tra thực địa giải phóng mặt bằng"),
    ("field", "Tiếp xúc cử tri ở thôn"),
    ("field", "Kiểm tra phòng, chống thiên tai"),
)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """A recorded absence (vắng mặt) of a leader, from `start` to `end` (not included)."""

    who: str
    kind: str
    note: str
    start: datetime
    end: datetime


class Hours:
    """The desk's and the offices' hours, and who is away when."""

    def __init__(self, desk: Calendar, office: Calendar) -> None:
        self.desk, self.office = desk, office
        self.away: list[Away] = []
        self._by_day: dict[tuple[str, date], list[Away]] = defaultdict(list)

    def working_days(self, first: date, last: date) -> list[date]:
        return [d for d in days_between(first - ONE_DAY, last) if self.desk.is_working(d)]

    def after(self, at: datetime, minutes: float) -> datetime:
        """The desk's instant after so many working minutes."""
        return add_working_time(self.desk, at, timedelta(minutes=minutes)).replace(microsecond=0)

    def on(self, day: date, at: time) -> datetime:
        return next_working_moment(self.desk, datetime.combine(day, at, VN))

    def opening(self, day: date) -> datetime:
        return self.on(day, time(0))

    def closing(self, day: date) -> datetime:
        return self.desk.end_of(day)

    def next_day(self, day: date) -> date:
        return self.desk.next_working_day(day + ONE_DAY)

    def day_before(self, day: date, count: int = 1) -> date:
        """The working day so many working days before `day`."""
        for _ in range(count):
            day -= ONE_DAY
            while not self.desk.is_working(day):
                day -= ONE_DAY
        return day

    def before(self, at: datetime, minutes: float) -> datetime:
        """The desk's instant so many working minutes before `at`, or before it last closed."""
        left, day = timedelta(minutes=minutes), local_day(at)
        while True:
            for session in reversed(self.desk.sessions_on(day)):
                start, end = session.on(day)
                end = min(end, at)
                if end >= start:
                    if left <= end - start:
                        return (end - left).replace(microsecond=0)
                    left -= end - start
            day -= ONE_DAY

    def add(self, away: Away) -> None:
        self.away.append(away)
        for day in days_between(local_day(away.start) - ONE_DAY, local_day(away.end)):
            self._by_day[away.who, day].append(away)

    def back_at(self, who: str, at: datetime) -> datetime | None:
        """When the absence that covers `at` ends; None when the leader is present."""
        rows = self._by_day.get((who, local_day(at)), ())
        return max((one.end for one in rows if one.start <= at < one.end), default=None)

    def present(self, at: datetime) -> list[str]:
        return [who for who in LEADERS if self.back_at(who, at) is None]

    def signing(
        self, at: datetime, prefer: str, rng: Random, only: bool = False
    ) -> tuple[datetime, str]:
        """The first moment from `at` on that somebody may sign, and who: `prefer` if present."""
        while True:
            at = self._open(at)
            ends = {who: self.back_at(who, at) for who in (prefer, *LEADERS)}
            if only:
                ends = {prefer: ends[prefer]}
            present = [who for who, end in ends.items() if end is None]
            if present:
                return at, present[0]
            back = min(end for end in ends.values() if end is not None)
            at = self.after(back, rng.randint(3, 25))

    def _open(self, at: datetime) -> datetime:
        """The first moment from `at` on that is worked at the desk and in the offices."""
        while True:
            found = next_working_moment(self.office, next_working_moment(self.desk, at))
            if next_working_moment(self.desk, found) == found:
                return found
            at = found

    def plan_noise(self, days: Sequence[date], rng: Random) -> None:
        """Half days away, and a week of leave each, never when the other is away."""
        for who in LEADERS:
            for day in rng.sample(list(days), min(len(days) // 9, 28)):
                morning = rng.random() < 0.5
                start = time(8, 0) if morning else time(13, 30)
                end = time(11, rng.choice((0, 15, 30))) if morning else time(16, 30)
                kind, note = rng.choice(MEETINGS)
                self._add_if_free(who, kind, note, _at(day, start), _at(day, end))
        for who, month in zip(LEADERS, (7, 8), strict=True):
            week = [day for day in days if day.month == month and 8 <= day.day <= 14]
            if week:
                first, last = week[0], week[-1]
                start, end = _at(first, time(7, 30)), _at(last, time(17, 30))
                self._add_if_free(who, "leave", "Nghỉ phép năm", start, end)

    def _add_if_free(self, who: str, kind: str, note: str, start: datetime, end: datetime) -> None:
        if all(one.end <= start or end <= one.start for one in self.away):
            self.add(Away(who, kind, note, start, end))

    def plan_episode(self, day: date, rng: Random) -> None:
        """Both leaders away from the afternoon of `day` to some time of the next morning."""
        following = self.next_day(day)
        for who in LEADERS:
            leave = time(13, rng.choice((0, 15, 30, 45)))
            back = time(rng.choice((9, 9, 10)), rng.choice((0, 15, 30)))
            kind, note = rng.choice(MEETINGS)
            if following == day + ONE_DAY and kind == "field":
                self.add(Away(who, kind, note, _at(day, leave), _at(following, back)))
                continue
            self.add(Away(who, kind, note, _at(day, leave), _at(day, time(17, 30))))
            kind, note = rng.choice(MEETINGS)
            self.add(Away(who, kind, note, _at(following, time(7, 30)), _at(following, back)))


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VN)

"""Kỳ báo cáo: which days the figures of "2023", "2023-Q1" or "2023-03" cover. Pure.

A regime is dated data (`data/regimes.json`): the cut-offs of one year by the windows that
figures name. A month of the year is a slice of the service window, and every other window is cut
to it, so that what flows in adds up. All days are local and both ends are included.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from motcua.kernel.errors import BadInput

SERVICE, SURVEY, YEAR = "service", "survey", "year"
WINDOWS = (SERVICE, SURVEY, YEAR)
FIRST_YEAR, LAST_YEAR = 2000, 2099
RANGE = "range"
_ONE_DAY = timedelta(days=1)
_OF_YEAR = re.compile(r"(\d{4})(?:-(?:(Q)([1-4])|(H)([12])|(9M)|(\d{1,2})))?", re.ASCII)
_FROM_TO = re.compile(r"(\d{4}-\d{2}-\d{2})[/_](\d{4}-\d{2}-\d{2})", re.ASCII)


class UnknownPeriod(BadInput):
    code = "period-unknown"
    message = (
        "Không đọc được kỳ “{text}”. Ghi như 2023 (năm), 2023-Q1 (quý), 2023-03 (tháng), "
        "2023-H1 (6 tháng), 2023-9M (9 tháng) hoặc 2022-12-05/2023-12-04 (từ ngày/đến ngày)."
    )


class PeriodBackwards(BadInput):
    code = "period-backwards"
    message = "Kỳ “{text}” kết thúc trước khi bắt đầu. Đổi chỗ hai ngày."


@dataclass(frozen=True, slots=True)
class Window:
    """From `first` to `last`, both included.

    What counts "by the end" is judged on `judged_on`: the last day, but for a month or quarter
    of a year the year's last day. So the parts add up to the year, and a dossier received on the
    last day of March is resolved in the figures of March once it is.
    """

    first: date
    last: date
    judged: date | None = None

    @property
    def judged_on(self) -> date:
        return self.judged or self.last

    def cut_to(self, other: "Window") -> "Window | None":
        """The part of this window that `other` covers, judged at the end of this one; or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Window(first, last, self.judged_on) if first <= last else None


@dataclass(frozen=True, slots=True)
class Period:
    """Kỳ báo cáo. `name` is its one spelling; `windows` the days by the name figures use.

    `document_on` is the day of the year's report and `closed_on` the day the year is closed,
    where the regime fixes them.
    """

    name: str
    regime: str
    windows: Mapping[str, Window]
    document_on: date | None = None
    closed_on: date | None = None

    @property
    def service(self) -> Window:
        return self.windows[SERVICE]

    @property
    def first(self) -> date:
        return min(window.first for window in self.windows.values())

    @property
    def last(self) -> date:
        return max(window.last for window in self.windows.values())

    @property
    def judged_on(self) -> date:
        """The day after which nothing in the period changes any more by the passing of time."""
        return max(window.judged_on for window in self.windows.values())

    @property
    def slug(self) -> str:
        """The name as one piece of an address; `parse` reads it too."""
        return self.name.replace("/", "_")


def parse(text: str) -> Period:
    """Read a period as people write it. Raises BadInput (UnknownPeriod, PeriodBackwards)."""
    typed = text.strip().upper()
    if match := _FROM_TO.fullmatch(typed):
        return _between(match[1], match[2], text)
    match = _OF_YEAR.fullmatch(typed)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise UnknownPeriod(text=text.strip())
    year, (name, first, last) = int(match[1]), _months(match, text)
    whole = _year(year)
    if (first, last) == (1, 12):
        return whole
    return _slice(whole, name, first, last)


def month_names(year: int) -> list[str]:
    """The twelve months of a regime year, "2023-01" first."""
    return [f"{year}-{month:02}" for month in range(1, 13)]


def _months(match: re.Match[str], text: str) -> tuple[str, int, int]:
    """The canonical name and the first and last month (1 to 12) of the year."""
    year = match[1]
    if match[2]:
        last = 3 * int(match[3])
        return f"{year}-Q{match[3]}", last - 2, last
    if match[4]:
        last = 6 * int(match[5])
        return f"{year}-H{match[5]}", last - 5, last
    if match[6]:
        return f"{year}-9M", 1, 9
    if match[7] is None:
        return year, 1, 12
    month = int(match[7])
    if not 1 <= month <= 12:
        raise UnknownPeriod(text=text.strip())
    return f"{year}-{month:02}", month, month


def _between(start: str, end: str, text: str) -> Period:
    try:
        window = Window(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        raise UnknownPeriod(text=text.strip()) from None
    if window.last < window.first:
        raise PeriodBackwards(text=text.strip())
    if not FIRST_YEAR <= window.first.year <= window.last.year <= LAST_YEAR:
        raise UnknownPeriod(text=text.strip())
    return Period(f"{start}/{end}", RANGE, dict.fromkeys(WINDOWS, window))


@cache
def _regimes() -> dict[str, Any]:
    path = files("motcua.report") / "data" / "regimes.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _year(year: int) -> Period:
    row = _regimes()["years"].get(str(year))
    if row is None:
        return _default_year(year)
    windows = {
        name: Window(date.fromisoformat(first), date.fromisoformat(last))
        for name, (first, last) in row["windows"].items()
    }
    days = [date.fromisoformat(row[name]) for name in ("document_on", "closed_on")]
    return Period(str(year), str(year), windows, *days)


def _default_year(year: int) -> Period:
    first_day = _regimes()["default"]["first_day"]
    window = Window(date(year - 1, 12, first_day), date(year, 12, first_day) - _ONE_DAY)
    return Period(str(year), "default", dict.fromkeys(WINDOWS, window))


def _slice(whole: Period, name: str, first: int, last: int) -> Period:
    """The months `first` to `last` of a year: the service window sliced, the others cut to it."""
    begins = whole.service.first
    end = _month_start(begins, last + 1) - _ONE_DAY if last < 12 else whole.service.last
    part = Window(_month_start(begins, first), end)
    cut = {key: window.cut_to(part) for key, window in whole.windows.items()}
    kept = {key: window for key, window in cut.items() if window is not None}
    return Period(name, whole.regime, kept)


def _month_start(first: date, month: int) -> date:
    """The first day of month `month` of a year that begins on `first` (a day up to the 28th)."""
    passed = first.month - 1 + month - 1
    return date(first.year + passed // 12, passed % 12 + 1, first.day)

"""Kỳ báo cáo in words, and the periods a page offers. Pure; days are local."""

from collections.abc import Iterator
from datetime import date

from motcua.kernel.vntime import slashed
from motcua.kernel.words import say
from motcua.report import periods
from motcua.report.periods import FIRST_YEAR, LAST_YEAR, Period

QUARTERS = ("I", "II", "III", "IV")
HALVES = {
    "H1": "6 tháng đầu năm {year}",
    "H2": "6 tháng cuối năm {year}",
    "9M": "9 tháng năm {year}",
}


def words(name: str) -> str:
    """Name a period as people say it: "năm 2023", "quý I năm 2023", "tháng 3 năm 2023"."""
    year, _, part = name.partition("-")
    if "/" in name:
        window = periods.parse(name).service
        said = say("từ {first} đến hết {last}")
        return said.format(first=slashed(window.first), last=slashed(window.last))
    if part.startswith("Q"):
        return say("quý {n} năm {year}").format(n=QUARTERS[int(part[1]) - 1], year=year)
    if part in HALVES:
        return say(HALVES[part]).format(year=year)
    whole = say("tháng {n} năm {year}") if part else say("năm {year}")
    return whole.format(n=part.lstrip("0"), year=year)


def regime_year(day: date) -> int:
    """The report year whose days of service hold `day`."""
    for year in (day.year, day.year + 1):
        if FIRST_YEAR <= year <= LAST_YEAR and day <= periods.parse(str(year)).service.last:
            return year
    return day.year


def parts_of(year: int) -> Iterator[str]:
    """The usual periods inside a year: quarters, halves, nine months, months."""
    yield from (f"{year}-Q{number}" for number in range(1, 5))
    yield from (f"{year}-H1", f"{year}-H2", f"{year}-9M")
    yield from periods.month_names(year)


def is_year(period: Period) -> bool:
    return period.name.isdigit()

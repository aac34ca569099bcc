"""Days as people say them on the telephone (khoảng thời gian): "tháng 3", "từ 1/3 đến hôm nay".

Pure functions of (text, today). Days are local, both ends included. What names no year means the
latest one that has begun; the end of a range without a year is the first such day on or after its
start. What holds today ends today, as people ask "so far".
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.kernel.errors import BadInput
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import FIRST_YEAR, LAST_YEAR, parse_day

__all__ = ["BadSpan", "Span", "SpanBackwards", "parse_span", "parse_two"]

ONE_DAY = timedelta(days=1)
LONGEST = 200


class BadSpan(BadInput):
    code = "span-unknown"
    message = (
        "Không đọc được “{text}”. Ghi như 1/3, 01-03-2026, hôm qua, tuần này, tháng 3, "
        "quý 1/2026, năm 2025 hoặc từ 1/3 đến hôm nay."
    )


class SpanBackwards(BadInput):
    code = "span-backwards"
    message = "Ngày cuối {last} trước ngày đầu {first}. Sửa một trong hai ngày."


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both included."""

    first: date
    last: date

    def so_far(self, today: date) -> "Span":
        """The same without the days to come, if it has begun."""
        return Span(self.first, today) if self.first <= today < self.last else self


_UNITS = {
    "hom nay": (0, 0), "nay": (0, 0), "today": (0, 0), "hom qua": (1, 1), "yesterday": (1, 1),
    "hom kia": (2, 2),
}  # fmt: skip
_THIS = {"nay": 0, "this": 0, "truoc": 1, "last": 1, "qua": 1, "ngoai": 1, "vua qua": 1}
_NAMED = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year",
          "week": "week", "month": "month", "quarter": "quarter", "year": "year"}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_Y = r"(?:(?:\s*[/.-]\s*|\s+(?:nam\s+)?)(?P<year>\d{4}))?"
_RELATIVE = re.compile(
    r"(?:(?P<unit>tuan|thang|quy|nam) (?P<which>nay|truoc|ngoai|vua qua|qua)"
    r"|(?P<that>this|last) (?P<en>week|month|quarter|year))"
)
_PAST = re.compile(r"(?:trong )?(?P<n>\d{1,4}) ngay (?:gan day|gan nhat|vua qua|qua)")
_MONTH = re.compile(r"(?:thang|thg|t|month)\s*(?P<n>\d{1,2})" + _Y)
_BARE_MONTH = re.compile(r"(?P<n>\d{1,2})[/.-](?P<year>\d{4})")
_QUARTER = re.compile(r"(?:quy|q|quarter)\s*(?P<n>[1-4]|iv|i{1,3})" + _Y)
_HALF = re.compile(r"6 thang (?P<half>dau|cuoi)(?: nam)?(?:\s*[/.-]?\s*(?P<year>\d{4}))?")
_NINE = re.compile(r"9 thang(?: dau)?(?: nam)?(?:\s*[/.-]?\s*(?P<year>\d{4}))?")
_YEAR = re.compile(r"(?:(?:ca )?nam |year )?(?P<year>\d{4})")
_SO_FAR = re.compile(r"(?:tu )?dau (?P<unit>tuan|thang|quy|nam)(?: (?:den|toi))?(?: (?:hom )?nay)?")
_DAY = re.compile(r"(?:ngay )?(?P<d>\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(?P<m>\d{1,2})" + _Y)
_FROM = re.compile(r"^(?:ke )?(?:tu|from)\s+(?:het\s+)?")
_TO = re.compile(r"\s+(?:cho\s+)?(?:den|toi|to|until)\s+(?:het\s+)?|\s+[-–—~]\s+|\s*~\s*")
_LEAD = re.compile(r"^(?:cho )?(?:den|toi) het |^(?:trong|vao|het|cho den|den|toi|tu) ")


def parse_span(text: str, today: date) -> Span:
    """Read one day, a named span of days or "from … to …". Raises BadSpan, SpanBackwards."""
    plain = fold(text).strip(" .,;?")
    if not plain or len(plain) > LONGEST:
        raise BadSpan(text=nfc(text)[:LONGEST])
    whole = _one(plain, today, None)
    if whole is not None:
        return whole
    ends = _TO.split(_FROM.sub("", plain), maxsplit=1)
    if len(ends) == 2:
        return _between(ends[0], ends[1], text, today)
    alone = _FROM.sub("", plain)
    begun = _one(alone, today, None) if alone != plain else None
    if begun is None:
        raise BadSpan(text=nfc(text))
    return Span(begun.first, max(begun.last, today))


def parse_two(first: str, last: str, today: date) -> Span:
    """Read two boxes: both filled, or the first alone, which may hold a whole span.

    Raises BadInput with `field` "first" or "last", whichever is to be mended.
    """
    if not last.strip():
        return _at("first", lambda: parse_span(first, today))
    if not first.strip():
        return _at("last", lambda: parse_span(last, today))
    begun = _at("first", lambda: parse_span(first, today))
    ended = _one(_LEAD.sub("", fold(last).strip(" .,;?")), today, begun.first)
    if ended is None:
        raise BadSpan(text=nfc(last), field="last")
    return _at("last", lambda: _ordered(begun, ended))


def _at(field: str, read: Callable[[], Span]) -> Span:
    try:
        return read()
    except BadInput as refusal:
        refusal.field = field
        raise


def _between(first: str, last: str, text: str, today: date) -> Span:
    begun = _one(_LEAD.sub("", first), today, None)
    ended = _one(_LEAD.sub("", last), today, begun.first) if begun else None
    if begun is None or ended is None:
        raise BadSpan(text=nfc(text))
    return _ordered(begun, ended)


def _ordered(begun: Span, ended: Span) -> Span:
    if ended.last < begun.first:
        raise SpanBackwards(first=f"{begun.first:%d/%m/%Y}", last=f"{ended.last:%d/%m/%Y}")
    return Span(begun.first, ended.last)


def _one(plain: str, today: date, after: date | None) -> Span | None:
    """One day or named span; `after` is the start of the range that it ends."""
    if plain in _UNITS:
        first, last = _UNITS[plain]
        return Span(today - first * ONE_DAY, today - last * ONE_DAY)
    try:
        found = _read(plain, today, after)
    except (ValueError, OverflowError, BadInput):
        return None
    if found is None or not FIRST_YEAR <= found.first.year <= found.last.year <= LAST_YEAR:
        return None
    return found


def _read(plain: str, today: date, after: date | None) -> Span | None:
    for pattern, read in _READERS:
        match = pattern.fullmatch(plain)
        if match:
            return read(match, today, after)
    return _day(plain, today, after)


def _day(plain: str, today: date, after: date | None) -> Span | None:
    match = _DAY.fullmatch(plain)
    if match is None:
        day = parse_day(plain.removeprefix("ngay "))
        return Span(day, day)
    number, month = int(match["d"]), int(match["m"])
    if match["year"]:
        return _single(date(int(match["year"]), month, number))
    # A leap day has begun within the last eight years at the latest.
    years = range(after.year, after.year + 9) if after else range(today.year, today.year - 9, -1)
    for year in years:
        if number <= monthrange(year, month)[1]:
            day = date(year, month, number)
            if day >= after if after else day <= today:
                return _single(day)
    return None


def _single(day: date) -> Span:
    return Span(day, day)


def _relative(match: re.Match[str], today: date, _after: date | None) -> Span:
    unit = _NAMED[match["unit"] or match["en"]]
    back = _THIS[match["which"] or match["that"]]
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Span(monday, monday + timedelta(days=6)).so_far(today)
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    number = (today.year * 12 + today.month - 1) // size - back
    return _months(number * size, size).so_far(today)


def _months(begin: int, count: int) -> Span:
    """`count` months from month `begin`, counted from the year 0."""
    end = begin + count
    return Span(date(begin // 12, begin % 12 + 1, 1), date(end // 12, end % 12 + 1, 1) - ONE_DAY)


def _part(match: re.Match[str], begin: int, count: int, today: date, after: date | None) -> Span:
    """Months of the year that was said, or of the latest in which they have begun."""
    if match["year"]:
        return _months(int(match["year"]) * 12 + begin, count).so_far(today)
    if after is not None:
        year = after.year + (date(after.year, begin + 1, 1) < after.replace(day=1))
        return _months(year * 12 + begin, count).so_far(today)
    year = today.year - (date(today.year, begin + 1, 1) > today)
    return _months(year * 12 + begin, count).so_far(today)


def _month(match: re.Match[str], today: date, after: date | None) -> Span | None:
    number = int(match["n"])
    return _part(match, number - 1, 1, today, after) if 1 <= number <= 12 else None


def _quarter(match: re.Match[str], today: date, after: date | None) -> Span:
    number = _ROMAN.get(match["n"]) or int(match["n"])
    return _part(match, 3 * number - 3, 3, today, after)


def _half(match: re.Match[str], today: date, after: date | None) -> Span:
    return _part(match, 0 if match["half"] == "dau" else 6, 6, today, after)


def _nine(match: re.Match[str], today: date, after: date | None) -> Span:
    return _part(match, 0, 9, today, after)


def _year(match: re.Match[str], today: date, _after: date | None) -> Span:
    return _months(int(match["year"]) * 12, 12).so_far(today)


def _since(match: re.Match[str], today: date, _after: date | None) -> Span:
    unit = _NAMED[match["unit"]]
    if unit == "week":
        return Span(today - timedelta(days=today.weekday()), today)
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    begin = (today.year * 12 + today.month - 1) // size * size
    return Span(date(begin // 12, begin % 12 + 1, 1), today)


def _past(match: re.Match[str], today: date, _after: date | None) -> Span | None:
    days = int(match["n"])
    return Span(today - timedelta(days=days - 1), today) if days else None


_READERS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], date, date | None], Span | None]], ...
] = (
    (_RELATIVE, _relative),
    (_PAST, _past),
    (_SO_FAR, _since),
    (_HALF, _half),
    (_NINE, _nine),
    (_MONTH, _month),
    (_QUARTER, _quarter),
    (_BARE_MONTH, _month),
    (_YEAR, _year),
)

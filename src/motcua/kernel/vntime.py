"""Vietnamese time and dates (giờ và ngày Việt Nam): +07:00 all year, written as the law does.

Instants are aware datetimes in any zone; days are civil days in Asia/Ho_Chi_Minh.
"""

import re
from datetime import date, datetime, time, timedelta, timezone

from motcua.kernel.errors import BadInput
from motcua.kernel.words import either

VN = timezone(timedelta(hours=7), "+07")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EPOCH = date(1970, 1, 1).toordinal()
TWO_DIGIT_PIVOT = 70
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})(?:\s*[hg]|\s*[:hg.]\s*(\d{2}))?", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def local(at: datetime) -> datetime:
    """Return the instant in Vietnamese time. ValueError for a naive datetime."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"An aware instant is needed, got the naive {at.isoformat()}")
    return at.astimezone(VN)


def local_day(at: datetime) -> date:
    """Return the civil day of the instant in Viet Nam. ValueError for a naive datetime."""
    return local(at).date()


def epoch_day(day: date) -> int:
    """Return the days from 1970-01-01 to `day` (0 on that day, negative before)."""
    return day.toordinal() - EPOCH


def from_epoch_day(number: int) -> date:
    """Return the day that is `number` days after 1970-01-01."""
    return date.fromordinal(number + EPOCH)


def slashed(day: date) -> str:
    """Write 23/11/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def day_words(day: date) -> str:
    """Write "thứ Hai, 23/11/2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {slashed(day)}"


def day_words_en(day: date) -> str:
    """Write "Monday, 23/11/2026"."""
    return f"{WEEKDAYS_EN[day.weekday()]}, {slashed(day)}"


def day_said(day: date) -> str:
    """The day with its weekday, in the reader's language."""
    return either(day_words(day), day_words_en(day))


def official_date(day: date) -> str:
    """Write "ngày 05 tháng 6 năm 2026".

    Days below 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def clock_words(at: datetime) -> str:
    """Write the Vietnamese clock time of an instant: "17:00"."""
    return f"{local(at):%H:%M}"


def parse_day(text: str) -> date:
    """Read a day as people write it: 7/2/24, 07-02-2024, 7.2.2024 or 2024-02-07.

    The day comes before the month. Two digits of a year: 00 to 69 are 2000 to 2069, 70 to 99
    are 1970 to 1999. Raises BadInput for anything else and for days that do not exist.
    """
    typed = text.strip()
    if match := _DAY_FIRST.fullmatch(typed):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(typed):
        year, _, month, day = match.groups()
    elif not typed:
        raise BadInput("Chưa nhập ngày. Ví dụ: 27/3/1990.")
    else:
        raise BadInput("Không đọc được ngày “{text}”. Nhập lại, ví dụ 27/3/1990.", text=typed)
    return _existing(typed, int(day), int(month), _full_year(year))


def parse_hour(text: str) -> time:
    """Read a clock time as people write it: 7:30, 07:30, 7h30, 7g30, 7.30, 17h or 17.

    Always Vietnamese time. Raises BadInput for anything else: seconds, zones, 24:00.
    """
    match = _HOUR.fullmatch(text.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if hour > 23 or minute > 59:
        raise BadInput(
            "Không đọc được giờ “{text}”. Nhập giờ và phút từ 0:00 đến 23:59, ví dụ 14:30.",
            text=text.strip(),
        )
    return time(hour, minute)


def parse_birth(text: str) -> str:
    """Read a date of birth (ngày sinh): a day with a four-digit year, month and year, or a year.

    Returns the canonical text "1990-03-27", "1990-03" or "1990": it sorts by time. Two digits
    of a year are refused, since 54 may be either century. Raises BadInput.
    """
    typed = text.strip()
    if _YEAR.fullmatch(typed):
        return f"{_existing(typed, 1, 1, int(typed)).year:04}"
    if match := _MONTH_YEAR.fullmatch(typed):
        return f"{_existing(typed, 1, int(match[1]), int(match[2])):%Y-%m}"
    if match := _YEAR_MONTH.fullmatch(typed):
        return f"{_existing(typed, 1, int(match[2]), int(match[1])):%Y-%m}"
    match = _DAY_FIRST.fullmatch(typed)
    if match and len(match[4]) == 2:
        raise BadInput("Ghi đủ bốn chữ số của năm sinh trong “{text}”, ví dụ 1990.", text=typed)
    if not typed:
        raise BadInput("Chưa nhập ngày sinh. Ví dụ: 27/3/1990, 3/1990 hoặc 1990.")
    return parse_day(typed).isoformat()


def birth_words(canonical: str) -> str:
    """Write a canonical date of birth for people: "27/03/1990", "03/1990" or "1990"."""
    return "/".join(reversed(canonical.split("-")))


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < TWO_DIGIT_PIVOT else 1900)


def _existing(typed: str, day: int, month: int, year: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadInput("Ngày {text} không có. Nhập lại, ví dụ 27/3/1990.", text=typed) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(
            "Năm {year} nằm ngoài khoảng {first}–{last}. Nhập lại, ví dụ 27/3/1990.",
            year=year,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return found

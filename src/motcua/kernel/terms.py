"""Terms (thời hạn giải quyết) and cut-offs (giờ chốt nhận trong ngày), as people write them."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import ClassVar

from motcua.kernel.errors import BadInput
from motcua.kernel.labelled import Labelled
from motcua.kernel.text import fold, nfc
from motcua.kernel.words import either

MAX_AMOUNT = 3650
ACCEPTED = "“3 ngày làm việc”, “4 giờ làm việc”, “15 ngày”, “2 tháng”, “trong ngày”"


class Unit(Labelled):
    """What a term counts (đơn vị tính)."""

    WORKING_DAY = "working_day", "ngày làm việc"
    WORKING_HOUR = "working_hour", "giờ làm việc"
    DAY = "day", "ngày"
    MONTH = "month", "tháng"
    SAME_DAY = "same_day", "trong ngày"


DAY_UNITS = frozenset({Unit.WORKING_DAY, Unit.DAY, Unit.MONTH})
_ENGLISH = {
    Unit.WORKING_DAY: "working day",
    Unit.WORKING_HOUR: "working hour",
    Unit.DAY: "day",
    Unit.MONTH: "month",
}
_WRITTEN = {
    "ngay lam viec": (Unit.WORKING_DAY, 1),
    "gio lam viec": (Unit.WORKING_HOUR, 1),
    "gio": (Unit.WORKING_HOUR, 1),
    "ngay": (Unit.DAY, 1),
    "ngay lich": (Unit.DAY, 1),
    "tuan": (Unit.DAY, 7),
    "thang": (Unit.MONTH, 1),
    "nam": (Unit.MONTH, 12),
}
_SAME_DAY = frozenset(
    {
        "trong ngay",
        "ngay trong ngay",
        "trong ngay lam viec",
        "ngay trong ngay lam viec",
        "trong ngay nhan ho so",
        "ngay trong ngay nhan ho so",
        "giai quyet ngay",
        "tra ngay",
    }
)
_LEAD = re.compile(r"^(?:(?:trong thoi han|thoi han|trong vong|khong qua|toi da)[: ]+)+")
_TAIL = re.compile(r"\s*,?\s*(?:ke tu|tinh tu)\b.*$|[\s.;]+$")
_AMOUNT = re.compile(r"([0-9]+)\s*(?:\([^)]*\)\s*)?([a-z ]+)")


@dataclass(frozen=True, slots=True)
class Term:
    """An amount of a unit: 3 working days. A same-day term always has the amount 1."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        if self.unit is Unit.SAME_DAY:
            object.__setattr__(self, "amount", 1)
        if not 1 <= self.amount <= MAX_AMOUNT:
            raise BadInput(
                "Thời hạn phải từ 1 đến {most} {unit}, không phải {amount}.",
                field="term",
                most=MAX_AMOUNT,
                unit=self.unit.label,
                amount=self.amount,
            )

    @property
    def in_days(self) -> bool:
        """Say whether it ends at the end of a later day (and can be finished early)."""
        return self.unit in DAY_UNITS

    @property
    def words(self) -> str:
        """Write it as the law does, whoever reads: "3 ngày làm việc", "trong ngày"."""
        same_day = self.unit is Unit.SAME_DAY
        return self.unit.vi if same_day else f"{self.amount} {self.unit.vi}"

    @property
    def words_en(self) -> str:
        """Write it in English: "3 working days", "same day"."""
        if self.unit is Unit.SAME_DAY:
            return "same day"
        return f"{self.amount} {_ENGLISH[self.unit]}{'s' if self.amount > 1 else ''}"


SAME_DAY = Term(1, Unit.SAME_DAY)


@lru_cache(maxsize=1024)
def parse_term(text: str) -> Term:
    """Read a term as people write it: "03 ngày làm việc", "Không quá 15 ngày", "trong ngày".

    Case, Unicode form, extra blanks, a repeated number in brackets and phrases such as "kể từ
    ngày nhận đủ hồ sơ" do not matter; a week is 7 days, a year 12 months. Raises BadInput.
    """
    plain = _TAIL.sub("", fold(text))
    if plain in _SAME_DAY:
        return SAME_DAY
    match = _AMOUNT.fullmatch(_LEAD.sub("", plain))
    found = _WRITTEN.get(" ".join(match[2].split())) if match else None
    if not match or not found:
        raise BadInput(
            "Không hiểu thời hạn “{text}”. Ghi như: {accepted}.",
            field="term",
            text=nfc(text),
            accepted=ACCEPTED,
        )
    unit, times = found
    return Term(int(match[1][:9]) * times, unit)


@dataclass(frozen=True, slots=True)
class Cutoff:
    """From when on what is received counts as received the next working day (giờ chốt).

    At a clock time ("15:00"), some minutes before the last session ends ("close-60min"), or
    never ("none"). Per procedure; the default of same-day terms is 15:00 (Luật Hộ tịch 2014
    Đ.24 khoản 3; NĐ 23/2015/NĐ-CP Đ.7).
    """

    at: time | None = None
    before_close: timedelta | None = None

    NONE: ClassVar["Cutoff"]
    DEFAULT: ClassVar["Cutoff"]

    def moment(self, closing: datetime) -> datetime | None:
        """Return the cut-off of the day whose last session ends at `closing`, if there is one."""
        if self.at is not None:
            return datetime.combine(closing.date(), self.at, closing.tzinfo)
        return closing - self.before_close if self.before_close is not None else None

    @property
    def text(self) -> str:
        """Return the stored form: "15:00", "close-60min" or "none"."""
        if self.at is not None:
            return f"{self.at:%H:%M}"
        if self.before_close is None:
            return "none"
        return f"close-{self.before_close // timedelta(minutes=1)}min"

    def __str__(self) -> str:
        return self.text


Cutoff.NONE = Cutoff()
Cutoff.DEFAULT = Cutoff(at=time(15))


def parse_cutoff(text: str) -> Cutoff:
    """Read "15:00", "15h", "15h30", "close-60min" or "none" ("không"). Raises BadInput."""
    plain = fold(text)
    if plain in {"none", "khong"}:
        return Cutoff.NONE
    if match := re.fullmatch(r"close-([0-9]{1,3})min", plain):
        return Cutoff(before_close=timedelta(minutes=int(match[1])))
    match = re.fullmatch(r"([0-9]{1,2})(?:[:h]([0-9]{2})?)", plain)
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return Cutoff(at=time(int(match[1]), int(match[2] or 0)))
    raise BadInput(
        "Không hiểu giờ chốt “{text}”. Ghi như 15:00, close-60min hoặc none.",
        field="cutoff",
        text=nfc(text),
    )


def said(text: str) -> str:
    """A term as it was written, for a Vietnamese reader; in plain words for an English one."""
    try:
        return either(text, parse_term(text).words_en)
    except BadInput:
        return text

"""What every official paper has in common: its head, its regime, times and dates in words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from motcua.kernel.vntime import local, official_date

REGIMES = ("tt03-2025", "tt01-2018")
NEW, OLD = REGIMES
A5_BEFORE: Mapping[str, str] = {NEW: "a4", OLD: "a5"}
"""The papers of 2018 are printed on A5, but for the control slip and the register (A4)."""
A4_ALWAYS: Mapping[str, str] = {NEW: "a4", OLD: "a4"}


def either_way(name: str) -> Mapping[str, str]:
    """The same words under both regimes."""
    return dict.fromkeys(REGIMES, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    r"""What heads each form (thể thức, NĐ 30/2020/NĐ-CP Phụ lục I).

    parent: cơ quan, đơn vị chủ quản, capitals ("ỦY BAN NHÂN DÂN\nXÃ …"; a line break is kept);
        empty when the agency itself issues.
    agency: the desk or agency that issues, capitals ("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ").
    number: what follows "Số: " ("05/PBS-BPTNTKQ").
    place_date: địa danh and date as printed; see `place_and_date`.
    issued_at: when the paper was made, Unix seconds (UTC); the file's only time stamp.
    code: mã hồ sơ, printed in text under the QR symbol; empty: no dossier, no symbol.
    regime: "tt03-2025" (A4) or "tt01-2018" (the older wording, mostly on A5).
    qr_text: what the symbol holds (a look-up URL); empty: the code itself.
    qr_says: in a few words, what scanning opens.
    watermark: printed small at the foot of each page ("BẢN TẬP HUẤN / DỮ LIỆU MINH HỌA").
    """

    TEMPLATE: ClassVar[str]
    TITLE: ClassVar[str]
    NAMES: ClassVar[Mapping[str, str]]
    PAPER: ClassVar[Mapping[str, str]] = A5_BEFORE

    parent: str
    agency: str
    number: str
    place_date: str
    issued_at: int
    code: str
    regime: str = NEW
    qr_text: str = ""
    qr_says: str = "Mã hồ sơ dạng QR"
    watermark: str = ""

    def __post_init__(self) -> None:
        if self.regime not in REGIMES:
            raise ValueError(f"unknown regime {self.regime!r}, expected one of {REGIMES}")

    def data(self) -> dict[str, Any]:
        """All that is printed, as JSON holds it: kept, so that a reprint says the same."""
        return asdict(self) | {
            "template": self.TEMPLATE,
            "title": f"{self.TITLE} {self.code or self.number}".rstrip(),
            "form_name": self.NAMES[self.regime],
            "paper": self.PAPER[self.regime],
        }


def place_and_date(place: str, day: date) -> str:
    """Địa danh and date of a paper: "Sao Mai, ngày 05 tháng 6 năm 2026" (NĐ 30/2020, Phụ lục I)."""
    return f"{place}, {official_date(day)}"


def moment_words(at: datetime) -> str:
    """Vietnamese time in full: "08 giờ 05 phút, ngày 03 tháng 02 năm 2026". ValueError if naive."""
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, {official_date(here.date())}"


def moment_short(at: datetime) -> str:
    """Vietnamese time in a cell: "08 giờ 05 phút, ngày 03/02/2026". ValueError if naive."""
    return f"{local(at):%H giờ %M phút, ngày %d/%m/%Y}"

"""Dossier codes (mã hồ sơ): agency, day of receipt, serial of that agency and day.

Two orders of the agency's code: smallest unit first (TT 01/2018/TT-VPCP Đ.19) and province
first (QĐ 20/2020/QĐ-TTg, amended by QĐ 09/2025/QĐ-TTg; TT 03/2025/TT-VPCP Đ.13). The agency's
own code is a setting and never shipped. Codes of other systems are read leniently and kept as
they came.
"""

import re
from dataclasses import dataclass
from datetime import date

from motcua.kernel.errors import BadInput
from motcua.kernel.law import Dated
from motcua.kernel.text import nfc

__all__ = [
    "CODE_FORMAT",
    "PROVINCE_FIRST",
    "SMALLEST_FIRST",
    "CodeFormat",
    "CodeParts",
    "agency_code_is_valid",
    "canonical_agency_code",
    "dossier_code",
    "format_on",
    "parse_code",
]

_PROVINCE_FIRST = re.compile(r"[A-Z]\d{2}(?:\.\d{2,3}){0,3}", re.ASCII)
_SMALLEST_FIRST = re.compile(r"[A-Z0-9]{3}\.\d{2,3}\.\d{2,3}\.[A-Z]\d{2}", re.ASCII)
_CODE = re.compile(
    r"(?P<agency>[A-Z0-9]{2,4}(?:\.[A-Z0-9]{2,4}){0,4})"
    r"-(?P<day>\d{8}|\d{6})-(?P<serial>\d{4,10})",
    re.ASCII,
)
_DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")
MIN_DIGITS = 4


@dataclass(frozen=True, slots=True)
class CodeFormat:
    """How codes are written: which order of the agency's blocks, and how long the serial is."""

    name: str
    smallest_first: bool
    serial_digits: int = MIN_DIGITS


SMALLEST_FIRST = CodeFormat("smallest-first", smallest_first=True)
PROVINCE_FIRST = CodeFormat("province-first", smallest_first=False)
CODE_FORMAT = Dated(
    "TT 03/2025/TT-VPCP Đ.13; QĐ 20/2020/QĐ-TTg",
    {date(2018, 6, 21): SMALLEST_FIRST, date(2025, 7, 1): PROVINCE_FIRST},
    {date(2018, 6, 21): "NĐ 61/2018/NĐ-CP Đ.26; TT 01/2018/TT-VPCP Đ.19"},
)


@dataclass(frozen=True, slots=True)
class CodeParts:
    """A code taken apart: `agency` as written, `day` of receipt, `serial` (its digits)."""

    agency: str
    day: date
    serial: str

    @property
    def number(self) -> int:
        """Return the serial as a number."""
        return int(self.serial)


def format_on(day: date) -> CodeFormat:
    """Return the format for codes given on `day`; before the first rule, the first rule's."""
    return CODE_FORMAT.on(max(day, min(CODE_FORMAT.values)))


def agency_code_is_valid(code: str) -> bool:
    """Say whether `code` is an agency code in either order: H57.99.99 or 000.99.99.H57."""
    return bool(_PROVINCE_FIRST.fullmatch(code) or _SMALLEST_FIRST.fullmatch(code))


def canonical_agency_code(code: str) -> str:
    """Return the code province first, without empty blocks: 000.99.99.H57 is H57.99.99.

    Raises BadInput when it is no agency code (mã định danh điện tử).
    """
    if _PROVINCE_FIRST.fullmatch(code):
        return code
    if not _SMALLEST_FIRST.fullmatch(code):
        raise BadInput(
            "Mã đơn vị “{code}” chưa đúng. Ghi như H57.99.99 hoặc 000.99.99.H57.",
            field="agency_code",
            code=code,
        )
    smallest, *middle, province = code.split(".")
    own = smallest[1:] if smallest.startswith("0") else smallest
    blocks = [province, *reversed(middle), own]
    while len(blocks) > 1 and not blocks[-1].strip("0"):
        blocks.pop()
    return ".".join(blocks)


def dossier_code(agency_code: str, day: date, serial: int, fmt: CodeFormat) -> str:
    """Write a code: 000.99.99.H57-231129-0001, or H57.99.99-261123-0001.

    `day` is the Vietnamese day of receipt; the serial begins at 1 each day and grows beyond
    its four digits. Raises BadInput for a bad agency code, ValueError for a serial below 1.
    """
    if serial < 1:
        raise ValueError(f"Serials begin at 1, got {serial}")
    agency = canonical_agency_code(agency_code)
    written = _reversed(agency) if fmt.smallest_first else agency
    return f"{written}-{day:%y%m%d}-{serial:0{fmt.serial_digits}}"


def parse_code(text: str) -> CodeParts:
    """Take a code of any system apart; dates of 6 or 8 digits, serials of 4 digits and more.

    Lower case, blanks and typographic dashes are forgiven. Raises BadInput.
    """
    plain = _DASHES.sub("-", nfc(text).upper())
    match = _CODE.fullmatch(plain)
    if match is None:
        raise BadInput(
            "Không đọc được mã hồ sơ “{code}”. Mã có dạng H57.99.99-261123-0001.",
            field="code",
            code=nfc(text),
        )
    digits = match["day"] if len(match["day"]) == 8 else "20" + match["day"]
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadInput(
            "Mã hồ sơ “{code}” có ngày {digits} không có thật.",
            field="code",
            code=plain,
            digits=match["day"],
        ) from None
    return CodeParts(match["agency"], day, match["serial"])


def _reversed(agency: str) -> str:
    """Write province-first blocks smallest unit first: four blocks, the first three wide."""
    province, *lower = agency.split(".")
    lower += ["00"] * (2 - len(lower))
    smallest = lower.pop() if len(lower) == 3 else ""
    return ".".join([smallest.zfill(3), *reversed(lower), province])

"""Official forms as PDF (biểu mẫu): pure functions from data to bytes, over Typst.

Forms 01 and 06 of Thông tư 03/2025/TT-VPCP, Phụ lục I, in the layout of Nghị định 30/2020/NĐ-CP.
Data reach the template as JSON and are set as plain text: nothing in them can be read as markup.
The same data and font give the same bytes; the only time in the file is `issued_at`.
"""

import io
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import segno
import typst

from motcua.kernel.vntime import VN, local, official_date
from motcua.papers.fonts import FontChoice, serif

TEMPLATES = Path(__file__).parent / "typ"
REGIMES = ("tt03-2025", "tt01-2018")
QR_MM = 25
"""Printed width of the QR symbol without its quiet zone, in millimetres."""

_COMPILING = Lock()
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONG_RUN = re.compile(r"\S{32,}")
_VERBATIM = ("svg", "alt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    r"""What heads each form (thể thức).

    parent: cơ quan, đơn vị chủ quản, capitals ("ỦY BAN NHÂN DÂN\nXÃ …"; a line break is kept).
    agency: the desk that issues, capitals ("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ").
    number: what follows "Số: " ("15/TNHS", "…/PKS-TTPVHCC (BPTNTKQ)").
    place_date: địa danh and date as printed; see `place_and_date`.
    issued_at: when the paper was made, Unix seconds (UTC); the file's only time stamp.
    code: mã hồ sơ, printed in text under the QR symbol.
    regime: "tt03-2025" (A4) or "tt01-2018" (A5, the older wording).
    qr_text: what the symbol holds (a look-up URL); empty: the code itself.
    qr_says: in a few words, what scanning opens.
    watermark: printed small at the foot of each page ("BẢN TẬP HUẤN / DỮ LIỆU MINH HỌA").
    """

    parent: str
    agency: str
    number: str
    place_date: str
    issued_at: int
    code: str
    regime: str = "tt03-2025"
    qr_text: str = ""
    qr_says: str = "Mã hồ sơ dạng QR"
    watermark: str = ""

    def __post_init__(self) -> None:
        if self.regime not in REGIMES:
            raise ValueError(f"unknown regime {self.regime!r}, expected one of {REGIMES}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The person who authorised the applicant (người ủy quyền); proof: giấy tờ ủy quyền."""

    name: str
    address: str = ""
    identity: str = ""
    phone: str = ""
    email: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form01(Letterhead):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01). An empty string leaves a dotted line.

    desk: name of the centre or desk that received.
    applicant, identity, address, phone, email: who files (Ông/Bà/Tổ chức).
    principal: who authorised the applicant, None when the applicant acts for himself.
    request: nội dung yêu cầu giải quyết, the procedure's legal name.
    papers: one line of text for each paper filed, in order.
    copies: number of sets (bộ). term: the legal term in words ("03 ngày làm việc").
    received_at, due_at: as printed; see `moment_words`.
    result_place: where the result will be fetched. book, book_entry: quyển số, số thứ tự.
    submitter, receiver: names under the two signatures.
    fee, proof: extras of this product, set apart under the form (phí; cách tính hạn trả).
    """

    desk: str
    applicant: str
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    principal: Principal | None = None
    request: str
    papers: tuple[str, ...] = ()
    copies: int = 1
    term: str
    received_at: str
    due_at: str
    result_place: str = ""
    book: str = ""
    book_entry: str = ""
    submitter: str = ""
    receiver: str = ""
    fee: str = ""
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One hand-over (giao, nhận hồ sơ) to `unit`.

    given_at, taken_at: as printed; see `moment_short`. giver, taker: names of the two persons.
    result: "Trước hạn", "Đúng hạn", "Quá hạn" or empty, as the receiving side entered it.
    """

    unit: str
    given_at: str
    taken_at: str = ""
    giver: str = ""
    taker: str = ""
    result: str = ""
    note: str = ""


NOTES06 = (
    "Kết quả do bên nhận ghi khi nhận bàn giao hồ sơ.",
    "Quá trình giao, nhận được lập tự động và thể hiện trên biểu mẫu điện tử.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form06(Letterhead):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu 06). An empty string leaves a dotted line.

    resolver: cơ quan (bộ phận) giải quyết. partners: cơ quan phối hợp.
    received_at, due_at: as printed; see `moment_words`. hops: oldest first, any number.
    """

    resolver: str
    partners: str = ""
    received_at: str
    due_at: str
    hops: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = NOTES06


def form01(data: Form01) -> bytes:
    """The receipt with the promised time (Giấy tiếp nhận hồ sơ và hẹn trả kết quả) as PDF."""
    title = f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {data.code}"
    copies = f"{data.copies:02d}"
    return _form("form01", data, title=title, form_name="Mẫu 01", copies=copies)


def form06(data: Form06) -> bytes:
    """The control slip of a dossier (Phiếu kiểm soát quá trình giải quyết hồ sơ) as PDF."""
    title = f"Phiếu kiểm soát quá trình giải quyết hồ sơ {data.code}"
    name = "Mẫu 06" if data.regime == "tt03-2025" else "Mẫu 05"
    return _form("form06", data, title=title, form_name=name)


def _form(template: str, data: Letterhead, **more: str) -> bytes:
    return render(template, asdict(data) | more | {"qr": _qr(data)})


def render(template: str, data: dict[str, Any]) -> bytes:
    """Compile `typ/<template>.typ` with `data` (values JSON can hold) to PDF bytes.

    `data` holds what the template reads; letterhead.typ needs the fields of `Letterhead`, "title"
    and "form_name". `data["issued_at"]` (Unix seconds) becomes the file's time. Only the face of
    `fonts.serif` and those inside Typst are used: no system fonts, no network. Threads take turns.
    Raises KeyError without `issued_at`, typst.TypstError when the template refuses the data.
    """
    face = serif()
    stamp = datetime.fromtimestamp(data["issued_at"], VN)
    payload = json.dumps(_clean(data | {"font": face.family}), ensure_ascii=False)
    with _COMPILING:
        made = _compiler(face).compile(
            TEMPLATES / f"{template}.typ",
            format="pdf",
            sys_inputs={"data": payload},
            timestamp=stamp,
        )
    return cast(bytes, made)


@cache
def _compiler(face: FontChoice) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(face.path)] if face.path else [],
    )
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


def _clean(value: Any) -> Any:
    """`value` with its text composed (NFC), printable, and able to wrap anywhere it must."""
    match value:
        case str():
            text = value.encode("utf-8", "replace").decode("utf-8")
            text = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))
            return _LONG_RUN.sub(_with_breaks, text)
        case dict():
            return {k: item if k in _VERBATIM else _clean(item) for k, item in value.items()}
        case list() | tuple():
            return [_clean(item) for item in value]
        case _:
            return value


def _with_breaks(run: re.Match[str]) -> str:
    return re.sub(r"(.{10})(?=.)", "\\1\u200b", run[0])


def _qr(data: Letterhead) -> dict[str, Any]:
    holds = data.qr_text or data.code
    symbol = segno.make(holds, error="m", boost_error=False, micro=False)
    svg = io.BytesIO()
    symbol.save(svg, kind="svg", border=4, xmldecl=False, nl=False)
    modules = symbol.symbol_size(border=0)[0]
    return {
        "svg": svg.getvalue().decode(),
        "mm": round(QR_MM * (modules + 8) / modules, 2),
        "alt": f"{data.qr_says}: {holds}",
        "says": data.qr_says,
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

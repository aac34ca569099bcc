"""Filled forms for tests: one of each kind, with the longest names there are."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

from pypdf import PdfReader

from motcua.papers import pdf
from motcua.papers.pdf import (
    OLD,
    Booked,
    Form02,
    Form03,
    Form04,
    Form05,
    Form07,
    Letterhead,
    Received,
    VisitReceipt,
)

AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
DUE = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
NEW_DUE = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
CODE = "H57.99.99-261123-0001"
NAME = "Công Tằng Tôn Nữ Nguyễn Thị Ngọc Ẩn"  # eight syllables
REQUEST = " ".join(["Nghiêng"] * 24 + ["ngả"] * 24 + ["hết"])  # forty-nine
DESK = "Bộ phận Tiếp nhận và Trả kết quả xã Sao Mai"
ISSUER = "Ủy ban nhân dân xã Sao Mai"
HOSTILE = (
    '#read("/etc/passwd") #panic() $x^2$ @ref <lbl> `raw` *b* _i_ \\ \\u{41} '
    "\"q\" 'q' // c /* d */ [c] {c} ~ -- ... https://example.vn"
)
HEAD: dict[str, Any] = {
    "parent": "ỦY BAN NHÂN DÂN\nXÃ SAO MAI",
    "agency": "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
    "place_date": pdf.place_and_date("Sao Mai", date(2026, 11, 23)),
    "issued_at": int(AT.timestamp()),
    "code": CODE,
}
HEADED = HEAD | {"parent": "", "agency": "ỦY BAN NHÂN DÂN\nXÃ SAO MAI"}
WHO = {
    "applicant": NAME, "identity": "046190001234", "phone": "0905 123 456",
    "address": "Thửa đất số 12, thôn Phú Mỹ, xã Sao Mai", "email": "an@example.vn",
}  # fmt: skip
TIMES = {"received_at": pdf.moment_words(AT), "due_at": pdf.moment_words(DUE)}


def form02(**changes: Any) -> Form02:
    who = {k: v for k, v in WHO.items() if k != "identity"}
    fields = HEAD | who | {
        "number": "05/PBS-BPTNTKQ", "request": REQUEST, "reason": "Chưa đủ giấy tờ.",
        "items": ("Giấy xác nhận tình trạng hôn nhân", "Bản sao căn cước"),
        "contact": "Trần Văn Huỳnh", "contact_phone": "0234 999 999", "guide": "Trần Văn Huỳnh",
    }  # fmt: skip
    return Form02(**(fields | changes))


def form03(**changes: Any) -> Form03:
    fields = HEAD | WHO | {
        "number": "02/PTC-BPTNTKQ", "request": REQUEST, "desk": DESK,
        "reason": "Không thuộc thẩm quyền giải quyết.", "contact": "Trần Văn Huỳnh",
        "submitter": NAME, "receiver": "Trần Văn Huỳnh",
    }  # fmt: skip
    return Form03(**(fields | changes))


def headed() -> dict[str, Any]:
    who = {k: WHO[k] for k in ("applicant", "identity", "address")}
    return HEADED | who | TIMES | {
        "issuer": ISSUER, "request": REQUEST, "reason": "chờ xác minh.",
        "powers": ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "signer": "Hồ Văn Quyết",
    }  # fmt: skip


def form04(**changes: Any) -> Form04:
    new = pdf.moment_words(NEW_DUE)
    return Form04(**(headed() | {"number": "01/PXL", "new_due_at": new} | changes))


def form05(**changes: Any) -> Form05:
    fields = headed() | {
        "number": "03/TBD", "stopped_at": pdf.moment_words(NEW_DUE), "asked": True,
        "money": "chưa thu.", "desk": DESK,
    }  # fmt: skip
    return Form05(**(fields | changes))


def visit(**changes: Any) -> VisitReceipt:
    fields = HEAD | WHO | {
        "code": "", "number": "0001/BPTNTKQ", "desk": DESK, "received_at": TIMES["received_at"],
        "submitter": NAME, "receiver": "Trần Văn Huỳnh", "result_place": DESK,
        "dossiers": tuple(
            Received(
                code=f"H57.99.99-261123-000{n}", request=f"Việc thứ {n}", papers=("Tờ khai",),
                term="trong ngày", due_at=TIMES["due_at"], fee="không thu",
            )
            for n in (1, 2, 3)
        ),
    }  # fmt: skip
    return VisitReceipt(**(fields | changes))


def row(number: int, regime: str = "tt03-2025") -> tuple[str, ...]:
    cells = [
        str(number), f"H57.99.99-261123-{number:04}", REQUEST[:90], f"{NAME} {number}",
        "Thôn Phú Mỹ; 0905 123 456", "UBND xã Sao Mai", "08:05 23/11/2026", "17:00 26/11/2026",
        "16:20 26/11/2026", "Tại quầy", "",
    ]  # fmt: skip
    return tuple([*cells[:3], "1", *cells[3:], ""] if regime == OLD else cells)


def form07(many: int = 30, **changes: Any) -> Form07:
    regime = changes.get("regime", "tt03-2025")
    books = (
        Booked(
            field="Hộ tịch", number="01/STD-BPTNTKQ",
            rows=tuple(row(n, regime) for n in range(1, many + 1)),
        ),
        Booked(field="Chứng thực", number="02/STD-BPTNTKQ", rows=(row(1, regime),)),
    )  # fmt: skip
    span = "Từ ngày 01/11/2026 đến ngày 23/11/2026"
    fields = HEAD | {"code": "", "number": "", "span": span, "books": books}
    return Form07(**(fields | changes))


KINDS = {
    "02": form02, "03": form03, "04": form04, "05": form05, "visit": visit, "07": form07,
}  # fmt: skip


def made(form: Letterhead) -> bytes:
    return pdf.made(form)


def read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def words(file: bytes) -> str:
    """The text of all pages with blanks and break marks as single blanks."""
    text = "\n".join(page.extract_text() for page in read(file).pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def bare(text: str) -> str:
    """The text without blanks and break marks, for text wrapped inside words."""
    return re.sub(r"[\s\u200b]", "", text)


def millimetres(file: bytes) -> tuple[int, int]:
    """Width and height of the first page."""
    box = read(file).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)

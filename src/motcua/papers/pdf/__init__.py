"""Official forms as PDF (biểu mẫu): pure functions from data to bytes, over Typst.

Forms 01 to 07 of Thông tư 03/2025/TT-VPCP, Phụ lục I, and those of Thông tư 01/2018/TT-VPCP, in the
layout of Nghị định 30/2020/NĐ-CP. `docs/forms.md` says which wording is whose.
"""

from motcua.papers.pdf.apart import TookTooLong, printed_apart
from motcua.papers.pdf.engine import UnreadableSeal, made, printed, render, signable
from motcua.papers.pdf.forms import (
    NOTES06,
    Booked,
    Form01,
    Form02,
    Form03,
    Form04,
    Form05,
    Form06,
    Form07,
    Hop,
    Principal,
    Received,
    VisitReceipt,
)
from motcua.papers.pdf.head import (
    NEW,
    OLD,
    REGIMES,
    Letterhead,
    moment_short,
    moment_words,
    place_and_date,
)

__all__ = [
    "NEW", "NOTES06", "OLD", "REGIMES", "Booked", "Form01", "Form02", "Form03", "Form04", "Form05",
    "Form06", "Form07", "Hop", "Letterhead", "Principal", "Received", "TookTooLong",
    "UnreadableSeal", "VisitReceipt", "form01", "form06", "made", "moment_short", "moment_words",
    "place_and_date", "printed", "printed_apart", "render", "signable",
]  # fmt: skip


def form01(data: Form01) -> bytes:
    """The receipt with the promised time (Giấy tiếp nhận hồ sơ và hẹn trả kết quả) as PDF."""
    return made(data)


def form06(data: Form06) -> bytes:
    """The control slip of a dossier (Phiếu kiểm soát quá trình giải quyết hồ sơ) as PDF."""
    return made(data)

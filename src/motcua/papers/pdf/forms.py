"""What is printed on forms 01 to 07: plain frozen data, in the words of the person who reads them.

TT 03/2025/TT-VPCP Phụ lục I (Mẫu 01–07); TT 01/2018/TT-VPCP (Mẫu 01–06). An empty string leaves
the dotted line of the printed form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from motcua.papers.pdf.head import A4_ALWAYS, NEW, OLD, Letterhead, either_way


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

    TEMPLATE: ClassVar[str] = "form01"
    TITLE: ClassVar[str] = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    NAMES: ClassVar[Mapping[str, str]] = either_way("Mẫu 01")

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
class Received:
    """One dossier on the receipt of a visit: its code, procedure, papers, term and due time.

    principal: for whom it was handed in and on what authority, when not for the submitter.
    """

    code: str
    request: str
    papers: tuple[str, ...] = ()
    copies: int = 1
    term: str
    due_at: str
    fee: str = ""
    principal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReceipt(Letterhead):
    """One receipt for all the dossiers of a visit (lượt đến): Mẫu 01, its dossiers in a table.

    `code` stays empty: each row carries its own. The rest as in `Form01`.
    """

    TEMPLATE: ClassVar[str] = "visit"
    TITLE: ClassVar[str] = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    NAMES: ClassVar[Mapping[str, str]] = either_way("Theo Mẫu 01")

    desk: str
    applicant: str
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    dossiers: tuple[Received, ...]
    received_at: str
    result_place: str = ""
    submitter: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form02(Letterhead):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02).

    items: what must be completed, one line each. contact: the officer to ask, phone: of the desk.
    guide: name under the signature (người hướng dẫn).
    """

    TEMPLATE: ClassVar[str] = "form02"
    TITLE: ClassVar[str] = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    NAMES: ClassVar[Mapping[str, str]] = either_way("Mẫu 02")

    applicant: str
    address: str = ""
    phone: str = ""
    email: str = ""
    request: str
    items: tuple[str, ...] = ()
    reason: str = ""
    contact: str = ""
    contact_phone: str = ""
    guide: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form03(Letterhead):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03), at the counter or after appraisal.

    desk: who refuses, in the sentence. resolving: refused after appraisal, not at the counter.
    """

    TEMPLATE: ClassVar[str] = "form03"
    TITLE: ClassVar[str] = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    NAMES: ClassVar[Mapping[str, str]] = either_way("Mẫu 03")

    desk: str
    applicant: str
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    request: str
    reason: str = ""
    contact: str = ""
    contact_phone: str = ""
    submitter: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed(Letterhead):
    """A paper that the head of the agency signs (thủ trưởng cơ quan, đơn vị).

    issuer: the agency in a sentence. powers: the lines above the signature (quyền hạn, chức vụ:
    "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"). signer: the name below it.
    """

    issuer: str
    applicant: str
    identity: str = ""
    address: str = ""
    request: str
    received_at: str
    due_at: str
    reason: str = ""
    powers: tuple[str, ...] = ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",)
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form04(Headed):
    """Văn bản xin lỗi và đề nghị gia hạn (Mẫu 04; 2018: Phiếu xin lỗi và hẹn lại ngày trả).

    due_at: the time that was promised before; new_due_at: the one promised now.
    """

    TEMPLATE: ClassVar[str] = "form04"
    TITLE: ClassVar[str] = "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"
    NAMES: ClassVar[Mapping[str, str]] = either_way("Mẫu 04")

    new_due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form05(Headed):
    """Thông báo dừng giải quyết hồ sơ (Mẫu 05). The wording is ours: docs/forms.md.

    stopped_at: since when. asked: at the applicant's own request (rút hồ sơ).
    money: what becomes of the fee, in a sentence. desk: where the papers are given back.
    """

    TEMPLATE: ClassVar[str] = "form05"
    TITLE: ClassVar[str] = "Thông báo dừng giải quyết hồ sơ"
    NAMES: ClassVar[Mapping[str, str]] = either_way("Mẫu 05")

    stopped_at: str
    asked: bool = False
    money: str = ""
    desk: str = ""


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
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu 06; 2018: Mẫu 05, both on A4).

    resolver: cơ quan (bộ phận) giải quyết. partners: cơ quan phối hợp.
    received_at, due_at: as printed; see `moment_words`; not on the form of 2018.
    hops: oldest first, any number.
    """

    TEMPLATE: ClassVar[str] = "form06"
    TITLE: ClassVar[str] = "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    NAMES: ClassVar[Mapping[str, str]] = {NEW: "Mẫu 06", OLD: "Mẫu 05"}
    PAPER: ClassVar[Mapping[str, str]] = A4_ALWAYS

    resolver: str
    partners: str = ""
    received_at: str
    due_at: str
    hops: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = NOTES06


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """The entries of one book (quyển) of the register: one field of procedures.

    number: what follows "Số: ". rows: one tuple of texts an entry, in the order of the columns:
    eleven, or thirteen under the regime of 2018.
    """

    field: str
    number: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form07(Letterhead):
    """Sổ theo dõi hồ sơ (Mẫu 07; 2018: Mẫu 06), A4 across, each book from a new page.

    span: the days printed, in words.
    """

    TEMPLATE: ClassVar[str] = "form07"
    TITLE: ClassVar[str] = "Sổ theo dõi hồ sơ"
    NAMES: ClassVar[Mapping[str, str]] = {NEW: "Mẫu 07", OLD: "Mẫu 06"}
    PAPER: ClassVar[Mapping[str, str]] = A4_ALWAYS

    span: str
    books: tuple[Booked, ...] = ()

"""The five registers as data: their words, columns, questions, and what may be marked later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.kernel.text import group_digits
from motcua.kernel.vntime import slashed
from motcua.registers import actions, forms, queries
from motcua.registers.rules import EquipmentKind
from motcua.web.forms import Answers, Field

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Mark:
    """A later entry on one row: `open_for` says whether it is due."""

    slug: str
    act: Words
    label: Words
    fields: Callable[[str, date], tuple[Field, ...]]
    read: Callable[[Answers, date], dict[str, Any]]
    action: Callable[..., Any]
    argument: str
    open_for: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Book:
    """Một sổ. `newest` is the order of its pages; `cells` follow `columns`.

    `coded` rows are headed by a code, which never breaks across lines.
    """

    slug: str
    title: Words
    act: Words
    empty: Words
    waiting: Words
    rows: Callable[[], QuerySet]
    newest: tuple[str, ...]
    columns: tuple[Words, ...]
    cells: Callable[[Any], tuple[str, ...]]
    fields: Callable[[date], tuple[Field, ...]]
    read: Callable[[Answers, date], dict[str, Any]]
    action: Callable[..., Any]
    marks: tuple[Mark, ...] = ()
    coded: bool = False

    def mark(self, slug: str) -> Mark | None:
        return next((mark for mark in self.marks if mark.slug == slug), None)

    def next_mark(self, row: Any) -> Mark | None:
        """The mark that this row waits for."""
        return next((mark for mark in self.marks if mark.open_for(row)), None)


def _day(day: date | None) -> str:
    return slashed(day) if day else _("chưa")


DECISIONS = Book(
    slug="quyet-dinh",
    coded=True,
    title=gettext_lazy("Quyết định công bố thủ tục của tỉnh"),
    act=gettext_lazy("Ghi quyết định mới nhận"),
    empty=gettext_lazy("Chưa có quyết định nào. Khi nhận quyết định công bố của tỉnh, ghi ngay."),
    waiting=gettext_lazy("chưa niêm yết hoặc chưa dựng quy trình"),
    rows=queries.decisions,
    newest=("-received_on",),
    columns=(
        gettext_lazy("Số, ký hiệu"), gettext_lazy("Trích yếu"), gettext_lazy("Ban hành"),
        gettext_lazy("Nhận"), gettext_lazy("Niêm yết"), gettext_lazy("Dựng quy trình"),
    ),
    cells=lambda row: (
        row.number, row.title, _day(row.issued_on), _day(row.received_on), _day(row.posted_on),
        _day(row.processed_on),
    ),
    fields=forms.decision_fields,
    read=forms.read_decision,
    action=actions.receive_decision,
    marks=(
        Mark(
            "niem-yet", gettext_lazy("Ghi niêm yết"), gettext_lazy("Rà soát và niêm yết ngày"),
            forms.mark_fields, forms.read_mark, actions.post_decision, "decision_id",
            lambda row: row.posted_on is None,
        ),
        Mark(
            "dung-quy-trinh", gettext_lazy("Ghi dựng quy trình"),
            gettext_lazy("Dựng và công bố quy trình ISO ngày"),
            forms.mark_fields, forms.read_mark, actions.build_processes, "decision_id",
            lambda row: row.posted_on is not None and row.processed_on is None,
        ),
    ),
)  # fmt: skip

REVIEWS = Book(
    slug="ra-soat",
    title=gettext_lazy("Rà soát thủ tục"),
    act=gettext_lazy("Đăng ký thủ tục rà soát"),
    empty=gettext_lazy("Chưa đăng ký rà soát thủ tục nào. Ghi các thủ tục trong kế hoạch năm."),
    waiting=gettext_lazy("chưa rà soát xong"),
    rows=queries.reviews,
    newest=("-registered_on",),
    columns=(
        gettext_lazy("Thủ tục"), gettext_lazy("Đăng ký"), gettext_lazy("Rà soát xong"),
        gettext_lazy("Kiến nghị"),
    ),
    cells=lambda row: (
        row.procedure, _day(row.registered_on), _day(row.reviewed_on), row.proposal or "–",
    ),
    fields=forms.review_fields,
    read=forms.read_review,
    action=actions.register_review,
    marks=(
        Mark(
            "xong", gettext_lazy("Ghi rà soát xong"), gettext_lazy("Rà soát xong ngày"),
            forms.review_done_fields, forms.read_review_done, actions.finish_review, "review_id",
            lambda row: row.reviewed_on is None,
        ),
    ),
)  # fmt: skip

PETITIONS = Book(
    slug="phan-anh",
    title=gettext_lazy("Phản ánh, kiến nghị về thủ tục"),
    act=gettext_lazy("Ghi phản ánh, kiến nghị"),
    empty=gettext_lazy("Chưa nhận phản ánh nào. Nhận qua đơn, điện thoại hay cổng đều ghi ở đây."),
    waiting=gettext_lazy("chưa trả lời"),
    rows=queries.petitions,
    newest=("-received_on",),
    columns=(gettext_lazy("Ngày nhận"), gettext_lazy("Nội dung"), gettext_lazy("Trả lời")),
    cells=lambda row: (_day(row.received_on), row.content, _day(row.answered_on)),
    fields=forms.petition_fields,
    read=forms.read_petition,
    action=actions.receive_petition,
)

EQUIPMENT = Book(
    slug="trang-thiet-bi",
    title=gettext_lazy("Trang thiết bị, phần mềm của Một Cửa"),
    act=gettext_lazy("Ghi thiết bị, phần mềm"),
    empty=gettext_lazy("Chưa ghi thiết bị nào. Ghi máy tính, máy in, máy quét đang dùng ở quầy."),
    waiting="",
    rows=queries.equipment,
    newest=("-used_from",),
    columns=(
        gettext_lazy("Tên"), gettext_lazy("Loại"), gettext_lazy("Dùng từ"),
        gettext_lazy("Thôi dùng từ"),
    ),
    cells=lambda row: (
        row.name, _(EquipmentKind(row.kind).label), _day(row.used_from),
        slashed(row.used_to) if row.used_to else _("đang dùng"),
    ),
    fields=forms.equipment_fields,
    read=forms.read_equipment,
    action=actions.add_equipment,
    marks=(
        Mark(
            "thoi-dung", gettext_lazy("Ghi thôi dùng"), gettext_lazy("Thôi dùng từ ngày"),
            forms.mark_fields, forms.read_mark, actions.retire_equipment, "equipment_id",
            lambda row: row.used_to is None,
        ),
    ),
)  # fmt: skip

ALLOWANCES = Book(
    slug="muc-ho-tro",
    title=gettext_lazy("Mức hỗ trợ cán bộ Một Cửa"),
    act=gettext_lazy("Ghi mức hỗ trợ mới"),
    empty=gettext_lazy("Chưa ghi mức hỗ trợ nào. Ghi theo nghị quyết của Hội đồng nhân dân tỉnh."),
    waiting="",
    rows=queries.allowances,
    newest=("-effective_from",),
    columns=(
        gettext_lazy("Áp dụng từ"), gettext_lazy("Mức một người một tháng"),
        gettext_lazy("Căn cứ"),
    ),
    cells=lambda row: (
        _day(row.effective_from), _("{amount} đồng").format(amount=group_digits(row.amount)),
        row.source,
    ),
    fields=forms.allowance_fields,
    read=forms.read_allowance,
    action=actions.set_allowance,
)  # fmt: skip

BOOKS: Mapping[str, Book] = {
    book.slug: book for book in (DECISIONS, REVIEWS, PETITIONS, EQUIPMENT, ALLOWANCES)
}

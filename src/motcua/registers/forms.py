"""The questions of each register and the reading of the answers. Days are local."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.kernel.text import group_digits
from motcua.kernel.vntime import slashed
from motcua.registers.rules import EquipmentKind
from motcua.web.forms import Answers, Field
from motcua.web.parts import Choice

MOST_MONEY = 100_000_000


def decision_fields(today: date) -> tuple[Field, ...]:
    return (
        Field("so", _("Số, ký hiệu"), hint=_("Như trên văn bản, ví dụ 1102/QĐ-UBND"), width=24),
        Field("ban-hanh", _("Ngày ban hành"), "date"),
        Field("trich-yeu", _("Trích yếu"), width=40),
        Field("ngay", _("Ngày nhận"), "date", slashed(today)),
    )


def read_decision(answers: Answers, today: date) -> dict[str, Any]:
    number = _text(
        answers, "so", 60, "Chưa có số, ký hiệu. Nhập như trên văn bản, ví dụ “1102/QĐ-UBND”."
    )
    issued = _past(answers, "ban-hanh", today, "Ghi ngày ban hành, ví dụ 27/3/2026.")
    title = _text(answers, "trich-yeu", 400, "Ghi trích yếu như trên văn bản.")
    on = _past(answers, "ngay", today, "Ghi ngày nhận, ví dụ 27/3/2026.")
    return {"number": number, "issued_on": issued, "title": title, "on": on}


def review_fields(today: date) -> tuple[Field, ...]:
    return (
        Field("thu-tuc", _("Thủ tục"), hint=_("Tên như trong kế hoạch rà soát"), width=40),
        Field("ngay", _("Ngày đăng ký rà soát"), "date", slashed(today)),
    )


def read_review(answers: Answers, today: date) -> dict[str, Any]:
    name = _text(answers, "thu-tuc", 300, "Ghi tên thủ tục sẽ rà soát.")
    on = _past(answers, "ngay", today, "Ghi ngày đăng ký, ví dụ 10/1/2026.")
    return {"procedure": name, "on": on}


def petition_fields(today: date) -> tuple[Field, ...]:
    hint = _("Ghi điều được phản ánh; không ghi tên, số định danh, điện thoại của người gửi.")
    return (
        Field("ngay", _("Ngày nhận"), "date", slashed(today)),
        Field("noi-dung", _("Nội dung"), "area", hint=hint),
    )


def read_petition(answers: Answers, today: date) -> dict[str, Any]:
    on = _past(answers, "ngay", today, "Ghi ngày nhận, ví dụ 27/3/2026.")
    return {"on": on, "content": _text(answers, "noi-dung", 1000, "Ghi nội dung phản ánh.")}


def equipment_fields(today: date) -> tuple[Field, ...]:
    kinds = tuple(Choice(value, _(label)) for value, label in EquipmentKind.choices())
    return (
        Field("loai", _("Loại"), "radios", choices=kinds),
        Field("ten", _("Tên"), hint=_("Hãng, ký hiệu, hoặc tên phần mềm"), width=40),
        Field("ngay", _("Dùng từ ngày"), "date", slashed(today)),
    )


def read_equipment(answers: Answers, today: date) -> dict[str, Any]:
    choices = equipment_fields(today)[0].choices
    kind = answers.choice("loai", choices, missing="Chọn loại thiết bị.")
    name = _text(answers, "ten", 200, "Ghi tên thiết bị hoặc phần mềm.")
    on = _past(answers, "ngay", today, "Ghi ngày bắt đầu dùng, ví dụ 27/3/2026.")
    return {"kind": EquipmentKind(kind) if kind else None, "name": name, "on": on}


def allowance_fields(today: date) -> tuple[Field, ...]:
    return (
        Field("muc", _("Mức hỗ trợ một người một tháng"), "money"),
        Field("ngay", _("Áp dụng từ ngày"), "date", hint=_("Ví dụ 1/1/2026")),
        Field("can-cu", _("Căn cứ"), hint=_("Số nghị quyết, quyết định"), width=40),
    )


def read_allowance(answers: Answers, today: date) -> dict[str, Any]:
    amount = answers.whole("muc", missing="Ghi mức hỗ trợ, ví dụ 300.000.")
    if amount is not None and amount > MOST_MONEY:
        answers.errors["muc"] = _("Mức {amount} đồng quá lớn. Nhận đến {most} đồng.").format(
            amount=group_digits(amount), most=group_digits(MOST_MONEY)
        )
    on = answers.day("ngay", missing="Ghi ngày áp dụng, ví dụ 1/1/2026.")
    source = _text(answers, "can-cu", 300, "Ghi căn cứ: số nghị quyết hoặc quyết định.")
    return {"amount": amount, "on": on, "source": source}


def mark_fields(label: str, today: date) -> tuple[Field, ...]:
    return (Field("ngay", label, "date", slashed(today)),)


def review_done_fields(label: str, today: date) -> tuple[Field, ...]:
    hint = _("Ghi kiến nghị đơn giản hóa, hoặc “giữ nguyên”.")
    return (*mark_fields(label, today), Field("kien-nghi", _("Kiến nghị"), "area", hint=hint))


def read_mark(answers: Answers, today: date) -> dict[str, Any]:
    """The day of a later mark, not after today."""
    return {"on": _past(answers, "ngay", today, "Ghi ngày, ví dụ 27/3/2026.")}


def read_review_done(answers: Answers, today: date) -> dict[str, Any]:
    missing = "Ghi kiến nghị sau rà soát; không đổi gì thì ghi “giữ nguyên”."
    return read_mark(answers, today) | {"proposal": _text(answers, "kien-nghi", 600, missing)}


def _text(answers: Answers, name: str, most: int, missing: str) -> str:
    text = answers.text(name, missing=missing)
    if len(text) > most:
        answers.errors[name] = _(
            "Phần này dài {length} chữ cái, nhận đến {most}. Viết ngắn lại."
        ).format(length=len(text), most=most)
    return text


def _past(answers: Answers, name: str, today: date, missing: str) -> date | None:
    day = answers.day(name, missing=missing)
    if day and day > today:
        answers.errors[name] = _(
            "Ngày {day} chưa đến; hôm nay là {today}. Ghi khi việc đã xong."
        ).format(day=slashed(day), today=slashed(today))
    return day

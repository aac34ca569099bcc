"""The fields of the reception form, and the procedures its search offers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.rules import AuthorityKind, Channel, PaperAs, ReturnBy
from motcua.kernel.terms import said
from motcua.kernel.text import fold, group_digits
from motcua.procedures import queries as procedures
from motcua.web.forms import Field
from motcua.web.parts import Choice

LONGEST = {
    "ho-ten": 200, "dien-thoai": 20, "email": 254, "dia-chi": 300, "noi-dung": 600,
    "thoi-han": 60, "ly-do-khong-so": 200, "noi-truoc": 200, "ma-truoc": 60,
}  # fmt: skip
HOW = {"du-lieu": PaperAs.DATA, "mien": PaperAs.EXEMPT, "thieu": PaperAs.MISSING}
FIELD_OF = {
    "name": "ho-ten", "id_number": "so-dinh-danh", "papers": "giay-khac", "authority": "uy-quyen",
    "term": "thoi-han", "channel": "kenh", "birth": "ngay-sinh", "reason": "ly-do",
    "procedure": "thu-tuc", "address": "dia-chi",
}  # fmt: skip
NOT_CHOSEN = "Chưa chọn thủ tục. Gõ vài chữ, ví dụ “khai sinh”, rồi chọn trong danh sách."
NO_TERM = (
    "Danh mục chưa có thời hạn của thủ tục này. Nhập theo quyết định công bố, ví dụ "
    "“3 ngày làm việc”."
)
COUNTER_CHANNELS = (Channel.COUNTER, Channel.ONLINE, Channel.POST)


def results(text: str, at: datetime, chosen: str = "") -> dict[str, Any]:
    """The procedures that match, as a radio list; without a text, none."""
    found = procedures.search(text, at) if text.strip() else []
    return {
        "results": [choice(one) for one in found],
        "radio": "ma-thu-tuc",
        "chosen": chosen or (found[0].procedure.code if len(found) == 1 else ""),
        "searched": bool(text.strip()),
        "field": Field("thu-tuc", _("Thủ tục")),
    }


def choice(version: Any) -> Choice:
    term = said(version.term) or _("chưa có thời hạn")
    fee = (
        _("chưa rõ phí")
        if version.fee is None
        else _("{n} đồng").format(n=group_digits(version.fee))
    )
    note = f"{version.procedure.code} · {version.field.name} · {term} · {fee}"
    return Choice(version.procedure.code, version.short_name, note)


def speaks_of(typed: str, version: Any) -> bool:
    """Whether what stands in the search field still means the version chosen under it."""
    return all(word in version.folded for word in fold(typed).split())


def member(kind: Any, value: str, otherwise: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        return otherwise


def choices(kind: Any) -> tuple[Choice, ...]:
    return tuple(Choice(one.value, one.label) for one in kind)


def fields() -> tuple[Field, ...]:
    """All of them, in the order of the page."""
    return (*_of_person(), *_of_filer(), *_of_dossier(), *_of_origin())


def of_procedure() -> tuple[Field, ...]:
    """What a change of the procedure asks for."""
    names = ("thu-tuc", "giay-khac", "thoi-han")
    return tuple(field for field in fields() if field.name in names)


def _of_person() -> tuple[Field, ...]:
    return (
        Field("thu-tuc", _("Thủ tục"), "search", hint=_("Gõ vài chữ, có dấu hay không dấu.")),
        Field("so-dinh-danh", _("Số định danh"), "id", optional=True,
              hint=_("Quét căn cước hoặc gõ 12 số.")),
        Field("ho-ten", _("Họ và tên"), width=30),
        Field("ngay-sinh", _("Ngày sinh"), "date", optional=True, hint=_("Chỉ năm cũng được.")),
        Field("dien-thoai", _("Điện thoại"), "phone", optional=True),
        Field("email", _("Thư điện tử"), "email", optional=True, width=30),
        Field("dia-chi", _("Địa chỉ"), optional=True, width=40),
        Field("ly-do-khong-so", _("Lý do không có số định danh"), optional=True, width=30),
    )  # fmt: skip


def _of_filer() -> tuple[Field, ...]:
    whose = (Choice("minh", _("chính mình")), Choice("khac", _("người khác")))
    return (
        Field("loai-nguoi", _("Chủ hồ sơ là"), "radios", "ca-nhan",
              choices=(Choice("ca-nhan", _("cá nhân")), Choice("to-chuc", _("tổ chức")))),
        Field("nop-cho", _("Nộp cho"), "radios", "minh", choices=whose),
        Field("nguoi-nop", _("Họ và tên người nộp thay"), width=30),
        Field("tu-cach", _("Tư cách"), "select", "written", choices=choices(AuthorityKind)),
        Field("uy-quyen", _("Giấy tờ chứng minh"), width=30,
              hint=_("Số, ngày của giấy ủy quyền hoặc giấy tờ quan hệ.")),
        Field("nguoi-nop-so", _("Số định danh người nộp thay"), "id", optional=True),
        Field("nguoi-nop-dt", _("Điện thoại người nộp thay"), "phone", optional=True),
    )  # fmt: skip


def _of_dossier() -> tuple[Field, ...]:
    channels = tuple(Choice(c.value, c.label) for c in Channel if c in COUNTER_CHANNELS)
    return (
        Field("giay-khac", _("Giấy tờ khác nhận kèm"), "area", optional=True,
              hint=_("Mỗi giấy tờ một dòng.")),
        Field("noi-dung", _("Nội dung yêu cầu"), optional=True, width=40),
        Field("kenh", _("Kênh nộp"), "select", "counter", choices=channels),
        Field("nhan-kq", _("Nhận kết quả"), "radios", "counter", choices=choices(ReturnBy)),
        Field("thoi-han", _("Thời hạn"), width=16,
              hint=_("Danh mục chưa ghi. Nhập theo quyết định công bố, ví dụ 3 ngày làm việc.")),
    )  # fmt: skip


def _of_origin() -> tuple[Field, ...]:
    return (
        Field("noi-truoc", _("Nơi đã nhận trước"), optional=True, width=30,
              hint=_("Cơ quan đã tiếp nhận thay. Gửi qua bưu điện thì để trống.")),
        Field("ma-truoc", _("Mã ở nơi đó"), optional=True, width=24),
        Field("ngay-truoc", _("Ngày nhận ở nơi đó"), "date", optional=True,
              hint=_("Gửi qua bưu điện: ngày trên phong bì.")),
        Field("gio-truoc", _("Giờ nhận ở nơi đó"), optional=True, width=8),
    )  # fmt: skip

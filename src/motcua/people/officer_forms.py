"""Reading what is typed about officers."""

from collections.abc import Container, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.kernel.vntime import slashed
from motcua.people.models import Officer
from motcua.people.naming import propose_login
from motcua.people.rules import OfficerIn, PostGroup, Role
from motcua.web.forms import Answers, Field
from motcua.web.parts import Choice

NAMES = {
    "name": "ho-ten", "login": "dang-nhap", "post": "chuc-danh", "group": "nhom",
    "roles": "vai-tro", "on": "tu-ngay", "source": "can-cu",
}  # fmt: skip


def group_field(value: str = "") -> Field:
    choices = tuple(Choice(one.value, _(one.label)) for one in PostGroup)
    hint = _("Phiếu khảo sát hài lòng đếm theo nhóm này")
    return Field(
        "nhom", _("Nhóm vị trí"), "select", value or PostGroup.OTHER, hint, choices=choices
    )


def role_choices() -> tuple[Choice, ...]:
    return tuple(Choice(one.value, _(one.label)) for one in Role)


def source_field(hint: str = "") -> Field:
    hint = hint or _("Ví dụ: Quyết định 12/QĐ-UBND ngày 01/10/2026")
    return Field("can-cu", _("Căn cứ"), hint=hint, optional=True, width=40)


def day_field(name: str, label: str, today: date) -> Field:
    return Field(name, label, "date", slashed(today), _("Ví dụ {day}").format(day=slashed(today)))


def new_fields(today: date) -> tuple[Field, ...]:
    return (
        Field("ho-ten", _("Họ và tên"), width=40, autofocus=True),
        Field(
            "dang-nhap", _("Tên đăng nhập"), width=24, optional=True,
            hint=_("Chữ không dấu, ví dụ annt. Bỏ trống thì lấy tên gọi và chữ đầu của họ, đệm."),
        ),
        Field("chuc-danh", _("Chức danh"), hint=_("Ví dụ: Công chức Tư pháp - hộ tịch"), width=40),
        group_field(),
        day_field("tu-ngay", _("Giữ vai trò từ ngày"), today),
        source_field(),
    )  # fmt: skip


def read_new(
    answers: Answers, data: QueryDict, work: Sequence[tuple[str, str]], taken: Container[str]
) -> OfficerIn | None:
    """The officer typed, with a login proposed when none was; None with the errors noted."""
    name = answers.text("ho-ten", missing="Ghi họ và tên.")
    post = answers.text("chuc-danh", missing="Ghi chức danh, ví dụ Công chức Tư pháp - hộ tịch.")
    group = answers.choice("nhom", group_field().choices, missing="Chọn nhóm vị trí.")
    since = answers.day("tu-ngay", missing="Ghi ngày bắt đầu, ví dụ 01/10/2026.")
    roles = read_roles(answers, data)
    if answers.errors or since is None:
        return None
    login = answers.text("dang-nhap").lower() or propose_login(name, taken)
    return OfficerIn(
        name, login, post, PostGroup(group), roles, since, read_work(data, work),
        answers.text("can-cu"),
    )  # fmt: skip


def read_roles(answers: Answers, data: QueryDict) -> tuple[Role, ...]:
    chosen = [role for role in Role if role.value in data.getlist("vai-tro")]
    if not chosen:
        answers.errors["vai-tro"] = _("Chưa chọn vai trò. Chọn ít nhất một.")
    return tuple(chosen)


def read_work(data: QueryDict, work: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The codes of the fields of procedures that were ticked; none means all."""
    chosen = set(data.getlist("linh-vuc"))
    return tuple(code for code, _name in work if code in chosen)


def change_fields(officer: Officer) -> tuple[Field, ...]:
    post = officer.post
    return (
        Field("ho-ten", _("Họ và tên"), value=officer.name, width=40),
        Field("chuc-danh", _("Chức danh"), value=post.title if post else "", width=40),
        group_field(post.group if post else ""),
    )


def read_change(answers: Answers) -> dict[str, Any] | None:
    name = answers.text("ho-ten", missing="Ghi họ và tên.")
    post = answers.text("chuc-danh", missing="Ghi chức danh.")
    group = answers.choice("nhom", group_field().choices, missing="Chọn nhóm vị trí.")
    return None if answers.errors else {"name": name, "post": post, "group": PostGroup(group)}


def role_fields(today: date) -> tuple[Field, ...]:
    return (
        Field("vai-tro", _("Vai trò"), "select", choices=role_choices()),
        day_field("tu-ngay", _("Từ ngày"), today),
        source_field(),
    )


def read_role(
    answers: Answers, data: QueryDict, work: Sequence[tuple[str, str]]
) -> dict[str, Any] | None:
    role = answers.choice("vai-tro", role_choices(), missing="Chọn vai trò.")
    on = answers.day("tu-ngay", missing="Ghi ngày, ví dụ 01/10/2026.")
    if answers.errors:
        return None
    fields = read_work(data, work)
    return {"role": Role(role), "on": on, "source": answers.text("can-cu"), "fields": fields}


def end_fields(today: date) -> tuple[Field, ...]:
    return (day_field("tu-ngay", _("Thôi từ ngày"), today), source_field())


def read_end(answers: Answers) -> dict[str, Any] | None:
    on = answers.day("tu-ngay", missing="Ghi ngày thôi, ví dụ 01/10/2026.")
    return None if answers.errors else {"on": on, "source": answers.text("can-cu")}

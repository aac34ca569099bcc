"""Reading what is typed about the office: name, letterhead, hours, closed days."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.kernel.calendar import Session, WorkPlace, parse_sessions
from motcua.kernel.errors import BadInput
from motcua.kernel.vntime import slashed
from motcua.people.models import AgencyVersion, Letterhead
from motcua.web.forms import Answers, Field
from motcua.web.parts import Choice

NAME_NAMES = {"name": "ten", "place": "dia-danh", "code": "ma", "source": "can-cu"}
HEAD_NAMES = {"lookup_url": "tra-cuu"}
HOURS_NAMES = {"sessions": "gio-khac"}
OTHER = "khac"
NAMED_HOURS = {
    "default": "07:30–11:30, 13:30–17:00",
    "hue": "theo quy định của thành phố Huế, mùa hè và mùa đông khác nhau",
}


def day_field(name: str, label: str, today: date) -> Field:
    return Field(name, label, "date", slashed(today), _("Ví dụ {day}").format(day=slashed(today)))


def _source(optional: bool = False) -> Field:
    hint = _("Số, ngày của văn bản")
    return Field("can-cu", _("Căn cứ"), hint=hint, optional=optional, width=40)


def name_fields(now: AgencyVersion, today: date) -> tuple[Field, ...]:
    return (
        Field("ten", _("Tên cơ quan"), value=now.name, width=40),
        Field("dia-danh", _("Địa danh"), value=now.place, width=24,
              hint=_("Ghi trước ngày tháng trên văn bản. Chỉ ghi tên, không “xã”; đơn vị mang tên "
                     "người, chữ số, sự kiện lịch sử thì ghi đủ")),
        Field("ma", _("Mã định danh"), value=now.code, width=16,
              hint=_("Mã được cấp, ví dụ dạng H57.12.34; vào mã hồ sơ từ ngày dưới đây")),
        day_field("tu-ngay", _("Từ ngày"), today),
        _source(),
    )  # fmt: skip


def read_name(answers: Answers) -> dict[str, Any] | None:
    given = {
        "name": answers.text("ten", missing="Ghi tên cơ quan."),
        "place": answers.text("dia-danh", missing="Ghi địa danh."),
        "code": answers.text("ma", missing="Ghi mã định danh được cấp.").upper(),
        "effective_from": answers.day("tu-ngay", missing="Ghi ngày, ví dụ 01/07/2026."),
        "source": answers.text("can-cu", missing="Ghi căn cứ: số, ngày của văn bản."),
    }
    return None if answers.errors else given


def head_fields(last: Letterhead | None, today: date) -> tuple[Field, ...]:
    was = last or Letterhead()
    return (
        day_field("tu-ngay", _("Áp dụng từ ngày"), today),
        Field("chu-quan", _("Cơ quan chủ quản"), value=was.parent_line, optional=True, width=40,
              hint=_("Dòng trên; bỏ trống thì lấy tên cơ quan")),
        Field("don-vi", _("Đơn vị ban hành"), value=was.desk_line, optional=True, width=40,
              hint=_("Dòng dưới, ví dụ: Bộ phận Tiếp nhận và Trả kết quả")),
        Field("dia-chi", _("Địa chỉ"), value=was.address, optional=True, width=40),
        Field("dien-thoai", _("Điện thoại"), "phone", was.phone, optional=True),
        Field("tra-cuu", _("Địa chỉ tra cứu"), value=was.lookup_url, optional=True, width=40,
              hint=_("Trang người dân xem tình trạng hồ sơ, ví dụ https://dichvucong.gov.vn")),
        Field("can-cu", _("Căn cứ"), value="", optional=True, width=40),
    )  # fmt: skip


def read_head(answers: Answers) -> dict[str, Any] | None:
    given = {
        "on": answers.day("tu-ngay", missing="Ghi ngày, ví dụ 01/07/2026."),
        "parent_line": answers.text("chu-quan"),
        "desk_line": answers.text("don-vi"),
        "address": answers.text("dia-chi"),
        "phone": answers.text("dien-thoai"),
        "lookup_url": answers.text("tra-cuu"),
        "source": answers.text("can-cu"),
    }
    return None if answers.errors else given


def hours_fields(today: date) -> tuple[Field, ...]:
    units = tuple(Choice(one.value, _(one.label)) for one in WorkPlace)
    sets = tuple(Choice(name, _(words)) for name, words in NAMED_HOURS.items())
    sets = (*sets, Choice(OTHER, _("giờ khác, ghi ở dưới")))
    return (
        Field("don-vi", _("Nơi làm việc"), "radios", units[0].value, choices=units),
        Field("gio", _("Giờ làm việc"), "radios", choices=sets),
        Field("gio-khac", _("Giờ khác"), optional=True, width=40,
              hint=_("Ví dụ 07:00-11:30 13:00-16:30")),
        day_field("tu-ngay", _("Từ ngày"), today),
        _source(optional=True),
    )  # fmt: skip


def read_hours(answers: Answers) -> dict[str, Any] | None:
    fields = {one.name: one for one in hours_fields(date.min.replace(year=2000))}
    unit = answers.choice("don-vi", fields["don-vi"].choices, missing="Chọn nơi làm việc.")
    sessions = answers.choice("gio", fields["gio"].choices, missing="Chọn giờ làm việc.")
    if sessions == OTHER:
        sessions = answers.read("gio-khac", _spelled, missing="Ghi giờ, ví dụ 07:00-11:30.") or ""
    on = answers.day("tu-ngay", missing="Ghi ngày, ví dụ 01/07/2026.")
    source = answers.text("can-cu")
    if answers.errors:
        return None
    return {"unit": unit, "sessions": sessions, "on": on, "source": source}


def _spelled(text: str) -> str:
    """Sessions in one spelling, two at most: more do not fit the day's proof."""
    sessions = parse_sessions(text.replace("h", ":"))
    if len(sessions) > 3:
        raise BadInput("Ghi đến ba buổi một ngày, ví dụ 07:00-11:30 13:00-16:30.")
    return " ".join(f"{one.start:%H:%M}-{one.end:%H:%M}" for one in sessions)


def sessions_words(sessions: tuple[Session, ...]) -> str:
    """07:30–11:30, 13:30–17:00."""
    return ", ".join(f"{one.start:%H:%M}–{one.end:%H:%M}" for one in sessions)


def closure_fields(today: date) -> tuple[Field, ...]:
    return (
        day_field("ngay", _("Nghỉ ngày"), today),
        Field("ly-do", _("Lý do"), width=40, hint=_("Ví dụ: lũ, mất điện, họp toàn thể")),
        Field("can-cu", _("Căn cứ"), optional=True, width=40),
    )


def read_closure(answers: Answers) -> dict[str, Any] | None:
    given = {
        "day": answers.day("ngay", missing="Ghi ngày nghỉ, ví dụ 04/03/2026."),
        "reason": answers.text("ly-do", missing="Ghi lý do nghỉ."),
        "source": answers.text("can-cu"),
    }
    return None if answers.errors else given

"""Reading the forms of absences. Instants are local time (+07:00)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from motcua.kernel.calendar import Calendar
from motcua.kernel.vntime import VN, clock_words, day_said, local_day, parse_hour
from motcua.people.models import Absence, Officer
from motcua.people.rules import AbsenceKind
from motcua.web.forms import Answers, Field
from motcua.web.parts import Choice

TODAY, NEXT_DAY, CHOSEN = "hom-nay", "ngay-sau", "chon"
LONGEST_NOTE = 200
RARE = ("den-ngay", "den-gio", "ghi-chu")


@dataclass(frozen=True, slots=True)
class Ends:
    """The two usual ends of an absence that begins now: of this day's work, of the next's."""

    today: datetime | None
    next_day: datetime


def ends(calendar: Calendar, at: datetime) -> Ends:
    """`today` is None after hours and on days off."""
    day = local_day(at)
    closing = calendar.end_of(day) if calendar.is_working(day) else None
    following = calendar.next_working_day(day + timedelta(days=1))
    return Ends(closing if closing and closing > at else None, calendar.end_of(following))


def kind_field(value: str = "") -> Field:
    choices = tuple(Choice(value, _(label)) for value, label in AbsenceKind.choices())
    return Field("ly-do", _("Lý do"), "radios", value, choices=choices)


def stand_in_field(others: Sequence[Officer], value: str = "") -> Field:
    choices = (Choice("", _("không có ai")), *(_person(one) for one in others))
    return Field("ky-thay", _("Người ký thay"), "select", value, choices=choices)


def note_field() -> Field:
    hint = _("Người cùng cơ quan không thấy ghi chú; văn thư và quản trị thấy.")
    return Field("ghi-chu", _("Ghi chú"), hint=hint, optional=True, width=40)


def now_fields(limits: Ends, others: Sequence[Officer]) -> tuple[Field, ...]:
    """The questions of "Vắng từ bây giờ"; stand-ins are asked of leaders only."""
    until = (
        Choice(NEXT_DAY, _("hết giờ làm việc {day}").format(day=at_words(limits.next_day))),
        Choice(CHOSEN, _("lúc khác, ghi ở dưới")),
    )
    if limits.today:
        words = _("hết giờ hôm nay, {hour}").format(hour=clock_words(limits.today))
        until = (Choice(TODAY, words), *until)
    return (
        Field("den", _("Vắng đến khi nào"), "radios", until[0].value, choices=until),
        Field("den-ngay", _("Đến ngày"), "date", hint=_("Khi chọn “lúc khác”")),
        Field("den-gio", _("Đến giờ"), hint=_("Ví dụ 14:30"), width=8),
        kind_field(AbsenceKind.MEETING),
        *((stand_in_field(others, str(others[0].pk)),) if others else ()),
        note_field(),
    )


def plan_fields(who: Sequence[Officer], others: Sequence[Officer]) -> tuple[Field, ...]:
    """The questions of a planned absence; `who` is asked when there is a choice."""
    people = tuple(_person(one) for one in who)
    asked = (Field("ai", _("Ai vắng"), "select", people[0].value, choices=people),)
    return (
        *(asked if len(people) > 1 else ()),
        Field("tu-ngay", _("Từ ngày"), "date", hint=_("Ví dụ 27/11/2026")),
        Field("tu-gio", _("Từ giờ"), hint=_("Ví dụ 7:30; bỏ trống là từ đầu ngày"),
              optional=True, width=8),
        Field("den-ngay", _("Đến ngày"), "date", hint=_("Cùng ngày thì ghi lại ngày ấy")),
        Field("den-gio", _("Đến giờ"), hint=_("Bỏ trống là đến hết ngày"), optional=True, width=8),
        kind_field(),
        *((stand_in_field(others),) if others else ()),
        note_field(),
    )  # fmt: skip


def read_until(answers: Answers, fields: tuple[Field, ...], limits: Ends, at: datetime):
    """When an absence that begins now ends, or None with the errors noted."""
    chosen = answers.choice("den", fields[0].choices, missing="Chọn vắng đến khi nào.")
    if chosen == TODAY:
        return limits.today
    if chosen == NEXT_DAY:
        return limits.next_day
    if not chosen:
        return None
    day = answers.day("den-ngay", missing="Ghi ngày trở lại, ví dụ 24/11/2026.")
    hour = answers.read("den-gio", parse_hour, missing="Ghi giờ trở lại, ví dụ 14:30.")
    if day is None or hour is None:
        return None
    return _after(answers, datetime.combine(day, hour, VN), at, "den-ngay")


def read_plan(answers: Answers, at: datetime) -> tuple[datetime, datetime] | None:
    """From when to when; whole days when no hours are given. None with the errors noted."""
    first = answers.day("tu-ngay", missing="Ghi ngày bắt đầu vắng, ví dụ 27/11/2026.")
    last = answers.day("den-ngay", missing="Ghi ngày vắng cuối cùng, ví dụ 27/11/2026.")
    start_hour = answers.read("tu-gio", parse_hour)
    end_hour = answers.read("den-gio", parse_hour)
    if first is None or last is None or answers.errors:
        return None
    start = datetime.combine(first, start_hour or time.min, VN)
    end = datetime.combine(last, end_hour, VN) if end_hour else _midnight_after(last)
    if end <= at:
        answers.errors["den-ngay"] = _(
            "Lúc hết vắng ({end}) đã qua. Ghi một lúc sau bây giờ."
        ).format(end=at_words(end))
        return None
    return (start, end) if _after(answers, end, start, "den-ngay") else None


def read_stand_in(answers: Answers, officer: Officer, leaders: Sequence[Officer]) -> Officer | None:
    """The leader chosen to sign instead; nobody may stand in for oneself."""
    chosen = answers.text("ky-thay")
    if chosen and chosen == str(officer.pk):
        answers.errors["ky-thay"] = _("Người vắng không ký thay cho mình. Chọn người khác.")
        return None
    found = next((one for one in leaders if str(one.pk) == chosen), None)
    if chosen and found is None:
        answers.errors["ky-thay"] = _("Người này không còn là lãnh đạo. Chọn lại trong danh sách.")
    return found


def read_kind(answers: Answers) -> AbsenceKind | None:
    choices = kind_field().choices
    chosen = answers.choice("ly-do", choices, missing="Chọn lý do vắng: họp, đi cơ sở, nghỉ phép.")
    return AbsenceKind(chosen) if chosen else None


def read_note(answers: Answers) -> str:
    note = answers.text("ghi-chu")
    if len(note) > LONGEST_NOTE:
        answers.errors["ghi-chu"] = _(
            "Ghi chú dài {length} chữ cái, nhận đến {most}. Viết ngắn lại."
        ).format(length=len(note), most=LONGEST_NOTE)
    return note


def whole_days(row: Absence) -> bool:
    """True when an absence begins and ends at midnight."""
    return all(moment.astimezone(VN).time() == time.min for moment in (row.start, row.end))


def _after(answers: Answers, end: datetime, start: datetime, name: str) -> datetime | None:
    if end > start:
        return end
    answers.errors[name] = _(
        "Lúc hết vắng ({end}) phải sau lúc bắt đầu ({start}). Sửa một trong hai."
    ).format(end=at_words(end), start=at_words(start))
    return None


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, VN)


def at_words(moment: datetime) -> str:
    return f"{clock_words(moment)}, {day_said(local_day(moment))}"


def _person(officer: Officer) -> Choice:
    title = officer.post.title if officer.post else ""
    return Choice(str(officer.pk), f"{officer.name} ({title})" if title else officer.name)

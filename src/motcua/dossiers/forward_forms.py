"""The forms of dossiers taken in for another agency: taking in, and what the agency answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import act_forms, persons, reception_fields
from motcua.dossiers.models import Forwarded
from motcua.dossiers.reception_fields import COUNTER_CHANNELS, FIELD_OF, LONGEST, member
from motcua.dossiers.reception_person import Who
from motcua.dossiers.rules import Channel
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import VN, local, parse_hour
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.refusals import sentence

FIELDS = FIELD_OF | {"procedure": "ten-thu-tuc", "competent": "co-quan", "papers": "giay-to"}
REPLY_FIELD = {
    "their_code": "ma-noi-do", "accepted_at": "nhan-ngay", "due_at": "hen-ngay",
    "result_at": "xong-ngay",
}  # fmt: skip
MISSING = {
    "ho-ten": "Chưa có họ và tên người nộp. Gõ như trên căn cước.",
    "ten-thu-tuc": "Chưa ghi tên thủ tục. Ghi như trên giấy đề nghị.",
    "co-quan": "Chưa ghi cơ quan có thẩm quyền. Ghi tên, ví dụ “UBND xã Sao Mai”.",
    "giay-to": "Chưa ghi giấy tờ nào. Thêm ít nhất một giấy tờ người nộp đưa.",
}
PERSON = ("so-dinh-danh", "ho-ten", "ngay-sinh", "dien-thoai", "dia-chi")


class Taking:
    """One filled form of taking in. Reading it never writes."""

    def __init__(self, data: Mapping[str, Any], *, at: datetime) -> None:
        self.data = dict(data.items())
        self.who = Who(self.data, at)
        self.answers = self.who.answers
        self.errors = self.answers.errors
        self.general: list[FieldError] = []

    @property
    def unseen(self) -> bool:
        return self.who.card is not None or bool(self.who.bad_card)

    @property
    def wrong(self) -> bool:
        return bool(self.errors or self.general)

    def help_along(self) -> None:
        self.who.help_along()
        self._check_typed()

    def check(self) -> None:
        self._check_typed()
        for name, words in MISSING.items():
            self.answers.text(name, missing=words)
        if self.who.undecided:
            self.general.append(FieldError(_(ALIKE), "cung-ten"))

    def _check_typed(self) -> None:
        if self.who.bad_card:
            self.errors["so-dinh-danh"] = self.who.bad_card
        else:
            try:
                self.who.check_number()
            except BadInput as refusal:
                self.refuse(refusal)
        self.answers.read("ngay-sinh", lambda text: persons.birth_by(text, self.who.at))
        for name in PERSON:
            if name in LONGEST:
                act_forms.short(self.answers, name, LONGEST[name])
        act_forms.short(self.answers, "ten-thu-tuc", 400)
        act_forms.short(self.answers, "ma-so-thu-tuc", 40)
        act_forms.short(self.answers, "co-quan", 200)
        act_forms.paper_names(self.answers, "giay-to")

    def refuse(self, refusal: Refused) -> None:
        name = FIELDS.get(getattr(refusal, "field", None) or "")
        if name:
            self.errors[name] = sentence(refusal)
        else:
            self.general.append(FieldError(sentence(refusal)))

    def arguments(self) -> dict[str, Any]:
        text = self.answers.text
        channel = member(Channel, text("kenh"), Channel.COUNTER)
        return {
            "applicant": self.who.applicant(), "procedure": text("ten-thu-tuc"),
            "procedure_code": text("ma-so-thu-tuc"), "competent": text("co-quan"),
            "papers": self.answers.lines("giay-to"),
            "channel": channel if channel in COUNTER_CHANNELS else Channel.COUNTER,
        }  # fmt: skip

    def context(self) -> dict[str, Any]:
        shown = [self._back(field) for field in _fields()]
        by_name = {field.name.replace("-", "_"): field for field in shown}
        whole = [error for error in self.general if not error.target]
        rest = [error for error in self.general if error.target]
        return {
            "f": by_name, "errors": [*whole, *summary(tuple(shown)), *rest],
            "stranger": self.who.is_stranger() and "so-dinh-danh" not in self.errors,
            **self.who.context(),
        }  # fmt: skip

    def _back(self, field: Field) -> Field:
        focus = not self.data and field.name == "so-dinh-danh"
        return replace(
            field, value=self.data.get(field.name, field.value),
            error=self.errors.get(field.name, ""), autofocus=focus,
        )  # fmt: skip


ALIKE = (
    "Trong sổ có người cùng tên. Chưa ghi. "
    "Chọn đúng người, hoặc chọn “Người khác” nếu chưa từng nộp."
)


def _fields() -> tuple[Field, ...]:
    wanted = (*PERSON, "ly-do-khong-so", "kenh")
    people = tuple(field for field in reception_fields.fields() if field.name in wanted)
    return (
        *people,
        Field("ten-thu-tuc", _("Thủ tục"), width=40, hint=_("Tên như người nộp đề nghị.")),
        Field("ma-so-thu-tuc", _("Mã thủ tục"), optional=True, width=12),
        Field("co-quan", _("Cơ quan có thẩm quyền"), width=30),
        Field("giay-to", _("Giấy tờ nhận"), "area", hint=_("Mỗi giấy tờ một dòng.")),
    )


def reply_fields(row: Forwarded) -> tuple[Field, ...]:
    """What the competent agency answers, as far as it is known."""
    return (
        Field("ma-noi-do", _("Mã ở nơi có thẩm quyền"), value=row.their_code, width=24,
              optional=True),
        *_moment_fields("nhan", _("Nơi đó nhận ngày"), row.accepted_at),
        *_moment_fields("hen", _("Hẹn trả ngày"), row.due_at),
        *_moment_fields("xong", _("Có kết quả ngày"), row.result_at),
    )  # fmt: skip


def _moment_fields(name: str, label: str, known: datetime | None) -> tuple[Field, Field]:
    day = f"{local(known):%d/%m/%Y}" if known else ""
    hour = f"{local(known):%H:%M}" if known else ""
    return (
        Field(f"{name}-ngay", label, "date", day, optional=True),
        Field(f"{name}-gio", _("giờ"), value=hour, optional=True, width=8),
    )


def read_reply(answers: Answers) -> dict[str, Any]:
    """What was typed; a day without an hour is its beginning, a due day its end."""
    act_forms.short(answers, "ma-noi-do", 60)
    return {
        "their_code": answers.text("ma-noi-do"),
        "accepted_at": _moment(answers, "nhan", time(0, 0)),
        "due_at": _moment(answers, "hen", time(17, 0)),
        "result_at": _moment(answers, "xong", time(0, 0)),
    }


def _moment(answers: Answers, name: str, otherwise: time) -> datetime | None:
    day, hour = answers.day(f"{name}-ngay"), answers.read(f"{name}-gio", parse_hour)
    return datetime.combine(day, hour or otherwise, VN) if day is not None else None

"""What is typed on the page of a notice; it reads what was typed at reception as well."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import act_forms, notices, reception_fields
from motcua.dossiers.actions.notices import COMPLETE, DECLINE
from motcua.dossiers.persons import PersonIn
from motcua.kernel.errors import Refused
from motcua.procedures import queries as procedures
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.parts import Choice
from motcua.web.refusals import sentence

LONGEST = {
    "ho-ten": 200, "dien-thoai": 20, "email": 254, "dia-chi": 300, "noi-dung": 600, "ly-do": 1000,
}  # fmt: skip
FIELD_OF = {
    "name": "ho-ten", "id_number": "so-dinh-danh", "items": "can-hoan-thien", "reason": "ly-do",
    "request": "noi-dung",
}  # fmt: skip


def fields() -> tuple[Field, ...]:
    kinds = (
        Choice(COMPLETE, _("Cần hoàn thiện hồ sơ (mẫu 02)")),
        Choice(DECLINE, _("Không tiếp nhận (mẫu 03)")),
    )
    return (
        Field("loai", _("Trả lời"), "radios", COMPLETE, choices=kinds),
        Field("ho-ten", _("Họ và tên, hoặc tên tổ chức")),
        Field("so-dinh-danh", _("Số định danh"), "id", optional=True),
        Field("dien-thoai", _("Điện thoại"), "phone", optional=True),
        Field("dia-chi", _("Địa chỉ"), optional=True, width=30),
        Field("noi-dung", _("Nội dung yêu cầu"), optional=True, width=40,
              hint=_("Cần khi không chọn thủ tục")),
        Field("can-hoan-thien", _("Nội dung cần hoàn thiện"), "area",
              hint=_("Mỗi dòng một nội dung; nêu đủ trong một lần. Chỉ cho mẫu 02.")),
        Field("ly-do", _("Lý do"), "area"),
    )  # fmt: skip


class NoticeForm:
    """One filled page at one instant. Reading it writes nothing."""

    def __init__(self, data: Mapping[str, Any], at: datetime) -> None:
        self.data, self.at = dict(data.items()), at
        self.version = self._version()
        if "can-hoan-thien" not in self.data:
            self.data["can-hoan-thien"] = "\n".join(self._missing())
        self.data.setdefault("loai", COMPLETE)
        self.answers = Answers(self.data)
        self.general: list[FieldError] = []

    @property
    def form(self) -> str:
        return DECLINE if self.data["loai"] == DECLINE else COMPLETE

    def _version(self) -> Any:
        typed, code = (self.data.get(name, "").strip() for name in ("thu-tuc", "ma-thu-tuc"))
        if not code and typed:
            found = procedures.search(typed, self.at, limit=2)
            code = found[0].procedure.code if len(found) == 1 else ""
        if not code:
            return None
        try:
            version = notices.procedure(code, self.at)
        except Refused:
            return None
        return version if not typed or reception_fields.speaks_of(typed, version) else None

    def _missing(self) -> list[str]:
        """The papers that were marked as missing at reception."""
        papers = self.version.papers if self.version else []
        numbered = enumerate(papers, 1)
        return [p["name"] for n, p in numbered if self.data.get(f"giay-{n}") == "thieu"]

    def check(self) -> bool:
        """Whether nothing is wrong with what was typed, as far as the form alone tells."""
        for name, most in LONGEST.items():
            act_forms.short(self.answers, name, most)
        self.answers.text("ho-ten", missing="Chưa có họ và tên. Gõ như trên căn cước.")
        self.answers.text("ly-do", missing="Chưa ghi lý do. Viết một câu để người dân hiểu.")
        return not self.answers.errors

    def arguments(self) -> dict[str, Any]:
        """What the action of the chosen form is called with."""
        text = self.answers.text
        given: dict[str, Any] = {
            "applicant": PersonIn(
                name=text("ho-ten"), id_number=text("so-dinh-danh"), phone=text("dien-thoai"),
                address=text("dia-chi"), email=text("email"),
                is_organisation=self.data.get("loai-nguoi") == "to-chuc",
            ),
            "reason": text("ly-do"), "request": text("noi-dung"),
            "procedure": self.version.procedure.code if self.version else "",
        }  # fmt: skip
        if self.form == COMPLETE:
            given["items"] = self.answers.lines("can-hoan-thien")
        return given

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal of the action at its field, or on top."""
        name = FIELD_OF.get(getattr(refusal, "field", None) or "")
        if name:
            self.answers.errors[name] = sentence(refusal)
        else:
            self.general.append(FieldError(sentence(refusal)))

    def context(self) -> dict[str, Any]:
        shown = self.answers.back_into(fields())
        chosen = self.version.procedure.code if self.version else ""
        found = reception_fields.results(self.data.get("thu-tuc", ""), self.at, chosen)
        if self.version and "tim" not in self.data:
            found["results"] = [reception_fields.choice(self.version)]
        name = Field("thu-tuc", _("Thủ tục"), optional=True)
        return found | {
            "f": {field.name.replace("-", "_"): field for field in shown},
            "errors": tuple(self.general) + summary(shown),
            "field": self.answers.back_into((name,))[0],
            "carried": {n: self.data.get(n, "") for n in ("email", "loai-nguoi")},
        }

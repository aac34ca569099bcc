"""The form that changes the procedure of a dossier: the right one, its papers, what it changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import act_forms, reception_fields
from motcua.dossiers.actions import reception
from motcua.dossiers.models import Dossier
from motcua.dossiers.reception_fields import FIELD_OF, NO_TERM, NOT_CHOSEN, choice, results
from motcua.dossiers.reception_papers import Checklist, chosen_version, fee_words, outlook
from motcua.dossiers.rules import Channel, PaperAs
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.terms import parse_term, said
from motcua.kernel.text import fold, group_digits
from motcua.kernel.vntime import clock_words, day_said, local_day
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.parts import PAPERS, Column, Row
from motcua.web.refusals import sentence

NO_REASON = "Chưa ghi lý do. Viết một câu."


class Form:
    """One filled form; the version is the one in force when the dossier was received."""

    def __init__(self, data: Mapping[str, Any], dossier: Dossier, *, by: Any, at: datetime) -> None:
        self.data, self.dossier, self.by, self.at = dict(data.items()), dossier, by, at
        self.answers = Answers(self.data)
        self.errors = self.answers.errors
        self.general: list[FieldError] = []
        self.version, refused = chosen_version(self.data, dossier.received_at)
        if refused:
            self.errors["thu-tuc"] = refused
        self.papers = Checklist(self.data, self.version)
        self._begin_with_papers()

    def _begin_with_papers(self) -> None:
        """What was handed in stays unless it is taken out: at its line, or as another paper.

        It is laid out anew whenever another procedure is chosen.
        """
        shown = self.version.procedure.code if self.version else "-"
        if self.data.get("da-xem") == shown:
            return
        asked = {fold(paper["name"]): number for number, paper in self.papers.required}
        lines = self.answers.lines("giay-khac")
        known = {fold(line) for line in lines}
        for paper in self.dossier.papers.all():
            number = asked.get(fold(paper.name))
            if number is not None:
                self.data |= {f"giay-{number}": "co", f"so-ban-{number}": str(paper.quantity)}
            elif fold(paper.name) not in known:
                lines.append(paper.name)
        self.data["giay-khac"] = "\n".join(line for line in lines if fold(line) not in asked)
        self.data["da-xem"] = shown

    def help_along(self) -> None:
        if "du-tat-ca" in self.data:
            self.papers.mark_all()

    @property
    def wrong(self) -> bool:
        return bool(self.errors or self.general)

    def check(self) -> None:
        """Everything that the action would refuse for the form alone."""
        self.answers.text("ly-do", missing=NO_REASON)
        act_forms.short(self.answers, "ly-do", 600)
        act_forms.paper_names(self.answers, "giay-khac")
        if self.version is None:
            self.errors.setdefault("thu-tuc", _(NOT_CHOSEN))
            return
        try:
            reception.check_papers(self.version, self._papers())
        except BadInput as refusal:
            self.refuse(refusal)
        if not self.version.term:
            self.answers.text("thoi-han", missing=NO_TERM)
            self.answers.read("thoi-han", parse_term)

    def refuse(self, refusal: Refused) -> None:
        name = FIELD_OF.get(getattr(refusal, "field", None) or "")
        if name == "giay-khac" and self.papers.required:
            self.general.append(FieldError(sentence(refusal), self.papers.blame()))
        elif name:
            self.errors[name] = sentence(refusal)
        else:
            self.general.append(FieldError(sentence(refusal)))

    def arguments(self) -> dict[str, Any]:
        text = self.answers.text
        return {
            "procedure": self.version.procedure.code, "papers": self._papers(),
            "reason": text("ly-do"), "term": text("thoi-han"),
        }  # fmt: skip

    def _papers(self) -> Any:
        held = PaperAs.FILE if self.dossier.channel == Channel.ONLINE else PaperAs.PAPER
        return self.papers.taken(held, self.answers.lines("giay-khac"))

    def context(self) -> dict[str, Any]:
        fields = {field.name: self._back(field) for field in self._fields()}
        chosen = self.version.procedure.code if self.version else ""
        shown = results(self.data.get("thu-tuc", ""), self.dossier.received_at, chosen)
        if self.version and "tim" not in self.data:
            shown |= {"results": [choice(self.version)], "searched": True}
        return {
            "f": {name.replace("-", "_"): field for name, field in fields.items()},
            "errors": [*summary(tuple(fields.values())), *self.general],
            "version": self.version, "choices": PAPERS, "papers": self.papers.lines(),
            "chosen": chosen or shown["chosen"], "field": fields["thu-tuc"],
            **{k: shown[k] for k in ("results", "radio", "searched")},
            "columns": (Column(_("Mục")), Column(_("Đang ghi")), Column(_("Sẽ ghi"))),
            "shown": self.data["da-xem"], "rows": self._differences(),
            "effects": self._effects(),
        }  # fmt: skip

    def _fields(self) -> tuple[Field, ...]:
        reason = Field("ly-do", _("Lý do đổi"), "area", hint=_("Ghi vào nhật ký hồ sơ."))
        return (*reception_fields.of_procedure(), reason)

    def _back(self, field: Field) -> Field:
        value = self.data.get(field.name, field.value)
        focus = field.name == "thu-tuc" and self.version is None
        return replace(
            field, value=value, error=self.errors.get(field.name, ""),
            autofocus=focus and not self.wrong,
        )  # fmt: skip

    def _differences(self) -> list[Row]:
        """Procedure, term, due time and fee: as they are, as they would be."""
        if self.version is None:
            return []
        was, now = self.dossier, self.version
        due = outlook(now, self.data, by=self.by, at=self.at, started=was.started_at)
        owed = _("{n} đồng").format(n=group_digits(was.fee_owed))
        term = now.term or self.data.get("thoi-han", "") or _("chưa có")
        lines = (
            (_("Thủ tục"), was.version.short_name, now.short_name),
            (_("Thời hạn"), said(was.term), said(term)),
            (_("Hẹn trả"), _moment(was.due_at), _moment(due.due) if due else _("chưa tính được")),
            (_("Phí"), owed, fee_words(now)),
        )
        return [Row(line) for line in lines]

    def _effects(self) -> list[str]:
        """What confirming does besides, in words."""
        if self.version is None:
            return []
        found = [
            _("Mã hồ sơ và lúc nhận giữ nguyên."),
            _("Giấy tiếp nhận đã trao hết đúng: in lại mẫu 01 để trao."),
        ]
        refund = self.dossier.fee_paid - (self.version.fee or 0)
        if refund > 0:
            amount = group_digits(refund)
            found.append(_("Trả lại người nộp {amount} đồng đã thu thừa.").format(amount=amount))
        missing = [
            paper["name"] for number, paper in self.papers.required
            if paper.get("required", True) and self.papers.chosen(number) in ("", "thieu")
        ]  # fmt: skip
        if missing:
            found.append(_("Còn thiếu: {papers}.").format(papers="; ".join(missing)))
        if self.dossier.phase == "assessed":
            found.append(_("Ý kiến thẩm định đã ghi không còn dùng; thẩm định lại."))
        return found


def _moment(at: Any) -> str:
    return f"{clock_words(at)} {day_said(local_day(at))}"

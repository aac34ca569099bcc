"""The reception form: what was typed, what it means so far, what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import act_forms, persons, reception_fields, reception_origin
from motcua.dossiers.actions import reception
from motcua.dossiers.reception_fields import (
    COUNTER_CHANNELS,
    FIELD_OF,
    LONGEST,
    NO_TERM,
    NOT_CHOSEN,
    choice,
    member,
    results,
)
from motcua.dossiers.reception_papers import Checklist, chosen_version, fee_words, outlook
from motcua.dossiers.reception_person import Who
from motcua.dossiers.refusals import IdOfAnother
from motcua.dossiers.rules import Channel, PaperAs, ReturnBy
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.terms import parse_term
from motcua.procedures import queries as procedures
from motcua.web.forms import Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.parts import PAPERS
from motcua.web.refusals import sentence

ALIKE = (
    "Trong sổ có người cùng tên. Chưa ghi. "
    "Chọn đúng người, hoặc chọn “Người khác” nếu chưa từng nộp."
)


class Form:
    """One filled form at one instant. Reading it never writes; `arguments` feed the action."""

    def __init__(self, data: Mapping[str, Any], *, by: Any, at: datetime) -> None:
        self.data, self.by, self.at = dict(data.items()), by, at
        self.who = Who(self.data, at)
        self.answers = self.who.answers
        self.key = self.data.get("khoa", "")[:60] or str(uuid7())
        self.errors = self.answers.errors
        self.general: list[FieldError] = []
        self.focus = ""
        self.can_rename = False
        self.version, refused = chosen_version(self.data, at)
        if refused:
            self.errors["thu-tuc"] = refused
        self.papers = Checklist(self.data, self.version)

    @property
    def persons(self) -> list[Any]:
        """Whose data the page shows."""
        return self.who.shown

    @property
    def unseen(self) -> bool:
        """Whether a card was read just now: somebody looks at it before anything is written."""
        return self.who.card is not None or bool(self.who.bad_card)

    def help_along(self) -> None:
        """Do what a harmless button asks for; judge what was typed, not what is still empty."""
        self.who.help_along()
        if "du-tat-ca" in self.data:
            self.papers.mark_all()
        self._check_typed()

    def check(self) -> None:
        """Everything the action would refuse for the form alone, all of it at once."""
        self._check_typed()
        self.answers.text("ho-ten", missing="Chưa có họ và tên người nộp. Gõ như trên căn cước.")
        if self.who.undecided:
            self.general.append(FieldError(_(ALIKE), "cung-ten"))
        if self.version is None:
            self.errors.setdefault("thu-tuc", _(NOT_CHOSEN))
            return
        self._try(lambda: reception.check_filer(self.who.filer()))
        self._try(lambda: reception.check_papers(self.version, self._papers()))
        if not self.version.term:
            self.answers.text("thoi-han", missing=NO_TERM)

    def _check_typed(self) -> None:
        """What was typed and cannot be right."""
        if self.who.bad_card:
            self.errors["so-dinh-danh"] = self.who.bad_card
        else:
            self._try(self.who.check_number)
        if self.data.get("nop-cho") == "khac":
            try:
                self.who.check_filers_number()
            except BadInput as refusal:
                self.errors["nguoi-nop-so"] = sentence(refusal)
        self.answers.read("ngay-sinh", lambda text: persons.birth_by(text, self.at))
        for name, most in LONGEST.items():
            act_forms.short(self.answers, name, most)
        act_forms.paper_names(self.answers, "giay-khac")
        reception_origin.read(self.answers, self._channel(), self.at)
        if self.version is not None:
            self._try(lambda: reception.check_channel(self.version, self._channel()))
            if not self.version.term:
                self.answers.read("thoi-han", parse_term)

    def _channel(self) -> Channel:
        found: Channel = member(Channel, self.data.get("kenh", ""), Channel.COUNTER)
        return found if found in COUNTER_CHANNELS else Channel.COUNTER

    def _try(self, check: Callable[[], Any]) -> None:
        try:
            check()
        except BadInput as refusal:
            self.refuse(refusal)

    @property
    def wrong(self) -> bool:
        """Whether something of the form is refused already."""
        return bool(self.errors or self.general)

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal of the action at its field, or on top."""
        self.can_rename = isinstance(refusal, IdOfAnother)
        name = FIELD_OF.get(getattr(refusal, "field", None) or "")
        if name == "giay-khac" and self.papers.required:
            self.general.append(FieldError(sentence(refusal), self.papers.blame()))
        elif name:
            self.errors[name] = sentence(refusal)
        else:
            self.general.append(FieldError(sentence(refusal)))

    def arguments(self) -> dict[str, Any]:
        """What `actions.receive` is called with. Raises BadInput."""
        text = self.answers.text
        return {
            "procedure": self.version.procedure.code,
            "applicant": self.who.applicant(),
            "rename": "sua-ten" in self.data,
            "papers": self._papers(),
            "channel": self._channel(),
            "return_by": member(ReturnBy, text("nhan-kq"), ReturnBy.COUNTER),
            "filer": self.who.filer(),
            "content": text("noi-dung"),
            "term": text("thoi-han"),
            "origin": reception_origin.read(self.answers, self._channel(), self.at),
        }  # fmt: skip

    def _papers(self) -> Any:
        online = self._channel() is Channel.ONLINE
        held = PaperAs.FILE if online else PaperAs.PAPER
        return self.papers.taken(held, self.answers.lines("giay-khac"))

    def context(self) -> dict[str, Any]:
        self.focus = "" if self.wrong else self._first_open()
        fields = {f.name: self._back(f) for f in reception_fields.fields()}
        chosen = self.version.procedure.code if self.version else ""
        shown = results(self.data.get("thu-tuc", ""), self.at, chosen)
        if self.version and "tim" not in self.data:
            shown["results"] = [choice(self.version)]  # the rest comes back with a search
            shown["searched"] = True
        more = ("kenh", "noi-dung", "email", *reception_origin.FIELDS)
        return {
            "f": {name.replace("-", "_"): field for name, field in fields.items()},
            "errors": self._summary(tuple(fields.values())),
            "key": self.key, "version": self.version, "choices": PAPERS,
            "papers": self.papers.lines(), "fee": fee_words(self.version),
            "due": outlook(self.version, self.data, by=self.by, at=self.at),
            "stranger": self._is_stranger(), "focus": self.focus, "started": self.at,
            **{k: shown[k] for k in ("results", "radio", "searched")},
            "chosen": chosen or shown["chosen"], "field": fields["thu-tuc"],
            "other": self.data.get("nop-cho") == "khac" or self.who.of_office,
            "can_rename": self.can_rename, "visit": self.data.get("luot", ""),
            "more_open": any(self.errors.get(n) for n in more) or self._channel() is Channel.POST,
            **self.who.context(),
        }  # fmt: skip

    def _is_stranger(self) -> bool:
        return self.who.is_stranger() and "so-dinh-danh" not in self.errors

    def _summary(self, fields: tuple[Field, ...]) -> list[FieldError]:
        """What is wrong as a whole, then field by field, then the papers: as the page runs."""
        whole = [error for error in self.general if not error.target]
        return whole + list(summary(fields)) + [one for one in self.general if one.target]

    def _first_open(self) -> str:
        """What the keyboard goes to: the first thing that still asks for an answer.

        Never the button that writes: a reader of codes ends with Enter.
        """
        filled = self.answers.text
        if self.version is None:
            many = procedures.search(filled("thu-tuc"), self.at, limit=1) if self.data else []
            return "ket-qua" if many and filled("thu-tuc") else "thu-tuc"
        if not filled("ho-ten"):
            if self.who.offered():
                return "dung-nguoi"
            return "ho-ten" if filled("so-dinh-danh") else "so-dinh-danh"
        if self.who.alike:
            return "la-nguoi"
        if self.data.get("nop-cho") == "khac":
            for name in ("nguoi-nop", "uy-quyen"):
                if not filled(name):
                    return name
        if self.papers.is_open():
            return "du-tat-ca"
        if not self.version.papers and not filled("giay-khac"):
            return "giay-khac"
        return "kiem-tra" if self.version.term or filled("thoi-han") else "thoi-han"

    def _back(self, field: Field) -> Field:
        value = self.data.get(field.name, field.value)
        error = self.errors.get(field.name, "")
        return replace(field, value=value, error=error, autofocus=field.name == self.focus)

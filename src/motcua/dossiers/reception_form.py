"""The reception form: what was typed, what it means so far, what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import act_forms, persons, queries, rules
from motcua.dossiers.actions import reception
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.refusals import IdOfAnother
from motcua.dossiers.rules import AuthorityKind, Channel, Filer, PaperAs, PaperIn, ReturnBy
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.terms import parse_term
from motcua.kernel.text import fold, group_digits, mask
from motcua.kernel.vntime import birth_words, clock_words, day_words, local, parse_birth
from motcua.people import queries as people
from motcua.procedures import queries as procedures
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.parts import PAPERS, Choice, Clock, Paper
from motcua.web.refusals import sentence

LONGEST = {
    "ho-ten": 200, "dien-thoai": 20, "email": 254, "dia-chi": 300, "noi-dung": 600,
    "thoi-han": 60,
}  # fmt: skip
HOW = {"du-lieu": PaperAs.DATA, "mien": PaperAs.EXEMPT, "thieu": PaperAs.MISSING}
FIELD_OF = {
    "name": "ho-ten", "id_number": "so-dinh-danh", "papers": "giay-khac", "authority": "uy-quyen",
    "term": "thoi-han", "channel": "kenh", "birth": "ngay-sinh",
}  # fmt: skip


def results(text: str, at: datetime, chosen: str = "") -> dict[str, Any]:
    """The procedures that match, as a radio list; without a text, none."""
    found = procedures.search(text, at) if text.strip() else []
    return {
        "results": [_choice(one) for one in found],
        "radio": "ma-thu-tuc",
        "chosen": chosen or (found[0].procedure.code if len(found) == 1 else ""),
        "searched": bool(text.strip()),
        "field": Field("thu-tuc", _("Thủ tục")),
    }


def _choice(version: Any) -> Choice:
    term = version.term or _("chưa có thời hạn")
    fee = (
        _("chưa rõ phí")
        if version.fee is None
        else _("{n} đồng").format(n=group_digits(version.fee))
    )
    note = f"{version.procedure.code} · {version.field.name} · {term} · {fee}"
    return Choice(version.procedure.code, version.short_name, note)


class Form:
    """One filled form at one instant. Reading it never writes; `arguments` feed the action."""

    def __init__(self, data: Mapping[str, Any], *, by: Any, at: datetime) -> None:
        self.data, self.by, self.at = dict(data.items()), by, at
        self.answers = Answers(self.data)
        self.key = self.data.get("khoa", "")[:60] or str(uuid7())
        self.errors = self.answers.errors
        self.version: Any = None
        self.general: list[FieldError] = []
        self.wrong_papers: set[int] = set()
        self.focus = ""
        self.can_rename = False
        self._find_version()

    def _find_version(self) -> None:
        typed = self.data.get("thu-tuc", "").strip()
        code = self.data.get("ma-thu-tuc", "").strip()
        if not code and typed:
            found = procedures.search(typed, self.at, limit=2)
            code = found[0].procedure.code if len(found) == 1 else ""
        if not code:
            return
        try:
            self.version = procedures.receivable(code, self.at)
        except Refused as refusal:
            self.errors["thu-tuc"] = sentence(refusal)
        if self.version and typed and not _speaks_of(typed, self.version):
            self.data["ma-thu-tuc"], self.version = "", None
            self._find_version()

    @cached_property
    def persons(self) -> list[Any]:
        """Who bears the number typed; asked for only by what shows the form again."""
        number = "".join(self.data.get("so-dinh-danh", "").split())
        return queries.persons(number) if number else []

    def help_along(self) -> None:
        """Do what a harmless button asks for; judge what was typed, not what is still empty."""
        if "dung-nguoi" in self.data and self.persons:
            known = self.persons[0]
            self.data |= {
                "ho-ten": known.name, "ngay-sinh": birth_words(known.birth),
                "dien-thoai": known.phone, "dia-chi": known.address, "email": known.email,
            }  # fmt: skip
        if "du-tat-ca" in self.data:
            self.data |= {f"giay-{n}": "co" for n, _paper in self._required()}
        self._check_typed()

    def check(self) -> None:
        """Everything the action would refuse for the form alone, all of it at once."""
        self._check_typed()
        self.answers.text("ho-ten", missing="Chưa có họ và tên người nộp. Gõ như trên căn cước.")
        if self.version is None:
            self.errors.setdefault("thu-tuc", _(NOT_CHOSEN))
            return
        self._try(lambda: reception.check_filer(self._filer()))
        self._try(lambda: reception.check_papers(self.version, self._papers()))
        if not self.version.term:
            self.answers.text("thoi-han", missing=NO_TERM)

    def _check_typed(self) -> None:
        """What was typed and cannot be right."""
        number = self.answers.text("so-dinh-danh")
        self._try(lambda: persons.clean(PersonIn("x", number, is_organisation=self._of_office())))
        if self.data.get("nop-cho") == "khac":
            self._check_filers_number()
        self.answers.read("ngay-sinh", parse_birth)
        for name, most in LONGEST.items():
            act_forms.short(self.answers, name, most)
        act_forms.paper_names(self.answers, "giay-khac")
        if self.version is not None:
            channel = _member(Channel, self.answers.text("kenh"), Channel.COUNTER)
            self._try(lambda: reception.check_channel(self.version, channel))
            if not self.version.term:
                self.answers.read("thoi-han", parse_term)

    def _of_office(self) -> bool:
        return self.data.get("loai-nguoi") == "to-chuc"

    def _check_filers_number(self) -> None:
        try:
            persons.clean(PersonIn("x", self.answers.text("nguoi-nop-so")))
        except BadInput as refusal:
            self.errors["nguoi-nop-so"] = sentence(refusal)

    def _try(self, check: Callable[[], Any]) -> None:
        try:
            check()
        except BadInput as refusal:
            self.refuse(refusal)

    def _required(self) -> list[tuple[int, dict[str, Any]]]:
        return list(enumerate(self.version.papers if self.version else [], 1))

    @property
    def wrong(self) -> bool:
        """Whether something of the form is refused already."""
        return bool(self.errors or self.general)

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal of the action at its field, or on top."""
        self.can_rename = isinstance(refusal, IdOfAnother)
        name = FIELD_OF.get(getattr(refusal, "field", None) or "")
        if name == "giay-khac" and self._required():
            self._refuse_papers(refusal)
        elif name:
            self.errors[name] = sentence(refusal)
        else:
            self.general.append(FieldError(sentence(refusal)))

    def _refuse_papers(self, refusal: Refused) -> None:
        """Lead to the first paper of the checklist that is not there."""
        missing = [n for n, _p in self._required() if self._chosen(n) in ("thieu", "")]
        self.wrong_papers = set(missing or [n for n, _p in self._required()])
        target = f"giay-{min(self.wrong_papers)}-1"
        self.general.append(FieldError(sentence(refusal), target))

    def _chosen(self, number: int) -> str:
        return self.data.get(f"giay-{number}", "")

    def arguments(self) -> dict[str, Any]:
        """What `actions.receive` is called with. Raises BadInput."""
        text = self.answers.text
        return {
            "procedure": self.version.procedure.code,
            "applicant": PersonIn(
                name=text("ho-ten"), id_number=text("so-dinh-danh"), birth=text("ngay-sinh"),
                phone=text("dien-thoai"), email=text("email"), address=text("dia-chi"),
                is_organisation=self._of_office(),
            ),
            "rename": "sua-ten" in self.data,
            "papers": self._papers(),
            "channel": _member(Channel, text("kenh"), Channel.COUNTER),
            "return_by": _member(ReturnBy, text("nhan-kq"), ReturnBy.COUNTER),
            "filer": self._filer(),
            "content": text("noi-dung"),
            "term": text("thoi-han"),
        }  # fmt: skip

    def _papers(self) -> list[PaperIn]:
        online = self.answers.text("kenh") == Channel.ONLINE
        held = PaperAs.FILE if online else PaperAs.PAPER
        papers = []
        for number, paper in self._required():
            chosen = self._chosen(number)
            how = held if chosen == "co" else HOW.get(chosen)
            if how is None and paper.get("required", True):
                how = PaperAs.MISSING
            if how is not None:
                copies = self.data.get(f"so-ban-{number}", "1").strip()
                amount = int(copies) if copies.isdecimal() and len(copies) < 4 else 1
                papers.append(PaperIn(paper["name"], how, amount))
        return papers + [PaperIn(line, held) for line in self.answers.lines("giay-khac")]

    def _filer(self) -> Filer | None:
        if self.data.get("nop-cho") != "khac":
            return None
        text = self.answers.text
        return Filer(
            name=text("nguoi-nop"),
            kind=_member(AuthorityKind, text("tu-cach"), AuthorityKind.WRITTEN),
            paper=text("uy-quyen"),
            id_number=text("nguoi-nop-so"),
            phone=text("nguoi-nop-dt"),
        )

    def context(self) -> dict[str, Any]:
        self.focus = "" if self.wrong else self._first_open()
        fields = {f.name: self._back(f) for f in _fields()}
        chosen = self.version.procedure.code if self.version else ""
        shown = results(self.data.get("thu-tuc", ""), self.at, chosen)
        if self.version and "tim" not in self.data:
            shown["results"] = [_choice(self.version)]  # the rest comes back with a search
            shown["searched"] = True
        return {
            "f": {name.replace("-", "_"): field for name, field in fields.items()},
            "errors": self._summary(tuple(fields.values())),
            "key": self.key, "version": self.version, "choices": PAPERS,
            "papers": self._paper_lines(), "due": self._due(), "fee": self._fee(),
            "persons": self._offered(), "stranger": self._is_stranger(), "focus": self.focus,
            "started": self.at, **{k: shown[k] for k in ("results", "radio", "searched")},
            "chosen": chosen or shown["chosen"], "field": fields["thu-tuc"],
            "other": self.data.get("nop-cho") == "khac" or self._of_office(),
            "can_rename": self.can_rename,
            "more_open": any(self.errors.get(n) for n in ("kenh", "noi-dung", "email")),
        }  # fmt: skip

    def _summary(self, fields: tuple[Field, ...]) -> list[FieldError]:
        """What is wrong as a whole, then field by field, then the papers: as the page runs."""
        whole = [error for error in self.general if not error.target]
        return whole + list(summary(fields)) + [one for one in self.general if one.target]

    def _offered(self) -> list[dict[str, str]]:
        """The known person with that number, until their name stands in the form."""
        name = fold(self.data.get("ho-ten", ""))
        return [
            {"name": p.name, "birth": birth_words(p.birth), "number": mask(p.id_number)}
            for p in self.persons
            if p.folded != name
        ]

    def _is_stranger(self) -> bool:
        """Whether a whole number was typed that nobody here bears yet."""
        number = self.answers.text("so-dinh-danh")
        return bool(number) and not self.persons and "so-dinh-danh" not in self.errors

    def _first_open(self) -> str:
        """What the keyboard goes to: the first thing that still asks for an answer.

        Never the button that writes: a reader of codes ends with Enter.
        """
        filled = self.answers.text
        if self.version is None:
            many = procedures.search(filled("thu-tuc"), self.at, limit=1) if self.data else []
            return "ket-qua" if many and filled("thu-tuc") else "thu-tuc"
        if not filled("ho-ten"):
            if self._offered():
                return "dung-nguoi"
            return "ho-ten" if filled("so-dinh-danh") else "so-dinh-danh"
        if self.data.get("nop-cho") == "khac":
            for name in ("nguoi-nop", "uy-quyen"):
                if not filled(name):
                    return name
        if any(not self._chosen(number) for number, _paper in self._required()):
            return "du-tat-ca"
        if not self.version.papers and not filled("giay-khac"):
            return "giay-khac"
        return "kiem-tra" if self.version.term or filled("thoi-han") else "thoi-han"

    def _back(self, field: Field) -> Field:
        value = self.data.get(field.name, field.value)
        error = self.errors.get(field.name, "")
        return replace(field, value=value, error=error, autofocus=field.name == self.focus)

    def _paper_lines(self) -> list[Paper]:
        return [
            Paper(
                id=str(number), name=paper["name"], chosen=self._chosen(number),
                copies=self.data.get(f"so-ban-{number}", "1"), note=paper.get("note", ""),
                error=_("Đánh dấu cách có giấy này.") if number in self.wrong_papers else "",
            )
            for number, paper in self._required()
        ]  # fmt: skip

    def _due(self) -> Clock | None:
        """The due time this dossier would get now, with its proof."""
        if self.version is None:
            return None
        text = self.version.term or self.data.get("thoi-han", "")
        try:
            term = parse_term(text)
        except BadInput:
            return None
        due = rules.due(
            started=self.at, term=term, cutoff=self.version.parsed_cutoff,
            calendar=people.calendar(self.by.agency),
        )  # fmt: skip
        same = local(due.at).date() == local(self.at).date()
        day = _("hôm nay") if same else day_words(due.day)
        words = f"{clock_words(due.at)} {day}"
        proof = tuple(line.vi for line in due.proof)
        return Clock("today" if same else "running", words, due.at, proof)

    def _fee(self) -> str:
        if self.version is None:
            return ""
        if self.version.fee is None:
            return _("chưa có nguồn")
        return _("{n} đồng").format(n=group_digits(self.version.fee))


def _member(kind: Any, value: str, otherwise: Any) -> Any:
    return kind(value) if value in set(kind) else otherwise


def _choices(kind: Any) -> tuple[Choice, ...]:
    return tuple(Choice(one.value, one.label) for one in kind)


def _fields() -> tuple[Field, ...]:
    whose = (Choice("minh", _("chính mình")), Choice("khac", _("người khác")))
    channels = tuple(Choice(c.value, c.label) for c in Channel if c in COUNTER_CHANNELS)
    return (
        Field("thu-tuc", _("Thủ tục"), "search", hint=_("Gõ vài chữ, có dấu hay không dấu.")),
        Field("so-dinh-danh", _("Số định danh"), "id", optional=True,
              hint=_("Quét căn cước hoặc gõ 12 số.")),
        Field("ho-ten", _("Họ và tên"), width=30),
        Field("ngay-sinh", _("Ngày sinh"), "date", optional=True, hint=_("Chỉ năm cũng được.")),
        Field("dien-thoai", _("Điện thoại"), "phone", optional=True),
        Field("email", _("Thư điện tử"), "email", optional=True, width=30),
        Field("dia-chi", _("Địa chỉ"), optional=True, width=40),
        Field("loai-nguoi", _("Chủ hồ sơ là"), "radios", "ca-nhan",
              choices=(Choice("ca-nhan", _("cá nhân")), Choice("to-chuc", _("tổ chức")))),
        Field("nop-cho", _("Nộp cho"), "radios", "minh", choices=whose),
        Field("nguoi-nop", _("Họ và tên người nộp thay"), width=30),
        Field("tu-cach", _("Tư cách"), "select", "written", choices=_choices(AuthorityKind)),
        Field("uy-quyen", _("Giấy tờ chứng minh"), width=30,
              hint=_("Số, ngày của giấy ủy quyền hoặc giấy tờ quan hệ.")),
        Field("nguoi-nop-so", _("Số định danh người nộp thay"), "id", optional=True),
        Field("nguoi-nop-dt", _("Điện thoại người nộp thay"), "phone", optional=True),
        Field("giay-khac", _("Giấy tờ khác nhận kèm"), "area", optional=True,
              hint=_("Mỗi giấy tờ một dòng.")),
        Field("noi-dung", _("Nội dung yêu cầu"), optional=True, width=40),
        Field("kenh", _("Kênh nộp"), "select", "counter", choices=channels),
        Field("nhan-kq", _("Nhận kết quả"), "radios", "counter", choices=_choices(ReturnBy)),
        Field("thoi-han", _("Thời hạn"), width=16,
              hint=_("Danh mục chưa ghi. Nhập theo quyết định công bố, ví dụ 3 ngày làm việc.")),
    )  # fmt: skip


def _speaks_of(typed: str, version: Any) -> bool:
    """Whether what stands in the search field still means the version chosen under it."""
    return all(word in version.folded for word in fold(typed).split())


NOT_CHOSEN = "Chưa chọn thủ tục. Gõ vài chữ, ví dụ “khai sinh”, rồi chọn trong danh sách."
NO_TERM = (
    "Danh mục chưa có thời hạn của thủ tục này. Nhập theo quyết định công bố, ví dụ "
    "“3 ngày làm việc”."
)
COUNTER_CHANNELS = (Channel.COUNTER, Channel.ONLINE, Channel.POST)

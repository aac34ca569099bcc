"""The small form of each act on a dossier: which fields it asks, how answers become arguments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import PaperIn
from motcua.kernel.vntime import VN, local_day, parse_hour
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.web.forms import Answers, Field
from motcua.web.parts import Choice

Fields = tuple[Field, ...]
LONGEST_NUMBER, LONGEST_PAPER = 60, 400


@dataclass(frozen=True, slots=True)
class ActForm:
    """`fields` builds the questions; `read` turns the answers into keyword arguments."""

    action: Callable[..., Dossier]
    fields: Callable[[Dossier, Any, datetime], Fields]
    read: Callable[[Dossier, Any, datetime, Answers], dict[str, Any]]
    done: str


def _none(*_given: Any) -> Any:
    return ()


def _nothing(*_given: Any) -> dict[str, Any]:
    return {}


def _officers(role: Role, at: datetime) -> tuple[Choice, ...]:
    return _choices_of(people.staff_with(role, at))


def _choices_of(officers: list[Any]) -> tuple[Choice, ...]:
    return tuple(Choice(str(o.pk), o.name, o.post.title if o.post else "") for o in officers)


def _pick(name: str, label: str, role: Role) -> Callable[..., Fields]:
    def fields(_dossier: Dossier, by: Any, at: datetime) -> Fields:
        choices = _officers(role, at)
        mine = str(by.pk) if any(c.value == str(by.pk) for c in choices) else ""
        value = mine or (choices[0].value if len(choices) == 1 else "")
        return (Field(name, _(label), "radios", value, choices=choices),)

    return fields


def _chosen(answers: Answers, name: str, role: Role, at: datetime) -> Any:
    staff = people.staff_with(role, at)
    value = answers.choice(name, _choices_of(staff), missing="Chưa chọn người. Chọn một người.")
    return next((officer for officer in staff if str(officer.pk) == value), None)


def _assign(_d: Dossier, _by: Any, at: datetime, answers: Answers) -> dict[str, Any]:
    return {"to": _chosen(answers, "den", Role.SPECIALIST, at)}


def _assess_fields(*_given: Any) -> Fields:
    verdicts = (
        Choice("duoc", _("Đủ điều kiện, đề nghị giải quyết")),
        Choice("khong", _("Không đủ điều kiện, đề nghị từ chối")),
    )
    return (
        Field("ket-luan", _("Kết luận"), "radios", "duoc", choices=verdicts),
        Field("y-kien", _("Ý kiến thẩm định"), "area", hint=_("Lãnh đạo đọc trước khi ký.")),
    )


def _assess(_d: Dossier, _by: Any, _at: datetime, answers: Answers) -> dict[str, Any]:
    return {
        "opinion": answers.text("y-kien", missing="Chưa ghi ý kiến. Viết một câu."),
        "grant": answers.text("ket-luan") != "khong",
    }


def _submit_fields(_dossier: Dossier, _by: Any, at: datetime) -> Fields:
    present, away = people.present_leaders(at)
    choices = tuple(Choice(str(o.pk), o.name, _("đang có mặt")) for o in present)
    choices += tuple(
        Choice(str(a.officer_id), a.officer.name, _("đang vắng, chờ về")) for a in away
    )
    first = choices[0].value if choices else ""
    waits = (
        Choice("", _("Chỉ trình khi người ký có mặt")),
        Choice("cho", _("Vẫn trình, chờ lãnh đạo về")),
    )
    return (
        Field("nguoi-ky", _("Trình"), "radios", first, choices=choices),
        Field("cho", _("Khi người ký vắng"), "radios", "", choices=waits),
    )


def _submit(_d: Dossier, _by: Any, at: datetime, answers: Answers) -> dict[str, Any]:
    to = _chosen(answers, "nguoi-ky", Role.LEADER, at)
    return {"to": to, "wait": answers.text("cho") == "cho"}


def _reason(label: str = "Lý do") -> Callable[..., Fields]:
    def fields(*_given: Any) -> Fields:
        return (Field("ly-do", _(label), "area", hint=_("Người nộp sẽ đọc câu này.")),)

    return fields


def _read_reason(_d: Dossier, _by: Any, _at: datetime, answers: Answers) -> dict[str, Any]:
    return {"reason": answers.text("ly-do", missing="Chưa ghi lý do. Viết một câu.")}


def _return_fields(dossier: Dossier, by: Any, at: datetime) -> Fields:
    return _pick("den", "Trả lại cho", Role.SPECIALIST)(dossier, by, at) + _reason()(dossier)


def _return(dossier: Dossier, by: Any, at: datetime, answers: Answers) -> dict[str, Any]:
    return _assign(dossier, by, at, answers) | _read_reason(dossier, by, at, answers)


def _number_fields(*_given: Any) -> Fields:
    return (
        Field("so", _("Số văn bản kết quả"), hint=_("Như trong sổ, ví dụ 125/TLKS."), width=16),
    )


def _number(_d: Dossier, _by: Any, _at: datetime, answers: Answers) -> dict[str, Any]:
    missing = "Chưa có số văn bản. Nhập số đã vào sổ."
    return {"number": short(answers, "so", LONGEST_NUMBER, missing=missing)}


def short(answers: Answers, name: str, most: int, *, missing: str = "") -> str:
    """A text of at most `most` letters, as its column holds; a longer one is an error."""
    value = answers.text(name, missing=missing)
    if len(value) > most:
        words = _("Dài {n} chữ cái; ghi gọn trong {most}.")
        answers.errors[name] = words.format(n=len(value), most=most)
    return value


def _spot_fields(dossier: Dossier, by: Any, at: datetime) -> Fields:
    return _pick("nguoi-ky", "Người ký", Role.LEADER)(dossier, by, at) + (
        Field("so", _("Số chứng thực hoặc số văn bản"), optional=True, width=16),
    )


def _spot(_d: Dossier, _by: Any, at: datetime, answers: Answers) -> dict[str, Any]:
    return {
        "signer": _chosen(answers, "nguoi-ky", Role.LEADER, at),
        "number": short(answers, "so", LONGEST_NUMBER),
    }


def _supplement_fields(dossier: Dossier, by: Any, _at: datetime) -> Fields:
    fields: Fields = (
        Field("giay", _("Cần bổ sung"), "area", hint=_("Mỗi giấy tờ một dòng; nêu đủ một lần.")),
        Field("ly-do", _("Lý do"), "area"),
    )
    if dossier.supplements:
        hint = _("Đã yêu cầu một lần; lần hai do lãnh đạo quyết định và nêu căn cứ.")
        fields += (Field("can-cu", _("Căn cứ của lần hai"), "area", hint=hint),)
    return fields


def _supplement(_d: Dossier, by: Any, at: datetime, answers: Answers) -> dict[str, Any]:
    leader = by if by.has_role(Role.LEADER, on=local_day(at)) else None
    return {
        "papers": answers.lines("giay"),
        "reason": answers.text("ly-do", missing="Chưa ghi lý do. Viết một câu."),
        "approved_by": leader,
        "grounds": answers.text("can-cu"),
    }


def _papers_fields(*_given: Any) -> Fields:
    return (Field("giay", _("Giấy tờ nhận thêm"), "area", hint=_("Mỗi giấy tờ một dòng.")),)


def _papers(_d: Dossier, _by: Any, _at: datetime, answers: Answers) -> dict[str, Any]:
    return {"papers": [PaperIn(line) for line in paper_names(answers, "giay")]}


def paper_names(answers: Answers, name: str) -> list[str]:
    """One paper a line; a name longer than its column is an error at the field."""
    lines = answers.lines(name)
    longest = max(map(len, lines), default=0)
    if longest > LONGEST_PAPER:
        words = _("Một dòng dài {n} chữ cái; ghi gọn tên giấy tờ trong {most}.")
        answers.errors[name] = words.format(n=longest, most=LONGEST_PAPER)
    return lines


def _fee_fields(*_given: Any) -> Fields:
    return (Field("so-tien", _("Số tiền"), "money"), Field("ly-do", _("Khoản thu"), width=40))


def _fee(_d: Dossier, _by: Any, _at: datetime, answers: Answers) -> dict[str, Any]:
    amount = answers.whole("so-tien", missing="Chưa ghi số tiền. Nhập số đồng, ví dụ 8.000.")
    return {"amount": amount, "reason": answers.text("ly-do")}


def _pay_fields(dossier: Dossier, *_given: Any) -> Fields:
    owed = dossier.fee_owed - dossier.fee_paid
    return (Field("so-tien", _("Số tiền đã thu"), "money", str(owed) if owed else ""),)


def _pay(_d: Dossier, _by: Any, _at: datetime, answers: Answers) -> dict[str, Any]:
    amount = answers.whole("so-tien", missing="Chưa ghi số tiền. Nhập số đồng, ví dụ 8.000.")
    return {"amount": amount}


def _extend_fields(*_given: Any) -> Fields:
    return (
        Field("ngay", _("Hẹn lại ngày"), "date", hint=_("Ví dụ 27/11/2026.")),
        Field("gio", _("Giờ"), value="17:00", width=8, hint=_("Ví dụ 11:30.")),
        *_reason("Lý do chậm và lời xin lỗi")(),
    )


def _extend(dossier: Dossier, by: Any, at: datetime, answers: Answers) -> dict[str, Any]:
    day = answers.day("ngay", missing="Chưa ghi ngày hẹn lại.")
    hour = answers.read("gio", parse_hour, missing="Chưa ghi giờ hẹn lại.")
    when = datetime.combine(day, hour, VN) if day and hour else None
    return {"new_due_at": when} | _read_reason(dossier, by, at, answers)


def _correct_fields(*_given: Any) -> Fields:
    return (
        Field("noi-dung", _("Nội dung đính chính"), "area", hint=_("Sai gì, đúng là gì.")),
        Field("so", _("Số văn bản mới"), optional=True, width=16),
        *_reason()(),
    )


def _correct(dossier: Dossier, by: Any, at: datetime, answers: Answers) -> dict[str, Any]:
    missing = "Chưa ghi nội dung đính chính. Viết sai gì và đúng là gì."
    given = {
        "what": answers.text("noi-dung", missing=missing),
        "number": short(answers, "so", LONGEST_NUMBER),
    }
    return given | _read_reason(dossier, by, at, answers)


FORMS: dict[str, ActForm] = {
    "assign": ActForm(
        actions.assign, _pick("den", "Người xử lý", Role.SPECIALIST), _assign,
        "Đã chuyển hồ sơ {code} cho {to}.",
    ),
    "assess": ActForm(
        actions.assess, _assess_fields, _assess, "Đã ghi ý kiến thẩm định hồ sơ {code}."
    ),
    "submit": ActForm(actions.submit, _submit_fields, _submit, "Đã trình hồ sơ {code} cho {to}."),
    "approve": ActForm(actions.approve, _none, _nothing, "Đã ký duyệt hồ sơ {code}."),
    "return_for_rework": ActForm(
        actions.return_for_rework, _return_fields, _return, "Đã trả lại hồ sơ {code} cho {to}."
    ),
    "refuse": ActForm(
        actions.refuse, _reason(), _read_reason, "Đã từ chối giải quyết hồ sơ {code}."
    ),
    "number_and_seal": ActForm(
        actions.number_and_seal, _number_fields, _number, "Đã vào số hồ sơ {code}."
    ),
    "finish": ActForm(
        actions.finish, _none, _nothing, "Đã chuyển kết quả hồ sơ {code} về Một cửa."
    ),
    "resolve_on_the_spot": ActForm(
        actions.resolve_on_the_spot, _spot_fields, _spot, "Đã giải quyết xong hồ sơ {code}."
    ),
    "ask_supplement": ActForm(
        actions.ask_supplement, _supplement_fields, _supplement,
        "Đã yêu cầu bổ sung hồ sơ {code}. Thời hạn tạm dừng.",
    ),
    "take_supplement": ActForm(
        actions.take_supplement, _papers_fields, _papers,
        "Đã nhận giấy tờ bổ sung hồ sơ {code}. Hẹn trả {due}.",
    ),
    "ask_fee": ActForm(
        actions.ask_fee, _fee_fields, _fee, "Đã yêu cầu nộp phí hồ sơ {code}. Thời hạn tạm dừng."
    ),
    "take_fee": ActForm(actions.take_fee, _pay_fields, _pay, "Đã ghi thu phí hồ sơ {code}."),
    "withdraw": ActForm(
        actions.withdraw, _reason("Lý do người nộp xin rút"), _read_reason,
        "Đã cho rút hồ sơ {code}.",
    ),
    "stop": ActForm(
        actions.stop, _reason("Lý do và căn cứ dừng"), _read_reason, "Đã dừng hồ sơ {code}."
    ),
    "extend": ActForm(
        actions.extend, _extend_fields, _extend, "Đã hẹn lại hồ sơ {code}: {due}."
    ),
    "correct": ActForm(actions.correct, _correct_fields, _correct, "Đã đính chính hồ sơ {code}."),
}  # fmt: skip
PRIMARY = (
    "take_supplement", "resolve_on_the_spot", "assess", "assign", "submit", "approve",
    "number_and_seal", "finish", "hand_over",
)  # fmt: skip
ADDRESSES = {
    "assign": "chuyen-xu-ly", "assess": "tham-dinh", "submit": "trinh-ky", "approve": "ky-duyet",
    "return_for_rework": "tra-lai", "refuse": "tu-choi", "number_and_seal": "vao-so",
    "finish": "chuyen-ket-qua", "resolve_on_the_spot": "giai-quyet-ngay",
    "ask_supplement": "yeu-cau-bo-sung", "take_supplement": "nhan-bo-sung",
    "ask_fee": "yeu-cau-phi", "take_fee": "thu-phi", "withdraw": "rut", "stop": "dung",
    "extend": "gia-han", "correct": "dinh-chinh", "hand_over": "tra-ket-qua", "attach": "ban-quet",
    "refile": "doi-thu-tuc", "certify": "chung-thuc", "void_certification": "bo-chung-thuc",
}  # fmt: skip
BY_ADDRESS = {slug: name for name, slug in ADDRESSES.items() if name in FORMS}

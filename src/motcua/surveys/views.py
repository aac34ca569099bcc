"""Entering collected survey forms by their token. No dossier, no citizen is ever shown here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local_day, slashed
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.surveys import actions, counts, queries, rules
from motcua.surveys.rules import CRITERIA, Answer, Invalid
from motcua.web import clock, flash
from motcua.web.forms import Answers, Field, FieldError
from motcua.web.ids import uuid7
from motcua.web.parts import Choice
from motcua.web.refusals import sentence

BLANK, TWICE = "trong", "nhieu"
MARKS: Mapping[str, str] = {**{a.value: a.value for a in Answer}, BLANK: "", TWICE: "AB"}
ENTERERS = (Role.DESK, Role.STATISTICIAN)
READERS = (*ENTERERS, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion with what was ticked; `first` takes the focus once the token is known."""

    name: str
    label: str
    chosen: str
    error: str
    first: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """One collected form: its token, five criteria; then the next. Enter only checks the token."""
    at = clock.now()
    permissions.require(request.user, *READERS, at=at)
    answers = Answers(request.POST)
    found = None
    refused: Refused | None = None
    if request.method == "POST":
        token = answers.text("ma-phieu", missing="Nhập mã in ở đầu phiếu, ví dụ K7QP-2M4X.")
        found = _find(token, answers)
        if "ghi" in request.POST:
            marks = _marks(answers)
            if not answers.errors:
                try:
                    return _save(request, token, marks, at)
                except Refused as no:
                    refused = no
    return render(request, "surveys/entry.html", _context(request, answers, found, refused, at))


def _find(token: str, answers: Answers) -> Any:
    """The form of a token that may still be entered; otherwise the reason is at the field."""
    if not token:
        return None
    form = queries.by_token(_plain(token))
    if form is None:
        answers.errors["ma-phieu"] = sentence(rules.UnknownToken(token=token))
    return form


def _plain(token: str) -> str:
    return token.replace("-", "")


def _marks(answers: Answers) -> dict[str, str]:
    """What was ticked on the paper. A criterion passed over here is asked for again."""
    marks = {}
    for number, name in enumerate(CRITERIA, 1):
        chosen = answers.choice(name, _choices())
        marks[name] = MARKS.get(chosen, "")
        if not chosen and name not in answers.errors:
            answers.errors[name] = _(
                "Tiêu chí {number} chưa chọn. Nếu trên phiếu để trống, chọn “bỏ trống”."
            ).format(number=number)
    return marks


def _choices() -> tuple[Choice, ...]:
    letters = tuple(Choice(a.value, f"{a.value} · {_(a.label).lower()}") for a in Answer)
    return (*letters, Choice(BLANK, _("bỏ trống")), Choice(TWICE, _("nhiều ô")))


def _save(request: HttpRequest, token: str, marks: dict[str, str], at: datetime) -> HttpResponse:
    key = request.POST.get("khoa", "")[:80] or str(uuid7())
    form = actions.take_back(by=request.user, at=at, key=key, token=_plain(token), marks=marks)
    words = _("Đã ghi phiếu {token}.").format(token=form.token)
    if not form.valid:
        reason = _(Invalid(form.reason).label).lower()
        words += " " + _("Phiếu không hợp lệ: {reason}.").format(reason=reason)
    flash.say(request, words + " " + _("Nhập phiếu tiếp theo."))
    return redirect("khao-sat")


def _context(
    request: HttpRequest, answers: Answers, found: Any, refused: Refused | None, at: datetime
) -> dict[str, Any]:
    ready = found is not None and found.returned_at is None
    token = Field("ma-phieu", _("Mã phiếu"), hint=_("In ở đầu phiếu; quét mã vạch cũng được."),
                  width=16, autofocus=not ready)  # fmt: skip
    (token,) = answers.back_into((token,))
    criteria = [
        Criterion(
            name, _("{number}. {words}").format(number=number, words=_(words)),
            answers.text(name), answers.errors.get(name, ""), number == 1 and ready,
        )
        for number, (name, words) in enumerate(CRITERIA.items(), 1)
    ]  # fmt: skip
    errors = [FieldError(sentence(refused))] if refused else []
    errors += [FieldError(token.error, token.target)] if token.error else []
    errors += [FieldError(one.error, f"o-{one.name}-1") for one in criteria if one.error]
    return {
        "may_enter": request.user.has_role(*ENTERERS, on=local_day(at)),
        "token": token,
        "found": _found_words(found),
        "criteria": criteria,
        "choices": _choices(),
        "errors": errors,
        "counts": counts.of_year(local_day(at).year),
        "key": request.POST.get("khoa", "")[:80] or str(uuid7()),
    }


def _found_words(found: Any) -> str:
    if found is None:
        return ""
    if found.returned_at is not None:
        return sentence(rules.AlreadyReturned(on=slashed(local_day(found.returned_at))))
    return _("Phiếu {token}, phát ngày {day}, chưa thu.").format(
        token=found.token, day=slashed(local_day(found.sent_at))
    )

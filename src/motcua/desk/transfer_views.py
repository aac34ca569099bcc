"""Chuyển giao hồ sơ: an officer leaves a post, and all they hold goes to another in one act."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import actions, after
from motcua.dossiers.act_forms import short
from motcua.dossiers.act_views import key_of
from motcua.dossiers.actions.reassign import Move, plan
from motcua.kernel.errors import NotPermitted, Refused
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.parts import Choice, Verdict
from motcua.web.refusals import sentence, status_of

WORKING = (Role.DESK, Role.SPECIALIST, Role.LEADER, Role.CLERK)
LONGEST_REASON = 300


@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest) -> HttpResponse:
    """Who gives, who takes, why; then the list of dossiers with where each goes; then the act."""
    at = now()
    permissions.require(request.user, Role.LEADER, Role.ADMINISTRATOR, at=at)
    holders = after.holders()
    fields = _fields(holders, at)
    if request.method == "GET":
        return _show(request, fields)
    answers = Answers(request.POST)
    given = _read(answers, fields, [officer for officer, _n in holders])
    fields = answers.back_into(fields)
    if answers.errors:
        return _show(request, fields, status=422)
    moves = plan(officer=given["officer"], to=given["to"], second=given["second"], at=at)
    if request.POST.get("y") != "chuyen":
        return _show(request, fields, moves=moves)
    try:
        actions.reassign_all(by=request.user, at=at, key=key_of(request), **given)
    except NotPermitted:
        raise
    except Refused as refusal:
        no = (FieldError(sentence(refusal)),)
        return _show(request, fields, no, moves, status=status_of(refusal))
    moved = sum(move.to is not None for move in moves)
    words = _("Đã chuyển giao {n} hồ sơ của {giver} cho {taker}.")
    say(request, words.format(n=moved, giver=given["officer"].name, taker=given["to"].name))
    return redirect("chuyen-giao")


def _fields(holders: list[tuple[Any, int]], at: datetime) -> tuple[Field, ...]:
    giving = tuple(
        Choice(str(officer.pk), _("{name}: {n} hồ sơ").format(name=officer.name, n=n))
        for officer, n in holders
    )
    taking = tuple(Choice(str(one.pk), one.name) for one in _takers(at))
    nobody = Choice("", _("không có ai"))
    return (
        Field("cua", _("Hồ sơ của"), "select", choices=(Choice("", _("chọn người")), *giving)),
        Field("cho", _("Chuyển cho"), "select", choices=(Choice("", _("chọn người")), *taking)),
        Field("cho-nua", _("Hồ sơ người trên không nhận được thì cho"), "select", optional=True,
              choices=(nobody, *taking)),
        Field("ly-do", _("Lý do, căn cứ"), width=40, hint=_("Ví dụ: điều động theo quyết định.")),
    )  # fmt: skip


def _takers(at: datetime) -> list[Any]:
    """Everybody with a role that works on dossiers today, each once, by name."""
    found: dict[Any, Any] = {}
    for role in WORKING:
        for officer in people.officers_with(role, on=local_day(at)):
            found[officer.pk] = officer
    return sorted(found.values(), key=lambda one: one.name)


def _read(answers: Answers, fields: tuple[Field, ...], holders: list[Any]) -> dict[str, Any]:
    giver, to, second, _reason = fields
    chosen = answers.choice(giver.name, giver.choices, missing="Chọn người đang giữ hồ sơ.")
    taker = answers.choice(to.name, to.choices, missing="Chọn người nhận hồ sơ.")
    other = answers.choice(second.name, second.choices)
    reason = short(answers, "ly-do", LONGEST_REASON, missing="Chưa ghi lý do. Viết một câu.")
    if chosen and chosen in (taker, other):
        name = to.name if chosen == taker else second.name
        answers.errors[name] = _("Người nhận phải khác người đang giữ. Chọn người khác.")
    return {
        "officer": next((one for one in holders if str(one.pk) == chosen), None),
        "to": people.officer(taker) if taker else None,
        "second": people.officer(other) if other else None,
        "reason": reason,
    }  # fmt: skip


def _show(
    request: HttpRequest, fields: tuple[Field, ...], general: tuple[FieldError, ...] = (),
    moves: list[Move] | None = None, *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    moves = moves or []
    context = {
        "fields": fields, "errors": general + summary(fields), "key": key_of(request),
        "verdicts": [_verdict(move) for move in moves], "asked": bool(moves),
        "count": sum(move.to is not None for move in moves),
        "left": sum(move.to is None for move in moves),
    }  # fmt: skip
    return render(request, "desk/transfer.html", context, status=status)


def _verdict(move: Move) -> Verdict:
    dossier = move.dossier
    url = reverse("ho-so-chi-tiet", args=[dossier.code])
    name = f"{dossier.code} · {dossier.version.short_name}"
    if move.to is not None:
        return Verdict(name, url, True, _("cho {name}").format(name=move.to.name))
    role = Role(dossier.holder_role or Role.DESK).label.lower()
    field = dossier.version.field.name
    words = _("cần vai trò {role}, lĩnh vực {field}; còn ở người đang giữ")
    return Verdict(name, url, False, words.format(role=role, field=field))

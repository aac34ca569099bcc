"""Handing a result over: to the applicant, to who comes for them, or by post; and the survey."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import act_views, actions, effects, persons, queries
from motcua.dossiers.act_forms import short
from motcua.dossiers.rules import Collector, Delivery, ReturnBy
from motcua.dossiers.views import head
from motcua.kernel.errors import BadInput, NotPermitted, Refused
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.surveys import actions as surveys
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.parts import Choice
from motcua.web.refusals import sentence, status_of

LONGEST_NAME, LONGEST_PAPER, LONGEST_NUMBER = 200, 200, 20
SENT_BY = (ReturnBy.POST, ReturnBy.ONLINE)
FIELD_OF = {"collector": "giay-uy-quyen", "identity": "da-doi-chieu", "delivery": "noi-nhan"}
"""Where on this page a refusal of the action belongs."""


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand the result over. With nothing typed, the applicant came with the receipt."""
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    dossier = queries.by_code(code)
    if dossier is None:
        raise Http404
    groups = _groups(dossier)
    if request.method == "GET":
        act_views.check_possible("hand_over", dossier)
        return _show(request, dossier, at, groups)
    answers = Answers(request.POST)
    given = _read(answers, dossier)
    if answers.errors or "kiem-tra" in request.POST:
        status = 422 if answers.errors else 200
        return _show(request, dossier, at, _again(answers, groups), status=status)
    try:
        return _hand_over(request, dossier, at, given, answers)
    except NotPermitted:
        raise
    except Refused as refusal:
        where = FIELD_OF.get(getattr(refusal, "field", None) or "")
        if where:
            answers.errors[where] = sentence(refusal)
        general = () if where else (FieldError(sentence(refusal)),)
        dossier = queries.by_code(code) or dossier
        return _show(
            request, dossier, at, _again(answers, groups), general, seen=dossier.journal_seq,
            status=status_of(refusal),
        )  # fmt: skip


Group = tuple[str, tuple[Field, ...]]


def _groups(dossier: Any) -> tuple[Group, ...]:
    """What is asked for in the rarer cases, one fold each; the survey last, always open."""
    how = dossier.return_by if dossier.return_by in SENT_BY else ReturnBy.POST
    ways = tuple(Choice(way.value, way.label) for way in SENT_BY)
    offers = (Choice("co", _("Có phát phiếu")), Choice("khong", _("Không phát")))
    return (
        (_("Người khác nhận thay"), (
            Field("nguoi-nhan", _("Họ và tên người nhận thay"), optional=True, width=30),
            Field("so-dinh-danh", _("Số định danh"), "id", optional=True),
            Field("giay-uy-quyen", _("Giấy ủy quyền"), optional=True, width=30,
                  hint=_("Số, ngày, nơi chứng thực, hoặc giấy giới thiệu.")),
        )),
        (_("Mất giấy hẹn"), (
            Field("da-doi-chieu", _("Giấy tờ đã đối chiếu"), optional=True, width=30,
                  hint=_("Ví dụ: căn cước, khớp họ tên và ảnh. Ghi ô này là đã mất giấy hẹn.")),
        )),
        (_("Gửi bưu chính hoặc bản điện tử"), (
            Field("cach-gui", _("Cách gửi"), "select", how, choices=ways),
            Field("noi-nhan", _("Người và nơi nhận"), optional=True, width=40),
            Field("ma-buu-gui", _("Mã bưu gửi"), optional=True, width=20),
        )),
        ("", (Field("phieu", _("Phiếu khảo sát"), "radios", "co", choices=offers),)),
    )  # fmt: skip


def _again(answers: Answers, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple((title, answers.back_into(fields)) for title, fields in groups)


def _read(answers: Answers, dossier: Any) -> dict[str, Any]:
    """What was typed decides who has the result; two ways at once are an error."""
    name = short(answers, "nguoi-nhan", LONGEST_NAME)
    paper = short(answers, "giay-uy-quyen", LONGEST_PAPER)
    number = short(answers, "so-dinh-danh", LONGEST_NUMBER)
    try:
        persons.clean(persons.PersonIn("x", number))
    except BadInput as refusal:
        answers.errors.setdefault("so-dinh-danh", sentence(refusal))
    to = short(answers, "noi-nhan", LONGEST_NAME)
    tracking = short(answers, "ma-buu-gui", LONGEST_NUMBER)
    identity = short(answers, "da-doi-chieu", LONGEST_PAPER)
    collector = Collector(name, paper, number) if name or paper or number else None
    sent = bool(to or tracking)
    if collector and sent:
        words = _("Chỉ ghi một cách: người khác nhận thay, hoặc gửi đi. Xóa ô của cách kia.")
        answers.errors["noi-nhan"] = words
    if dossier.return_by in SENT_BY and answers.text("cach-gui") in SENT_BY:
        sent = sent or not (collector or identity or _came(answers))
    way = answers.text("cach-gui")
    how = ReturnBy(way) if way in SENT_BY else ReturnBy.POST
    return {
        "collector": collector, "delivery": Delivery(how, to, tracking) if sent else None,
        "lost_receipt": bool(identity), "identity": identity,
    }  # fmt: skip


def _came(answers: Answers) -> bool:
    """The applicant came to the counter after all, though the result was to be sent."""
    return answers.text("den-nhan") == "co"


def _show(
    request: HttpRequest, dossier: Any, at: datetime, groups: tuple[Group, ...],
    general: tuple[FieldError, ...] = (), *, seen: int = 0, status: int = 200,
) -> HttpResponse:  # fmt: skip
    every = tuple(field for _title, fields in groups for field in fields)
    sent = dossier.return_by in SENT_BY
    shown = [
        {
            "title": title, "fields": fields,
            "open": any(f.error or (f.kind != "select" and f.value) for f in fields)
            or (sent and any(f.name == "noi-nhan" for f in fields)),
        }
        for title, fields in groups
    ]  # fmt: skip
    context = head(dossier, request.user, at) | {
        "label": _("Trả kết quả"), "groups": shown, "errors": general + summary(every),
        "effects": effects.lines("hand_over"), "key": act_views.key_of(request),
        "seen": seen or request.POST.get("da-thay") or dossier.journal_seq, "act_label": "",
        "filer": (dossier.filer or {}).get("name", ""), "sent": sent,
        "returned": ReturnBy(dossier.return_by).label,
        "came": request.POST.get("den-nhan") == "co",
    }  # fmt: skip
    return render(request, "desk/hand_over.html", context, status=status)


@transaction.atomic
def _hand_over(
    request: HttpRequest, dossier: Any, at: datetime, given: dict[str, Any], answers: Answers
) -> HttpResponse:
    offer = answers.text("phieu") == "co"
    key = act_views.key_of(request)
    actions.hand_over(
        by=request.user, at=at, key=key, dossier_id=dossier.pk, offer_survey=offer,
        seen=act_views.seen_of(request), **given,
    )  # fmt: skip
    words = _("Đã trả kết quả hồ sơ {code}.").format(code=dossier.code)
    if offer:
        form = surveys.hand_out(by=request.user, at=at, key=f"{key}-phieu", dossier=dossier)
        words += " " + _("Mã phiếu khảo sát: {token}.").format(token=form.token)
    again = (_("In lại mẫu 01"), reverse("ho-so-bieu-mau", args=[dossier.code]))
    say(request, words, link=again if given["lost_receipt"] else None)
    return redirect("ho-so-chi-tiet", code=dossier.code)

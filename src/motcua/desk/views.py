"""The officer's day, the next dossier, the leader's queue, handing a result over."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk import day
from motcua.dossiers import act_forms, actions, present, queries
from motcua.dossiers.views import head
from motcua.journal import queries as journal
from motcua.journal.actions import record_read
from motcua.kernel.errors import Refused
from motcua.people import permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.surveys import actions as surveys
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError
from motcua.web.ids import uuid7
from motcua.web.parts import Choice, Verdict
from motcua.web.refusals import sentence

MOST_IN_QUEUE = 100
NOTHING_TICKED = "Chưa chọn hồ sơ nào. Đánh dấu rồi bấm lại."


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("hom-nay")


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """My work, worst first, in plain groups."""
    at = now()
    calendar = people.calendar(request.user.agency)
    groups = day.groups(request.user, at, calendar)
    context = {
        "groups": groups,
        "counts": [(g.kind, g.words) for g in groups if g.kind],
        "columns": present.COLUMNS,
        "at": at,
        "is_desk": request.user.has_role(Role.DESK, on=day.local_day(at)),
        "empty_day": not any(g.rows for g in groups),
    }
    return render(request, "desk/today.html", context)


@login_required
@require_safe
def next_dossier(request: HttpRequest) -> HttpResponse:
    """Straight to the dossier that waits for me and is due first."""
    first = queries.waiting_for(request.user, now()).first()
    if first is None:
        say(request, _("Không còn hồ sơ nào đang chờ ông/bà xử lý."))
        return redirect("hom-nay")
    return redirect("ho-so-chi-tiet", code=first.code)


@login_required
@require_safe
def to_sign(request: HttpRequest) -> HttpResponse:
    """The leader's queue: what will be late first on top, approved in a batch."""
    at = now()
    permissions.require(request.user, Role.LEADER, at=at)
    calendar = people.calendar(request.user.agency)
    rows = list(queries.to_sign(request.user)[:MOST_IN_QUEUE])
    cards = [
        {
            "dossier": d,
            "url": reverse("cho-ky-chi-tiet", args=[d.code]),
            "clock": present.clock(d, at, calendar),
        }
        for d in rows
    ]
    kinds = [card["clock"].kind for card in cards]
    context = {
        "cards": cards, "late": kinds.count("late"), "today": kinds.count("today"),
        "others": len(kinds) - kinds.count("late") - kinds.count("today"),
        "errors": [FieldError(_(NOTHING_TICKED))] if "trong" in request.GET else [],
    }  # fmt: skip
    return render(request, "desk/to_sign.html", context)


@login_required
@require_safe
def sign_card(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier for the leader: who, what, papers, opinion, clock; sign or return."""
    at = now()
    permissions.require(request.user, Role.LEADER, at=at)
    dossier = queries.by_code(code)
    if dossier is None:
        raise Http404
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"xem để ký hồ sơ {code}")
    opinion = journal.latest(dossier, "dossier.assess")
    queue = list(queries.to_sign(request.user)[:MOST_IN_QUEUE])
    place = next((n for n, d in enumerate(queue) if d.pk == dossier.pk), None)
    after = queue[place + 1] if place is not None and place + 1 < len(queue) else None
    calendar = people.calendar(request.user.agency)
    context = head(dossier, request.user, at) | {
        "papers": present.paper_lines(dossier),
        "opinion": opinion.data["opinion"] if opinion else "",
        "grant": opinion.data["grant"] if opinion else True,
        "opinion_by": opinion.by.name if opinion and opinion.by else "",
        "clock_given": present.clock(dossier, at, calendar),
        "place": place + 1 if place is not None else None, "queue": len(queue),
        "next": after, "key": str(uuid7()), "seen": dossier.journal_seq,
        "waits": place is not None, "addresses": act_forms.ADDRESSES,
    }  # fmt: skip
    return render(request, "desk/sign_card.html", context)


@login_required
@require_POST
def review_batch(request: HttpRequest) -> HttpResponse:
    """What would happen to each ticked dossier; nothing is signed here."""
    at = now()
    permissions.require(request.user, Role.LEADER, at=at)
    chosen = request.POST.getlist("hs")
    if not chosen:
        return redirect(f"{reverse('cho-ky')}?trong=1")
    queue = {str(d.pk): d for d in queries.to_sign(request.user)[:MOST_IN_QUEUE]}
    verdicts = [_verdict(queue.get(one), request.user, at) for one in chosen]
    allowed = [d for d in (queue.get(one) for one in chosen) if d is not None]
    if not any(v.allowed for v in verdicts):
        allowed = []
    context = {
        "verdicts": verdicts, "keys": [(d, str(uuid7())) for d in allowed], "count": len(allowed),
    }  # fmt: skip
    return render(request, "desk/review.html", context)


def _verdict(dossier: Any, by: Any, at: datetime) -> Verdict:
    if dossier is None:
        return Verdict(_("Hồ sơ đã chọn"), reverse("cho-ky"), False, _("không còn chờ ông/bà ký"))
    url = reverse("ho-so-chi-tiet", args=[dossier.code])
    name = f"{dossier.code} · {dossier.version.short_name}"
    away = people.absence_at(by.pk, at)
    if away is not None:
        return Verdict(name, url, False, _("ông/bà đang được ghi vắng mặt"))
    late = dossier.due_at < at
    return Verdict(name, url, True, _("đã quá hạn, ký sớm nhất") if late else "")


@login_required
@require_POST
def sign_batch(request: HttpRequest) -> HttpResponse:
    """Sign each dossier on its own: one that cannot be signed does not hold the others."""
    at = now()
    permissions.require(request.user, Role.LEADER, at=at)
    signed, failed = 0, []
    for entry in request.POST.getlist("ky"):
        dossier_id, seen, key = [*entry.split("|"), "", ""][:3]
        try:
            actions.approve(
                by=request.user, at=at, key=key, dossier_id=dossier_id,
                seen=int(seen) if seen.isdigit() else None,
            )  # fmt: skip
            signed += 1
        except Refused as refusal:
            failed.append(sentence(refusal))
    words = _("Đã ký {n} hồ sơ.").format(n=signed)
    if failed:
        words += " " + _("{n} hồ sơ chưa ký được:").format(n=len(failed)) + " " + " ".join(failed)
    say(request, words)
    return redirect("cho-ky")


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand the result over and, if the citizen takes one, the survey form with its token."""
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    dossier = queries.by_code(code)
    if dossier is None:
        raise Http404
    errors: list[FieldError] = []
    status = 200
    if request.method == "POST":
        try:
            return _hand_over(request, dossier, at)
        except Refused as refusal:
            errors, status = [FieldError(sentence(refusal))], 409
    offers = (Choice("co", _("Có phát phiếu")), Choice("khong", _("Không phát")))
    fields = (
        Field("nguoi-nhan", _("Người nhận kết quả"), optional=True, width=30,
              value=request.POST.get("nguoi-nhan", ""),
              hint=_("Để trống nếu chính người nộp nhận.")),
        Field("phieu", _("Phiếu khảo sát"), "radios", "co", choices=offers),
    )  # fmt: skip
    context = head(dossier, request.user, at) | {
        "fields": fields, "errors": errors, "label": _("Trả kết quả"),
        "key": request.POST.get("khoa") or str(uuid7()),
        "seen": request.POST.get("da-thay") or dossier.journal_seq, "act_label": "",
        "effect": "Ghi là kết quả đã đến tay người nộp.",
    }  # fmt: skip
    return render(request, "dossiers/act.html", context, status=status)


def _hand_over(request: HttpRequest, dossier: Any, at: datetime) -> HttpResponse:
    answers = Answers(request.POST)
    offer = answers.text("phieu") == "co"
    key = request.POST.get("khoa") or str(uuid7())
    seen = request.POST.get("da-thay", "")
    actions.hand_over(
        by=request.user, at=at, key=key, dossier_id=dossier.pk, to=answers.text("nguoi-nhan"),
        offer_survey=offer, seen=int(seen) if seen.isdigit() else None,
    )  # fmt: skip
    words = _("Đã trả kết quả hồ sơ {code}.").format(code=dossier.code)
    if offer:
        form = surveys.hand_out(by=request.user, at=at, key=f"{key}-phieu", dossier=dossier)
        words += " " + _("Mã phiếu khảo sát: {token}.").format(token=form.token)
    say(request, words)
    return redirect("ho-so-chi-tiet", code=dossier.code)

"""The officer's day, the next dossier, the leader's queue, handing a result over."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.desk import day
from motcua.dossiers import act_forms, actions, present, queries
from motcua.dossiers.views import head
from motcua.journal import queries as journal
from motcua.journal.actions import record_read
from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.web import ahead
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import FieldError
from motcua.web.ids import uuid7
from motcua.web.parts import Verdict
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
        "ahead": ahead.lines(request.user, at),
        "is_desk": request.user.has_role(Role.DESK, on=local_day(at)),
        "empty_day": not any(g.rows for g in groups),
    }
    return render(request, "desk/today.html", context)


@login_required
@require_safe
def next_dossier(request: HttpRequest) -> HttpResponse:
    """Straight to the dossier that waits for me and is due first."""
    first = queries.waiting_for(request.user, now()).first()
    if first is None:
        say(request, _("Không còn hồ sơ nào đang chờ xử lý."))
        return redirect("hom-nay")
    return redirect("ho-so-chi-tiet", code=first.code)


@login_required
@require_safe
def to_sign(request: HttpRequest) -> HttpResponse:
    """The leader's queue: what will be late first on top, approved in a batch."""
    at = now()
    permissions.require(request.user, Role.LEADER, at=at)
    calendar = people.calendar(request.user.agency)
    rows = list(queries.to_sign(request.user, at)[:MOST_IN_QUEUE])
    ticked = request.GET.get("chon") == "het"
    cards = [
        {
            "dossier": d,
            "ticked": ticked,
            "url": reverse("cho-ky-chi-tiet", args=[d.code]),
            "clock": present.clock(d, at, calendar),
        }
        for d in rows
    ]
    kinds = [card["clock"].kind for card in cards]
    context = {
        "cards": cards, "late": kinds.count("late"), "today": kinds.count("today"),
        "others": len(kinds) - kinds.count("late") - kinds.count("today"),
        "errors": [FieldError(_(NOTHING_TICKED), "hs-1")] if "trong" in request.GET else [],
        "all_ticked": ticked,
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
    queue = list(queries.to_sign(request.user, at)[:MOST_IN_QUEUE])
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
    queue = {str(d.pk): d for d in queries.to_sign(request.user, at)[:MOST_IN_QUEUE]}
    away = people.absence_at(request.user.pk, at) is not None
    found = [queue.get(one) for one in chosen]
    allowed = [] if away else [dossier for dossier in found if dossier is not None]
    context = {
        "verdicts": [_verdict(dossier, away, at) for dossier in found],
        "keys": [(dossier, str(uuid7())) for dossier in allowed],
        "count": len(allowed),
    }
    return render(request, "desk/review.html", context)


def _verdict(dossier: Any, away: bool, at: datetime) -> Verdict:
    if dossier is None:
        words = _("không còn chờ ký: đã có người ký, trả lại hoặc rút")
        return Verdict(_("Hồ sơ đã chọn"), reverse("cho-ky"), False, words)
    url = reverse("ho-so-chi-tiet", args=[dossier.code])
    name = f"{dossier.code} · {dossier.version.short_name} · {dossier.applicant.name}"
    if away:
        return Verdict(name, url, False, _("đang được ghi vắng mặt; ghi trở lại rồi ký"))
    late = dossier.due_at < at
    return Verdict(name, url, True, _("đã quá hạn") if late else "")


@login_required
@require_POST
def sign_batch(request: HttpRequest) -> HttpResponse:
    """Sign each dossier on its own: one that cannot be signed does not hold the others."""
    at = now()
    permissions.require(request.user, Role.LEADER, at=at)
    signed, failed = 0, []
    for entry in request.POST.getlist("ky")[:MOST_IN_QUEUE]:
        code, seen, key = [*entry.split("|"), "", ""][:3]
        try:
            _sign(request, code, seen, key, at)
            signed += 1
        except Refused as refusal:
            failed.append(f"{code}: {sentence(refusal)}")
    words = _("Đã ký {n} hồ sơ.").format(n=signed)
    if failed:
        words += " " + _("{n} hồ sơ chưa ký được.").format(n=len(failed)) + " " + " ".join(failed)
    say(request, words)
    return redirect("cho-ky")


class NoLongerThere(Refused):
    """What a page carried does not name a dossier of this agency."""

    code = "no-longer-there"
    message = "Không thấy hồ sơ này. Mở lại danh sách chờ ký rồi chọn lại."


def _sign(request: HttpRequest, code: str, seen: str, key: str, at: datetime) -> None:
    dossier = queries.by_code(code)
    if dossier is None or not key or not seen.isdecimal():
        raise NoLongerThere
    actions.approve(by=request.user, at=at, key=key[:60], dossier_id=dossier.pk, seen=int(seen[:9]))

"""At the counter, not taken in (chưa nhận được hồ sơ): the notice written, printed, found again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers import notices
from motcua.dossiers.actions.notices import COMPLETE, ask_completion, decline
from motcua.dossiers.models import Notice
from motcua.dossiers.notice_forms import NoticeForm
from motcua.dossiers.refusals_forms import ToldBefore
from motcua.dossiers.views import download
from motcua.journal.actions import record_read
from motcua.kernel.errors import BadInput, NotPermitted, Refused
from motcua.kernel.vntime import local, local_day, parse_day, slashed
from motcua.papers import queries as files
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Field
from motcua.web.ids import uuid7
from motcua.web.pagination import page
from motcua.web.parts import Column
from motcua.web.refusals import status_of

PDF = "application/pdf"
WRITES = {"ghi", "van-lap"}
COLUMNS = (
    Column(gettext_lazy("Số")), Column(gettext_lazy("Mẫu")), Column(gettext_lazy("Giờ"), "date"),
    Column(gettext_lazy("Người nộp")), Column(gettext_lazy("Việc")),
    Column(gettext_lazy("Người lập")), Column(gettext_lazy("Số lần in"), "number"),
)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The page that writes a notice; what was typed at reception comes by POST, never by address.

    `ghi` gives the notice out; `van-lap` too, knowing that the person was told once before.
    """
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    form = NoticeForm(request.POST, at)
    if not WRITES & set(request.POST):
        return _show(request, form)
    if not form.check():
        return _show(request, form, 422)
    try:
        notice = _give(request, form, at)
    except NotPermitted:
        raise
    except Refused as refusal:
        form.refuse(refusal)
        told = isinstance(refusal, ToldBefore)
        return _show(request, form, status_of(refusal), told=told)
    words = _("Đã lập phiếu số {number}.").format(number=notices.number_words(notice))
    say(request, words, link=(_("In phiếu"), reverse("phieu-ban-in", args=[notice.pk])))
    return redirect("phieu-tra-loi")


def _give(request: HttpRequest, form: NoticeForm, at: Any) -> Notice:
    common = {"by": request.user, "at": at, "key": _key(request)}
    if form.form == COMPLETE:
        return ask_completion(**common, again="van-lap" in request.POST, **form.arguments())
    return decline(**common, **form.arguments())


def _key(request: HttpRequest) -> str:
    """The key of this page; reception's own would be that of another act."""
    return request.POST.get("khoa-phieu", "")[:60] or str(uuid7())


def _show(
    request: HttpRequest, form: NoticeForm, status: int = 200, *, told: bool = False
) -> HttpResponse:
    context = form.context() | {"key": _key(request), "told": told}
    return render(request, "dossiers/notice.html", context, status=status)


@login_required
@require_safe
def of_day(request: HttpRequest) -> HttpResponse:
    """The notices of a day, the newest first."""
    at = now()
    permissions.require(request.user, Role.DESK, Role.LEADER, at=at)
    asked, error = request.GET.get("ngay", ""), ""
    day = local_day(at)
    try:
        day = parse_day(asked) if asked else day
    except BadInput as refusal:
        error = _(refusal.message).format(**refusal.values)
    shown = page(notices.of_day(day), order=("-at", "-pk"), after=request.GET.get("sau") or None)
    context = {
        "day": day, "columns": COLUMNS, "notices": [_line(one) for one in shown.rows],
        "page": shown, "may_print": request.user.has_role(Role.DESK, on=local_day(at)),
        "field": Field("ngay", _("Ngày"), "date", asked or slashed(day), error=error),
    }  # fmt: skip
    return render(request, "dossiers/notices.html", context, status=422 if error else 200)


def _line(notice: Notice) -> dict[str, Any]:
    wanted = notice.version.short_name if notice.version else notice.request
    return {
        "id": notice.pk, "number": notices.number_words(notice), "form": notice.form,
        "time": f"{local(notice.at):%H:%M}", "name": notice.who["name"], "request": wanted,
        "by": notice.by.name, "prints": notice.prints,
    }  # fmt: skip


def _get(request: HttpRequest, notice_id: UUID, what: str) -> Notice:
    """The notice, its reading noted: who, when, what for."""
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    notice = notices.by_id(notice_id)
    if notice is None:
        raise Http404
    record_read(notice, by=request.user, at=at, purpose=f"{what} {notices.number_words(notice)}")
    return notice


@login_required
@require_safe
def printed(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The notice as PDF: rendered when first asked for, then the same file."""
    notice = _get(request, notice_id, "in phiếu")
    content = files.content(notices.first_print(notice))
    return download(content, PDF, _name(notice), inline=True)


@login_required
@require_POST
def again(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The same paper, marked as printed again and counted."""
    notice = _get(request, notice_id, "in lại phiếu")
    content = notices.reprint(notice, by=request.user, at=now())
    return download(content, PDF, _name(notice), inline=True)


@login_required
@require_safe
def electronic(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The electronic version, ready for signature."""
    notice = _get(request, notice_id, "bản điện tử phiếu")
    return download(notices.electronic(notice), PDF, f"dien-tu-{_name(notice)}")


def _name(notice: Notice) -> str:
    day: date = local_day(notice.at)
    return f"mau-{notice.form}-{day.year}-{notice.number}.pdf"

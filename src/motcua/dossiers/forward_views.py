"""Dossiers taken in here for another agency (phi địa giới): the book, taking in, what follows."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import actions, forward_forms, forwarded
from motcua.dossiers.act_views import key_of
from motcua.dossiers.models import Forwarded
from motcua.dossiers.views import XLSX, download
from motcua.journal import queries as journal
from motcua.journal.actions import record_read
from motcua.kernel.errors import NotPermitted, Refused
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.pagination import page
from motcua.web.refusals import sentence, status_of
from motcua.web.xlsx import workbook


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Sổ theo dõi hồ sơ phi địa giới: newest first, by pages, or as a sheet."""
    at = now()
    permissions.require(request.user, *Role, at=at)
    asked = forwarded.read(request.GET)
    found = forwarded.book(asked)
    if request.GET.get("dang") == "xlsx" and not asked.errors:
        return _export(request, asked, at)
    shown = page(found, order=("-received_at", "-pk"), after=request.GET.get("sau") or None)
    context = {
        "page": shown, "rows": forwarded.rows(shown.rows), "columns": forwarded.columns(),
        "filters": forwarded.bar(asked, request), "count": forwarded.count_words(found),
        "keeps": request.user.has_role(Role.DESK, on=local_day(at)),
    }  # fmt: skip
    return render(
        request, "dossiers/forwarded_book.html", context, status=422 if asked.errors else 200
    )


def _export(request: HttpRequest, asked: forwarded.Asked, at: datetime) -> HttpResponse:
    rows = forwarded.sheet_rows(asked)
    purpose = _("xuất sổ phi địa giới, {n} dòng").format(n=len(rows))
    record_read(request.user.agency, by=request.user, at=at, purpose=purpose)
    title = _("Sổ theo dõi hồ sơ phi địa giới")
    sheet = workbook(title, forwarded.SHEET, rows, by=request.user.name, at=at)
    return download(sheet, XLSX, "phi-dia-gioi.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Take a dossier in for another agency; `ghi` writes, every other button only checks."""
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    form = forward_forms.Taking(request.POST, at=at)
    if request.method == "GET" or form.unseen or "ghi" not in request.POST:
        form.help_along()
        return _show_taking(request, form, at)
    form.check()
    if not form.wrong:
        try:
            row = actions.take_forwarded(
                by=request.user, at=at, key=key_of(request), **form.arguments()
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form.refuse(refusal)
            return _show_taking(request, form, at, status_of(refusal))
        say(request, _("Đã tiếp nhận {code} cho {competent}.").format(
            code=row.code, competent=row.competent))  # fmt: skip
        return redirect("phi-dia-gioi-chi-tiet", code=row.code)
    return _show_taking(request, form, at, 422)


def _show_taking(
    request: HttpRequest, form: forward_forms.Taking, at: datetime, status: int = 200
) -> HttpResponse:
    for person in form.who.shown:
        record_read(person, by=request.user, at=at, purpose=_("tra người nộp khi tiếp nhận"))
    context = form.context() | {"key": key_of(request)}
    return render(request, "dossiers/forwarded_take.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One of them with its journal; by POST `viec` one act of the desk on it."""
    at = now()
    permissions.require(request.user, *Role, at=at)
    row = forwarded.by_code(code)
    if row is None:
        raise Http404
    answers = Answers(request.POST)
    fields = forward_forms.reply_fields(row)
    general: tuple[FieldError, ...] = ()
    status = 200
    if request.method == "POST":
        permissions.require(request.user, Role.DESK, at=at)
    if request.POST.get("viec"):
        try:
            if _act(request, row, answers, at):
                return redirect("phi-dia-gioi-chi-tiet", code=code)
        except NotPermitted:
            raise
        except Refused as refusal:
            status = status_of(refusal)
            where = forward_forms.REPLY_FIELD.get(getattr(refusal, "field", None) or "")
            if where:
                answers.errors[where] = sentence(refusal)
            else:
                general = (FieldError(sentence(refusal)),)
        status = 422 if status == 200 else status
    if request.method == "POST":
        fields = answers.back_into(fields)
    return _show(request, row, fields, general, status)


def _act(request: HttpRequest, row: Forwarded, answers: Answers, at: datetime) -> bool:
    """Do the act asked for; False when an answer cannot be read. Raises what the act raises."""
    given: dict[str, Any] = {
        "by": request.user, "at": at, "key": key_of(request), "forwarded_id": row.pk,
    }  # fmt: skip
    which = request.POST["viec"]
    if which == "chuyen":
        actions.send_forwarded(**given)
        say(request, _("Đã ghi chuyển {code} đi.").format(code=row.code))
    elif which == "tra":
        actions.hand_forwarded(**given)
        say(request, _("Đã ghi trả kết quả {code}.").format(code=row.code))
    elif which == "tra-loi":
        reply = forward_forms.read_reply(answers)
        if answers.errors:
            return False
        actions.note_forwarded(**given, **reply)
        say(request, _("Đã ghi trả lời về {code}.").format(code=row.code))
    else:
        raise Http404
    return True


def _show(
    request: HttpRequest, row: Forwarded, fields: tuple[Field, ...],
    general: tuple[FieldError, ...], status: int,
) -> HttpResponse:  # fmt: skip
    at = now()
    record_read(row.person, by=request.user, at=at, purpose=f"mở hồ sơ phi địa giới {row.code}")
    desk = request.user.has_role(Role.DESK, on=local_day(at))
    context = {
        "row": row, "facts": forwarded.facts(row), "step": forwarded.step(row) if desk else "",
        "entries": forwarded.entries(journal.events_of(row)), "fields": fields,
        "errors": general + summary(fields), "key": key_of(request), "papers": row.papers,
    }  # fmt: skip
    return render(request, "dossiers/forwarded.html", context, status=status)

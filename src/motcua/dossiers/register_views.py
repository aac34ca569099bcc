"""Sổ theo dõi hồ sơ: the register of a day or of a field over some days; the same to print."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.dossiers import printing_register as register
from motcua.dossiers.views import download
from motcua.journal.actions import record_read
from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local, local_day, slashed
from motcua.kernel.words import say
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.procedures import queries as procedures
from motcua.web.clock import now
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.pagination import page
from motcua.web.parts import Cell, Choice, Column, Row
from motcua.web.refusals import sentence, status_of

READERS = (Role.DESK, Role.LEADER, Role.CLERK, Role.STATISTICIAN)
FIELD_OF = {"first": "tu-ngay", "last": "den-ngay"}
COLUMNS = (
    Column(gettext_lazy("Mã hồ sơ")), Column(gettext_lazy("Tên TTHC")),
    Column(gettext_lazy("Tên tổ chức, cá nhân; địa chỉ, số điện thoại")),
    Column(gettext_lazy("Nhận hồ sơ"), "date"), Column(gettext_lazy("Hẹn trả kết quả"), "date"),
    Column(gettext_lazy("Trả kết quả, phương thức")),
)  # fmt: skip


@login_required
@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """The entries in the order of receipt, a page at a time; `dang=pdf` prints all of them."""
    at = now()
    permissions.require(request.user, *READERS, at=at)
    asked = request.GET if request.GET.keys() & {"tu-ngay", "den-ngay"} else {}
    fields, answers = _fields(at), Answers(asked)
    try:
        span = _span(answers, at)
        if span is not None and request.GET.get("dang") == "pdf":
            return _print(request, span, at)
    except Refused as refusal:
        return _show(request, fields, answers, None, at, refusal)
    return _show(request, fields, answers, span, at)


def _fields(at: datetime) -> tuple[Field, ...]:
    today = slashed(local_day(at))
    known = [Choice(one.code, one.name) for one in procedures.fields()]
    return (
        Field("tu-ngay", _("Từ ngày"), "date", today),
        Field("den-ngay", _("Đến ngày"), "date", today),
        Field("linh-vuc", _("Lĩnh vực"), "select", choices=(Choice("", _("Mọi lĩnh vực")), *known)),
    )


def _span(answers: Answers, at: datetime) -> register.Span | None:
    """The days asked for: today unless told; the same day twice when only one is given."""
    first, last = answers.day("tu-ngay"), answers.day("den-ngay")
    if answers.errors:
        return None
    today = local_day(at)
    begin = first or last or today
    return register.Span(begin, last or begin, answers.text("linh-vuc"))


def _show(
    request: HttpRequest, fields: tuple[Field, ...], answers: Answers, span: Any, at: datetime,
    refusal: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    if refusal is not None:
        where = FIELD_OF.get(getattr(refusal, "field", None) or "")
        if where:
            answers.errors[where] = sentence(refusal)
    asked = request.GET.keys() & {"tu-ngay", "den-ngay"}
    shown = answers.back_into(fields) if asked else fields
    general = (FieldError(sentence(refusal)),) if refusal and not summary(shown) else ()
    context: dict[str, Any] = {"fields": shown, "errors": general + summary(shown), "span": span}
    if span is not None:
        context |= _listed(request, span, at)
    status = status_of(refusal) if refusal else 422 if answers.errors else 200
    return render(request, "dossiers/register.html", context, status=status)


def _listed(request: HttpRequest, span: register.Span, at: datetime) -> dict[str, Any]:
    found = page(
        register.entries(span), order=("received_at", "pk"), after=request.GET.get("sau") or None
    )
    if found.rows:
        _note(request, span, at, _("xem sổ theo dõi hồ sơ: {words}"))
    return {
        "page": found, "columns": COLUMNS, "words": span.said,
        "rows": [_row(one) for one in found.rows],
    }  # fmt: skip


def _row(one: Any) -> Row:
    person = one.applicant
    way = say(one.get_return_by_display()).lower()
    return Row((
        Cell(one.code, reverse("ho-so-chi-tiet", args=[one.code]), code=True),
        one.version.short_name,
        "; ".join(filter(None, (person.name, person.address, person.phone))),
        _moment(one.received_at), _moment(one.due_at),
        f"{_moment(one.handed_at) or _('chưa trả')}, {way}",
    ))  # fmt: skip


def _moment(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""


def _note(request: HttpRequest, span: register.Span, at: datetime, words: str) -> None:
    """A register is a read of everybody in it."""
    purpose = words.format(words=span.words.lower() + (f", {span.field}" if span.field else ""))
    record_read(request.user.agency, by=request.user, at=at, purpose=purpose[:120])


def _print(request: HttpRequest, span: register.Span, at: datetime) -> HttpResponse:
    content = register.printed_register(span, agency=request.user.agency, at=at)
    _note(request, span, at, _("in sổ theo dõi hồ sơ: {words}"))
    name = f"so-theo-doi-{span.first:%Y%m%d}-{span.last:%Y%m%d}.pdf"
    return download(content, "application/pdf", name, True)

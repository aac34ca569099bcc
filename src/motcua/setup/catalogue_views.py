"""Which procedures the desk takes in: searched, by field, a page, a whole field or all at once."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.procedures import catalogue
from motcua.procedures import queries as procedures
from motcua.procedures.actions import choose_offers
from motcua.setup.views import administrator, key_of
from motcua.web import flash
from motcua.web.forms import Answers, Field, Filters
from motcua.web.ids import uuid7
from motcua.web.pagination import page
from motcua.web.parts import Cell, Choice, Column, Link, Row

PAGE = 50
ORDER = ("field__name", "short_name")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The shipped catalogue with what is taken in ticked; it can change on any day."""
    at = administrator(request)
    rows = _found(request, at)
    shown = page(rows, order=ORDER, after=request.GET.get("sau"), size=PAGE)
    if request.method == "POST" and "kiem-tra" not in request.POST:
        return _write(request, at, rows, shown.rows)
    left_out = procedures.not_offered()
    offered, every = procedures.offered_count(at)
    context = {
        "filters": _filters(request, at),
        "page": shown,
        "columns": (Column(_("Thủ tục")), Column(_("Mã")), Column(_("Lĩnh vực"))),
        "rows": [_row(one, one.procedure_id not in left_out) for one in shown.rows],
        "offered": offered,
        "every": every,
        "found": rows.count(),
        "key": str(uuid7()),
    }
    return render(request, "setup/catalogue.html", context)


def _found(request: HttpRequest, at: datetime) -> QuerySet[Any]:
    rows = catalogue.found(
        at, text=request.GET.get("tim", ""), field=request.GET.get("linh-vuc", "")
    )
    return rows.filter(owner="commune")


def _write(
    request: HttpRequest, at: datetime, rows: QuerySet[Any], shown: list[Any]
) -> HttpResponse:
    """Of the page what is ticked; of all that was found, everything or nothing."""
    what = request.POST.get("ghi", "trang")
    of = [one.procedure_id for one in shown]
    ticked = set(request.POST.getlist("chon"))
    offered = [one for one in of if str(one) in ticked]
    if what in ("tat-ca", "khong"):
        of = sorted(rows.order_by().values_list("procedure_id", flat=True))
        offered = of if what == "tat-ca" else []
    choose_offers(by=request.user, at=at, key=key_of(request), offered=offered, of=of)
    flash.say(
        request,
        _("Đã ghi: tiếp nhận {offered} trên {of} thủ tục vừa chọn.").format(
            offered=len(offered), of=len(of)
        ),
    )
    query = request.GET.urlencode()
    return redirect(reverse("thiet-lap-danh-muc") + (f"?{query}" if query else ""))


def _row(one: Any, ticked: bool) -> Row:
    url = reverse("thu-tuc-chi-tiet", args=(one.procedure.code,))
    cells = (Cell(one.short_name, url), Cell(one.procedure.code, code=True), one.field.name)
    return Row(cells, id=str(one.procedure_id), name=one.short_name, ticked=ticked)


def _filters(request: HttpRequest, at: datetime) -> Filters:
    fields = catalogue.fields_in_force(at)
    choices = (Choice("", _("tất cả")), *(Choice(one.code, one.name) for one in fields))
    search = Field("tim", _("Tìm tên, mã thủ tục"), "search")
    field = Field("linh-vuc", _("Lĩnh vực"), "select", choices=choices)
    search, field = Answers(request.GET).back_into((search, field))
    chosen = ()
    if search.value or field.value:
        chosen = (Link(_("kết quả đã lọc"), reverse("thiet-lap-danh-muc")),)
    return Filters(search, (field,), (), chosen)

"""The catalogue: what is in force now, and one procedure as it was on any day."""

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.kernel.proof import span_said
from motcua.kernel.terms import said
from motcua.kernel.text import group_digits
from motcua.kernel.vntime import VN, local_day, slashed
from motcua.people.rules import Role
from motcua.procedures import catalogue, rules
from motcua.procedures.rules import Linkage, OnlineLevel
from motcua.web import clock, xlsx
from motcua.web.forms import Answers, Field, Filters, summary
from motcua.web.pagination import page
from motcua.web.parts import Cell, Choice, Column, Link, Row
from motcua.web.refusals import wants_part

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50
ORDERS = {
    "linh-vuc": ("field__name", "short_name"),
    "-linh-vuc": ("-field__name", "short_name"),
    "ten": ("short_name",),
    "-ten": ("-short_name",),
    "ma": ("procedure__code",),
    "-ma": ("-procedure__code",),
}
CHANNELS = {"counter": "trực tiếp", "online": "trực tuyến", "post": "bưu chính công ích"}


@login_required
@require_safe
def catalogue_list(request: HttpRequest) -> HttpResponse:
    """Danh mục thủ tục đang có hiệu lực: searched, filtered, sorted, fifty a page, as XLSX."""
    at = clock.now()
    filters = _filters(request, at)
    rows = catalogue.found(at, **_wanted(request))
    if "xlsx" in request.GET:
        return _workbook(request, rows.order_by("field__name", "short_name"), at)
    order = ORDERS.get(request.GET.get("sap", ""), ORDERS["linh-vuc"])
    shown = page(rows, order=order, after=request.GET.get("sau"), size=PAGE)
    context = {
        "filters": filters,
        "order": request.GET.get("sap", ""),
        "total": rows.count(),
        "page": shown,
        "columns": _columns(),
        "rows": [_row(one) for one in shown.rows],
        "part": wants_part(request),
    }
    name = "results" if context["part"] else "list"
    return render(request, f"procedures/{name}.html", context)


@login_required
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: the version in force now, or on the day `?ngay=`."""
    at = clock.now()
    versions = catalogue.versions_of(code)
    if not versions:
        raise Http404
    answers = Answers(request.GET)
    day = answers.day("ngay")
    wanted = datetime.combine(day, time.min, VN) if day else at
    field = Field("ngay", _("Xem bản có hiệu lực ngày"), "date", hint=_("Ví dụ 1/3/2024"))
    (field,) = answers.back_into((field,))
    version = catalogue.one_in_force(versions, wanted)
    context = {
        "code": code,
        "version": version,
        "title": (version or versions[0]).short_name,
        "on": local_day(wanted),
        "day_field": field,
        "errors": summary((field,)),
        "owned": version.owner_name if version and version.owner != "commune" else "",
        "facts": _facts(version) if version else (),
        "papers": version.papers if version else (),
        "step_columns": (
            Column(_("Bước")), Column(_("Ai làm")), Column(_("Được giao")), Column(_("Ra gì")),
        ),
        "steps": _steps(version) if version else (),
        "version_columns": (
            Column(_("Từ"), "date"), Column(_("Đến hết"), "date"), Column(_("Tên gọi tắt")),
            Column(_("Nguồn")),
        ),
        "versions": [_version_row(one, code, version) for one in versions],
    }  # fmt: skip
    return render(request, "procedures/procedure.html", context)


def _wanted(request: HttpRequest) -> dict[str, str]:
    get = request.GET
    return {
        "text": get.get("tim", ""),
        "field": get.get("linh-vuc", ""),
        "online": get.get("truc-tuyen", ""),
        "linkage": get.get("lien-thong", ""),
    }


def _filters(request: HttpRequest, at: datetime) -> Filters:
    fields = (
        _select(
            "linh-vuc", _("Lĩnh vực"), [(f.code, f.name) for f in catalogue.fields_in_force(at)]
        ),
        _select("truc-tuyen", _("Trực tuyến"), OnlineLevel.choices()),
        _select("lien-thong", _("Liên thông"), Linkage.choices()),
    )
    search = Field("tim", _("Tìm tên, mã thủ tục"), "search", hint="")
    search, *fields = Answers(request.GET).back_into((search, *fields))
    return Filters(search, tuple(fields), (), _chosen(request, fields), reverse("thu-tuc"))


def _select(name: str, label: str, pairs: list[tuple[str, str]]) -> Field:
    choices = (Choice("", _("tất cả")), *(Choice(value, _(words)) for value, words in pairs))
    return Field(name, label, "select", choices=choices)


def _chosen(request: HttpRequest, fields: list[Field]) -> tuple[Link, ...]:
    """A link that takes each chosen filter away again."""
    links = []
    for field in fields:
        words = next((c.label for c in field.choices if c.value and c.value == field.value), "")
        if words:
            query = request.GET.copy()
            for name in (field.name, "sau"):
                query.pop(name, None)
            links.append(Link(f"{field.label}: {words}", f"{request.path}?{query.urlencode()}"))
    return tuple(links)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Thủ tục"), sort="ten"),
        Column(_("Mã"), sort="ma"),
        Column(_("Lĩnh vực"), sort="linh-vuc"),
        Column(_("Thời hạn")),
        Column(_("Phí, lệ phí (đồng)"), "number"),
        Column(_("Trực tuyến")),
    )


def _row(version: Any) -> Row:
    url = reverse("thu-tuc-chi-tiet", args=(version.procedure.code,))
    return Row(
        (
            Cell(_owned_name(version), url),
            Cell(version.procedure.code, code=True),
            version.field.name,
            said(version.term) or _no_source(),
            _no_source() if version.fee is None else group_digits(version.fee),
            _(OnlineLevel(version.online_level).label),
        )
    )


def _owned_name(version: Any) -> str:
    """The short name; with the owner's when the commune does not receive it itself."""
    if version.owner == "commune":
        return version.short_name
    return f"{version.short_name} ({_(version.owner_name)})"


def _no_source() -> str:
    return _("chưa có nguồn")


def _facts(version: Any) -> tuple[tuple[str, str], ...]:
    unknown = _no_source()
    fee = unknown if version.fee is None else _("{amount} đồng").format(
        amount=group_digits(version.fee)
    )  # fmt: skip
    channels = ", ".join(_(CHANNELS.get(name, name)) for name in version.channels)
    return (
        (_("Lĩnh vực"), version.field.name),
        (_("Thời hạn giải quyết"), _with(said(version.term), version.term_note) or unknown),
        (_("Nhận sau giờ này tính từ ngày làm việc sau"), version.cutoff),
        (_("Phí, lệ phí"), _with(fee, version.fee_note)),
        (_("Cách nộp"), channels or unknown),
        (_("Giải quyết ngay tại quầy"), _("có") if version.on_the_spot else ""),
        (_("Trực tuyến"), _(OnlineLevel(version.online_level).label)),
        (_("Liên thông"), _(Linkage(version.linkage).label)),
        (_("Ai tiếp nhận"), _(rules.OWNERS[version.owner])),
        (_("Kết quả"), version.result or unknown),
        (_("Căn cứ pháp lý"), version.legal_basis or unknown),
        (_("Quyết định công bố"), version.decision or unknown),
        (_("Nguồn"), version.source),
    )


def _with(words: str, note: str) -> str:
    return f"{words}. {note}" if words and note else words or note


def _steps(version: Any) -> tuple[Row, ...]:
    labels = {role.value: role.label for role in Role}
    return tuple(
        Row(
            (
                _("{number}. {name}").format(number=number, name=step.name),
                _(labels.get(step.role, step.role)),
                span_said(timedelta(minutes=step.minutes)) if step.minutes else _("không tính"),
                step.output or "–",
            )
        )
        for number, step in enumerate(version.step_list, 1)
    )


def _version_row(one: Any, code: str, shown: Any) -> Row:
    first = local_day(one.effective_from)
    url = f"{reverse('thu-tuc-chi-tiet', args=(code,))}?ngay={slashed(first)}"
    until = _("đang áp dụng")
    if one.effective_to is not None:
        until = slashed(local_day(one.effective_to - timedelta(microseconds=1)))
    name = _("{name} (đang xem)").format(name=one.short_name) if one == shown else one.short_name
    return Row((Cell(slashed(first), url), until, name, one.source))


def _workbook(request: HttpRequest, rows: Any, at: datetime) -> FileResponse:
    columns = (
        xlsx.Column(_("Mã"), "code", 12),
        xlsx.Column(_("Tên gọi tắt"), width=30),
        xlsx.Column(_("Tên thủ tục"), width=60),
        xlsx.Column(_("Lĩnh vực"), width=24),
        xlsx.Column(_("Thời hạn"), width=18),
        xlsx.Column(_("Phí, lệ phí"), "money", 14),
        xlsx.Column(_("Trực tuyến"), width=16),
        xlsx.Column(_("Liên thông"), width=20),
        xlsx.Column(_("Ai tiếp nhận"), width=26),
        xlsx.Column(_("Nguồn"), width=40),
    )
    cells = (
        (
            one.procedure.code, one.short_name, one.name, one.field.name, one.term, one.fee,
            _(OnlineLevel(one.online_level).label), _(Linkage(one.linkage).label),
            _(one.owner_name), one.source,
        )
        for one in rows
    )  # fmt: skip
    title = _("Thủ tục có hiệu lực ngày {day}").format(day=slashed(local_day(at)))
    book = xlsx.workbook(title, columns, cells, by=request.user.name, at=at)
    name = f"thu-tuc-{local_day(at):%Y-%m-%d}.xlsx"
    return FileResponse(BytesIO(book), as_attachment=True, filename=name, content_type=XLSX)

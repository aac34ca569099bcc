"""The opening balance by page: a file is checked whole, shown, written; it can be left half way."""

import time
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from xlsxwriter import Workbook

from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import clock_words, local_day, slashed
from motcua.setup import incoming, opening, tables
from motcua.setup.opening import Plan
from motcua.setup.views import administrator
from motcua.web import flash
from motcua.web.forms import FieldError
from motcua.web.parts import Column, Link, Row
from motcua.web.refusals import sentence, status_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECONDS = 12
SHOWN = 100
OUTCOMES = {
    "done_early": gettext_lazy("xong trước hạn"),
    "done_ontime": gettext_lazy("xong đúng hạn"),
    "done_late": gettext_lazy("xong trễ hạn"),
    "open_in_time": gettext_lazy("đang làm, còn hạn"),
    "open_late": gettext_lazy("đang làm, quá hạn"),
    "paused_supplement": gettext_lazy("chờ bổ sung"),
    "paused_finance": gettext_lazy("chờ nộp phí"),
    "stopped": gettext_lazy("dừng xử lý"),
    "withdrawn": gettext_lazy("công dân rút"),
    "pending_receive": gettext_lazy("mới đăng ký (không ghi)"),
    "not_received": gettext_lazy("không được tiếp nhận (không ghi)"),
}
COLUMNS = (
    ("Mã hồ sơ", 26), ("Mã thủ tục", 14), ("Tên thủ tục", 40), ("Lĩnh vực", 20),
    ("Trạng thái", 22), ("Hình thức nộp", 16), ("Chủ hồ sơ", 26), ("Số định danh", 16),
    ("Số điện thoại", 14), ("Địa chỉ", 26), ("Ngày tiếp nhận", 18), ("Ngày hẹn trả", 18),
    ("Thời hạn", 18), ("Ngày yêu cầu bổ sung", 20), ("Ngày kết thúc xử lý", 20),
    ("Ngày trả kết quả", 18), ("Người tiếp nhận", 22), ("Cán bộ đang xử lý", 22),
)  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a file; what was left half way is here to go on with."""
    at = administrator(request)
    errors: tuple[FieldError, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            return redirect("thiet-lap-so-du-tep", token=_take(request, at))
        except Refused as no:
            errors, status = (FieldError(sentence(no), "o-tep"),), status_of(no)
    left = [
        Link(name, reverse("thiet-lap-so-du-tep", args=(token,)))
        for token, name in incoming.waiting()
    ]
    context = {"errors": errors, "left": left, "most": tables.MOST_BYTES // 1024 // 1024}
    return render(request, "setup/opening.html", context, status=status)


def _take(request: HttpRequest, at: datetime) -> UUID:
    given = request.FILES.get("tep")
    if given is None:
        raise BadInput("Chưa chọn tệp. Chọn tệp .xlsx hoặc .csv.")
    name, content = (given.name or "tep")[-100:], given.read(tables.MOST_BYTES + 1)
    _check(request, name, content, at, at)  # what is no table is not kept
    return incoming.keep(name, content, at)


def _check(request: HttpRequest, name: str, content: bytes, as_of: datetime, at: datetime) -> Plan:
    agency = request.user.agency
    return opening.check(name, content, agency=agency, code="", as_of=as_of, at=at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, token: UUID) -> HttpResponse:
    """What a file would bring and what is wrong with it; write it, go on, or give it up."""
    at = administrator(request)
    file = incoming.get(token)
    if "bo" in request.POST:
        incoming.drop(token)
        flash.say(request, _("Đã bỏ tệp {name}; hồ sơ đã ghi vẫn giữ.").format(name=file.name))
        return redirect("thiet-lap-so-du")
    plan = _check(request, file.name, file.content, file.as_of, at)
    if "ghi" in request.POST and _may_write(request, plan):
        return _write(request, plan, file, at)
    reached = plan.unchanged
    every = reached + len(plan.new) + len(plan.changed)
    context = {
        "name": file.name,
        "plan": plan,
        "as_of": f"{clock_words(file.as_of)} {slashed(local_day(file.as_of))}",
        "reached": reached,
        "every": every,
        "left": every - reached,
        "count_columns": (Column(_("Kết quả")), Column(_("Hồ sơ"), "number")),
        "counts": [
            Row((str(OUTCOMES[name]), str(n))) for name, n in plan.outcomes.most_common()
        ],
        "columns": (Column(_("Dòng"), "number"), Column(_("Cột")), Column(_("Điều cần xem"))),
        "refused": _rows(plan.reading.refused),
        "warned": _rows([*plan.reading.warnings, *plan.reading.ignored]),
        "shown": SHOWN,
    }  # fmt: skip
    return render(request, "setup/opening_file.html", context)


def _may_write(request: HttpRequest, plan: Plan) -> bool:
    """A file with wrong rows is written only by who said so of the good ones."""
    return not plan.reading.refused or request.POST["ghi"] == "dong-dung"


def _write(request: HttpRequest, plan: Plan, file: incoming.Incoming, at: datetime) -> HttpResponse:
    until, done = time.monotonic() + SECONDS, opening.Written()
    every = len(plan.new) + len(plan.changed)
    for reached in opening.write(plan, by=request.user, at=at, as_of=file.as_of):
        done = reached
        if time.monotonic() > until:
            break
    left = every - done.created - done.updated
    if left:
        words = _("Đã ghi {created} hồ sơ; còn {left}. Nhấn Ghi tiếp, hoặc để lúc khác.")
        flash.say(request, words.format(created=done.created + done.updated, left=left))
        return redirect("thiet-lap-so-du-tep", token=file.token)
    incoming.drop(file.token)
    words = _("Đã ghi {created} hồ sơ mới, cập nhật {updated}, giữ nguyên {same}.")
    flash.say(
        request, words.format(created=done.created, updated=done.updated, same=plan.unchanged)
    )
    return redirect("thiet-lap-so-du")


def _rows(found: list[Any]) -> list[Row]:
    ordered = sorted(found, key=lambda one: one.row)[:SHOWN]
    return [Row((str(one.row or "–"), one.column or "–", one.what)) for one in ordered]


@login_required
@require_safe
def template(request: HttpRequest) -> FileResponse:
    """An empty file with the columns that are read; on a second sheet, what a row looks like."""
    at = administrator(request)
    before = local_day(at) - timedelta(days=1)
    agency = opening.people.last_version(request.user.agency, local_day(at))
    sample = (
        f"{agency.code}-{before:%y%m%d}-0001", "1.000894", "Thủ tục đăng ký kết hôn",
        "Hộ tịch", "Đang xử lý", "Trực tiếp", "Nguyễn Văn Mẫu", "", "", "Thôn Mẫu",
        f"{slashed(before)} 08:05", f"{slashed(local_day(at))} 17:00", "", "", "", "", "", "",
    )  # fmt: skip
    name = "so-du-dau-ky-mau.xlsx"
    return FileResponse(
        BytesIO(_book(sample)), as_attachment=True, filename=name, content_type=XLSX
    )


def _book(sample: tuple[str, ...]) -> bytes:
    """The example goes down, not across: nobody's table begins with it, and it cannot come in."""
    stream = BytesIO()
    book = Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet, helping = book.add_worksheet("Số dư đầu kỳ"), book.add_worksheet("Hướng dẫn")
    helping.set_column(0, 1, 40)
    for index, ((name, width), example) in enumerate(zip(COLUMNS, sample, strict=True)):
        sheet.write_string(0, index, name, head)
        sheet.set_column(index, index, width, text)
        helping.write_string(index, 0, name, head)
        helping.write_string(index, 1, example)
    sheet.freeze_panes(1, 1)
    book.close()
    return stream.getvalue()

"""Officers from XLSX: template, check of the whole file with a preview, then all or none."""

from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import slashed
from motcua.people import actions, officer_queries, permissions
from motcua.people import officer_import as reading
from motcua.people.form_page import key_of
from motcua.people.rules import OfficerIn, Role
from motcua.web import clock, flash
from motcua.web.forms import FieldError
from motcua.web.parts import Cell, Column, Row
from motcua.web.refusals import UNPROCESSABLE, sentence, status_of
from motcua.web.sheets import CellError, read_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_ERRORS = 100


@login_required
@require_safe
def template(request: HttpRequest) -> FileResponse:
    """The file to fill in."""
    permissions.require(request.user, Role.ADMINISTRATOR, at=clock.now())
    book = reading.template(officer_queries.fields_of_work())
    return FileResponse(
        BytesIO(book), as_attachment=True, filename="mau-danh-sach-can-bo.xlsx", content_type=XLSX
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Choose a file; see what it would write, or each wrong cell; then write all of it."""
    at = clock.now()
    permissions.require(request.user, Role.ADMINISTRATOR, at=at)
    if request.method != "POST":
        return _page(request)
    try:
        if "ghi" in request.POST:
            rows = reading.unpack(request.POST.get("dong", ""))
            actions.import_officers(by=request.user, at=at, key=key_of(request), rows=rows)
            flash.say(request, _(
                "Đã thêm {n} cán bộ. Cấp mã đăng nhập cho từng người ở trang của họ."
            ).format(n=len(rows)))  # fmt: skip
            return redirect("can-bo")
        return _preview(request)
    except Refused as no:
        return _page(request, errors=(FieldError(sentence(no), "o-tep"),), status=status_of(no))


def _preview(request: HttpRequest) -> HttpResponse:
    file: Any = request.FILES.get("tep")
    if file is None:
        raise BadInput("Chưa chọn tệp. Chọn một tệp .xlsx theo mẫu.")
    table = read_table(file.read(), file.name, reading.COLUMNS, reading.NEEDED)
    checked = reading.check(
        table, work=officer_queries.fields_of_work(), taken=officer_queries.logins_taken()
    )
    if checked.errors:
        wrong = [_wrong(one) for one in checked.errors[:SHOWN_ERRORS]]
        words = _("Tệp “{name}” có {n} chỗ sai. Chưa ghi dòng nào; sửa trong tệp rồi chọn lại.")
        error = FieldError(words.format(name=file.name, n=len(checked.errors)), "o-tep")
        return _page(request, wrong=wrong, errors=(error,), status=UNPROCESSABLE)
    rows = [_row(one) for one in checked.rows]
    return _page(request, rows=rows, packed=reading.pack(checked.rows), name=file.name)


def _page(request: HttpRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    context = {
        "wrong_columns": (
            Column(_("Trang tính")), Column(_("Dòng"), "number"), Column(_("Cột")),
            Column(_("Chỗ sai và cách sửa")),
        ),
        "columns": tuple(Column(name) for name in reading.COLUMNS),
        "key": key_of(request),
    } | given  # fmt: skip
    return render(request, "people/officer_import.html", context, status=status)


def _wrong(one: CellError) -> Row:
    return Row((one.sheet, str(one.row or "–"), one.column, one.message))


def _row(one: OfficerIn) -> Row:
    roles = "; ".join(_(role.label) for role in one.roles)
    names = dict(officer_queries.fields_of_work()) if one.fields else {}
    work = "; ".join(names.get(code, code) for code in one.fields) or _("mọi lĩnh vực")
    login = Cell(one.login, code=True)
    return Row((one.name, login, one.post, _(one.group.label), roles, work, slashed(one.since)))

"""Sổ chứng thực: one book of one year by number, its copies, and what is wrong with its numbers."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.dossiers import certifying
from motcua.dossiers.cert_books import SLUGS, CertBook, runs
from motcua.dossiers.views import XLSX, download
from motcua.journal.actions import record_read
from motcua.kernel.text import group_digits
from motcua.kernel.vntime import local, local_day
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web import xlsx
from motcua.web.clock import now
from motcua.web.forms import Field
from motcua.web.pagination import page
from motcua.web.parts import Cell, Choice, Column, Row

FIRST_YEAR = 2015
COLUMNS = (
    Column(gettext_lazy("Số"), "number"),
    Column(gettext_lazy("Ngày"), "date"),
    Column(gettext_lazy("Người yêu cầu")),
    Column(gettext_lazy("Giấy tờ")),
    Column(gettext_lazy("Số bản"), "number"),
    Column(gettext_lazy("Phí, đồng"), "number"),
    Column(gettext_lazy("Hồ sơ")),
    Column(gettext_lazy("Ghi chú")),
)
SHEET = (
    xlsx.Column("Số", "int", 8), xlsx.Column("Ngày", "datetime", 18),
    xlsx.Column("Người yêu cầu", width=28), xlsx.Column("Giấy tờ", width=40),
    xlsx.Column("Số bản", "int", 8), xlsx.Column("Phí", "money", 14),
    xlsx.Column("Hồ sơ", "code", 26), xlsx.Column("Người ghi", width=24),
    xlsx.Column("Lý do bỏ", width=30),
)  # fmt: skip


@login_required
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The entries by number, a page at a time; gaps and duplicates above them; XLSX."""
    at = now()
    permissions.require(request.user, *Role, at=at)
    slug = request.GET.get("so", "")
    slug = slug if slug in SLUGS else "ban-sao"
    book, year = SLUGS[slug], _year(request.GET.get("nam", ""), at)
    rows = certifying.in_book(book, year)
    if request.GET.get("dang") == "xlsx":
        return _export(request, book, year, rows, at)
    shown = page(rows, order=("number", "pk"), after=request.GET.get("sau") or None)
    state = certifying.state_of(book, year)
    context = {
        "book": book, "year": year, "state": state, "columns": COLUMNS, "page": shown,
        "rows": [_row(one) for one in shown.rows],
        "gaps": ", ".join(runs(state.gaps)),
        "duplicates": ", ".join(str(number) for number in state.duplicates),
        "fields": _choices(slug, year, at), "xlsx": f"?so={slug}&nam={year}&dang=xlsx",
    }  # fmt: skip
    return render(request, "dossiers/books.html", context)


def _year(text: str, at: datetime) -> int:
    """The year asked for; this one when it is none."""
    this = local_day(at).year
    good = text.isascii() and text.isdecimal() and len(text) == 4
    return int(text) if good and FIRST_YEAR <= int(text) <= this else this


def _choices(slug: str, year: int, at: datetime) -> tuple[Field, ...]:
    books = tuple(Choice(name, book.label) for name, book in SLUGS.items())
    this = local_day(at).year
    years = tuple(Choice(str(y), str(y)) for y in range(this, FIRST_YEAR - 1, -1))
    return (
        Field("so", _("Sổ"), "select", slug, choices=books, width=30),
        Field("nam", _("Năm"), "select", str(year), choices=years),
    )


def _row(one: Any) -> Row:
    code = one.dossier.code
    void = _("đã bỏ: {why}").format(why=one.void) if one.void else ""
    return Row((
        str(one.number), f"{local(one.at):%d/%m/%Y}", one.dossier.applicant.name, one.document,
        str(one.copies), group_digits(one.fee),
        Cell(code, reverse("ho-so-chi-tiet", args=[code]), code=True), void or "–",
    ))  # fmt: skip


def _export(
    request: HttpRequest, book: CertBook, year: int, rows: Any, at: datetime
) -> HttpResponse:
    """The whole book of the year as a sheet; that is a read of everybody in it."""
    made = (
        (
            one.number, one.at, one.dossier.applicant.name, one.document, one.copies, one.fee,
            one.dossier.code, one.by.name, one.void,
        )
        for one in rows.order_by("number", "pk").iterator(2000)
    )  # fmt: skip
    purpose = f"xuất {book.label} năm {year}"
    record_read(request.user.agency, by=request.user, at=at, purpose=purpose[:120])
    title = f"{book.label} {year}"
    content = xlsx.workbook(title, SHEET, made, by=request.user.name, at=at)
    return download(content, XLSX, f"so-chung-thuc-{year}.xlsx")

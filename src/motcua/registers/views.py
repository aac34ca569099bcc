"""The small registers: lists anybody of the agency may read, entries by those who keep them."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.registers import queries
from motcua.registers.actions import KEEPERS
from motcua.registers.books import BOOKS, Book
from motcua.web import clock, flash, xlsx
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.pagination import page
from motcua.web.parts import Cell, Column, Link, Row
from motcua.web.refusals import sentence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What actions call a field, as the forms call it.
NAMES = {"number": "so", "on": "ngay"}


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The five registers, how much each holds and what still waits in it."""
    columns = (Column(_("Sổ")), Column(_("Đã ghi"), "number"), Column(_("Còn chờ")))
    rows = [_index_row(one) for one in BOOKS.values()]
    return render(request, "registers/index.html", {"columns": columns, "rows": rows})


@login_required
@require_safe
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """One register, newest first; for its keepers with the mark each row waits for."""
    at = clock.now()
    found = _book(slug)
    rows = found.rows()
    if "xlsx" in request.GET:
        return _workbook(request, found, at)
    keeps = request.user.has_role(*KEEPERS, on=local_day(at))
    shown = page(rows, order=found.newest, after=request.GET.get("sau"))
    columns = [Column(str(words)) for words in found.columns]
    context = {
        "book": found,
        "keeps": keeps,
        "total": queries.total(rows).rows,
        "page": shown,
        "columns": [*columns, Column(_("Việc"))] if keeps and found.marks else columns,
        "rows": [_row(found, one, keeps) for one in shown.rows],
    }
    return render(request, "registers/book.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter one row."""
    at = clock.now()
    found = _book(slug)
    permissions.require(request.user, *KEEPERS, at=at)
    today = local_day(at)

    def act(answers: Answers, key: str) -> Any:
        given = found.read(answers, today)
        return None if answers.errors else found.action(by=request.user, at=at, key=key, **given)

    title = Link(str(found.act), reverse("so-nho-so", args=(slug,)))
    return _form(request, found, title, found.fields(today), act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, slug: str, row_id: UUID, mark_slug: str) -> HttpResponse:
    """Enter on one row what happened later: posted, processes built, reviewed, retired."""
    at = clock.now()
    found = _book(slug)
    chosen = found.mark(mark_slug)
    row = queries.one(found.rows(), row_id)
    if chosen is None or row is None:
        raise Http404
    permissions.require(request.user, *KEEPERS, at=at)
    today = local_day(at)

    def act(answers: Answers, key: str) -> Any:
        given = chosen.read(answers, today)
        if answers.errors:
            return None
        given[chosen.argument] = row.pk
        return chosen.action(by=request.user, at=at, key=key, **given)

    title = Link(f"{chosen.act}: {row}", reverse("so-nho-so", args=(slug,)))
    known = tuple(zip(map(str, found.columns), found.cells(row), strict=True))
    return _form(request, found, title, chosen.fields(str(chosen.label), today), act, known)


def _form(
    request: HttpRequest,
    found: Book,
    title: Link,
    fields: tuple[Field, ...],
    act: Callable[[Answers, str], Any],
    known: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Show a form, or do its act and go back to the register; errors keep what was typed."""
    key = request.POST.get("khoa", "")[:80] or str(uuid7())
    general: tuple[FieldError, ...] = ()
    if request.method == "POST":
        answers = Answers(request.POST)
        done = None
        try:
            done = act(answers, key) if "kiem-tra" not in request.POST else None
        except BadInput as no:
            answers.errors[NAMES.get(no.field or "", no.field or "")] = sentence(no)
        except Refused as no:
            general = (FieldError(sentence(no)),)
        except IntegrityError:
            general = (FieldError(_("Người khác vừa ghi dòng này. Mở sổ để xem.")),)
        if done is not None:
            flash.say(request, _("Đã ghi vào sổ: {row}.").format(row=done))
            return redirect("so-nho-so", slug=found.slug)
        fields = answers.back_into(fields)
    context = {
        "book": found,
        "title": title,
        "fields": fields,
        "known": known,
        "errors": (*general, *summary(fields)),
        "key": key,
    }
    return render(request, "registers/form.html", context)


def _book(slug: str) -> Book:
    if slug not in BOOKS:
        raise Http404
    return BOOKS[slug]


def _index_row(one: Book) -> Row:
    total = queries.total(one.rows())
    waiting = "–"
    if total.waiting:
        waiting = _("{n} {what}").format(n=total.waiting, what=one.waiting)
    link = Cell(str(one.title), reverse("so-nho-so", args=(one.slug,)))
    return Row((link, str(total.rows), waiting))


def _row(found: Book, row: Any, keeps: bool) -> Row:
    first, *rest = found.cells(row)
    cells: tuple[Cell | str, ...] = (Cell(first, code=found.coded), *rest)
    if keeps and found.marks:
        due = found.next_mark(row)
        url = reverse("so-nho-danh-dau", args=(found.slug, row.pk, due.slug)) if due else ""
        cells = (*cells, Cell(str(due.act) if due else "–", url))
    return Row(cells)


def _workbook(request: HttpRequest, found: Book, at: datetime) -> FileResponse:
    columns = [xlsx.Column(str(words), width=28) for words in found.columns]
    rows = found.rows().order_by(*found.newest, "pk").iterator(2000)
    cells = map(found.cells, rows)
    book = xlsx.workbook(str(found.title), columns, cells, by=request.user.name, at=at)
    name = f"{found.slug}-{local_day(at):%Y-%m-%d}.xlsx"
    return FileResponse(BytesIO(book), as_attachment=True, filename=name, content_type=XLSX)

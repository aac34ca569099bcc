"""The list behind a figure as pages and sheets show it. Codes and days, never a person's name."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.dossiers.rules import Phase
from motcua.kernel.text import fold, group_digits
from motcua.kernel.timeliness import Outcome
from motcua.kernel.vntime import local_day, slashed
from motcua.report import evidence
from motcua.report.figures import Kind, Row
from motcua.report.results import Listing
from motcua.web import xlsx
from motcua.web.forms import Answers, Field, Filters
from motcua.web.pagination import BadToken, Page
from motcua.web.parts import Cell, Column
from motcua.web.parts import Row as TableRow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50


def is_of_dossiers(found: Listing) -> bool:
    return evidence.table_of(found.result.id) == "dossiers"


def filters(request: HttpRequest) -> Filters:
    (search,) = Answers(request.GET).back_into((Field("tim", _("Lọc theo mã, tên"), "search"),))
    return Filters(search)


def matching(found: Listing, wanted: str) -> tuple[Row, ...]:
    """The rows whose label holds every word, without diacritics."""
    words = fold(wanted).split()
    if not words:
        return found.rows
    return tuple(row for row in found.rows if all(word in fold(row.label) for word in words))


def page(rows: Sequence[Row], after: str | None) -> Page:
    """Fifty rows after the row with the id `after`. Raises BadToken when it is not there."""
    start = 0
    if after:
        start = next((i for i, row in enumerate(rows, 1) if row.id == after), 0)
        if not start:
            raise BadToken
    part = list(rows[start : start + PAGE])
    more = len(rows) > start + PAGE
    return Page(part, part[-1].id if more else None)


FACTS = (*evidence.COLUMNS, "received_day")


def dossier_columns() -> tuple[Column, ...]:
    return (
        Column(_("Mã hồ sơ")), Column(_("Thủ tục")), Column(_("Tiếp nhận"), "date"),
        Column(_("Hẹn trả"), "date"), Column(_("Xong"), "date"), Column(_("So với hẹn đầu")),
        Column(_("Trễ ở bước")),
    )  # fmt: skip


def dossier_rows(facts: Sequence[dict[str, Any]]) -> list[TableRow]:
    """Fact rows (FACTS) as lines of a table."""
    return [TableRow(_dossier(fact["code"], fact)) for fact in facts]


def columns(found: Listing) -> tuple[Column, ...]:
    head = [*dossier_columns()] if is_of_dossiers(found) else [Column(_("Bản ghi"))]
    if found.result.kind is Kind.SHARE:
        head.append(Column(_("Tính vào tử số")))
    if _has_amount(found):
        head.append(Column(_("Số tiền (đồng)"), "number"))
    return tuple(head)


def shown(found: Listing, rows: Sequence[Row]) -> list[TableRow]:
    facts = evidence.dossiers(row.id for row in rows) if is_of_dossiers(found) else None
    return [TableRow(_cells(found, row, facts)) for row in rows]


def _cells(found: Listing, row: Row, facts: Any) -> tuple[Cell | str, ...]:
    if facts is not None:
        cells: tuple[Cell | str, ...] = _dossier(row.label, facts.get(row.id, {}))
    else:
        cells = (Cell(row.label, _procedure_url(found, row)),)
    if found.result.kind is Kind.SHARE:
        cells = (*cells, _("có") if row.inside else _("không"))
    if _has_amount(found):
        cells = (*cells, group_digits(row.amount or 0))
    return cells


def _dossier(code: str, fact: dict[str, Any]) -> tuple[Cell | str, ...]:
    ended = fact.get("finished_on")
    return (
        Cell(code, _address("ho-so-chi-tiet", code), code=True),
        fact.get("procedure_name", ""),
        _day(fact.get("received_on")),
        _day(fact.get("due_on")),
        _day(ended) if ended else _("chưa xong"),
        _(Outcome(fact["outcome"]).label) if fact.get("outcome") else "–",
        _(Phase(fact["late_phase"]).label) if fact.get("late_phase") else "–",
    )


def _procedure_url(found: Listing, row: Row) -> str:
    if evidence.table_of(found.result.id) != "procedures":
        return ""
    return _address("thu-tuc-chi-tiet", row.label.split(" ", 1)[0])


def _address(name: str, argument: str) -> str:
    try:
        return reverse(name, args=(argument,))
    except NoReverseMatch:
        return ""


def _has_amount(found: Listing) -> bool:
    return found.result.kind in (Kind.SUM, Kind.VALUE)


def _day(day: Any) -> str:
    return slashed(day) if day else "–"


def note(found: Listing) -> str:
    """What the reader must know of this list."""
    if evidence.table_of(found.result.id) == "forms":
        return _(
            "Phiếu khảo sát ẩn danh: số ở đây không phải mã in trên phiếu; không có hồ sơ, "
            "không có người trả lời."
        )
    if found.result.frozen and is_of_dossiers(found):
        return _("Danh sách giữ nguyên từ lúc chốt; ngày và bước là của sổ hôm nay.")
    return ""


def workbook(
    found: Listing, rows: Sequence[Row], title: str, *, by: str, at: datetime
) -> FileResponse:
    """The whole filtered list as a sheet."""
    heads = columns(found)
    table = [xlsx.Column(str(head.label), "code" if not i else "text", 24)
             for i, head in enumerate(heads)]  # fmt: skip
    lines = ([_text(cell) for cell in row.cells] for row in _in_parts(found, rows))
    book = xlsx.workbook(title, table, lines, by=by, at=at)
    name = f"{found.result.id}-{local_day(at):%Y-%m-%d}.xlsx"
    return FileResponse(BytesIO(book), as_attachment=True, filename=name, content_type=XLSX)


def _in_parts(found: Listing, rows: Sequence[Row]) -> Any:
    """Rows of the table, a few hundred at a time: few statements, bounded memory."""
    for start in range(0, len(rows), 500):
        yield from shown(found, rows[start : start + 500])


def _text(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text

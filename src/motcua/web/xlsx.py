"""Lists as XLSX (xuất danh sách): text stays text, and the sheet says who took it and when."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from motcua.kernel.errors import Refused
from motcua.kernel.vntime import clock_words, local, local_day, slashed

HEAD_ROW = 3
MOST_ROWS = 1_000_000
LONGEST_TEXT = 32_767
LONGEST_SHEET_NAME = 31
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "quoted": {"text_wrap": True, "valign": "top", "quote_prefix": True},
    "code": {"num_format": "@", "valign": "top", "quote_prefix": True},
    "int": {"num_format": "#,##0", "valign": "top"},
    "money": {"num_format": '#,##0" đồng"', "valign": "top"},
    "date": {"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"},
    "datetime": {"num_format": "hh:mm dd/mm/yyyy", "align": "left", "valign": "top"},
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
}


class TooManyRows(Refused):
    code = "too-many-rows"
    message = "Danh sách dài hơn {most} dòng, một tệp XLSX không chứa hết. Lọc bớt rồi xuất lại."


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: text, int, date, datetime, money (whole đồng) or code; `width` in characters."""

    name: str
    kind: str = "text"
    width: int = 20


def workbook(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    by: str,
    at: datetime,
) -> bytes:
    """Return an XLSX file of one sheet, written row by row (constant memory).

    `by` is who exports, `at` an aware instant; instants in cells are written in Vietnamese
    time. A string is never a formula or a link, whatever it begins with. None is an empty
    cell. Raises TooManyRows above a million rows.
    """
    stream = BytesIO()
    book = Workbook(
        stream,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    formats = {name: book.add_format(style) for name, style in _FORMATS.items()}
    sheet = book.add_worksheet(_sheet_name(title))
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.write_string(0, 0, _clean(title), formats["title"])
    sheet.write_string(1, 0, _clean(_taken(by, at)))
    for index, column in enumerate(columns):
        sheet.write_string(HEAD_ROW, index, _clean(column.name), formats["head"])
    last = _fill(sheet, columns, rows, formats)
    if columns:
        sheet.autofilter(HEAD_ROW, 0, max(last, HEAD_ROW + 1), len(columns) - 1)
    book.close()
    return stream.getvalue()


def _fill(sheet, columns, rows, formats) -> int:
    number = HEAD_ROW
    for number, row in enumerate(rows, HEAD_ROW + 1):
        if number - HEAD_ROW > MOST_ROWS:
            raise TooManyRows(most="1.000.000")
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is not None and value != "":
                _WRITERS[column.kind](sheet, number, index, value, formats)
    return number


def _taken(by: str, at: datetime) -> str:
    return _("Xuất lúc {time} ngày {day}, người xuất: {who}").format(
        time=clock_words(at), day=slashed(local_day(at)), who=by
    )


def _text(sheet, row: int, column: int, value: Any, formats) -> None:
    text = _clean(str(value))
    kind = "quoted" if text.startswith(_FORMULA) else "text"
    sheet.write_string(row, column, text, formats[kind])


def _code(sheet, row: int, column: int, value: Any, formats) -> None:
    sheet.write_string(row, column, _clean(str(value)), formats["code"])


def _number(kind: str) -> Callable[..., None]:
    def write(sheet, row: int, column: int, value: Any, formats) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"A whole number is needed, got {value!r}")
        sheet.write_number(row, column, value, formats[kind])

    return write


def _day(sheet, row: int, column: int, value: Any, formats) -> None:
    sheet.write_datetime(row, column, value, formats["date"])


def _moment(sheet, row: int, column: int, value: datetime, formats) -> None:
    naive = local(value).replace(tzinfo=None, microsecond=0)
    sheet.write_datetime(row, column, naive, formats["datetime"])


_WRITERS: dict[str, Callable[..., None]] = {
    "text": _text,
    "code": _code,
    "int": _number("int"),
    "money": _number("money"),
    "date": _day,
    "datetime": _moment,
}


def _clean(text: str) -> str:
    """Drop what XML cannot hold; say so when a text is longer than a cell."""
    text = _CONTROL.sub("", text)
    cut = _cut(text, LONGEST_TEXT)
    return text if cut == text else _cut(text, LONGEST_TEXT - 1) + "…"


def _sheet_name(title: str) -> str:
    name = _FORBIDDEN_IN_SHEET_NAME.sub(" ", _clean(title)).strip()
    return _cut(name, LONGEST_SHEET_NAME).strip() or "Danh sách"


def _cut(text: str, units: int) -> str:
    """Cut to a length in UTF-16 units, which is how Excel counts."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")

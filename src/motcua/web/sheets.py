"""Tables that people send as XLSX (nhập danh sách): read whole, as text, with their row numbers.

Nothing is trusted by its name: the content must be an XLSX file, and not unpack into a flood.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

from motcua.kernel.errors import BadInput
from motcua.kernel.text import fold, nfc

LIMIT = 2 * 1024 * 1024
UNPACKED_LIMIT = 60 * 1024 * 1024
MOST_ROWS = 20_000
HEAD_WITHIN = 20
XML_HEAD = 1024
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError,
    EOFError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
"""What openpyxl and zipfile raise over files that are not what they seem."""


class NotXlsx(BadInput):
    code = "not-xlsx"
    message = "Tệp “{name}” không phải XLSX. Lưu lại trong Excel thành .xlsx rồi chọn lại."


class SheetTooLarge(BadInput):
    code = "sheet-too-large"
    message = "Tệp “{name}” quá lớn: nhận đến 2 MB và 20.000 dòng. Tách thành nhiều tệp."


class NoHead(BadInput):
    code = "sheet-no-head"
    message = (
        "Tệp “{name}” không có dòng đầu bảng với các cột: {columns}. "
        "Tải tệp mẫu, chép dữ liệu vào rồi chọn lại."
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the spreadsheet shows it, and its cells as text by column name."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet that are not empty, in order."""

    sheet: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in one cell, as people find it again: sheet, row, column."""

    sheet: str
    row: int
    column: str
    message: str


def read_table(content: bytes, name: str, columns: Sequence[str], needed: Sequence[str]) -> Table:
    """The first sheet whose head has the `needed` columns; heads match without diacritics.

    Raises NotXlsx, SheetTooLarge, NoHead.
    """
    for sheet, rows in _sheets(content, name):
        for at, row in enumerate(rows[:HEAD_WITHIN]):
            places = _places(row, columns)
            if all(column in places for column in needed):
                return Table(sheet, tuple(_lines(rows, at + 1, places)))
    raise NoHead(name=name, columns=", ".join(needed))


def _sheets(content: bytes, name: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """The visible sheets of a workbook, with all their rows."""
    _weigh(content, name)
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # what a sheet says of its own size is not trusted
                rows = list(islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1))
                if len(rows) > MOST_ROWS:
                    raise SheetTooLarge(name=name)
                yield sheet.title, rows
        book.close()
    except _BROKEN as problem:
        raise NotXlsx(name=name) from problem


def _weigh(content: bytes, name: str) -> None:
    """Refuse what is no zip archive, unpacks to a flood, or has XML with entities of its own."""
    if len(content) > LIMIT:
        raise SheetTooLarge(name=name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
                raise SheetTooLarge(name=name)
            if "xl/workbook.xml" not in archive.namelist():
                raise NotXlsx(name=name)
            for entry in entries:
                with archive.open(entry) as part:
                    if any(mark in part.read(XML_HEAD).upper() for mark in ENTITIES):
                        raise NotXlsx(name=name)
    except _BROKEN as problem:
        raise NotXlsx(name=name) from problem


def _places(row: Sequence[Any], columns: Sequence[str]) -> dict[str, int]:
    heads = [fold(_text(cell)) for cell in row]
    return {name: heads.index(fold(name)) for name in columns if fold(name) in heads}


def _lines(rows: Sequence[Sequence[Any]], first: int, places: Mapping[str, int]) -> list[Line]:
    found = []
    for at, row in enumerate(rows[first:], first):
        cells = {name: _text(row[place]) for name, place in places.items() if place < len(row)}
        if any(cells.values()):
            found.append(Line(at + 1, cells))
    return found


def _text(cell: Any) -> str:
    """A cell as people read it: 5.0 is 5, a date is day/month/year."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time.min else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return nfc(str(cell))

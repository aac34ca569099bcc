"""Tables that people send as XLSX (nhập danh sách): read whole, as text, with their row numbers.

Nothing is trusted by its name: the content must be an XLSX file, and not unpack into a flood.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from motcua.kernel.errors import BadInput
from motcua.kernel.text import fold, nfc

LIMIT = 2 * 1024 * 1024
UNPACKED_LIMIT = 60 * 1024 * 1024
MOST_ROWS = 20_000
HEAD_WITHIN = 20


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


def _sheets(content: bytes, name: str) -> list[tuple[str, list[list[Any]]]]:
    if len(content) > LIMIT:
        raise SheetTooLarge(name=name)
    _weigh(content, name)
    from python_calamine import CalamineError, load_workbook

    try:
        with load_workbook(BytesIO(content)) as book:
            found = []
            for title in book.sheet_names:
                sheet = book.get_sheet_by_name(title)
                if sheet.height > MOST_ROWS:
                    raise SheetTooLarge(name=name)
                found.append((title, sheet.to_python(skip_empty_area=False)))
            return found
    except (CalamineError, OSError) as problem:
        raise NotXlsx(name=name) from problem


def _weigh(content: bytes, name: str) -> None:
    """Refuse what is no zip archive, or unpacks to more than a sheet may hold."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as problem:
        raise NotXlsx(name=name) from problem
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise NotXlsx(name=name)
    if sum(sizes) > UNPACKED_LIMIT:
        raise SheetTooLarge(name=name)


def _places(row: Sequence[Any], columns: Sequence[str]) -> dict[str, int]:
    heads = [fold(_text(cell)) for cell in row]
    return {name: heads.index(fold(name)) for name in columns if fold(name) in heads}


def _lines(rows: list[list[Any]], first: int, places: Mapping[str, int]) -> list[Line]:
    found = []
    for at, row in enumerate(rows[first:], first):
        cells = {name: _text(row[place]) for name, place in places.items() if place < len(row)}
        if any(cells.values()):
            found.append(Line(at + 1, cells))
    return found


def _text(cell: Any) -> str:
    """A cell as people read it: 5.0 is 5, a date is day/month/year."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time.min else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return nfc(str(cell))

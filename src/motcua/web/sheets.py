"""Tables that people send as XLSX (nhập danh sách): read whole, as text, with their row numbers.

Nothing is trusted by its name: the content must be an XLSX file, and not unpack into a flood.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from io import BytesIO
from itertools import islice
from typing import Any

from motcua.kernel.errors import BadInput
from motcua.kernel.text import fold, nfc

LIMIT = 2 * 1024 * 1024
UNPACKED_LIMIT = 20 * 1024 * 1024
STRINGS_LIMIT, PART_LIMIT = 20 * 1024 * 1024, 2 * 1024 * 1024
"""What the shared strings, and what each other part of the workbook itself, may unpack to."""
MOST_PARTS = 2_000
MOST_ROWS, MOST_COLUMNS = 20_000, 100
HEAD_WITHIN = 20
CHUNK = 256 * 1024
STRINGS = "xl/sharedStrings.xml"
_PART = re.compile(r"xl/[^/]+\.xml|.*\.rels|\[Content_Types\]\.xml")
_MARKS = (b"<!DOCTYPE", b"<!ENTITY")
_ACTIVE = (*_MARKS, *(b"\0".join(bytes([one]) for one in mark) for mark in _MARKS))
_LONGEST = max(map(len, _ACTIVE))
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([^"']*)""")
_ENCODINGS = (b"UTF-8", b"UTF-16", b"US-ASCII", b"ASCII", b"UTF8")
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
                every = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
                rows = list(islice(every, MOST_ROWS + 1))
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
    fault = fault_of(content, UNPACKED_LIMIT)
    if fault is Fault.FLOOD:
        raise SheetTooLarge(name=name)
    if fault is not None:
        raise NotXlsx(name=name)


class Fault(Enum):
    """Why a file is not opened as a workbook."""

    BROKEN = "broken"
    NO_WORKBOOK = "no workbook"
    FLOOD = "flood"
    ENTITIES = "entities"


def fault_of(content: bytes, most: int) -> Fault | None:
    """What speaks against opening an XLSX file; it may unpack to `most` bytes.

    No part of it is parsed: sizes, then every part read through once for definitions of its own.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > most:
                return Fault.FLOOD
            if any(one.file_size > _limit(one.filename) for one in parts):
                return Fault.FLOOD
            if "xl/workbook.xml" not in archive.namelist():
                return Fault.NO_WORKBOOK
            return Fault.ENTITIES if any(_defines(archive, one) for one in parts) else None
    except _BROKEN:
        return Fault.BROKEN


def _limit(name: str) -> float:
    if name == STRINGS:
        return STRINGS_LIMIT
    return PART_LIMIT if _PART.fullmatch(name) else float("inf")


def _defines(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part has definitions of its own, anywhere, or an encoding that would hide them."""
    tail = b""
    with archive.open(part) as stream:
        while block := stream.read(CHUNK):
            told = _ENCODING.match(block.removeprefix(b"\xef\xbb\xbf")) if not tail else None
            if told and told[1].upper() not in _ENCODINGS:
                return True
            seen = tail + block
            if any(mark in seen for mark in _ACTIVE):
                return True
            tail = seen[-_LONGEST:]
    return False


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

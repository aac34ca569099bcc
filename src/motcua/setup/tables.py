"""Reading a file that came from somewhere (XLSX, CSV): hostile until read. No framework.

Told by content, never by name. Cells come as text, numbers, days or instants; rows keep the
number they have in the file, so that an error can name the place.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.kernel.errors import BadInput
from motcua.kernel.words import say
from motcua.web import sheets

Cell = str | int | float | date | datetime | None
MOST_BYTES = 12 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000
SNIFFED = 20_000
_SEPARATORS = (";", "\t", ",", "|")
FAULTS = {
    sheets.Fault.BROKEN: "tệp nén hỏng hoặc có mật khẩu",
    sheets.Fault.NO_WORKBOOK: "tệp nén không phải XLSX",
    sheets.Fault.ENTITIES: "XML có định nghĩa riêng",
}


class TooLarge(BadInput):
    code = "table-too-large"
    message = (
        "Tệp “{name}” quá lớn ({what}; nhận đến {limit}). Tách thành nhiều tệp rồi nhập lần lượt."
    )


class NotATable(BadInput):
    code = "not-a-table"
    message = (
        "Tệp “{name}” không phải bảng đọc được ({what}). Mở bằng Excel hoặc LibreOffice, "
        "lưu lại thành .xlsx hoặc .csv (UTF-8), rồi nhập lại."
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows as (number in the file, cells)."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read(name: str, content: bytes) -> list[Sheet]:
    """The sheets that a person sees in the file. Raises TooLarge or NotATable."""
    if len(content) > MOST_BYTES:
        raise TooLarge(name=name, what=_megabytes(len(content)), limit=_megabytes(MOST_BYTES))
    if not content.strip():
        raise NotATable(name=name, what="tệp trống")
    if content.startswith(b"PK\x03\x04"):
        return _workbook(name, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotATable(name=name, what="Excel 97–2003 (.xls) hoặc có mật khẩu")
    if re.match(rb"\s*<", content.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise NotATable(name=name, what="trang HTML hoặc XML mang tên bảng tính")
    return [Sheet("", tuple(_csv(name, decoded(name, content))))]


def _workbook(name: str, content: bytes) -> list[Sheet]:
    _check_package(name, content)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        seen = [one for one in book.worksheets if one.sheet_state == "visible"]
        read_ones = [Sheet(one.title, tuple(_sheet_rows(name, one))) for one in seen]
        book.close()
    except BadInput:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError,
            AttributeError, IndexError, OverflowError, SyntaxError, OSError) as error:  # fmt: skip
        what = say("XLSX hỏng: {why}").format(why=type(error).__name__)
        raise NotATable(name=name, what=what) from None
    return read_ones


def _check_package(name: str, content: bytes) -> None:
    """Refuse what unpacks to more than a table would, and XML that defines its own entities."""
    fault = sheets.fault_of(content, MOST_UNPACKED)
    if fault is sheets.Fault.FLOOD:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            total = sum(one.file_size for one in package.infolist())
        what = say("giải nén ra {size}").format(size=_megabytes(total))
        limit = MOST_UNPACKED if total > MOST_UNPACKED else sheets.STRINGS_LIMIT
        raise TooLarge(name=name, what=what, limit=_megabytes(limit))
    if fault is not None:
        raise NotATable(name=name, what=FAULTS[fault])


def _sheet_rows(name: str, sheet: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    # What a sheet says of its own size is not to be trusted.
    sheet.reset_dimensions()
    wide = MOST_COLUMNS + 1
    for number, cells in enumerate(sheet.iter_rows(max_col=wide, values_only=True), 1):
        last = max((at for at, one in enumerate(cells, 1) if one is not None), default=0)
        _check_size(name, number, last)
        kept = tuple(_cell(name, one) for one in cells[:last])
        if any(one is not None for one in kept):
            yield number, kept


def _check_size(name: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise TooLarge(name=name, what=say("hơn {n} dòng").format(n=MOST_ROWS),
                       limit=say("{n} dòng").format(n=MOST_ROWS))  # fmt: skip
    if columns > MOST_COLUMNS:
        words = say("{n} cột")
        raise TooLarge(name=name, what=words.format(n=columns), limit=words.format(n=MOST_COLUMNS))


def _cell(name: str, value: Any) -> Cell:
    if isinstance(value, str):
        return _text(name, value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | datetime | date) or value is None:
        return value
    return str(value)  # a time of day, a duration: the columns say that they want a day


def _text(name: str, value: str) -> str | None:
    if len(value) > LONGEST_CELL:
        what = say("ô dài {n} chữ cái").format(n=len(value))
        raise TooLarge(name=name, what=what, limit=LONGEST_CELL)
    return unicodedata.normalize("NFC", value).strip() or None


def decoded(name: str, content: bytes) -> str:
    """The text of a CSV: UTF-8 or UTF-16 (with or without its mark), else windows-1258."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return _decode(name, content, encoding)
    nuls = content[:SNIFFED].count(0)
    if nuls > len(content[:SNIFFED]) // 5:
        odd = content[1:SNIFFED:2].count(0) * 2 > nuls
        return _decode(name, content, "utf-16-le" if odd else "utf-16-be")
    if nuls:
        raise NotATable(name=name, what="không phải chữ")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(name, content, "windows-1258")


def _decode(name: str, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        what = say("chữ không theo bảng mã {encoding}").format(encoding=encoding)
        raise NotATable(name=name, what=what) from None
    return unicodedata.normalize("NFC", text)


def _csv(name: str, text: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for number, row in enumerate(reader, 1):
            _check_size(name, number, len(row))
            cells = tuple(_text(name, one) for one in row)
            if any(cells):
                yield number, cells
    except csv.Error as error:
        what = say("dòng {row}: {why}").format(row=reader.line_num, why=error)
        raise NotATable(name=name, what=what) from None


def _separator(text: str) -> str:
    """The one that gives the same number of columns, more than one, most often."""
    lines = [line for line in text[:SNIFFED].splitlines() if line.strip()]

    def agreement(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        common = max(set(widths), key=widths.count, default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(_SEPARATORS, key=agreement)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")

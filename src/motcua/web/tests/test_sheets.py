"""Uploaded tables are hostile: they are weighed and read through before anything parses them."""

import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from motcua.web import sheets

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(rows):
    made = openpyxl.Workbook()
    for one in rows:
        made.active.append(one)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(content, part, change):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def read(content):
    return sheets.read_table(content, "tep.xlsx", ("Tên", "Số"), ("Tên",))


def test_a_table_is_read_as_text_with_its_row_numbers():
    (line,) = read(book([["Danh sách"], ["Tên", "Số"], ["An", 5.0]])).lines
    assert (line.number, dict(line.cells)) == (3, {"Tên": "An", "Số": "5"})


def test_cells_in_the_last_column_of_every_row_cost_no_memory():
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 5001))
    bomb = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    content = changed(book([["Tên"]]), SHEET, lambda found: bomb)
    tracemalloc.start()
    with pytest.raises(sheets.NoHead):
        read(content)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("before", [b"", b"<!--" + b"x" * 600_000 + b"-->"])
def test_definitions_anywhere_in_a_part_are_refused(before):
    entity = before + b'<!DOCTYPE x [<!ENTITY a "a">]>'
    with pytest.raises(sheets.NotXlsx):
        read(changed(book([["Tên"]]), SHEET, lambda found: entity + found))


def test_what_unpacks_to_a_flood_is_not_unpacked():
    with pytest.raises(sheets.SheetTooLarge):
        read(changed(book([["Tên"]]), SHEET, lambda found: found + b" " * 30_000_000))
    with pytest.raises(sheets.SheetTooLarge):
        read(changed(book([["Tên"]]), "xl/styles.xml", lambda found: found + b" " * 3_000_000))

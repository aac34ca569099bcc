"""Files that are no tables, or would be too much: told in a sentence, never opened."""

import io
import zipfile

import pytest

from motcua.kernel.errors import BadInput
from motcua.setup import tables
from motcua.setup.tests.tables_made import row, xlsx


def altered(content, name, change):
    """The workbook with one member of it changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for one in old.namelist():
            found = old.read(one)
            new.writestr(one, change(found) if one == name else found)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def refused(content, words, kind=tables.NotATable):
    with pytest.raises(kind, match=words):
        tables.read("tep.xlsx", content)


def test_what_is_no_table_says_what_it_is_and_how_to_save_it():
    refused(b"", "trống")
    refused(b"<html><table><tr><td>1</td></tr></table>", "HTML")
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "97–2003")
    refused(b"PK\x03\x04khong phai zip", "hỏng")
    refused(b"a;b\n\x00\x01;c", "không phải chữ")
    refused(b'a;b\n"mot;hai', "dòng")


def test_a_zip_that_is_no_workbook_and_one_that_was_cut_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("virus.exe", "MZ")
    refused(stream.getvalue(), "không phải XLSX")
    refused(xlsx(row("1"))[:-200], "hỏng")
    refused(altered(xlsx(row("1")), SHEET, lambda found: b"<worksheet>"), "XLSX hỏng")


def test_a_workbook_that_defines_entities_is_not_parsed():
    refused(altered(xlsx(row("1")), SHEET, lambda found: LAUGHS + found), "định nghĩa riêng")


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNPACKED", 100_000)
    bomb = altered(xlsx(row("1")), SHEET, lambda found: found + b" " * 5_000_000)
    assert len(bomb) < 20_000
    refused(bomb, "giải nén ra 4,[0-9] MB", tables.TooLarge)


def test_too_many_rows_columns_letters_and_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    refused(b"a;b\n" * 4, "hơn 3 dòng", tables.TooLarge)
    refused(xlsx(*[row(str(n)) for n in range(5)]), "hơn 3 dòng", tables.TooLarge)
    refused(b";".join([b"a"] * 300) + b"\n", "300 cột", tables.TooLarge)
    refused(b"a;" + b"x" * 6000 + b"\n", "ô dài 6000", tables.TooLarge)
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    refused(b"a;b;c;d;e;f;g", "quá lớn", tables.TooLarge)


def test_hidden_sheets_are_not_read():
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx(row("1"))))
    hidden = book.create_sheet("Ẩn")
    hidden.append(["bí mật"])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    assert [one.name for one in tables.read("a.xlsx", stream.getvalue())] == ["Danh sách"]


@pytest.mark.parametrize("content", [b"a;b\n1;2", b"\xff\xfea\x00;\x00", b"\x80\x81\xfe"])
def test_any_bytes_end_in_rows_or_in_a_refusal(content):
    try:
        assert isinstance(tables.read("x", content), list)
    except BadInput as refusal:
        assert "x" in str(refusal)


@pytest.mark.parametrize(
    "hidden",
    [
        b"<!--" + b"x" * 700_000 + b"-->" + LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        LAUGHS.decode().encode("utf-16-be"),
        b'<?xml version="1.0" encoding="cp037"?>' + LAUGHS.decode().encode("cp037"),
    ],
    ids=["far inside", "utf-16", "utf-16-be", "cp037"],
)
def test_definitions_far_inside_a_part_or_in_another_encoding_are_found_too(hidden):
    refused(altered(xlsx(row("1")), SHEET, lambda found: hidden + found), "định nghĩa")


def test_strings_and_styles_that_flood_are_refused_below_the_limit_of_the_whole():
    styles = altered(xlsx(row("1")), "xl/styles.xml", lambda found: found + b" " * 3_000_000)
    refused(styles, "giải nén ra", tables.TooLarge)
    stream = io.BytesIO(xlsx(row("1")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", b" " * 22_000_000)
    refused(stream.getvalue(), "nhận đến 20,0 MB", tables.TooLarge)


def test_one_cell_far_to_the_right_does_not_make_every_row_as_wide():
    def far(found):
        return found.replace(b"</row>", b'<c r="XFD2"><v>1</v></c></row>', 1)

    (sheet,) = tables.read("tep.xlsx", altered(xlsx(row("1")), SHEET, far))
    assert max(len(cells) for _number, cells in sheet.rows) < 20

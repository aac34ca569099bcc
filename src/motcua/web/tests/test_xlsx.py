"""Exported lists read back: text stays text, numbers are numbers, the sheet says who and when."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from motcua.kernel.vntime import VN
from motcua.web import xlsx
from motcua.web.xlsx import Column, TooManyRows, workbook

AT = datetime(2026, 11, 23, 2, 12, tzinfo=UTC)
COLUMNS = (
    Column("Mã", "code", 26),
    Column("Người nộp", "text", 30),
    Column("Ngày nhận", "date", 12),
    Column("Hạn", "datetime", 18),
    Column("Số bản", "int", 8),
    Column("Lệ phí", "money", 14),
)
ROW = ("000.99.99.H57-261123-0001", "Nguyễn Thị Ẩn", date(2026, 11, 23), AT, 3, 8000)


def read(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def export(rows, columns=COLUMNS, title="Hồ sơ"):
    return workbook(title, columns, rows, by="Lê Thị B", at=AT)


def sheet_xml(content):
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()


def test_values_come_back_as_what_they_are_in_vietnamese_time():
    rows = read(export([ROW]))
    assert rows[0][0] == "Hồ sơ"
    assert rows[1][0] == "Xuất lúc 09:12 ngày 23/11/2026, người xuất: Lê Thị B"
    assert rows[3] == [column.name for column in COLUMNS]
    local = AT.astimezone(VN).replace(tzinfo=None)
    assert rows[4] == [ROW[0], ROW[1], ROW[2], local, 3, 8000]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=HYPERLINK(\"http://x\")", "+84912345678", "-2", "@SUM(A1)", "\t=1", "{=1}",
     "http://x.example", "mailto:a@b.c", "internal:Sheet1!A1", "0791", "1e5", "TRUE"],
)  # fmt: skip
def test_a_string_is_never_a_formula_a_link_or_a_number(text):
    content = export([(text, text)], COLUMNS[:2])
    assert read(content)[4][1] == text
    assert "<f>" not in sheet_xml(content)
    assert "<hyperlink" not in sheet_xml(content)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_a_sheet_that_opens_without_formulas(text):
    content = export([(text, text)], COLUMNS[:2], title=text)
    assert "<f>" not in sheet_xml(content)
    assert read(content)[3][:2] == ["Mã", "Người nộp"]


def test_the_head_stays_in_view_and_repeats_in_print():
    xml = sheet_xml(export([ROW]))
    assert 'state="frozen"' in xml and 'ySplit="4"' in xml


def test_a_text_longer_than_a_cell_says_so():
    long = read(export([("x", "Ẩ" * 40_000)], COLUMNS[:2]))[4][1]
    assert len(long) == 32_767 and long.endswith("…")


def test_an_empty_list_is_a_sheet_with_its_head():
    assert len(read(export([]))) == 4


def test_a_list_longer_than_a_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    assert len(read(export([ROW] * 2))) == 6
    with pytest.raises(TooManyRows, match="Lọc bớt"):
        export([ROW] * 3)


def test_a_fraction_of_a_dong_is_a_defect():
    with pytest.raises(TypeError):
        export([(1.5,)], (Column("Lệ phí", "money"),))

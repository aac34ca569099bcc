"""A list of officers from XLSX: checked whole, wrong cells named, all written or none."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import load_workbook
from xlsxwriter import Workbook

from motcua.people import officer_import
from motcua.people.models import Officer
from motcua.people.rules import Role
from tests.visits import value, words

GOOD = ["Nguyễn Thị Ẩn", "", "Công chức Tư pháp", "", "Công chức chuyên môn; Cán bộ tiếp nhận",
        "Hộ tịch; Chứng thực", "01/03/2026"]  # fmt: skip


def book(*rows, head=officer_import.COLUMNS, above=0):
    stream = BytesIO()
    made = Workbook(stream)
    sheet = made.add_worksheet("Danh sách")
    for at, row in enumerate([head, *rows], above):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell)
    made.close()
    return stream.getvalue()


def send(client, content, name="can-bo.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("can-bo-nhap"), {"tep": file, "kiem-tra": "1"})


def write(client, page, **given):
    answer = {"ghi": "1", "khoa": "nhập", "dong": value(page, "dong")} | given
    return client.post(reverse("can-bo-nhap"), answer)


def test_a_good_file_is_shown_first_and_then_written(world, visit):
    client = visit("administrator")
    page = send(
        client, book(GOOD, ["Trần Ẩn Nam", "namta", "Văn thư", "office", "văn thư", "", "1/3/2026"])
    )
    assert "có 2 cán bộ, không có chỗ sai" in words(page) and "annt" in words(page)
    assert not Officer.objects.filter(login="annt").exists()

    done = write(client, page)
    assert done.url == reverse("can-bo")
    made = Officer.objects.get(login="annt")
    assert made.roles(made.assignments_ever[0].effective_from) == {Role.SPECIALIST, Role.DESK}
    assert {tuple(row.fields) for row in made.assignments_ever} == {("ho-tich", "chung-thuc")}
    assert Officer.objects.get(login="namta").post.group == "office"


def test_a_file_sent_twice_is_written_once(world, visit):
    client = visit("administrator")
    page = send(client, book(GOOD))
    write(client, page)
    assert write(client, page).status_code == 302
    assert Officer.objects.filter(name="Nguyễn Thị Ẩn").count() == 1


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (0, "", "Ô trống. Ghi họ và tên."),
        (0, "A" * 121, "Dài 121 chữ; nhận đến 120."),
        (1, "Ẩn", "“Ẩn” không đúng dạng"),
        (1, "xa-thu-desk", "“xa-thu-desk” đã có người dùng"),
        (2, "", "Ô trống. Ghi chức danh."),
        (3, "Thủ quỹ", "Không có “Thủ quỹ”. Ghi một trong:"),
        (4, "", "Chưa ghi vai trò."),
        (4, "Lãnh đạo; Bảo vệ", "Không có “Bảo vệ”."),
        (5, "Đất đai", "Không có “Đất đai”."),
        (6, "30/02/2026", "“30/02/2026” không phải là ngày"),
        (6, "", "Ô trống. Ghi ngày"),
    ],
)
def test_a_wrong_cell_is_named_by_sheet_row_and_column(world, visit, column, cell, said):
    row = list(GOOD)
    row[column] = cell
    page = send(visit("administrator"), book(GOOD, row, above=2))
    text = words(page)
    assert page.status_code == 422 and said in text
    assert f"Danh sách 5 {officer_import.COLUMNS[column]}" in text
    assert not Officer.objects.filter(name="Nguyễn Thị Ẩn").exists()


def test_two_rows_with_one_login_name_each_other(world, visit):
    rows = [[one, "trung", *GOOD[2:]] for one in ("Một", "Hai")]
    page = send(visit("administrator"), book(*rows))
    assert "“trung” trùng với dòng 2" in words(page)


def test_two_without_a_login_get_different_ones(world, visit):
    page = words(send(visit("administrator"), book(GOOD, GOOD)))
    assert "annt " in page and "annt2" in page


def test_what_changed_between_preview_and_writing_refuses_the_whole(world, visit):
    client = visit("administrator")
    page = send(client, book(["Lê Văn Đầu", "dau", *GOOD[2:]], ["Lê Văn Cuối", "cuoi", *GOOD[2:]]))
    world.desk.login = "cuoi"
    world.desk.save()
    refused = write(client, page)
    assert refused.status_code == 409 and "“cuoi” đã có người dùng" in words(refused)
    assert not Officer.objects.filter(login="dau").exists()


def test_a_preview_that_was_altered_or_kept_too_long_is_refused(world, visit):
    client = visit("administrator")
    page = send(client, book(GOOD))
    refused = write(client, page, dong=value(page, "dong")[:-2] + "xx")
    assert refused.status_code == 422 and "Bản xem trước đã quá một giờ hoặc bị sửa" in words(
        refused
    )


def bomb():
    stream = BytesIO()
    with ZipFile(stream, "w", 8) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", b"\x00" * (61 * 1024 * 1024))
    return stream.getvalue()


def with_entities():
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>')
    return stream.getvalue()


def no_book():
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", "<không phải>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"ho ten,dang nhap", "không phải XLSX"),
        (b"PK\x03\x04" + b"\x00" * 90, "không phải XLSX"),
        (no_book(), "không phải XLSX"),
        (with_entities(), "không phải XLSX"),
        (bomb(), "quá lớn"),
        (book(["a"], head=["Cột lạ"]), "không có dòng đầu bảng"),
        (book(), "Tệp không có dòng nào"),
    ],
    ids=["text", "cut off", "no workbook", "entities", "bomb", "other columns", "no rows"],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_in_words(world, visit, content, said):
    page = send(visit("administrator"), content)
    assert page.status_code == 422 and said in words(page)


def test_no_file_chosen_is_said(world, visit):
    page = visit("administrator").post(reverse("can-bo-nhap"), {"kiem-tra": "1"})
    assert page.status_code == 422 and "Chưa chọn tệp" in words(page)


def test_the_template_has_the_columns_and_what_may_be_written(world, visit):
    answer = visit("administrator").get(reverse("can-bo-mau"))
    made = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    sheet, helping = (made.get_sheet_by_name(name).to_python() for name in made.sheet_names)
    assert tuple(sheet[0]) == officer_import.COLUMNS
    known = {cell for row in helping for cell in row}
    assert {"Công chức chuyên môn", "Hộ tịch", "Lãnh đạo"} <= known

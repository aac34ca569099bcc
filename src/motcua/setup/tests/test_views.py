"""The first days by page: tasks with their state, the seal, the catalogue, the opening balance."""

import struct
import zlib
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.papers.models import StoredFile
from motcua.procedures import queries as procedures
from motcua.setup import incoming, opening_views, picture
from motcua.setup.tests.tables_made import csv, row
from tests.visits import KEY, words
from tests.world import at


def png(width=100, height=100, *, extra=b"", lines=None):
    def chunk(name, data):
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(lines if lines is not None else (b"\0" + b"\xcc\x00\x00" * width) * height)
    return (picture.SIGNATURE + chunk(b"IHDR", head) + extra + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))  # fmt: skip


def upload(content, name="so-du.csv"):
    return {"tep": SimpleUploadedFile(name, content)}


@pytest.fixture
def office(visit, clock):
    """The administrator's browser on 10 March 2026."""
    clock.set("2026-03-10 08:00")
    return visit("administrator")


def test_every_task_is_there_with_its_state_and_a_way_to_it(world, office):
    shown = office.get(reverse("thiet-lap"))
    said = words(shown)
    assert "Cơ quan và mã định danh Xong: UBND xã xa-thu, mã H99.99.99" in said
    assert "Danh mục thủ tục tiếp nhận Chưa: chưa chọn" in said
    assert "Cán bộ và vai trò Xong: đủ vai trò" in said
    assert "Sao lưu Chưa: chưa sao lưu lần nào" in said
    for name in ("co-quan", "thiet-lap-tieu-de", "thiet-lap-lich", "can-bo", "thiet-lap-danh-muc",
                 "thiet-lap-so-du", "tap-huan"):  # fmt: skip
        assert f'href="{reverse(name)}"' in shown.content.decode()


def test_the_last_page_says_what_is_missing_and_then_that_all_is_ready(world, office):
    before = words(office.get(reverse("thiet-lap-san-sang")))
    assert "Còn thiếu trước khi mở" in before and "con dấu" in before
    office.post(reverse("thiet-lap-con-dau"), upload(png(), "dau.png") | {"ghi": "1"})
    office.post(reverse("thiet-lap-danh-muc"), {"ghi": "tat-ca", "khoa": KEY})
    after = words(office.get(reverse("thiet-lap-san-sang")))
    assert "Tiêu đề văn bản" not in after and "Danh mục" not in after
    assert "chưa sao lưu" in after


def test_a_seal_is_kept_as_a_picture_and_shown_at_the_head(world, office):
    hidden = struct.pack(">I", 9) + b"tEXt" + b"<script>x"
    hidden += struct.pack(">I", zlib.crc32(b"tEXt<script>x"))
    office.post(reverse("thiet-lap-con-dau"), upload(png(extra=hidden), "dau.png") | {"ghi": "1"})
    shown = office.get(reverse("thiet-lap-con-dau-hinh"))
    assert shown["Content-Type"] == "image/png" and "sandbox" in shown["Content-Security-Policy"]
    assert b"script" not in shown.content and shown.content.startswith(picture.SIGNATURE)
    page = office.get(reverse("thiet-lap-tieu-de"))
    assert reverse("thiet-lap-con-dau-hinh") in page.content.decode()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(page)
    assert "xa-thu, ngày 10 tháng 3 năm 2026" in words(page)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"<svg onload=alert(1)>", "không phải ảnh PNG"), (png()[:-30], "hỏng"),
        (png(20, 20), "20 × 20"), (png(9000, 100), "9000 × 100"),
        (png(lines=b"\0" * 50_000_000), "hỏng"),
        (png() + bytes(1_100_000), "nặng"),
        (png().replace(b"IDAT", b"IDAX"), "hỏng"),
    ],
)  # fmt: skip
def test_what_is_no_picture_of_a_seal_is_refused_and_nothing_is_kept(world, office, content, part):
    answer = office.post(reverse("thiet-lap-con-dau"), upload(content, "dau.png") | {"ghi": "1"})
    assert answer.status_code == 422 and part in words(answer)
    assert StoredFile.objects.count() == 0


def test_the_calendar_page_works_due_times_out(world, office):
    said = words(office.get(reverse("thiet-lap-lich")))
    assert "thứ Tư, 11/03/2026" in said and "07:30–11:30, 13:30–17:00" in said
    assert "3 ngày làm việc 08:10 11/03/2026 17:00 16/03/2026" in said


def test_procedures_are_chosen_by_page_by_search_and_all_at_once(world, office):
    url = reverse("thiet-lap-danh-muc")
    office.post(url, {"ghi": "khong", "khoa": KEY})
    assert procedures.offered_count(at("2026-03-10 08:00"))[0] == 0
    page = office.get(url, {"tim": "ket hon"})
    assert "Kết hôn" in words(page) and "Khai sinh" not in words(page)
    value = procedures.in_force(at("2026-03-10 08:00")).get(short_name="Kết hôn").procedure_id
    office.post(f"{url}?tim=ket+hon", {"ghi": "trang", "chon": [str(value)], "khoa": f"{KEY}2"})
    assert [one.short_name for one in procedures.search("k", at("2026-03-10 08:00"))] == ["Kết hôn"]
    office.post(url, {"kiem-tra": "1", "ghi": "tat-ca", "khoa": f"{KEY}3"})
    assert procedures.offered_count(at("2026-03-10 08:00"))[0] == 1, "the harmless button"


def test_a_file_is_checked_shown_and_written_and_then_gone(world, office):
    sent = office.post(
        reverse("thiet-lap-so-du"), upload(csv(row("260302-0001"), row("260302-0002")))
    )
    page = office.get(sent.url)
    assert "Nhận được 2 hồ sơ, từ chối 0 dòng" in words(page) and "Ghi 2 hồ sơ" in words(page)
    assert Dossier.objects.count() == 0
    assert office.post(sent.url, {"kiem-tra": "1"}).status_code == 200
    assert Dossier.objects.count() == 0
    done = office.post(sent.url, {"ghi": "1"}, follow=True)
    assert "Đã ghi 2 hồ sơ mới, cập nhật 0, giữ nguyên 0." in words(done)
    assert Dossier.objects.count() == 2 and incoming.waiting() == []
    assert office.get(sent.url).status_code == 409
    assert "tệp cuối so-du.csv: 2 hồ sơ, ngày 10/03/2026" in words(office.get(reverse("thiet-lap")))


def test_a_file_left_half_way_goes_on_where_it_stopped(world, office, monkeypatch):
    monkeypatch.setattr(opening_views, "SECONDS", -1)
    monkeypatch.setattr("motcua.setup.opening.AT_ONCE", 2)
    rows = [row(f"260302-{n:04}") for n in range(1, 4)]
    sent = office.post(reverse("thiet-lap-so-du"), upload(csv(*rows)))
    half = office.post(sent.url, {"ghi": "1"}, follow=True)
    assert "Đã ghi 2 hồ sơ; còn 1." in words(half) and "Đã ghi 2 trên 3" in words(half)
    assert "so-du.csv" in words(office.get(reverse("thiet-lap-so-du")))
    office.post(sent.url, {"ghi": "1"})
    assert Dossier.objects.count() == 3


def test_wrong_rows_are_shown_and_only_a_word_for_the_good_ones_writes(world, office):
    content = csv(row("260302-0001"), row("260302-0002", "Lạ"))
    sent = office.post(reverse("thiet-lap-so-du"), upload(content))
    page = words(office.get(sent.url))
    assert "từ chối 1 dòng" in page and "3 Trạng thái Trạng thái “Lạ” không có" in page
    office.post(sent.url, {"ghi": "1"})
    assert Dossier.objects.count() == 0
    office.post(sent.url, {"ghi": "dong-dung"})
    assert Dossier.objects.count() == 1


def test_a_file_that_is_no_table_and_one_given_up_leave_nothing(world, office):
    wrong = office.post(reverse("thiet-lap-so-du"), upload(b"<html>", "a.xls"))
    assert wrong.status_code == 422 and "a.xls" in words(wrong)
    assert office.post(reverse("thiet-lap-so-du"), {}).status_code == 422
    sent = office.post(reverse("thiet-lap-so-du"), upload(csv(row("260302-0001"))))
    office.post(sent.url, {"bo": "1"})
    assert incoming.waiting() == [] and Dossier.objects.count() == 0


def test_another_commune_does_not_see_the_file(world, office, other, visit):
    sent = office.post(reverse("thiet-lap-so-du"), upload(csv(row("260302-0001"))))
    assert visit(other.world.administrator).get(sent.url).status_code == 409


def test_the_template_names_the_columns_that_are_read(world, office):
    answer = office.get(reverse("thiet-lap-so-du-mau"))
    content = b"".join(answer.streaming_content)
    book = openpyxl.load_workbook(BytesIO(content))
    assert "Mã hồ sơ" in [cell.value for cell in book.active[1]]
    untouched = office.post(reverse("thiet-lap-so-du"), upload(content, "mau.xlsx"))
    assert untouched.status_code == 422 and "Tệp không có dòng nào" in words(untouched)
    for example, typed in zip(book["Hướng dẫn"].values, book.active[2], strict=False):
        typed.value = example[1]
    filled = BytesIO()
    book.save(filled)
    sent = office.post(reverse("thiet-lap-so-du"), upload(filled.getvalue(), "mau.xlsx"))
    assert "Nhận được 1 hồ sơ, từ chối 0 dòng" in words(office.get(sent.url))

"""The pages of what is taken in for another agency."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from motcua.dossiers.models import Forwarded, Person
from motcua.journal.models import Read
from motcua.web.ids import uuid7
from tests.visits import KEY, value, words

GIVEN = {
    "so-dinh-danh": "001090001234", "ho-ten": "Lê Văn Ba", "ten-thu-tuc": "Cấp đổi giấy phép",
    "co-quan": "UBND xã Khác", "giay-to": "Đơn\nẢnh", "kenh": "counter",
}  # fmt: skip
WRITE = {"ghi": "1", "khoa": KEY}


@pytest.fixture
def desk(visit):
    return visit("desk")


def take(client, **given):
    return client.post(reverse("phi-dia-gioi-nhan"), GIVEN | WRITE | given)


@pytest.fixture
def row(desk):
    take(desk)
    return Forwarded.objects.get()


def act(client, row, which, **given):
    url = reverse("phi-dia-gioi-chi-tiet", args=[row.code])
    return client.post(url, {"viec": which, "khoa": str(uuid7())} | given)


def test_it_is_taken_in_and_stands_in_the_book(desk):
    done = take(desk)
    assert done.url == reverse("phi-dia-gioi-chi-tiet", args=["PDG-2026-0001"])
    shown = words(desk.get(done.url))
    assert "Đã tiếp nhận PDG-2026-0001 cho UBND xã Khác." in shown and "Giấy tờ (2)" in shown
    listed = words(desk.get(reverse("phi-dia-gioi")))
    assert "1 hồ sơ" in listed and "Lê Văn Ba" in listed and "Chưa chuyển đi" in listed


@pytest.mark.parametrize("button", ["kiem-tra", "la-nguoi", "khac"])
def test_only_one_button_writes(world, desk, button):
    before = world.written()
    shown = desk.post(reverse("phi-dia-gioi-nhan"), GIVEN | {button: "1"})
    assert shown.status_code == 200 and world.written() == before
    assert value(shown, "co-quan") == "UBND xã Khác"
    assert not Forwarded.objects.exists()


def test_a_card_is_read_here_too_before_anything_is_written(desk):
    card = "001090001234|191234567|Lê Văn Ba|27031990|Nam|Thôn 1|01012021"
    shown = take(desk, **{"so-dinh-danh": card, "ho-ten": ""})
    assert shown.status_code == 200 and value(shown, "ho-ten") == "Lê Văn Ba"
    assert not Forwarded.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [({"ho-ten": ""}, "Chưa có họ và tên"), ({"ten-thu-tuc": ""}, "Chưa ghi tên thủ tục"),
     ({"co-quan": ""}, "Chưa ghi cơ quan có thẩm quyền"), ({"giay-to": " "}, "Chưa ghi giấy tờ"),
     ({"so-dinh-danh": "12"}, "Số định danh “12” có 2"), ({"ngay-sinh": "30/2/1990"}, "30/2/1990"),
     ({"co-quan": "x" * 201}, "ghi gọn trong 200")],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_written(world, desk, given, said):
    refused = take(desk, **given)
    assert refused.status_code == 422 and said in words(refused)
    assert not Forwarded.objects.exists() and not Person.objects.exists()


def test_a_namesake_without_a_number_is_asked_about(world, desk):
    world.receive(id_number="", name="Lê Văn Ba")
    asked = take(desk, **{"so-dinh-danh": ""})
    assert asked.status_code == 422 and "Có phải người này?" in words(asked)
    assert take(desk, **{"so-dinh-danh": "", "nguoi": "moi"}).status_code == 302


def test_its_life_on_its_page(visit, clock, desk, row):
    url = reverse("phi-dia-gioi-chi-tiet", args=[row.code])
    clock.set("2026-03-02 09:00")
    assert act(desk, row, "chuyen").url == url
    clock.set("2026-03-02 09:30")
    late = act(desk, row, "tra-loi", **{"nhan-ngay": "3/3/2026"})
    assert late.status_code == 422 and "sau lúc này" in words(late)
    assert act(desk, row, "tra-loi", **{"ma-noi-do": "H1", "hen-ngay": "9/3/2026"}).url == url
    row.refresh_from_db()
    assert row.their_code == "H1" and f"{row.due_at:%d}" == "09"
    known = desk.get(url)
    assert value(known, "ma-noi-do") == "H1" and value(known, "hen-gio") == "17:00"
    result = {"xong-ngay": "2/3/2026", "xong-gio": "9:15"}
    assert act(desk, row, "tra-loi", **result).url == url
    assert act(desk, row, "tra").url == url
    shown = words(desk.get(url))
    assert "Nhật ký (5)" in shown and "Trả lúc 09:30 02/03/2026" in shown
    assert 'name="viec"' not in desk.get(url).content.decode()


def test_an_answer_that_says_nothing_or_cannot_be_read_is_told(desk, row):
    act(desk, row, "chuyen")
    assert "Chưa ghi điều nơi có thẩm quyền trả lời" in words(act(desk, row, "tra-loi"))
    bad = act(desk, row, "tra-loi", **{"hen-ngay": "30/2/2026"})
    assert bad.status_code == 422 and value(bad, "hen-ngay") == "30/2/2026"


def test_enter_in_a_field_of_the_answer_writes_nothing(desk, row):
    act(desk, row, "chuyen")
    url = reverse("phi-dia-gioi-chi-tiet", args=[row.code])
    kept = desk.post(url, {"kiem-tra": "1", "ma-noi-do": "H1"})
    assert kept.status_code == 200 and value(kept, "ma-noi-do") == "H1"
    row.refresh_from_db()
    assert row.their_code == ""


def test_an_unknown_act_or_number_is_not_found(desk, row):
    assert act(desk, row, "xoa").status_code == 404
    assert desk.get(reverse("phi-dia-gioi-chi-tiet", args=["PDG-1"])).status_code == 404


def test_opening_one_is_a_read(desk, row):
    desk.get(reverse("phi-dia-gioi-chi-tiet", args=[row.code]))
    read = Read.objects.order_by("-id").first()
    assert read.purpose == "mở hồ sơ phi địa giới PDG-2026-0001"


def test_others_may_look_but_have_no_button(visit, row):
    url = reverse("phi-dia-gioi-chi-tiet", args=[row.code])
    shown = visit("leader").get(url)
    assert shown.status_code == 200 and 'name="viec"' not in shown.content.decode()
    assert act(visit("leader"), row, "chuyen").status_code == 403


def test_the_book_filters_by_step_and_day_and_goes_by_pages(desk, clock, row):
    for n in range(55):
        clock.set(f"2026-03-02 08:{n:02}")
        take(desk, khoa=f"k{n}")
    url = reverse("phi-dia-gioi")
    assert 'rel="next"' in desk.get(url).content.decode()
    assert "56 hồ sơ" in words(desk.get(url, {"tu": "2/3/2026", "den": "2/3/2026"}))
    assert "0 hồ sơ" in words(desk.get(url, {"den": "1/3/2026"}))
    assert "0 hồ sơ" in words(desk.get(url, {"buoc": "da-tra"}))
    assert desk.get(url, {"tu": "x"}).status_code == 422


def test_a_page_of_the_book_costs_two_statements_more_than_nothing(
    desk, row, django_assert_num_queries
):
    desk.get(reverse("phi-dia-gioi"))
    with django_assert_num_queries(3):
        desk.get(reverse("phi-dia-gioi"))


def test_the_sheet_masks_numbers_and_leaves_a_read(desk, row):
    got = desk.get(reverse("phi-dia-gioi"), {"dang": "xlsx"})
    rows = list(load_workbook(io.BytesIO(got.content)).active.values)
    assert rows[4][:3] == ("PDG-2026-0001", "Lê Văn Ba", "0010••••1234")
    assert Read.objects.order_by("-id").first().purpose == "xuất sổ phi địa giới, 1 dòng"

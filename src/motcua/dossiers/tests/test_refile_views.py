"""The page that changes the procedure: what is seen before it is confirmed."""

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import PaperIn
from motcua.journal.models import Read
from tests.visits import KEY, value, words

TO_BENEFIT = {"thu-tuc": "tro cap", "ly-do": "chọn nhầm", "khoa": KEY}


@pytest.fixture
def desk(visit):
    return visit("desk")


@pytest.fixture
def dossier(world):
    return world.receive()


def address(dossier):
    return reverse("doi-thu-tuc", args=[dossier.code])


def post(client, dossier, **given):
    return client.post(address(dossier), TO_BENEFIT | given)


def test_the_act_is_offered_on_the_page_of_the_dossier(desk, dossier):
    url = reverse("ho-so-chi-tiet", args=[dossier.code])
    assert address(dossier) in desk.get(url).content.decode()


def test_the_preview_shows_what_is_and_what_would_be(world, desk, dossier):
    before = world.written()
    shown = words(post(desk, dossier, **{"kiem-tra": "1"}))
    assert "Thủ tục Kết hôn Trợ cấp xã hội" in shown
    assert "Thời hạn 3 ngày làm việc 22 ngày làm việc" in shown
    assert "17:00 thứ Năm, 05/03/2026 17:00 thứ Tư, 01/04/2026" in shown
    assert "Mã hồ sơ và lúc nhận giữ nguyên." in shown and world.written() == before


def test_missing_papers_are_told_before_and_refused_after(desk, dossier):
    shown = words(post(desk, dossier, **{"thu-tuc": "khai sinh", "kiem-tra": "1"}))
    assert "Còn thiếu: Giấy chứng sinh." in shown
    refused = post(desk, dossier, **{"thu-tuc": "khai sinh", "ghi": "1"})
    assert refused.status_code == 422 and 'href="#giay-1-1"' in refused.content.decode()
    assert Dossier.objects.get().version.short_name == "Kết hôn"


def test_what_was_handed_in_stays_in_the_form_at_its_line_or_as_another_paper(world, desk):
    dossier = world.receive(papers=[PaperIn("Giấy chứng sinh", quantity=2), PaperIn("Tờ khai")])
    shown = post(desk, dossier, **{"thu-tuc": "khai sinh", "kiem-tra": "1"})
    page = shown.content.decode()
    assert 'name="giay-1" value="co" checked' in page and value(shown, "so-ban-1") == "2"
    assert ">Tờ khai</textarea>" in page


def test_a_paper_taken_out_of_the_list_stays_out(desk, dossier):
    first = post(desk, dossier, **{"kiem-tra": "1"})
    shown = value(first, "da-xem")
    again = post(desk, dossier, **{"kiem-tra": "1", "da-xem": shown, "giay-khac": "Đơn"})
    assert ">Đơn</textarea>" in again.content.decode()


def test_money_to_give_back_is_told(world, desk):
    dossier = world.receive(procedure="2.000815")
    world.do("take_fee", dossier, "2026-03-02 08:00", amount=2000)
    shown = words(post(desk, dossier, **{"kiem-tra": "1"}))
    assert "Trả lại người nộp 2.000 đồng đã thu thừa." in shown


def test_confirmed_it_leads_back_with_what_is_due(desk, dossier):
    form = desk.get(address(dossier))
    done = post(desk, dossier, ghi="1", **{"da-thay": value(form, "da-thay")})
    assert done.url == reverse("ho-so-chi-tiet", args=[dossier.code])
    shown = words(desk.get(done.url))
    assert "In lại giấy tiếp nhận để trao người nộp." in shown and "Trợ cấp xã hội" in shown
    assert "Đổi thủ tục" in shown and "Lý do: chọn nhầm." in shown
    assert Dossier.objects.get().code == dossier.code


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ly-do": " "}, "Chưa ghi lý do."),
        ({"thu-tuc": ""}, "Chưa chọn thủ tục."),
        ({"thu-tuc": "ket hon"}, "đang là thủ tục “Kết hôn”"),
        ({"thu-tuc": "chua ro"}, "Danh mục chưa có thời hạn"),
        ({"ly-do": "x" * 601}, "ghi gọn trong 600"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(world, desk, dossier, given, said):
    before = world.written()
    refused = post(desk, dossier, ghi="1", **given)
    assert refused.status_code == 422 and said in words(refused)
    assert world.written() == before


def test_too_late_it_is_refused_at_the_door(world, desk, dossier):
    world.to_signing(dossier, "2026-03-02 08:00")
    refused = desk.get(address(dossier))
    assert refused.status_code == 409 and "“đổi thủ tục” được" in words(refused)


def test_somebody_elses_change_in_between_is_told(world, desk, dossier):
    world.do("assign", dossier, "2026-03-02 08:00", to=world.specialist)
    refused = post(desk, dossier, ghi="1", **{"da-thay": "1"})
    assert refused.status_code == 409 and "vừa sửa hồ sơ này" in words(refused)


def test_seeing_it_is_a_read(desk, dossier):
    desk.get(address(dossier))
    assert Read.objects.get().purpose == f"đổi thủ tục {dossier.code}"

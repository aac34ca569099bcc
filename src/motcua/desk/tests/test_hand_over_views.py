"""The page of handing over: nothing typed is the usual case, the rarer ones are folds."""

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ReturnBy, State
from tests.visits import KEY, words

MONDAY = "2026-03-02 08:00"


def page(dossier):
    return reverse("tra-ket-qua", args=[dossier.code])


def made(world, **given):
    return world.to_done(world.receive(MONDAY, **given), MONDAY)


def send(client, dossier, **given):
    answers = {"khoa": KEY, "da-thay": str(dossier.journal_seq), "phieu": "khong"} | given
    return client.post(page(dossier), answers)


def state(dossier):
    return Dossier.objects.get(pk=dossier.pk).state


def test_the_page_says_what_it_will_do_and_folds_the_rarer_cases(world, visit):
    shown = visit("desk").get(page(made(world)))
    assert "Ghi là kết quả đã đến tay người nhận." in words(shown)
    assert "<details>" in shown.content.decode() and "<details open" not in shown.content.decode()


def test_one_click_hands_over_to_the_applicant(world, visit):
    dossier = made(world)
    assert send(visit("desk"), dossier).status_code == 302
    assert state(dossier) == State.RETURNED


def test_who_collects_is_shown_on_the_dossier(world, visit):
    client, dossier = visit("desk"), made(world)
    other = {"nguoi-nhan": "Lê Văn Cậy", "giay-uy-quyen": "UQ 12, 01/03/2026"}
    sent = send(client, dossier, **other)
    assert "Lê Văn Cậy · UQ 12, 01/03/2026" in words(client.get(sent.url))


def test_without_authority_the_field_says_so_and_nothing_is_handed_over(world, visit):
    dossier = made(world)
    refused = send(visit("desk"), dossier, **{"nguoi-nhan": "Lê Văn Cậy"})
    assert refused.status_code == 422
    assert "Chưa ghi giấy ủy quyền của Lê Văn Cậy. Chưa trả." in words(refused)
    assert "<details open" in refused.content.decode() and state(dossier) == State.DONE


AUTHORISED = {"nguoi-nhan": "Lê Văn Cậy", "giay-uy-quyen": "UQ 12"}


def test_the_number_of_who_collects_is_shown_masked_on_the_dossier_and_in_its_journal(world, visit):
    client, dossier = visit("desk"), made(world)
    sent = send(client, dossier, **AUTHORISED, **{"so-dinh-danh": "001 090 000 009"})
    for url in (sent.url, reverse("ho-so-nhat-ky", args=[dossier.code])):
        shown = words(client.get(url))
        assert "Lê Văn Cậy · 0010••••0009 · UQ 12" in shown and "001090000009" not in shown


@pytest.mark.parametrize("button", [{}, {"kiem-tra": "1"}])
@pytest.mark.parametrize("number", ["12", "0010900000091", "00109000000x"])
def test_a_number_that_cannot_be_one_is_said_at_its_field(world, visit, number, button):
    dossier = made(world)
    refused = send(visit("desk"), dossier, **AUTHORISED, **{"so-dinh-danh": number}, **button)
    assert refused.status_code == 422 and state(dossier) == State.DONE
    assert "cần đủ 12 (hoặc 9 với chứng minh cũ)" in words(refused)


def test_a_lost_receipt_is_noted_and_leads_to_a_reprint(world, visit):
    client, dossier = visit("desk"), made(world)
    sent = send(client, dossier, **{"da-doi-chieu": "căn cước, khớp ảnh"})
    shown = client.get(sent.url)
    assert "In lại mẫu 01" in words(shown)
    assert "Mất giấy hẹn, đã đối chiếu: căn cước, khớp ảnh." in words(shown)


def test_a_result_to_be_posted_asks_for_the_parcel(world, visit):
    client, dossier = visit("desk"), made(world, return_by=ReturnBy.POST)
    assert "Đã hẹn nhận: Bưu chính công ích." in words(client.get(page(dossier)))
    refused = send(client, dossier, **{"cach-gui": "post"})
    assert refused.status_code == 422 and "Chưa ghi nơi nhận hoặc mã bưu gửi" in words(refused)
    sent = send(client, dossier, **{"cach-gui": "post", "ma-buu-gui": "EB1VN"})
    assert "Bưu chính công ích · EB1VN" in words(client.get(sent.url))


def test_an_applicant_may_come_for_what_was_to_be_posted(world, visit):
    dossier = made(world, return_by=ReturnBy.POST)
    given = {"cach-gui": "post", "den-nhan": "co"}
    assert send(visit("desk"), dossier, **given).status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).collected_by is None


def test_two_ways_at_once_are_an_error(world, visit):
    given = {"nguoi-nhan": "Lê", "giay-uy-quyen": "UQ 1", "ma-buu-gui": "EB1VN"}
    refused = send(visit("desk"), made(world), **given)
    assert refused.status_code == 422 and "Chỉ ghi một cách" in words(refused)


def test_enter_writes_nothing(world, visit):
    dossier = made(world)
    assert send(visit("desk"), dossier, **{"kiem-tra": "1"}).status_code == 200
    assert state(dossier) == State.DONE


@pytest.mark.parametrize("name", ["nguoi-nhan", "giay-uy-quyen", "ma-buu-gui"])
def test_what_is_too_long_is_said_at_its_field(world, visit, name):
    refused = send(visit("desk"), made(world), **{name: "x" * 250})
    assert refused.status_code == 422 and "Dài 250 chữ cái" in words(refused)

"""Certifying on screen: the number proposed, the fee by copies, the book with its faults."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from motcua.dossiers import actions, certifying
from motcua.dossiers.models import Certification, Dossier
from motcua.dossiers.rules import CertifiedIn
from motcua.journal.models import Read
from tests.visits import value, words
from tests.world import at

MONDAY = "2026-03-02 08:00"


def copied(world, **given):
    return world.receive(MONDAY, procedure="2.000815", **given)


def page(dossier):
    return reverse("ho-so-chung-thuc", args=[dossier.code])


def send(client, dossier, **given):
    answers = {
        "khoa": f"k{dossier.pk}", "da-thay": str(dossier.journal_seq), "giay": "Căn cước",
        "ban": "1", "so": "", "phi": "",
    } | given  # fmt: skip
    return client.post(page(dossier), answers)


def entries(dossier):
    rows = certifying.of_dossier(dossier.pk)
    return list(rows.values_list("number", "document", "copies", "fee"))


def test_the_next_number_and_the_copies_are_proposed(world, visit):
    client = visit("desk")
    assert value(client.get(page(copied(world))), "so") == "1"
    send(client, copied(world))
    shown = client.get(page(copied(world, copies=3)))
    assert (value(shown, "so"), value(shown, "ban")) == ("2", "3")
    assert "Bỏ trống là 2.000 đồng mỗi bản." in words(shown)


def test_the_fee_is_by_copies_unless_typed(world, visit):
    client, one, two = visit("desk"), copied(world), copied(world)
    assert send(client, one, ban="5").status_code == 302
    send(client, two, ban="5", phi="0", **{"giay-2": "Bằng", "ban-2": "2"})
    assert entries(one) == [(1, "Căn cước", 5, 10_000)]
    assert entries(two) == [(2, "Căn cước", 5, 0), (3, "Bằng", 2, 4000)]


def test_the_dossier_shows_its_entries_and_the_way_to_void_one(world, visit):
    client, dossier = visit("desk"), copied(world)
    sent = send(client, dossier, ban="2")
    shown = client.get(sent.url)
    assert "Đã ghi sổ SCT/BS cho hồ sơ" in words(shown) and "2 bản" in words(shown)
    entry = certifying.of_dossier(dossier.pk).get()
    assert reverse("bo-chung-thuc", args=[entry.pk]) in shown.content.decode()


def test_a_number_that_stands_is_told_with_the_next_and_may_be_confirmed(world, visit):
    client, one, two = visit("desk"), copied(world), copied(world)
    send(client, one, so="7")
    refused = send(client, two, so="7")
    assert refused.status_code == 409
    assert f"Số 7 của sổ SCT/BS năm 2026 đã ghi cho hồ sơ {one.code}." in words(refused)
    assert "Số tiếp theo: 8." in words(refused) and entries(two) == []
    assert value(refused, "so") == "7"
    assert send(client, two, so="7", **{"so-giay": "co"}).status_code == 302
    assert entries(two) == [(7, "Căn cước", 1, 2000)]


def test_a_number_far_ahead_may_be_confirmed_the_same_way(world, visit):
    client, dossier = visit("desk"), copied(world)
    refused = send(client, dossier, so="1500")
    assert refused.status_code == 409 and "Số 1500 cách xa" in words(refused)
    assert "Sổ giấy đã ghi số này" in words(refused) and entries(dossier) == []
    assert send(client, dossier, so="1500", **{"so-giay": "co"}).status_code == 302
    assert entries(dossier) == [(1500, "Căn cước", 1, 2000)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"giay": ""}, "Chưa ghi giấy tờ."),
        ({"ban": "0"}, "Số bản phải từ 1."),
        ({"ban": "x"}, "không phải là số nguyên"),
        ({"so": "9999999"}, "quá lớn, nhận đến 999.999"),
        ({"ban": "100000"}, "quá lớn, nhận đến 999"),
        ({"giay": "x" * 301}, "Dài 301 chữ cái"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world, visit, given, said):
    dossier = copied(world)
    refused = send(visit("desk"), dossier, **given)
    assert refused.status_code == 422 and said in words(refused)
    assert entries(dossier) == []


def test_enter_writes_nothing(world, visit):
    dossier = copied(world)
    assert send(visit("desk"), dossier, **{"kiem-tra": "1"}).status_code == 200
    assert entries(dossier) == []


def test_what_is_not_certification_is_not_offered_and_refused(world, visit):
    client, dossier = visit("desk"), world.receive(MONDAY)
    assert client.get(page(dossier)).status_code == 409
    shown = words(client.get(reverse("ho-so-chi-tiet", args=[dossier.code])))
    assert "Ghi sổ chứng thực" not in shown
    shown = words(client.get(reverse("ho-so-chi-tiet", args=[copied(world).code])))
    assert "Ghi sổ chứng thực" in shown


def test_an_entry_is_voided_on_a_page_that_says_what_that_does(world, visit):
    client, dossier = visit("desk"), copied(world)
    send(client, dossier, ban="2")
    entry = certifying.of_dossier(dossier.pk).get()
    url = reverse("bo-chung-thuc", args=[entry.pk])
    shown = client.get(url)
    assert "Bỏ số 1 SCT/BS" in words(shown) and "Không hoàn tác được." in words(shown)
    given = {"khoa": value(shown, "khoa"), "da-thay": value(shown, "da-thay")}
    assert client.post(url, given | {"ly-do": " "}).status_code == 422
    sent = client.post(url, given | {"ly-do": "sai số bản"})
    assert "đã bỏ : sai số bản" in words(client.get(sent.url)).replace("đã bỏ:", "đã bỏ :")
    assert client.post(url, given | {"ly-do": "lại", "khoa": "khac"}).status_code == 409


# The book


@pytest.fixture
def book(world):
    dossier = copied(world, name="Lê Thị Sao")
    for number, copies in ((2, 1), (3, 2), (3, 1), (7, 4)):
        actions.certify(
            by=world.desk, at=at(MONDAY), key=world.key(), dossier_id=dossier.pk,
            entries=[CertifiedIn("Bằng", copies, 2000 * copies, number)], number_checked=True,
        )  # fmt: skip
    return dossier


def opened(client, **given):
    return client.get(reverse("so-chung-thuc"), given)


def test_the_book_lists_by_number_and_tells_gaps_and_duplicates(book, visit):
    shown = opened(visit("clerk"))
    assert [row.cells[0] for row in shown.context["rows"]] == ["2", "3", "3", "7"]
    said = words(shown)
    assert "Số chưa có trong sổ 1, 4–6" in said and "Số ghi hơn một lần 3" in said
    assert "4 số" in said and "8 bản" in said and "16.000 đồng" in said


def test_another_book_or_year_is_apart(book, visit):
    client = visit("clerk")
    for given in ({"so": "chu-ky"}, {"nam": "2025"}):
        assert "chưa có lần ghi nào trong năm" in words(opened(client, **given))
    for odd in ({"so": "x", "nam": "x"}, {"nam": "1900"}, {"nam": "²⁰²⁶"}):
        assert "8 bản" in words(opened(client, **odd))


def test_a_long_book_goes_on_by_number(world, book, visit):
    Certification.objects.bulk_create(
        Certification(
            agency=world.agency, dossier=book, book="SCT/BS", year=2026, number=number,
            document="Bằng", at=at(MONDAY), by=world.desk,
        )
        for number in range(8, 70)
    )  # fmt: skip
    client = visit("clerk")
    first = opened(client)
    second = opened(client, sau=first.context["page"].next_token)
    seen = [int(row.cells[0]) for page in (first, second) for row in page.context["rows"]]
    assert seen == [2, 3, 3, *range(7, 70)]


def test_the_book_as_a_file_leaves_a_read(book, visit):
    answer = opened(visit("clerk"), dang="xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[0] for row in rows[4:]] == [2, 3, 3, 7]
    assert Read.objects.filter(purpose__startswith="xuất Sổ chứng thực bản sao").exists()


def test_the_book_costs_the_same_with_years_behind_it(
    world, book, visit, django_assert_max_num_queries
):
    client = visit("clerk")
    opened(client)
    with django_assert_max_num_queries(11) as few:
        opened(client)
    Certification.objects.bulk_create(
        Certification(
            agency=world.agency, dossier=book, book="SCT/BS", year=year, number=number,
            document="Bằng", at=at(MONDAY), by=world.desk,
        )
        for year in (2024, 2025, 2026) for number in range(10, 60)
    )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        opened(client)


def test_the_book_of_another_commune_is_not_ours(world, other, book, visit):
    client = visit(other.world.clerk)
    assert "chưa có lần ghi nào trong năm" in words(opened(client))
    assert Dossier.objects.count() == 1

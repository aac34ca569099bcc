"""The pages of people who file: search, history, merging with a confirm page, splitting."""

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier, Person
from motcua.dossiers.persons import PersonIn
from motcua.journal.models import Read
from tests.visits import KEY, words

FOUND = {"tim": "le thi hoa"}
WHY = {"khoa": KEY, "ly-do": "cùng thẻ"}


@pytest.fixture
def desk(visit):
    return visit("desk")


@pytest.fixture
def pair(world):
    one = world.receive(applicant=PersonIn("Lê Thị Hoa", "001190000001", address="Thôn 1"))
    two = world.receive(applicant=PersonIn("Lê Thị Hoa", birth="1990", phone="0912345678"))
    return one.applicant, two.applicant


def page(person):
    return reverse("nguoi-nop-chi-tiet", args=[person.pk])


def merge(client, keep, gone, **given):
    return client.post(reverse("nguoi-nop-gop"), {"giu": keep.pk, "bo": gone.pk, **given})


def test_search_goes_by_post_and_shows_masked_numbers(desk, pair):
    shown = desk.post(reverse("nguoi-nop"), FOUND)
    assert "2 bản ghi khớp" in words(shown) and "0011••••0001" in words(shown)
    assert "001190000001" not in shown.content.decode()
    assert "tìm" not in reverse("nguoi-nop") and "Lê" not in desk.get(reverse("nguoi-nop")).headers
    read = Read.objects.get()
    assert read.purpose == "tra người nộp, thấy 2 bản ghi"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("001190000001", "1 bản ghi khớp"), ("001 190 000 001", "1 bản ghi khớp"),
     ("HOA LE", "2 bản ghi khớp"), ("0011", "Không có bản ghi nào khớp"),
     ("Trần", "Không có bản ghi nào khớp"), ("h", "Không có bản ghi nào khớp")],
)  # fmt: skip
def test_search_by_whole_number_or_words_of_the_name(desk, pair, typed, found):
    assert found in words(desk.post(reverse("nguoi-nop"), {"tim": typed}))


def test_the_page_of_a_person_has_masked_data_dossiers_and_journal(world, desk, pair):
    shown = words(desk.get(page(pair[1])))
    assert "1 hồ sơ" in shown and "Ghi lần đầu" in shown and "09•••••678" in shown
    assert "0912345678" not in shown
    assert Read.objects.filter(subject_id=pair[1].pk).exists()


def test_the_whole_number_asks_for_the_purpose_and_leaves_it(desk, pair):
    url = reverse("nguoi-nop-dinh-danh", args=[pair[0].pk])
    assert desk.post(url, {"muc-dich": " "}).status_code == 422
    shown = desk.post(url, {"muc-dich": "gọi đối chiếu"})
    assert "001190000001" in words(shown)
    assert Read.objects.order_by("-id").first().purpose == "gọi đối chiếu"


def test_the_confirm_page_lists_what_is_touched_and_writes_nothing(world, desk, pair):
    before = world.written()
    shown = words(merge(desk, *pair, xem="1"))
    assert "1 hồ sơ chuyển sang bản ghi giữ lại." in shown
    assert "Nhận thêm ngày sinh: 1990." in shown
    assert world.written() == before


def test_a_confirmed_merge_leads_to_the_person_with_both_histories(desk, pair):
    keep, gone = pair
    done = merge(desk, keep, gone, gop="1", **WHY)
    assert done.url == page(keep)
    shown = words(desk.get(done.url))
    assert "Đã gộp hai bản ghi của Lê Thị Hoa." in shown and "2 hồ sơ" in shown
    assert "Ghi lần đầu (bản ghi đã gộp)" in shown and "Tách lại" in shown
    assert "1 bản ghi khớp" in words(desk.post(reverse("nguoi-nop"), FOUND))
    assert "Bản ghi này đã gộp vào Lê Thị Hoa" in words(desk.get(page(gone)))


def test_a_merge_without_a_reason_stays_on_the_confirm_page(world, desk, pair):
    refused = merge(desk, *pair, gop="1", khoa=KEY)
    assert refused.status_code == 422 and "Chưa ghi lý do." in words(refused)
    assert not Person.objects.exclude(merged_into=None).exists()


def test_two_numbers_ask_whether_one_is_old(world, desk, pair):
    old = world.receive(applicant=PersonIn("Lê Thị Hoa", "191234567")).applicant
    assert "Số 19••••567 là" in words(merge(desk, pair[0], old, xem="1"))
    refused = merge(desk, pair[0], old, gop="1", **WHY)
    assert refused.status_code == 422 and "Hai bản ghi mang hai số" in words(refused)
    assert merge(desk, pair[0], old, gop="1", **WHY, **{"so-cu": "cu"}).status_code == 302


@pytest.mark.parametrize("given", [{}, {"giu": "x"}, {"giu": "same", "bo": "same"}])
def test_two_records_must_be_chosen(desk, pair, given):
    given = {name: str(pair[0].pk) if one == "same" else one for name, one in given.items()}
    refused = desk.post(reverse("nguoi-nop-gop"), given)
    assert refused.status_code == 422 and "Chọn một bản ghi giữ lại" in words(refused)


def test_a_record_that_is_not_there_is_not_found(desk, pair):
    ids = {"giu": str(pair[0].pk), "bo": "00000000-0000-7000-8000-0000000000ff"}
    assert desk.post(reverse("nguoi-nop-gop"), ids).status_code == 404


def test_a_wrong_merge_is_taken_back_from_the_journal_of_the_person(desk, pair):
    keep, gone = pair
    merge(desk, keep, gone, gop="1", **WHY)
    url = reverse("nguoi-nop-tach", args=[gone.pk])
    assert url in desk.get(page(keep)).content.decode()
    assert "1 hồ sơ trở về bản ghi này." in words(desk.get(url))
    assert desk.post(url, {"khoa": "s"}).status_code == 422
    done = desk.post(url, {"khoa": "s", "ly-do": "hai người"})
    assert done.url == page(gone) and Dossier.objects.filter(applicant=gone).count() == 1
    assert "Tách ra lại" in words(desk.get(done.url))
    assert desk.get(url).status_code == 404


def test_a_split_that_cannot_be_says_why_on_its_page(world, desk, pair):
    keep, gone = pair
    third = world.receive(name="Lê Thị Hoa", id_number="").applicant
    merge(desk, keep, gone, gop="1", **WHY)
    merge(desk, third, keep, gop="1", **{**WHY, "khoa": "2"})
    url = reverse("nguoi-nop-tach", args=[gone.pk])
    refused = desk.post(url, {"khoa": "s", "ly-do": "hai người"})
    assert refused.status_code == 409 and "Tách bản ghi đó trước." in words(refused)


def test_the_list_of_a_persons_dossiers_goes_by_pages(desk, world, pair):
    for n in range(25):
        world.receive(f"2026-03-02 08:{n:02}", applicant=PersonIn("Lê Thị Hoa", "001190000001"),
                      duplicate_checked=True)  # fmt: skip
    shown = desk.get(page(pair[0])).content.decode()
    assert 'rel="next"' in shown and shown.count('scope="row"') == 20


def test_searching_costs_few_statements(desk, pair, django_assert_num_queries):
    desk.post(reverse("nguoi-nop"), FOUND)
    with django_assert_num_queries(3):
        desk.post(reverse("nguoi-nop"), FOUND)

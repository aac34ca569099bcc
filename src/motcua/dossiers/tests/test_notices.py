"""Not taken in at the counter: notices 02 and 03, their page, their list, their paper."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from motcua.dossiers import actions, notices
from motcua.dossiers.models import Book, Dossier, Notice, Person
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.refusals import ReasonMissing
from motcua.dossiers.refusals_forms import NothingToComplete, ToldBefore, WhatWasAsked
from motcua.journal.models import Event, Read
from motcua.kernel.errors import NotPermitted
from motcua.papers import queries as files
from tests.visits import value, words
from tests.world import at

DAY = "2026-03-02 09:00"
AN = PersonIn("Nguyễn Thị Ngọc Ẩn", "001190000012", phone="0905000111", address="Thôn 1")
PAGE, LIST = reverse("tra-loi"), reverse("phieu-tra-loi")
TYPED = {
    "ho-ten": AN.name, "so-dinh-danh": AN.id_number, "dien-thoai": AN.phone, "dia-chi": AN.address,
    "ma-thu-tuc": "1.001193", "ly-do": "hồ sơ chưa đủ", "can-hoan-thien": "Giấy chứng sinh",
    "loai": "02", "khoa-phieu": "phieu-1",
}  # fmt: skip


def asked(world, when=DAY, **given):
    arguments = {
        "by": world.desk, "key": world.key(), "applicant": AN, "items": ["Giấy chứng sinh"],
        "reason": "hồ sơ chưa đủ", "procedure": "1.001193",
    } | given  # fmt: skip
    return actions.ask_completion(at=at(when), **arguments)


def declined(world, when=DAY, **given):
    arguments = {
        "by": world.desk, "key": world.key(), "applicant": AN,
        "reason": "không thuộc thẩm quyền", "procedure": "1.001193",
    } | given  # fmt: skip
    return actions.decline(at=at(when), **arguments)


def text_of(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))


def paper(notice):
    return text_of(files.content(notices.first_print(notices.by_id(notice.pk))))


def test_a_notice_asks_for_all_that_is_missing_and_makes_no_dossier(world):
    notice = asked(world, items=["Giấy chứng sinh", "  ", "Căn cước"])
    text = paper(notice)
    for line in (
        "Số: 01/PBS-BPTNTKQ", "Hồ sơ của: Nguyễn Thị Ngọc Ẩn", "1. Giấy chứng sinh 2. Căn cước",
        "yêu cầu giải quyết: Thủ tục Khai sinh", "Lý do: hồ sơ chưa đủ", "NGƯỜI HƯỚNG DẪN",
    ):  # fmt: skip
        assert line in text, line
    assert (Dossier.objects.count(), Person.objects.count()) == (0, 0)


def test_a_notice_declines_with_its_reason_and_its_own_book(world):
    asked(world)
    text = paper(declined(world))
    assert "Số: 01/PTC-BPTNTKQ" in text
    assert "như sau: không thuộc thẩm quyền" in text
    assert "Số định danh cá nhân/tổ chức: 001190000012" in text
    assert "Mã hồ sơ (nếu có): ....." in text


def test_before_july_2025_it_is_the_form_of_2018(world):
    text = paper(asked(world, "2025-06-30 09:00"))
    assert "Mẫu 02, Thông tư số 01/2018" in text and "Số: 01/HDHS" in text


def test_without_a_procedure_the_words_say_what_was_wanted(world):
    text = paper(declined(world, procedure="", request="xin cấp đổi biển số xe"))
    assert "yêu cầu giải quyết: xin cấp đổi biển số xe" in text


@pytest.mark.parametrize(
    ("act", "changed", "kind", "sentence"),
    [
        (asked, {"items": [" "]}, NothingToComplete, "Chưa ghi cần hoàn thiện gì"),
        (asked, {"reason": " "}, ReasonMissing, "Chưa ghi lý do"),
        (declined, {"procedure": "", "request": " "}, WhatWasAsked, "Chưa ghi người dân xin việc"),
    ],
)
def test_what_is_missing_is_refused_and_no_number_is_used(world, act, changed, kind, sentence):
    with pytest.raises(kind, match=sentence):
        act(world, **changed)
    assert not Book.objects.exists() and not Notice.objects.exists()


def test_only_the_desk_gives_notices(world):
    with pytest.raises(NotPermitted):
        asked(world, by=world.specialist)


def test_a_second_time_for_the_same_is_told_and_passed_only_knowingly(world):
    asked(world)
    with pytest.raises(ToldBefore, match="số 01/PBS-BPTNTKQ ngày 02/03/2026") as told:
        asked(world, "2026-03-04 09:00")
    assert "{" not in str(told.value)
    again = asked(world, "2026-03-04 09:00", again=True)
    assert again.number == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"procedure": "1.000894"},
        {"applicant": PersonIn("Nguyễn Thị Ngọc Ẩn", "001190000099")},
        {"applicant": PersonIn("Người Khác")},
    ],
)
def test_another_person_or_procedure_is_not_a_second_time(world, changed):
    asked(world)
    assert asked(world, "2026-03-04 09:00", **changed).number == 2


def test_without_an_identity_number_the_name_tells(world):
    nameless = PersonIn("Trần Văn Khách")
    asked(world, applicant=nameless)
    with pytest.raises(ToldBefore):
        asked(world, "2026-03-04 09:00", applicant=PersonIn("TRẦN VĂN KHÁCH"))


def test_a_repeated_key_gives_no_second_notice(world):
    first = asked(world, key="mot")
    assert asked(world, key="mot").pk == first.pk
    assert Notice.objects.count() == 1
    event = Event.objects.get(subject_id=first.pk)
    assert event.verb == "notice.completion-asked"
    assert AN.name not in str(event.data)


def test_what_was_typed_at_reception_is_carried_over(world, visit):
    typed = {
        "ho-ten": AN.name, "so-dinh-danh": AN.id_number, "ma-thu-tuc": "1.001193",
        "giay-1": "thieu", "khoa": "cua-tiep-nhan", "tra-loi": "1",
    }  # fmt: skip
    page = visit("desk").post(PAGE, typed)
    assert page.status_code == 200
    assert value(page, "ho-ten") == AN.name
    assert ">Giấy chứng sinh</textarea>" in page.content.decode()
    assert value(page, "khoa-phieu") != "cua-tiep-nhan"
    assert not Notice.objects.exists()


def test_the_reception_page_leads_here_by_post(world, visit):
    page = visit("desk").get(reverse("tiep-nhan")).content.decode()
    assert f'formaction="{PAGE}"' in page


def test_the_page_gives_the_notice_out_and_leads_to_its_paper(world, visit):
    client = visit("desk")
    sent = client.post(PAGE, TYPED | {"ghi": "1"})
    assert sent.status_code == 302 and sent.url == LIST
    page = client.get(LIST)
    assert "Đã lập phiếu số 01/PBS-BPTNTKQ" in words(page)
    notice = Notice.objects.get()
    file = client.get(reverse("phieu-ban-in", args=[notice.pk]))
    assert file["Content-Type"] == "application/pdf"
    assert "1. Giấy chứng sinh" in text_of(file.content)


def test_the_harmless_button_writes_nothing(world, visit):
    assert visit("desk").post(PAGE, TYPED | {"kiem-tra": "1"}).status_code == 200
    assert not Notice.objects.exists()


def test_what_is_wrong_is_said_at_its_field(world, visit):
    page = visit("desk").post(PAGE, TYPED | {"ghi": "1", "ho-ten": "", "ly-do": ""})
    assert page.status_code == 422
    assert "Chưa có họ và tên" in words(page) and "Chưa ghi lý do" in words(page)
    page = visit("desk").post(PAGE, TYPED | {"ghi": "1", "can-hoan-thien": " "})
    assert page.status_code == 422 and "Chưa ghi cần hoàn thiện gì" in words(page)


def test_the_page_says_that_the_person_was_told_before(world, visit):
    asked(world, "2026-03-02 07:50")
    client = visit("desk")
    page = client.post(PAGE, TYPED | {"ghi": "1"})
    assert page.status_code == 409
    assert "đã nhận phiếu yêu cầu bổ sung số 01/PBS-BPTNTKQ ngày 02/03/2026" in words(page)
    assert "Vẫn lập phiếu" in words(page)
    assert client.post(PAGE, TYPED | {"van-lap": "1"}).status_code == 302
    assert Notice.objects.count() == 2


def test_the_list_of_a_day_shows_that_day_only(world, visit):
    asked(world, "2026-02-27 09:00")
    declined(world)
    page = words(visit("leader").get(LIST))
    assert "01/PTC-BPTNTKQ" in page and "01/PBS-BPTNTKQ" not in page
    earlier = visit("leader").get(LIST, {"ngay": "27/02/2026"})
    assert "01/PBS-BPTNTKQ" in words(earlier)
    assert visit("leader").get(LIST, {"ngay": "hôm kia"}).status_code == 422


def test_viewing_counts_no_print_and_a_reprint_is_marked(world, visit, clock):
    notice = asked(world)
    client = visit("desk")
    url = reverse("phieu-ban-in", args=[notice.pk])
    first, second = client.get(url).content, client.get(url).content
    assert first == second
    clock.set("2026-03-02 10:15")
    again = text_of(client.post(reverse("phieu-in-lai", args=[notice.pk])).content)
    mark = "IN LẠI lần 1, 10:15 ngày 02/03/2026, Cán bộ tiếp nhận"
    assert again.replace(mark, "").split() == text_of(first).split()
    notice.refresh_from_db()
    assert notice.prints == 2
    purposes = list(Read.objects.filter(subject_id=notice.pk).values_list("purpose", flat=True))
    assert sorted(set(purposes)) == ["in lại phiếu 01/PBS-BPTNTKQ", "in phiếu 01/PBS-BPTNTKQ"]


def test_the_electronic_notice_has_its_fields(world, visit):
    found = {}
    for notice in (asked(world), declined(world)):
        file = visit("desk").get(reverse("phieu-dien-tu", args=[notice.pk]))
        found[notice.form] = sorted(PdfReader(io.BytesIO(file.content)).get_fields())
    assert found == {"02": ["nguoi_huong_dan"], "03": ["nguoi_nop", "nguoi_tiep_nhan"]}

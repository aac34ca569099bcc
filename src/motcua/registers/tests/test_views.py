"""The small registers on screen: anybody of the agency reads, keepers write, each row once."""

import pytest
from django.test import Client

from motcua.journal.models import Event
from motcua.registers import actions
from motcua.registers.models import (
    AllowanceRate,
    Equipment,
    Petition,
    ProcedureReview,
    ProvincialDecision,
)
from motcua.registers.rules import EquipmentKind
from motcua.web import clock
from tests.world import at, build

DECISION = {"so": "1102/QĐ-UBND", "ban-hanh": "20/2/2026", "trich-yeu": "Công bố 3 thủ tục",
            "ngay": "27/2/2026", "khoa": "s1"}  # fmt: skip
ENTRIES = {
    "quyet-dinh": (DECISION, ProvincialDecision),
    "ra-soat": ({"thu-tuc": "Đăng ký kết hôn", "ngay": "10/1/2026"}, ProcedureReview),
    "phan-anh": ({"ngay": "1/3/2026", "noi-dung": "Chờ lâu ở quầy 2"}, Petition),
    "trang-thiet-bi": ({"loai": "printer", "ten": "Máy in quầy 1", "ngay": "1/2/2026"}, Equipment),
    "muc-ho-tro": ({"muc": "300.000", "ngay": "1/1/2026", "can-cu": "NQ 12"}, AllowanceRate),
}  # fmt: skip


def text(response):
    return response.content.decode()


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-03-02 09:00"))


@pytest.fixture
def clerk(world, client):
    client.force_login(world.clerk)
    return client


def log_in(officer):
    client = Client()
    client.force_login(officer)
    return client


def decision(world, number="1102/QĐ-UBND"):
    day = at("2026-02-27 08:00")
    return actions.receive_decision(
        by=world.clerk, at=day, key=world.key(), number=number, issued_on=day.date(),
        title="Công bố", on=day.date(),
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/so", "/so/quyet-dinh", "/so/quyet-dinh/ghi"])
def test_somebody_without_a_login_is_sent_to_log_in(world, client, address):
    assert client.get(address).url.startswith("/dang-nhap")


def test_anybody_of_the_agency_reads_and_only_keepers_are_offered_to_write(world):
    decision(world)
    desk = log_in(world.desk)
    said = text(desk.get("/so/quyet-dinh"))
    assert "1102/QĐ-UBND" in said
    assert "Ghi quyết định mới nhận" not in said and "Ghi niêm yết" not in said
    assert "Ghi niêm yết" in text(log_in(world.statistician).get("/so/quyet-dinh"))


@pytest.mark.parametrize("role", ["desk", "specialist", "leader"])
def test_others_are_told_whose_work_writing_is(world, role):
    response = log_in(getattr(world, role)).post("/so/quyet-dinh/ghi", DECISION)
    assert response.status_code == 403
    assert "Việc này dành cho: người làm báo cáo, văn thư, quản trị" in text(response)
    assert not ProvincialDecision.objects.exists()


def test_a_mark_by_another_role_is_refused(world):
    row = decision(world)
    response = log_in(world.desk).post(f"/so/quyet-dinh/{row.pk}/niem-yet", {"ngay": "1/3/2026"})
    assert response.status_code == 403
    row.refresh_from_db()
    assert row.posted_on is None


@pytest.mark.parametrize("slug", ENTRIES)
def test_an_empty_register_says_the_next_act(clerk, slug):
    said = text(clerk.get(f"/so/{slug}"))
    assert 'class="empty"' in said
    assert f'href="/so/{slug}/ghi"' in said


@pytest.mark.parametrize("slug", ENTRIES)
def test_each_register_takes_its_entry_and_shows_it(clerk, slug):
    given, model = ENTRIES[slug]
    response = clerk.post(f"/so/{slug}/ghi", given | {"khoa": "s1"})
    assert response.status_code == 302, text(response)
    assert model.objects.count() == 1
    said = text(clerk.get(f"/so/{slug}"))
    assert "Đã ghi vào sổ" in said
    assert "1 dòng" in said


@pytest.mark.parametrize("slug", ENTRIES)
def test_a_repeated_key_writes_once(clerk, slug):
    given, model = ENTRIES[slug]
    answers = [clerk.post(f"/so/{slug}/ghi", given | {"khoa": "s1"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert model.objects.count() == 1


@pytest.mark.parametrize("slug", ["quyet-dinh", "ra-soat", "trang-thiet-bi", "muc-ho-tro"])
def test_the_same_row_twice_is_said_at_its_field(clerk, slug):
    given, model = ENTRIES[slug]
    clerk.post(f"/so/{slug}/ghi", given | {"khoa": "s1"})
    response = clerk.post(f"/so/{slug}/ghi", given | {"khoa": "s2"})
    assert response.status_code == 200
    assert text(response).count("đã có trong sổ") == 2
    assert model.objects.count() == 1


@pytest.mark.parametrize("slug", ENTRIES)
def test_an_empty_form_says_what_is_missing_at_each_field(clerk, slug):
    response = clerk.post(f"/so/{slug}/ghi", {"khoa": "s1"})
    fields = response.context["fields"]
    assert all(field.error for field in fields)
    assert f"Cần sửa {len(fields)} chỗ" in text(response)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ngay": "3/3/2026"}, "Ngày 03/03/2026 chưa đến; hôm nay là 02/03/2026"),
        ({"ban-hanh": "31/2/2026"}, "Ngày 31/2/2026 không có"),
        ({"ngay": "1/2/2026"}, "không thể trước ngày ban hành ngày 20/02/2026"),
        ({"trich-yeu": "à" * 401}, "dài 401 chữ cái, nhận đến 400"),
        ({"so": "  "}, "Chưa có số, ký hiệu"),
    ],
)
def test_bad_input_is_said_at_its_field_and_what_was_typed_stays(clerk, given, words):
    said = text(clerk.post("/so/quyet-dinh/ghi", DECISION | given))
    assert said.count(words) == 2
    assert next(iter(given.values())) in said
    assert 'value="20/2/2026"' in said or "ban-hanh" in given
    assert not ProvincialDecision.objects.exists()


def test_an_amount_that_is_no_number_is_kept_and_explained(clerk):
    given = ENTRIES["muc-ho-tro"][0] | {"muc": "ba trăm nghìn"}
    said = text(clerk.post("/so/muc-ho-tro/ghi", given))
    assert "không phải là số nguyên" in said
    assert 'value="ba trăm nghìn"' in said


def test_checking_first_writes_nothing(clerk):
    assert clerk.post("/so/quyet-dinh/ghi", DECISION | {"kiem-tra": "1"}).status_code == 200
    assert not ProvincialDecision.objects.exists()


def test_a_decision_is_posted_then_turned_into_processes(world, clerk):
    row = decision(world)
    assert f"/so/quyet-dinh/{row.pk}/niem-yet" in text(clerk.get("/so/quyet-dinh"))
    clerk.post(f"/so/quyet-dinh/{row.pk}/niem-yet", {"ngay": "28/2/2026", "khoa": "m1"})
    assert f"/so/quyet-dinh/{row.pk}/dung-quy-trinh" in text(clerk.get("/so/quyet-dinh"))
    clerk.post(f"/so/quyet-dinh/{row.pk}/dung-quy-trinh", {"ngay": "1/3/2026", "khoa": "m2"})
    row.refresh_from_db()
    assert (f"{row.posted_on:%d/%m}", f"{row.processed_on:%d/%m}") == ("28/02", "01/03")
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"decision.posted", "decision.processed"} <= verbs


def test_processes_before_posting_are_refused_in_words(world, clerk):
    row = decision(world)
    response = clerk.post(f"/so/quyet-dinh/{row.pk}/dung-quy-trinh", {"ngay": "1/3/2026"})
    assert "Chưa niêm yết quyết định" in text(response)


def test_a_mark_made_twice_is_refused_with_the_day(world, clerk):
    row = decision(world)
    clerk.post(f"/so/quyet-dinh/{row.pk}/niem-yet", {"ngay": "28/2/2026", "khoa": "m1"})
    response = clerk.post(f"/so/quyet-dinh/{row.pk}/niem-yet", {"ngay": "1/3/2026", "khoa": "m2"})
    assert "Niêm yết đã ghi ngày 28/02/2026" in text(response)


def test_a_mark_before_the_row_began_is_said_at_its_field(world, clerk):
    row = decision(world)
    response = clerk.post(f"/so/quyet-dinh/{row.pk}/niem-yet", {"ngay": "1/2/2026"})
    assert text(response).count("không thể trước ngày nhận ngày 27/02/2026") == 2


def test_a_review_is_finished_with_its_proposal(world, clerk):
    day = at("2026-01-10 08:00")
    row = actions.register_review(
        by=world.clerk, at=day, key="r1", procedure="Kết hôn", on=day.date()
    )
    address = f"/so/ra-soat/{row.pk}/xong"
    assert "giữ nguyên" in text(clerk.post(address, {"ngay": "1/3/2026", "khoa": "m1"}))
    clerk.post(address, {"ngay": "1/3/2026", "kien-nghi": "Bỏ bản sao hộ khẩu", "khoa": "m1"})
    row.refresh_from_db()
    assert row.proposal == "Bỏ bản sao hộ khẩu"


def test_equipment_is_retired(world, clerk):
    day = at("2026-01-10 08:00")
    row = actions.add_equipment(
        by=world.clerk, at=day, key="e1", kind=EquipmentKind.SCANNER, name="Máy quét 1",
        on=day.date(),
    )  # fmt: skip
    clerk.post(f"/so/trang-thiet-bi/{row.pk}/thoi-dung", {"ngay": "1/3/2026", "khoa": "m1"})
    said = text(clerk.get("/so/trang-thiet-bi"))
    assert "01/03/2026" in said and "Ghi thôi dùng" not in said


def test_rows_of_another_agency_do_not_exist_here(world, clerk):
    other = build("xa-khac", "H88.88.88", world.province)
    with other.scope():
        row = decision(other, "9/QĐ khác")
    assert clerk.get(f"/so/quyet-dinh/{row.pk}/niem-yet").status_code == 404
    assert "9/QĐ khác" not in text(clerk.get("/so/quyet-dinh"))


@pytest.mark.parametrize("address", ["/so/la", "/so/la/ghi"])
def test_an_unknown_register_is_not_found(clerk, address):
    assert clerk.get(address).status_code == 404


def test_the_index_counts_what_is_written_and_what_waits(world, clerk):
    decision(world)
    said = text(clerk.get("/so"))
    assert "1 chưa niêm yết hoặc chưa dựng quy trình" in said
    assert said.count('href="/so/') == 5


def test_the_sheet_holds_the_register(world, clerk):
    decision(world)
    response = clerk.get("/so/quyet-dinh?xlsx=1")
    assert response["Content-Disposition"].endswith('quyet-dinh-2026-03-02.xlsx"')
    assert response.getvalue()[:2] == b"PK"


@pytest.mark.parametrize("rows", [1, 45])
def test_a_register_asks_the_same_few_questions_however_long_it_is(
    world, clerk, django_assert_num_queries, rows
):
    for number in range(rows):
        decision(world, f"{number}/QĐ-UBND")
    clerk.get("/so/quyet-dinh")
    with django_assert_num_queries(3):
        clerk.get("/so/quyet-dinh")


@pytest.mark.parametrize("rows", [1, 45])
def test_the_index_asks_one_question_a_register(world, clerk, django_assert_num_queries, rows):
    for number in range(rows):
        decision(world, f"{number}/QĐ-UBND")
    clerk.get("/so")
    with django_assert_num_queries(6):
        clerk.get("/so")

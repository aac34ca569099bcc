"""Absences on screen: away now, planned, back, who is away; for oneself and for leaders."""

import pytest
from django.test import Client

from motcua.journal.models import Event
from motcua.people import actions
from motcua.people.models import Absence
from motcua.people.rules import AbsenceKind
from motcua.web import clock
from tests.world import at, build

NOW = "2026-03-02 09:00"
GO = {"y": "vang", "den": "hom-nay", "ly-do": "meeting", "khoa": "v1"}
PLAN = {"tu-ngay": "5/3/2026", "den-ngay": "6/3/2026", "ly-do": "leave", "khoa": "v2"}


def text(response):
    return response.content.decode()


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(NOW))


@pytest.fixture
def leader(world, client):
    client.force_login(world.leader)
    return client


def log_in(officer):
    client = Client()
    client.force_login(officer)
    return client


def away(world, officer, start=NOW, end="2026-03-02 17:00", **given):
    return actions.note_absence(
        by=officer, at=at("2026-03-02 07:00"), key=world.key(), officer=officer,
        kind=AbsenceKind.MEETING, start=at(start), end=at(end), **given,
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/vang-mat", "/vang-mat/lich"])
def test_somebody_without_a_login_is_sent_to_log_in(world, client, address):
    assert client.get(address).url.startswith("/dang-nhap")


def test_a_leader_goes_away_until_the_end_of_the_day_with_a_stand_in(world, leader):
    response = leader.post("/vang-mat", GO | {"ky-thay": str(world.deputy.pk)})
    assert response.status_code == 302
    row = Absence.objects.get()
    assert (row.officer, row.stand_in, row.end) == (
        world.leader, world.deputy, at("2026-03-02 17:00"),
    )  # fmt: skip
    said = text(leader.get("/vang-mat"))
    assert "Đã ghi: Chủ tịch vắng từ 09:00" in said
    assert "Đang vắng (họp) đến 17:00, thứ Hai, 02/03/2026" in said


def test_the_usual_ends_are_offered_with_their_hours(world, leader, monkeypatch):
    assert "hết giờ hôm nay, 17:00" in text(leader.get("/vang-mat"))
    monkeypatch.setattr(clock, "now", lambda: at("2026-03-06 18:00"))
    said = text(log_in(world.leader).get("/vang-mat"))
    assert "hết giờ hôm nay" not in said
    assert "hết giờ làm việc 17:00, thứ Hai, 09/03/2026" in said


def test_an_end_of_ones_own_choice_is_read_in_any_sensible_spelling(leader):
    leader.post("/vang-mat", GO | {"den": "chon", "den-ngay": "3-3-26", "den-gio": "14h30"})
    assert Absence.objects.get().end == at("2026-03-03 14:30")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"den": "chon"}, "Ghi ngày trở lại"),
        ({"den": "chon", "den-ngay": "3/3/2026", "den-gio": "25:00"}, "Không đọc được giờ “25:00”"),
        ({"den": "chon", "den-ngay": "1/3/2026", "den-gio": "8h"}, "phải sau lúc bắt đầu"),
        ({"ly-do": ""}, "Chọn lý do vắng"),
        ({"ghi-chu": "a" * 201}, "nhận đến 200"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(leader, given, words):
    said = text(leader.post("/vang-mat", {"ghi-chu": "họp huyện"} | GO | given))
    assert said.count(words) == 2
    assert given.get("ghi-chu", "họp huyện") in said
    assert not Absence.objects.exists()


def test_checking_first_says_the_effect_and_writes_nothing(world, leader):
    said = text(leader.post("/vang-mat", GO | {"y": "", "kiem-tra": "1"}))
    assert "chưa ghi gì" in said
    assert "Chưa có người ký thay." in said
    assert not Absence.objects.exists()


def test_nobody_stands_in_for_oneself(world, leader):
    said = text(leader.post("/vang-mat", GO | {"ky-thay": str(world.leader.pk)}))
    assert "Người vắng không ký thay cho mình" in said


def test_a_repeated_key_writes_one_absence(leader):
    assert [leader.post("/vang-mat", GO).status_code for _ in range(2)] == [302, 302]
    assert Absence.objects.count() == 1


def test_coming_back_ends_the_absence_now_and_a_second_press_changes_nothing(world, leader):
    row = away(world, world.leader)
    monkey = {"khoa": "v3"}
    address = f"/vang-mat/{row.pk}/tro-lai"
    row.start = at("2026-03-02 08:00")
    row.save()
    assert leader.post(address, monkey).status_code == 302
    assert leader.post(address, monkey).status_code == 302
    row.refresh_from_db()
    assert row.end == at(NOW)
    assert Event.objects.filter(verb="absence.ended").count() == 1
    assert "Đang có mặt" in text(leader.get("/vang-mat"))


def test_an_absence_that_has_not_begun_is_not_ended(world, leader):
    row = away(world, world.leader, "2026-03-03 08:00", "2026-03-03 17:00")
    leader.post(f"/vang-mat/{row.pk}/tro-lai", {"khoa": "v4"})
    assert "chưa bắt đầu" in text(leader.get("/vang-mat"))
    assert Event.objects.filter(verb="absence.ended").count() == 0


def test_whole_days_are_planned_and_shown_as_days(world, leader):
    assert leader.post("/vang-mat/lich", PLAN).status_code == 302
    row = Absence.objects.get()
    assert (row.start, row.end) == (at("2026-03-05 00:00"), at("2026-03-07 00:00"))
    said = text(leader.get("/vang-mat")).split("Lịch vắng sắp tới")[1]
    assert "05/03/2026" in said and "06/03/2026" in said and "07/03/2026" not in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tu-ngay": "31/2/2026"}, "Ngày 31/2/2026 không có"),
        ({"den-ngay": "4/3/2026"}, "phải sau lúc bắt đầu"),
        ({"tu-ngay": "1/2/2026", "den-ngay": "2/2/2026"}, "đã qua"),
        ({"ly-do": "khac"}, "Lựa chọn này không còn"),
    ],
)
def test_a_plan_that_cannot_be_is_said_at_its_field_and_kept(leader, given, words):
    said = text(leader.post("/vang-mat/lich", PLAN | {"ghi-chu": "đi học"} | given))
    assert said.count(words) == 2
    assert 'value="đi học"' in said
    assert not Absence.objects.exists()


def test_the_clerk_notes_a_leader_but_not_a_colleague(world):
    clerk = log_in(world.clerk)
    assert clerk.post("/vang-mat/lich", PLAN | {"ai": str(world.leader.pk)}).status_code == 302
    assert Absence.objects.get().officer == world.leader
    said = text(clerk.post("/vang-mat/lich", PLAN | {"ai": str(world.desk.pk), "khoa": "v9"}))
    assert said.count("Chỉ ghi được cho mình; văn thư, quản trị ghi được cho lãnh đạo") == 2


def test_a_colleague_cannot_note_a_leader(world):
    desk = log_in(world.desk)
    said = text(desk.post("/vang-mat/lich", PLAN | {"ai": str(world.leader.pk)}))
    assert "Chỉ ghi được cho mình" in said
    assert not Absence.objects.exists()


def test_a_colleague_cannot_end_a_leaders_absence(world):
    row = away(world, world.leader)
    response = log_in(world.desk).post(f"/vang-mat/{row.pk}/tro-lai", {"khoa": "v5"})
    assert response.status_code == 403
    assert "Việc này dành cho: văn thư, quản trị" in text(response)


def test_the_clerk_sees_who_is_away_and_may_note_the_return(world):
    row = away(world, world.leader, "2026-03-02 08:00", stand_in=world.deputy)
    clerk = log_in(world.clerk)
    said = text(clerk.get("/vang-mat"))
    assert "Phó Chủ tịch" in said
    address = f"/vang-mat/{row.pk}/tro-lai"
    assert address in said
    assert "Ghi Chủ tịch đã trở lại" in text(clerk.get(address))
    clerk.post(address, {"khoa": "v6"})
    row.refresh_from_db()
    assert row.end == at(NOW)


def test_notes_of_others_are_not_shown_to_colleagues(world):
    away(world, world.leader, "2026-03-04 08:00", "2026-03-04 17:00", note="khám bệnh")
    assert "khám bệnh" not in text(log_in(world.desk).get("/vang-mat"))
    assert "khám bệnh" in text(log_in(world.clerk).get("/vang-mat"))


def test_absences_of_another_agency_do_not_exist_here(world):
    other = build("xa-khac", "H88.88.88", world.province)
    with other.scope():
        row = away(other, other.leader)
    leader = log_in(world.leader)
    assert leader.get(f"/vang-mat/{row.pk}/tro-lai").status_code == 404
    assert "Hôm nay không ai vắng" in text(leader.get("/vang-mat"))


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_the_same_few_questions_however_many_are_away(
    world, leader, django_assert_num_queries, many
):
    for _ in range(many):
        away(world, world.deputy)
        away(world, world.leader, "2026-03-03 08:00", "2026-03-03 17:00")
    leader.get("/vang-mat")
    with django_assert_num_queries(4):
        leader.get("/vang-mat")


# A plan looked at, and cancelled


def test_the_check_of_a_plan_says_what_would_happen_and_writes_nothing(leader, world):
    answered = leader.post("/vang-mat/lich", PLAN | {"kiem-tra": "1"})
    shown = text(answered)
    assert "Kiểm tra, chưa ghi gì. Sẽ ghi: Chủ tịch vắng từ" in shown
    assert "Chưa có người ký thay" in shown and "Hủy được trước khi bắt đầu." in shown
    assert not Absence.objects.exists()


def test_a_plan_is_cancelled_from_the_list_and_gone_from_it(leader, world):
    row = away(world, world.leader, "2026-03-05 00:00", "2026-03-07 00:00")
    url = f"/vang-mat/{row.pk}/huy"
    assert url in text(leader.get("/vang-mat"))
    assert "Hủy lịch vắng của Chủ tịch" in text(leader.get(url))
    told = text(leader.get(leader.post(url, {"khoa": "h1"}).url))
    assert "Đã hủy lịch vắng của Chủ tịch" in told and url not in told
    assert leader.post(url, {"khoa": "h2"}).status_code == 409


def test_an_absence_that_runs_is_ended_not_cancelled(leader, world):
    row = away(world, world.leader)
    assert leader.post(f"/vang-mat/{row.pk}/huy", {"khoa": "h1"}).status_code == 409

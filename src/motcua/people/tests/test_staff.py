"""What is kept between requests is never older than the last change of the staff."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from motcua.people import actions
from motcua.people.models import Agency, Session
from motcua.people.queries import absence_at, present_leaders
from motcua.people.rules import AbsenceKind, OfficerIn, PostGroup, Role
from motcua.people.staff import request_of
from tests.visits import words
from tests.world import at

NOW = at("2026-03-02 08:00")
MONDAY, TUESDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 3)


def act(world, verb, **given):
    by = given.pop("by", world.administrator)
    return getattr(actions, verb)(by=by, at=NOW, key=world.key(), **given)


def assign(world, officer, role, on=MONDAY):
    return act(world, "assign_role", officer_id=officer.pk, role=role, on=on, source="QĐ")


def release(world, officer, role):
    given = {"officer_id": officer.pk, "role": role, "on": MONDAY, "source": "QĐ"}
    return act(world, "end_assignment", **given)


def newcomer(login="moi.ve"):
    return OfficerIn(
        name="Người Mới", login=login, post="Công chức", group=PostGroup.JUSTICE,
        roles=(Role.SPECIALIST,), since=MONDAY,
    )  # fmt: skip


@pytest.fixture
def choices(world, visit):
    """Whom the desk may assign to, as the page shows it: asked once, so that it is kept."""
    dossier = world.receive()
    desk = visit("desk")
    url = reverse("ho-so-viec", args=[dossier.code, "chuyen-xu-ly"])

    def ask():
        return words(desk.get(url))

    assert "Công chức chuyên môn" in ask() and "Người Mới" not in ask()
    return ask


def test_who_is_taken_on_can_be_chosen_in_the_next_request(world, choices):
    act(world, "enrol", given=newcomer())
    assert "Người Mới" in choices()


def test_who_comes_with_a_file_can_be_chosen_in_the_next_request(world, choices):
    act(world, "import_officers", rows=[newcomer()])
    assert "Người Mới" in choices()


def test_a_role_given_and_ended_is_seen_by_the_next_request(world, choices):
    assign(world, world.clerk, Role.SPECIALIST)
    assert "Văn thư" in choices()
    release(world, world.clerk, Role.SPECIALIST)
    assert "Văn thư" not in choices()


def test_another_name_is_seen_by_the_next_request(world, choices):
    act(
        world, "change_officer", officer_id=world.specialist.pk, name="Tên Khác", post="Công chức",
        group=PostGroup.JUSTICE,
    )  # fmt: skip
    assert "Tên Khác" in choices()


@pytest.mark.parametrize("verb", ["suspend_officer", "end_officer"])
def test_who_may_no_longer_work_is_out_with_the_next_request(world, visit, choices, verb):
    specialist = visit("specialist")
    assert specialist.get(reverse("hom-nay")).status_code == 200
    more = {"on": MONDAY, "source": ""} if verb == "end_officer" else {}
    act(world, verb, officer_id=world.specialist.pk, **more)
    assert specialist.get(reverse("hom-nay")).status_code == 302
    assert "Công chức chuyên môn" not in choices()


def test_an_account_opened_again_is_seen_by_the_next_request(world, choices):
    act(world, "suspend_officer", officer_id=world.specialist.pk)
    choices()
    act(world, "reopen_officer", officer_id=world.specialist.pk)
    assert "Công chức chuyên môn" in choices()


def test_ones_own_role_ended_closes_its_pages_with_the_next_request(world, visit):
    assign(world, world.clerk, Role.DESK)
    clerk = visit("clerk")
    assert clerk.get(reverse("tiep-nhan")).status_code == 200
    release(world, world.clerk, Role.DESK)
    assert clerk.get(reverse("tiep-nhan")).status_code == 403


def test_an_absence_noted_and_ended_is_seen_by_the_next_request(world, visit):
    leader = visit("leader")
    shown = reverse("hom-nay")
    assert "Đang vắng" not in words(leader.get(shown))
    absence = act(
        world, "note_absence", by=world.leader, officer=world.leader, kind=AbsenceKind.MEETING,
        start=at("2026-03-02 07:00"), end=at("2026-03-02 11:00"),
    )  # fmt: skip
    assert "Đang vắng đến" in words(leader.get(shown))
    act(world, "end_absence", by=world.leader, absence_id=absence.pk)
    assert "Đang vắng" not in words(leader.get(shown))


def test_an_absence_begins_and_ends_by_the_clock_without_any_change(world, visit, clock):
    world.absent(world.leader, "2026-03-02 09:00", "2026-03-02 10:00")
    leader = visit("leader")
    for moment, away in (("08:59", False), ("09:00", True), ("09:59", True), ("10:00", False)):
        clock.set(f"2026-03-02 {moment}")
        assert ("Đang vắng đến" in words(leader.get(reverse("hom-nay")))) is away


def test_a_request_that_changed_the_staff_asks_the_database(world):
    with request_of(world.leader, NOW):
        assert absence_at(world.leader.pk, NOW) is None
        world.absent(world.leader, "2026-03-02 07:00", "2026-03-02 11:00")
        assert absence_at(world.leader.pk, NOW) is not None
        assert [one.name for one in present_leaders(NOW)[0]] == ["Phó Chủ tịch"]


def test_outside_a_request_the_database_is_asked(world):
    world.absent(world.leader, "2026-03-02 07:00", "2026-03-02 11:00")
    Agency.objects.filter(pk=world.agency.pk).update(staff_rev=1)
    present, away = present_leaders(NOW)
    assert [one.name for one in present] == ["Phó Chủ tịch"]
    assert [row.officer.name for row in away] == ["Chủ tịch"]


def test_a_copy_of_the_sessions_opens_nothing(world, visit):
    client = visit("desk")
    key = client.cookies["sessionid"].value
    row = Session.objects.get(officer=world.desk)
    assert key not in (str(row.pk), row.digest) and key not in str(row.data)
    thief = Client()
    for stolen in (row.digest, str(row.pk)):
        thief.cookies["sessionid"] = stolen
        assert thief.get(reverse("hom-nay")).status_code == 302


def test_a_new_password_ends_the_sessions_begun_under_the_old_one(world, visit):
    client = visit("desk")
    world.desk.set_password("một mật khẩu khác")
    world.desk.save()
    assert client.get(reverse("hom-nay")).status_code == 302
    assert not Session.objects.filter(officer=world.desk).exists()


def test_one_statement_finds_session_officer_post_and_agency(
    world, visit, django_assert_num_queries
):
    client = visit("desk")
    client.get(reverse("phim-tat"))
    with django_assert_num_queries(1):
        client.get(reverse("phim-tat"))


def test_a_connection_that_the_database_closed_meanwhile_is_opened_anew(
    committed_world, monkeypatch
):
    client = Client()
    client.force_login(committed_world.desk)
    assert client.get(reverse("hom-nay")).status_code == 200
    connection.ensure_connection()
    lost = connection.connection
    lost.close()
    monkeypatch.setattr(connection, "is_usable", lambda: connection.connection is not lost)
    assert client.get(reverse("hom-nay")).status_code == 200

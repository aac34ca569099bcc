"""The door: what it writes down, whom it locks out, for how long, and what it never tells."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from motcua.people import door, sessions
from motcua.people.models import LoginEvent
from motcua.people.rules import LoginKind
from tests.visits import words

PASSWORD = "mật khẩu thử"
NAME, NOBODY = "xa-thu-desk", "khong-co-ai"
LOCKED = "Đã nhập sai quá nhiều lần. Chờ đến"


def enter(login, password="sai", client=None, **headers):
    given = {"username": login, "password": password}
    return (client or Client()).post(reverse("dang-nhap"), given, **headers)


def fail(login, times, **headers):
    return [enter(login, **headers) for _ in range(times)][-1]


def log():
    return list(LoginEvent.objects.order_by("id").values_list("kind", "login", "address"))


def is_in(answer):
    return answer.status_code == 302


def test_coming_in_failing_and_leaving_are_written_down(world, clock):
    client = Client()
    enter(NAME, "mật khẩu sai", client)
    assert is_in(enter(NAME, PASSWORD, client))
    client.post(reverse("dang-xuat"))
    assert log() == [(kind, NAME, "127.0.0.1") for kind in ("failed", "login", "logout")]
    assert set(LoginEvent.objects.values_list("at", flat=True)) == {clock.now()}


def test_what_is_typed_as_a_name_that_nobody_has_is_not_kept(world, clock):
    enter(PASSWORD, "x")
    [(kind, label, _address)] = log()
    assert kind == "failed" and label == door.label_of(PASSWORD)
    assert PASSWORD not in label and door.label_of("khác") != label


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_the_fifth_wrong_try_locks_a_name_whether_or_not_somebody_has_it(world, clock, name):
    assert LOCKED not in words(fail(name, 4))
    assert f"{LOCKED} 08:15 rồi nhập lại" in words(enter(name))
    clock.set("2026-03-02 08:14")
    answer = enter(name, PASSWORD)
    assert f"{LOCKED} 08:15" in words(answer) and not is_in(answer)
    assert [kind for kind, *_ in log()] == ["failed"] * 5 + ["locked", "turned-away"]


def test_the_lock_opens_after_a_quarter_of_an_hour_and_counts_anew(world, clock):
    fail(NAME, 5)
    clock.set("2026-03-02 08:15")
    assert LOCKED not in words(fail(NAME, 4))
    assert is_in(enter(NAME, PASSWORD))


def test_wrong_tries_are_forgotten_after_a_login_and_after_a_quarter_of_an_hour(world, clock):
    fail(NAME, 4)
    clock.set("2026-03-02 08:01")
    assert is_in(enter(NAME, PASSWORD))
    clock.set("2026-03-02 08:02")
    assert LOCKED not in words(fail(NAME, 4))
    clock.set("2026-03-02 08:17")
    assert LOCKED not in words(fail(NAME, 4))


def test_a_locked_name_locks_nobody_else_and_ends_no_session(world, visit):
    client = visit("desk")
    fail(NAME, 5)
    assert client.get(reverse("hom-nay")).status_code == 200
    assert is_in(enter("xa-thu-clerk", PASSWORD))


def test_many_wrong_tries_from_one_address_lock_it_for_every_name(world, clock):
    for number in range(door.TRIES_OF_ADDRESS):
        enter(f"ten-{number}", REMOTE_ADDR="192.0.2.7")
    assert LOCKED in words(enter("xa-thu-clerk", PASSWORD, REMOTE_ADDR="192.0.2.7"))
    assert is_in(enter("xa-thu-clerk", PASSWORD, REMOTE_ADDR="192.0.2.8"))
    clock.set("2026-03-02 08:15")
    assert is_in(enter("xa-thu-clerk", PASSWORD, REMOTE_ADDR="192.0.2.7"))


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(world, clock):
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.9"}
    enter(NAME, **forged)
    with override_settings(BEHIND_PROXY=True):
        enter(NAME, **forged)
    assert [address for *_, address in log()] == ["127.0.0.1", "192.0.2.9"]


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_every_try_costs_one_hash_locked_or_not(world, clock, monkeypatch, name):
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given)
    )
    for _ in range(7):
        enter(name)
    assert len(hashed) == 7


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_try_asks_the_database_as_much_for_any_name(
    world, clock, django_assert_num_queries, known
):
    with django_assert_num_queries(8):
        enter(NAME if known else NOBODY)


@pytest.mark.parametrize(
    "statement", ["UPDATE people_loginevent SET login = 'x'", "DELETE FROM people_loginevent"]
)
def test_the_database_keeps_what_was_written_down(world, clock, statement):
    enter(NAME)
    connection.check_constraints()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert log() == [(LoginKind.FAILED, NAME, "127.0.0.1")]


# Sessions


def opened(client):
    return client.get(reverse("hom-nay")).status_code == 200


def test_a_session_ends_four_hours_after_its_last_page(visit, clock):
    client = visit("desk")
    clock.set("2026-03-02 11:55")
    assert opened(client)
    clock.set("2026-03-02 15:54")
    assert opened(client)
    clock.set("2026-03-02 19:55")
    assert not opened(client)


def test_a_session_ends_after_twelve_hours_however_busy_and_is_removed(visit, clock):
    client = visit("desk")
    for hour in (10, 13, 16, 19):
        clock.set(f"2026-03-02 {hour}:59")
        assert opened(client)
    clock.set("2026-03-02 20:00")
    assert client.get(reverse("hom-nay")).url.startswith(reverse("dang-nhap"))
    assert client.get(reverse("hom-nay")).status_code == 302


def test_a_session_is_renewed_with_the_first_page_after_ten_minutes_only(visit, clock):
    client = visit("desk")
    for minute, written in (("05", False), ("09", False), ("10", True), ("19", False)):
        clock.set(f"2026-03-02 08:{minute}")
        assert ("sessionid" in client.get(reverse("hom-nay")).cookies) is written


def test_a_session_that_does_not_say_when_it_began_is_over(visit):
    client = visit("desk")
    session = client.session
    del session[sessions.BEGUN]
    session.save()
    assert not opened(client)


def test_sessions_that_ended_are_cleared_and_the_others_stay(visit, clock):
    old = visit("desk")
    clock.set("2026-03-03 08:30")  # known for a day, so that what was typed is kept
    young = visit("clerk")
    assert sessions.clear_expired(clock.now()) == 1
    assert opened(young) and not opened(old)
    assert sessions.clear_expired(clock.now() + timedelta(days=2)) == 1

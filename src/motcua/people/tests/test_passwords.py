"""Passwords: changed, set anew with a one-time code, and nothing of them in the journal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.journal.models import Event
from motcua.kernel.errors import BadInput
from motcua.people import actions, admin_code_command, door
from motcua.people.models import LoginEvent, Officer, OneTimeCode
from motcua.people.secret import LETTERS, Secret, new_code, typed_code
from tests.visits import words
from tests.world import at

NOW = at("2026-03-02 08:00")
OLD, NEW = "mật khẩu thử", "bon tu khong lien quan"
LOGIN = "xa-thu-desk"


def give(world, code, officer=None, by=None, when=NOW):
    return actions.give_code(
        by=by or world.administrator, at=when, key=world.key(),
        officer_id=(officer or world.desk).pk, code=Secret(code),
    )  # fmt: skip


def use(code, new=NEW, login=LOGIN, client=None, **more):
    given = {"ten": login, "ma": code, "moi": new, "nhap-lai": new, "khoa": "dùng", "ghi": "1"}
    return (client or Client()).post(reverse("ma-dung-mot-lan"), given | more)


def change(client, old=OLD, new=NEW, again=None, **more):
    given = {"cu": old, "moi": new, "nhap-lai": again or new, "khoa": "đổi", "ghi": "1"}
    return client.post(reverse("mat-khau"), given | more)


def enters(login, password):
    answer = Client().post(reverse("dang-nhap"), {"username": login, "password": password})
    return answer.status_code == 302


def is_in(client):
    return client.get(reverse("hom-nay")).status_code == 200


# Change one's own


def test_a_changed_password_opens_the_door_and_the_old_one_no_more(world, visit):
    client = visit("desk")
    assert change(client).url == reverse("hom-nay")
    assert is_in(client)
    assert enters(LOGIN, NEW) and not enters(LOGIN, OLD)


def test_other_sessions_of_the_officer_end_and_nobody_elses(world, visit):
    here, there, other = visit("desk"), visit("desk"), visit("clerk")
    change(here)
    assert is_in(here) and is_in(other)
    assert not is_in(there)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("ngắn", "bộ gõ tiếng Việt đang bật"),
        ("mật khẩu rất dài", "bộ gõ tiếng Việt đang bật"),
        ("ngan", "Mật khẩu dài 4 chữ; cần ít nhất 10."),
        ("password123", "nhiều người dùng, dễ đoán"),
        ("x" * 201, "Mật khẩu dài quá 200 chữ"),
        ("", "Nhập mật khẩu mới."),
    ],
)
def test_a_bad_new_password_is_refused_with_the_reason(world, visit, new, said):
    page = change(visit("desk"), new=new)
    assert page.status_code == 422 and said in words(page)
    assert enters(LOGIN, OLD)


def test_the_same_password_again_is_refused(world, visit):
    client = visit("desk")
    change(client)
    page = change(client, old=NEW, new=NEW, khoa="nữa")
    assert "giống mật khẩu hiện nay" in words(page)


def test_two_different_new_ones_are_refused(world, visit):
    page = change(visit("desk"), again="khac han nhau")
    assert page.status_code == 422 and "Hai lần nhập không giống nhau" in words(page)


def test_to_check_writes_nothing(world, visit):
    change(visit("desk"), **{"kiem-tra": "1"})
    assert enters(LOGIN, OLD)


def test_five_wrong_old_passwords_lock_as_the_door_does(world, visit):
    client = visit("desk")
    for _ in range(5):
        page = change(client, old="sai")
        assert "Mật khẩu hiện nay không đúng" in words(page)
    page = change(client)
    assert page.status_code == 409 and "Chờ đến 08:15" in words(page)
    assert is_in(client) and not enters(LOGIN, OLD)


def test_no_password_reaches_the_page_or_the_journal(world, visit):
    client = visit("desk")
    page = change(client, old="sai mot chut")
    assert "sai mot chut" not in page.content.decode()
    change(client)
    event = Event.objects.get(verb="officer.password-changed")
    assert event.data == {} and NEW not in str(event.__dict__)


def test_the_digest_of_the_act_tells_nothing_of_the_password(world):
    """A digest of a short word is as good as the word to whoever reads the journal."""
    given = {"by": world.desk, "at": NOW, "old": Secret(OLD)}
    actions.change_password(key="một", new=Secret("mot hai ba bon"), **given)
    given["old"] = Secret("mot hai ba bon")
    actions.change_password(key="hai", new=Secret("nam sau bay tam"), **given)
    first, second = Event.objects.filter(verb="officer.password-changed").order_by("seq")
    assert first.asked == second.asked != ""


# One-time codes


def test_a_code_is_of_letters_that_no_input_method_changes():
    vietnamese = set("AEIOUYDWSFRXJZ0168")  # vowels, Telex keys, and what looks alike
    assert not vietnamese & set(LETTERS)
    code = new_code().reveal()
    assert code != new_code().reveal()
    assert typed_code(code.lower().replace("-", " ")) == code


def test_a_code_sets_a_password_once(world, clock):
    give(world, "BCGH-2345-KMNP")
    client = Client()
    assert use("bcgh2345kmnp", client=client).url == reverse("hom-nay")
    assert is_in(client) and enters(LOGIN, NEW)

    page = use("BCGH-2345-KMNP", new="lai mot lan nua", khoa="nữa")
    assert page.status_code == 422 and "mã đã dùng, đã hết hạn" in words(page)
    assert enters(LOGIN, NEW)


def test_a_form_sent_twice_is_done_once_and_comes_in_again(world, clock):
    give(world, "BCGH-2345-KMNP")
    use("BCGH-2345-KMNP")
    assert use("BCGH-2345-KMNP").status_code == 302
    assert Event.objects.filter(verb="officer.code-used").count() == 1


def test_who_knows_the_key_of_an_act_does_not_come_in_by_it(world, clock):
    give(world, "BCGH-2345-KMNP")
    use("BCGH-2345-KMNP")
    thief = Client()
    page = use("QQQQ-QQQQ-QQQQ", new="cua ke trom day", client=thief)
    assert page.status_code == 422 and "mã không đúng" in words(page)
    assert not is_in(thief) and not enters(LOGIN, "cua ke trom day")


@pytest.mark.parametrize(
    ("code", "new"), [("QQQQ-QQQQ-QQQQ", NEW), ("BCGH-2345-KMNP", "cua ke trom day")]
)
def test_a_known_key_opens_the_door_to_no_half_of_the_secrets(world, clock, code, new):
    give(world, "BCGH-2345-KMNP")
    use("BCGH-2345-KMNP")
    clock.set("2026-03-02 08:01")
    thief = Client()
    for _ in range(4):
        assert use(code, new=new, client=thief).status_code == 422
    locked = use(code, new=new, client=thief)
    assert locked.status_code == 409 and "Chờ đến 08:16" in words(locked)
    assert not is_in(thief)


def test_a_key_of_another_act_is_a_wrong_try_too(world, clock):
    give(world, "BCGH-2345-KMNP")
    taken = Event.objects.exclude(key=None).latest("id").key
    use("QQQQ-QQQQ-QQQQ", khoa=taken)
    assert LoginEvent.objects.filter(login=LOGIN, kind="failed").count() == 1


def test_a_form_sent_again_after_a_newer_code_comes_in_no_more(world, clock):
    give(world, "BCGH-2345-KMNP")
    use("BCGH-2345-KMNP")
    give(world, "QQQQ-2345-KMNP")
    assert use("BCGH-2345-KMNP").status_code == 422


def test_guessing_at_the_password_by_the_key_of_its_change_locks_as_the_door_does(world, visit):
    client = visit("desk")
    change(client)
    for _ in range(4):
        assert change(client, new="mot mat khau khac han").status_code == 409
    change(client, new="mot mat khau khac han")
    assert "Chờ đến 08:15" in words(change(client))


def test_a_code_lives_a_day_less_than_a_second(world, clock):
    give(world, "BCGH-2345-KMNP")
    clock.moment = NOW + timedelta(hours=24)
    assert use("BCGH-2345-KMNP").status_code == 422
    clock.moment -= timedelta(seconds=1)
    assert use("BCGH-2345-KMNP").status_code == 302


def test_a_new_code_and_a_changed_password_spend_the_one_before(world, clock, visit):
    give(world, "BCGH-2345-KMNP")
    give(world, "QTVB-2345-KMNP")
    assert use("BCGH-2345-KMNP").status_code == 422
    change(visit("desk"))
    assert use("QTVB-2345-KMNP").status_code == 422


def test_only_a_slow_hash_of_the_code_is_kept(world):
    give(world, "BCGH-2345-KMNP")
    row = OneTimeCode.objects.get()
    assert "BCGH" not in row.digest and row.digest.count("$") >= 2
    assert row.made_by == world.administrator
    assert "BCGH" not in str(list(Event.objects.values_list("data", "asked")))


def test_a_good_code_with_a_bad_password_stays_good(world, clock):
    give(world, "BCGH-2345-KMNP")
    page = use("BCGH-2345-KMNP", new="ngan")
    assert page.status_code == 422 and "cần ít nhất 10" in words(page)
    assert use("BCGH-2345-KMNP", khoa="nữa").status_code == 302


def test_sessions_of_the_officer_end_when_the_code_is_used(world, visit):
    client = visit("desk")
    give(world, "BCGH-2345-KMNP")
    use("BCGH-2345-KMNP")
    assert not is_in(client)


@pytest.mark.parametrize("login", [LOGIN, "khong-co-ai"])
def test_five_wrong_codes_lock_the_name_known_or_not(world, clock, login):
    give(world, "BCGH-2345-KMNP")
    for _ in range(4):
        assert "Tên đăng nhập hoặc mã không đúng" in words(use("QQQQ-QQQQ-QQQQ", login=login))
    for code in ("QQQQ-QQQQ-QQQQ", "BCGH-2345-KMNP"):
        page = use(code, login=login)
        assert page.status_code == 409 and "Chờ đến 08:15" in words(page)
    assert not enters(LOGIN, OLD) or login != LOGIN


def test_a_code_opens_only_its_own_account(world, clock):
    give(world, "BCGH-2345-KMNP")
    assert use("BCGH-2345-KMNP", login="xa-thu-clerk").status_code == 422


def test_a_closed_account_gets_no_code_and_opens_with_none(world, clock):
    give(world, "BCGH-2345-KMNP")
    actions.suspend_officer(by=world.administrator, at=NOW, key="khóa", officer_id=world.desk.pk)
    assert use("BCGH-2345-KMNP").status_code == 422
    with pytest.raises(actions.AccountClosed):
        give(world, "QTVB-2345-KMNP")


def test_an_administrator_gives_no_code_to_oneself(world):
    with pytest.raises(actions.OwnCode):
        give(world, "BCGH-2345-KMNP", officer=world.administrator)


def test_the_slip_shows_the_code_once(world, visit):
    client, url = visit("administrator"), reverse("can-bo-ma", args=[world.desk.pk])
    assert OneTimeCode.objects.count() == 0 and client.get(url).status_code == 200
    slip = words(client.post(url, {"khoa": "cấp"}))
    code = slip.split("Mã dùng một lần ")[1].split()[0]
    assert LOGIN in slip and "08:00, 03/03/2026" in slip and "/ma-dung-mot-lan" in slip
    again = client.post(url, {"khoa": "cấp"})
    assert again.status_code == 409 and "chỉ hiện một lần" in words(again)
    assert use(code).status_code == 302


# A password that somebody else chose


def test_who_must_change_gets_no_other_page_first(world, visit):
    client = visit("desk")
    give(world, "BCGH-2345-KMNP")
    for name in ("hom-nay", "tiep-nhan", "ho-so", "lenh"):
        assert client.get(reverse(name)).url == reverse("mat-khau")
    assert "Đổi mật khẩu rồi mới làm tiếp" in words(client.get(reverse("mat-khau")))
    assert change(client).url == reverse("hom-nay")
    assert is_in(client)


def test_who_must_change_may_leave(world, visit):
    client = visit("desk")
    give(world, "BCGH-2345-KMNP")
    assert client.post(reverse("dang-xuat")).url == reverse("dang-nhap")


# Locks lifted, the way back


def lock(login):
    for _ in range(5):
        Client().post(reverse("dang-nhap"), {"username": login, "password": "sai"})


def test_an_administrator_lifts_the_lock_of_a_name(world, visit):
    client = visit("administrator")
    lock(LOGIN)
    page = client.get(reverse("can-bo-chi-tiet", args=[world.desk.pk]))
    assert "khóa tạm đến 08:15" in words(page)
    client.post(reverse("can-bo-bo-khoa-tam", args=[world.desk.pk]), {"khoa": "mở"})
    assert enters(LOGIN, OLD)
    assert Event.objects.get(verb="officer.lock-lifted").by == world.administrator


def test_after_a_lifted_lock_wrong_tries_count_anew(world, visit):
    lock(LOGIN)
    visit("administrator").post(reverse("can-bo-bo-khoa-tam", args=[world.desk.pk]), {"khoa": "mở"})
    for _ in range(4):
        enters(LOGIN, "sai")
    assert enters(LOGIN, OLD)


def test_a_locked_out_administrator_comes_back_by_the_console(world, clock, capsys):
    login = world.administrator.login
    lock(login)
    assert admin_code_command.main([login]) == 0
    said = capsys.readouterr().out
    code = said.split("): ")[1].split()[0]
    assert "Dùng đến 08:00 ngày 03/03/2026" in said
    assert use(code, login=login).status_code == 302
    event = Event.objects.get(verb="officer.code-given-at-console")
    assert event.by is None and event.subject_id == world.administrator.pk


@pytest.mark.parametrize("login", [LOGIN, "khong-co-ai"])
def test_the_console_gives_codes_to_administrators_only(world, clock, login):
    with pytest.raises((BadInput, actions.NotAdministrator), match=login):
        admin_code_command.main([login])
    assert not OneTimeCode.objects.exists()


def test_lifting_is_written_in_the_log_of_the_door(world, visit):
    lock(LOGIN)
    visit("administrator").post(reverse("can-bo-bo-khoa-tam", args=[world.desk.pk]), {"khoa": "mở"})
    assert LoginEvent.objects.filter(kind="unlocked", login=LOGIN).count() == 1
    assert door.locked_until(LOGIN, "127.0.0.1", NOW) is None


def test_an_unknown_name_and_a_name_without_a_code_take_one_hash_each(world, clock, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given)
    )
    for login in (LOGIN, "khong-co-ai"):
        use("QQQQ-QQQQ-QQQQ", login=login)
    assert len(hashed) == 2
    assert Officer.objects.get(login=LOGIN).check_password(OLD)

"""Officers: taken on, changed, given roles, ended; and the administrator nobody may lose."""

import datetime as dt

import pytest
from django.urls import reverse

from motcua.journal.models import Event
from motcua.people import actions, naming, queries
from motcua.people.models import Agency, Assignment, Officer
from motcua.people.permissions import WrongRole
from motcua.people.rules import OfficerIn, PostGroup, Role
from tests.visits import words
from tests.world import at

NOW = at("2026-03-02 08:00")
MONDAY = dt.date(2026, 3, 2)
TUESDAY = dt.date(2026, 3, 3)


def someone(**given):
    usual = {
        "name": "Trần Thị Hoa", "login": "hoatt", "post": "Công chức Tư pháp - hộ tịch",
        "group": PostGroup.JUSTICE, "roles": (Role.SPECIALIST,), "since": MONDAY,
        "fields": ("ho-tich",),
    }  # fmt: skip
    return OfficerIn(**(usual | given))


def enrol(world, **given):
    return actions.enrol(by=world.administrator, at=NOW, key=world.key(), given=someone(**given))


def assign(world, officer, role, on=MONDAY, **given):
    return actions.assign_role(
        by=world.administrator, at=NOW, key=world.key(), officer_id=officer.pk, role=role, on=on,
        source="QĐ thử", **given,
    )  # fmt: skip


def release(world, officer, role, on=TUESDAY):
    return actions.end_assignment(
        by=world.administrator, at=NOW, key=world.key(), officer_id=officer.pk, role=role, on=on,
        source="QĐ thử",
    )  # fmt: skip


def end(world, officer, on=MONDAY):
    return actions.end_officer(
        by=world.administrator, at=NOW, key=world.key(), officer_id=officer.pk, on=on, source=""
    )


# Login names


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Nguyễn Thị Ẩn", "annt"), ("Đặng Đức Đạt", "datdd"), ("Ươm", "uom"), ("Ý", "cb-y"),
        ("Hoàng Ngọc Diễm Hương", "huonghnd"), ("!!!", ""),
    ],
)  # fmt: skip
def test_a_login_is_proposed_without_diacritics(name, login):
    assert naming.propose_login(name) == login


def test_a_proposed_login_that_is_taken_gets_a_number():
    assert naming.propose_login("Nguyễn Thị Ẩn", {"annt", "annt2"}) == "annt3"


@pytest.mark.parametrize("login", ["ấn", "An", "an n", "an@taphuan", "1an", "an", "a" * 41, ""])
def test_a_login_with_other_letters_is_refused(world, login):
    with pytest.raises(actions.BadLogin):
        enrol(world, login=login)
    assert not Officer.objects.filter(name="Trần Thị Hoa").exists()


# Taken on


def test_an_officer_taken_on_holds_the_roles_but_cannot_log_in_yet(world):
    made = enrol(world)
    assert made.has_role(Role.SPECIALIST, on=MONDAY, field="ho-tich")
    assert not made.has_role(Role.SPECIALIST, on=MONDAY, field="bao-tro")
    assert not made.has_usable_password()
    assert Event.objects.get(subject_id=made.pk).by == world.administrator


def test_a_login_of_another_commune_is_taken_too(world, other):
    with pytest.raises(actions.LoginTaken, match="xa-khac-desk"):
        enrol(world, login="xa-khac-desk")


def test_without_a_role_nobody_is_taken_on(world):
    with pytest.raises(actions.NoRoles, match="Trần Thị Hoa"):
        enrol(world, roles=())


def test_two_with_the_same_title_have_one_post(world):
    first, second = enrol(world), enrol(world, login="hoatt2")
    third = enrol(world, login="hoatt3", group=PostGroup.OTHER)
    assert first.post == second.post != third.post


def test_a_repeated_key_takes_on_once(world):
    given = {"by": world.administrator, "at": NOW, "key": "một", "given": someone()}
    assert actions.enrol(**given) == actions.enrol(**given)
    assert Officer.objects.filter(name="Trần Thị Hoa").count() == 1


@pytest.mark.parametrize("who", ["desk", "leader", "clerk", "specialist", "statistician"])
def test_only_the_administrator_keeps_officers(world, who):
    by = getattr(world, who)
    common = {"by": by, "at": NOW, "key": "không"}
    for act in (
        lambda: actions.enrol(**common, given=someone()),
        lambda: actions.suspend_officer(**common, officer_id=world.desk.pk),
        lambda: actions.lift_lock(**common, officer_id=world.desk.pk),
        lambda: actions.set_hours(
            **common, agency=world.agency, unit="desk", sessions="hue", on=MONDAY, source=""
        ),
    ):
        with pytest.raises(WrongRole):
            act()


def test_every_change_of_the_staff_moves_its_revision(world):
    def rev():
        return Agency.objects.values_list("staff_rev", flat=True).get(pk=world.agency.pk)

    seen = [rev()]
    made = enrol(world)
    seen.append(rev())
    assign(world, made, Role.DESK)
    seen.append(rev())
    release(world, made, Role.DESK)
    seen.append(rev())
    actions.suspend_officer(by=world.administrator, at=NOW, key="khóa", officer_id=made.pk)
    seen.append(rev())
    end(world, made)
    seen.append(rev())
    assert seen == sorted(set(seen))
    assert world.administrator.agency.staff_rev == seen[-1]


# Roles


def test_other_fields_from_a_day_on_end_the_assignment_before(world):
    made = enrol(world)
    assign(world, made, Role.SPECIALIST, TUESDAY, fields=("bao-tro",))
    rows = Assignment.objects.filter(officer=made).order_by("effective_from")
    assert [(row.fields, row.effective_from, row.effective_to) for row in rows] == [
        (["ho-tich"], MONDAY, TUESDAY), (["bao-tro"], TUESDAY, None),
    ]  # fmt: skip


def test_a_role_already_held_is_not_given_again(world):
    with pytest.raises(actions.RoleHeld, match="đã giữ vai trò cán bộ tiếp nhận .từ 01/01/2022"):
        assign(world, world.desk, Role.DESK)


def test_a_role_ends_on_its_day_and_may_begin_again(world):
    release(world, world.desk, Role.DESK, TUESDAY)
    with pytest.raises(actions.RoleHeld, match="đến 03/03/2026"):
        assign(world, world.desk, Role.DESK, MONDAY)
    assign(world, world.desk, Role.DESK, TUESDAY)
    assert queries.officer(world.desk.pk).has_role(Role.DESK, on=TUESDAY)


def test_a_role_that_is_not_held_cannot_end(world):
    with pytest.raises(actions.RoleNotHeld, match="không giữ vai trò văn thư"):
        release(world, world.desk, Role.CLERK)


# The last administrator


def test_the_last_administrator_is_neither_stripped_nor_ended_nor_closed(world):
    mine = world.administrator
    for act in (
        lambda: release(world, mine, Role.ADMINISTRATOR),
        lambda: end(world, mine),
        lambda: actions.suspend_officer(by=mine, at=NOW, key="khóa", officer_id=mine.pk),
    ):
        with pytest.raises(actions.LastAdministrator, match="quản trị cuối cùng"):
            act()
    assert queries.officer(mine.pk).has_role(Role.ADMINISTRATOR, on=TUESDAY)


def test_an_administrator_without_a_password_is_no_second_one(world):
    enrol(world, roles=(Role.ADMINISTRATOR,))
    with pytest.raises(actions.LastAdministrator):
        end(world, world.administrator)


def test_with_a_second_administrator_the_first_may_leave(world):
    assign(world, world.clerk, Role.ADMINISTRATOR)
    end(world, world.administrator)
    assert not Officer.objects.get(pk=world.administrator.pk).is_active


# Closed, ended


def test_who_leaves_today_is_out_at_once(world, visit):
    client = visit("desk")
    assert client.get(reverse("hom-nay")).status_code == 200
    end(world, world.desk)
    assert client.get(reverse("hom-nay")).status_code == 302


def test_who_leaves_later_works_until_the_day_before(world, visit, clock):
    client = visit("desk")
    end(world, world.desk, TUESDAY)
    assert client.get(reverse("hom-nay")).status_code == 200
    clock.set("2026-03-03 08:00")
    assert client.get(reverse("hom-nay")).status_code in (302, 403)


def test_a_closed_account_is_opened_again_with_its_roles(world, visit):
    common = {"by": world.administrator, "at": NOW, "officer_id": world.desk.pk}
    actions.suspend_officer(**common, key="khóa")
    assert queries.officer(world.desk.pk) is None
    with pytest.raises(actions.AlreadySo):
        actions.suspend_officer(**common, key="khóa nữa")
    actions.reopen_officer(**common, key="mở")
    assert queries.officer(world.desk.pk).has_role(Role.DESK, on=MONDAY)


def test_a_change_of_name_keeps_what_it_was_in_the_journal(world):
    actions.change_officer(
        by=world.administrator, at=NOW, key="sửa", officer_id=world.desk.pk, name="Lê Thị Mới",
        post="Cán bộ mới", group=PostGroup.OFFICE,
    )  # fmt: skip
    event = Event.objects.get(verb="officer.changed")
    assert event.data["name"] == "Lê Thị Mới"
    assert event.data["before"]["name"] == "Cán bộ tiếp nhận"


# Pages


def sent(client, url, *arguments, **given):
    return client.post(reverse(url, args=arguments), {"khoa": "khóa-thử"} | given)


NEW = {
    "ho-ten": "Nguyễn Thị Ẩn", "dang-nhap": "", "chuc-danh": "Công chức", "nhom": "justice",
    "vai-tro": ["desk", "specialist"], "tu-ngay": "2/3/2026", "linh-vuc": ["ho-tich"],
}  # fmt: skip


def test_the_page_adds_an_officer_with_a_proposed_login(world, visit):
    client = visit("administrator")
    checked = sent(client, "can-bo-them", **NEW, **{"kiem-tra": "1"})
    assert "chưa ghi gì. Sẽ thêm Nguyễn Thị Ẩn, tên đăng nhập annt" in words(checked)
    assert not Officer.objects.filter(login="annt").exists()

    done = sent(client, "can-bo-them", **NEW)
    made = Officer.objects.get(login="annt")
    assert done.url == reverse("can-bo-chi-tiet", args=[made.pk])
    assert made.roles(MONDAY) == {Role.DESK, Role.SPECIALIST}
    page = words(client.get(done.url))
    assert "Đã thêm Nguyễn Thị Ẩn" in page and "Hộ tịch" in page and "chưa đặt mật khẩu" in page


def test_the_page_says_at_each_input_what_is_missing_and_keeps_the_rest(world, visit):
    page = sent(visit("administrator"), "can-bo-them", **(NEW | {"ho-ten": "", "vai-tro": []}))
    assert page.status_code == 422
    assert "Ghi họ và tên." in words(page) and "Chưa chọn vai trò." in words(page)
    assert 'value="ho-tich" checked' in page.content.decode()


def test_a_login_in_use_is_said_at_the_form(world, visit):
    page = sent(visit("administrator"), "can-bo-them", **(NEW | {"dang-nhap": "xa-thu-desk"}))
    assert page.status_code == 409 and "“xa-thu-desk” đã có người dùng" in words(page)


def test_the_list_finds_by_name_and_by_login_without_diacritics(world, visit):
    client = visit("administrator")
    rows = client.get(reverse("can-bo"), {"tim": "Chủ tịch"})
    assert "xa-thu-leader" in words(rows) and "xa-thu-clerk" not in words(rows)
    assert "xa-thu-clerk" in words(client.get(reverse("can-bo"), {"tim": "thu-clerk"}))


def test_the_list_asks_the_same_number_of_questions_for_many(
    world, visit, django_assert_max_num_queries
):
    client = visit("administrator")
    client.get(reverse("can-bo"))
    for number in range(30):
        enrol(world, login=f"nguoi-{number}", name=f"Người {number}")
    with django_assert_max_num_queries(9):
        client.get(reverse("can-bo"))


def test_a_lonely_administrator_is_told_so(world, visit):
    client = visit("administrator")
    assert "chỉ có một quản trị" in words(client.get(reverse("can-bo")))
    assign(world, world.clerk, Role.ADMINISTRATOR)
    assert "chỉ có một quản trị" not in words(client.get(reverse("can-bo")))


def test_a_role_is_given_and_ended_on_pages(world, visit):
    client, clerk = visit("administrator"), world.clerk
    given = {"vai-tro": "desk", "tu-ngay": "02/03/2026", "can-cu": "QĐ 1"}
    page = client.get(sent(client, "can-bo-vai-tro", clerk.pk, **given).url)
    assert "Đã giao vai trò cán bộ tiếp nhận cho Văn thư từ 02/03/2026." in words(page)
    given = {"tu-ngay": "03/03/2026", "can-cu": "QĐ 2", "khoa": "thôi"}
    page = client.get(sent(client, "can-bo-thoi-vai-tro", clerk.pk, "desk", **given).url)
    assert "thôi vai trò cán bộ tiếp nhận từ 03/03/2026" in words(page)
    assert queries.officer(clerk.pk).roles(TUESDAY) == {Role.CLERK}


def test_ending_warns_of_open_dossiers_before_it_is_done(world, visit):
    client = visit("administrator")
    page = client.get(reverse("can-bo-thoi-viec", args=[world.desk.pk]))
    assert "Hồ sơ đang giữ không tự chuyển" in words(page)
    sent(client, "can-bo-thoi-viec", world.desk.pk, **{"tu-ngay": "02/03/2026"})
    assert "đã khóa" in words(client.get(reverse("can-bo-chi-tiet", args=[world.desk.pk])))


def test_the_last_administrators_page_refuses_in_words(world, visit):
    client = visit("administrator")
    given = {"tu-ngay": "02/03/2026"}
    page = sent(client, "can-bo-thoi-viec", world.administrator.pk, **given)
    assert page.status_code == 409 and "quản trị cuối cùng" in words(page)

"""The office: name and code from a day, hours by date, days closed, letterhead."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from motcua.journal.models import Event
from motcua.kernel.calendar import load_calendar
from motcua.kernel.errors import BadInput
from motcua.kernel.vntime import local
from motcua.people import actions, queries
from motcua.people.hours import through_time
from motcua.people.rules import AgencyKind
from tests.visits import words
from tests.world import at

NOW = at("2026-03-02 08:00")
MONDAY = dt.date(2026, 3, 2)
NEXT = dt.date(2026, 3, 9)


def set_hours(world, sessions, on=NEXT, unit="desk", by=None):
    return actions.set_hours(
        by=by or world.administrator, at=NOW, key=world.key(), agency=world.agency, unit=unit,
        sessions=sessions, on=on, source="QĐ thử",
    )  # fmt: skip


def sessions(world, day):
    rows = queries.calendar(world.agency).sessions_on(day)
    return " ".join(f"{one.start:%H:%M}-{one.end:%H:%M}" for one in rows)


# Hours


def test_hours_hold_from_their_day_on_and_days_before_keep_theirs(world):
    set_hours(world, "07:00-11:30 13:00-16:30")
    assert sessions(world, dt.date(2026, 3, 6)) == "07:30-11:30 13:30-17:00"
    assert sessions(world, NEXT) == "07:00-11:30 13:00-16:30"


def test_seasons_of_a_named_set_follow_the_date(world):
    set_hours(world, "hue", on=dt.date(2026, 1, 1))
    assert sessions(world, dt.date(2026, 3, 31)) == "07:30-11:30 13:00-17:00"
    assert sessions(world, dt.date(2026, 4, 1)) == "07:30-11:30 13:30-17:30"
    set_hours(world, "default", on=dt.date(2026, 6, 1))
    assert sessions(world, dt.date(2026, 5, 29)) == "07:30-11:30 13:30-17:30"
    assert sessions(world, dt.date(2026, 6, 1)) == "07:30-11:30 13:30-17:00"


def test_a_single_row_gives_the_calendar_it_always_gave():
    for name in ("default", "hue"):
        rules = through_time([(dt.date(2022, 1, 1), name)], "desk")
        assert rules == load_calendar(name).sessions


def test_a_due_time_promised_before_stays_and_one_after_counts_the_new_hours(world):
    before = world.receive("2026-03-02 08:00")
    set_hours(world, "07:00-11:30 13:00-16:30", on=dt.date(2026, 3, 3))
    world.desk.agency.refresh_from_db()
    after = world.receive("2026-03-02 08:10")
    before.refresh_from_db()
    assert local(before.due_at) == at("2026-03-05 17:00")
    assert local(after.due_at) == at("2026-03-05 16:30")


def test_hours_noted_twice_for_a_day_are_corrected_and_the_journal_keeps_both(world):
    set_hours(world, "hue")
    set_hours(world, "07:00-11:30 13:00-16:30")
    last = Event.objects.filter(verb="agency.hours-set").order_by("seq").last()
    assert (last.data["before"], last.data["sessions"]) == ("hue", "07:00-11:30 13:00-16:30")
    with pytest.raises(actions.SameHours, match="09/03/2026"):
        set_hours(world, "07:00-11:30 13:00-16:30")


@pytest.mark.parametrize(
    "words_", ["mars", "11:30-07:30", "25:00-26:00", "07:00-11:30 11:00-12:00"]
)
def test_hours_that_cannot_be_are_refused(world, words_):
    with pytest.raises(BadInput):
        set_hours(world, words_)
    assert sessions(world, NEXT) == "07:30-11:30 13:30-17:00"


def test_the_page_of_hours_previews_and_then_writes(world, visit):
    client, url = visit("administrator"), reverse("co-quan-gio")
    given = {
        "don-vi": "desk", "gio": "khac", "gio-khac": "7:00-11:30 13:00-16:30",
        "tu-ngay": "9/3/2026", "khoa": "giờ",
    }  # fmt: skip
    assert client.post(url, given).status_code == 422
    given["gio-khac"] = "07:00-11:30 13:00-16:30"
    page = words(client.post(url, given | {"kiem-tra": "1"}))
    assert "Từ 09/03/2026: 07:00–11:30, 13:00–16:30; trước đó: 07:30–11:30, 13:30–17:00." in page
    assert sessions(world, NEXT) == "07:30-11:30 13:30-17:00"
    page = words(client.get(client.post(url, given | {"ghi": "1"}).url))
    assert "Đã ghi giờ làm việc từ 09/03/2026." in page and "07:00-11:30 13:00-16:30" in page


# Name and code


def change(world, **given):
    usual = {
        "by": world.administrator, "at": NOW, "key": world.key(), "agency": world.agency,
        "kind": AgencyKind.COMMUNE, "name": "UBND xã Mới", "place": "Mới", "code": "H99.99.11",
        "parent": world.province, "effective_from": NEXT, "source": "NQ 1",
    }  # fmt: skip
    return actions.change_agency(**(usual | given))


@pytest.mark.parametrize("code", ["", "57", "xa-moi", "H57.1", "Ủ57.12.34"])
def test_a_code_of_another_shape_is_refused(world, code):
    with pytest.raises(actions.BadAgencyCode):
        change(world, code=code)
    assert queries.version_on(world.agency, NEXT).code == "H99.99.99"


def test_a_change_on_or_before_the_last_one_is_refused(world):
    change(world)
    with pytest.raises(actions.ChangedLater, match="từ ngày 09/03/2026"):
        change(world, code="H99.99.12")


def test_an_administrator_changes_no_other_agency(world, other):
    with pytest.raises(actions.AnotherAgency):
        change(world, agency=other.world.agency)


def test_without_a_source_a_name_is_not_changed(world):
    with pytest.raises(actions.Missing, match="căn cứ"):
        change(world, source="")


def test_the_page_of_the_name_writes_what_it_previewed(world, visit):
    client, url = visit("administrator"), reverse("co-quan-ten")
    given = {
        "ten": "UBND phường Mới", "dia-danh": "Mới", "ma": "h99.99.11", "tu-ngay": "09/03/2026",
        "can-cu": "NQ 1", "khoa": "tên",
    }  # fmt: skip
    page = words(client.post(url, given | {"kiem-tra": "1"}))
    assert "Từ 09/03/2026 cơ quan là UBND phường Mới, mã H99.99.11." in page
    wrong = client.post(url, given | {"ma": "sai"})
    assert wrong.status_code == 422 and "Mã định danh “SAI” không đúng dạng" in words(wrong)
    assert client.post(url, given).url == reverse("co-quan")
    world.agency.refresh_from_db()
    assert queries.version_on(world.agency, NEXT).name == "UBND phường Mới"
    event = Event.objects.get(verb="agency.changed")
    assert event.by == world.administrator and event.data["before"]["code"] == "H99.99.99"


# Closed days


def close(client, day="04/03/2026", **given):
    usual = {"ngay": day, "ly-do": "Lũ", "khoa": f"nghỉ {day}"}
    return client.post(reverse("co-quan-ngay-nghi"), usual | given)


def test_a_day_is_closed_and_opened_again_on_the_page(world, visit):
    client = visit("leader")
    preview = words(close(client, **{"kiem-tra": "1"}))
    assert "Sẽ ghi nghỉ thứ Tư, 04/03/2026" in preview and "thứ Năm, 05/03/2026" in preview
    page = words(client.get(close(client).url))
    assert "Đã ghi nghỉ thứ Tư, 04/03/2026." in page and "Lũ" in page
    again = close(client, khoa="nữa")
    assert again.status_code == 409 and "đã ghi nghỉ: Lũ" in words(again)

    undo = reverse("co-quan-ngay-nghi-bo", args=["2026-03-04"])
    assert "Bỏ ngày nghỉ" in words(client.get(undo))
    page = words(client.get(client.post(undo, {"khoa": "bỏ"}).url))
    assert "làm việc như thường" in page
    world.agency.refresh_from_db()
    assert queries.calendar(world.agency).is_working(dt.date(2026, 3, 4))
    assert Event.objects.get(verb="agency.reopened").data["before"]["reason"] == "Lũ"


def test_a_day_that_is_off_anyway_says_so(world, visit):
    page = words(close(visit("leader"), "08/03/2026", **{"kiem-tra": "1"}))
    assert "vốn đã là ngày nghỉ (Chủ nhật)" in page


def test_a_closed_day_that_is_over_stays_closed(world, visit, clock):
    client = visit("leader")
    close(client)
    clock.set("2026-03-05 08:00")
    answer = visit("leader").post(
        reverse("co-quan-ngay-nghi-bo", args=["2026-03-04"]), {"khoa": "bỏ"}
    )
    assert answer.status_code == 409 and "đã qua" in words(answer)


@pytest.mark.parametrize("day", ["2026-03-04", "hom-qua", "2026-02-30"])
def test_a_day_that_is_not_closed_is_not_found(world, visit, day):
    assert visit("leader").get(f"/co-quan/ngay-nghi/{day}/bo").status_code == 404


# Letterhead


def head(world, on=MONDAY, **given):
    return actions.set_letterhead(
        by=world.administrator, at=NOW, key=world.key(), agency=world.agency, on=on, **given
    )


def test_a_letterhead_holds_from_its_day_on(world):
    assert queries.letterhead_on(world.agency, NEXT) is None
    head(world, address="Thôn 1", phone="02343 999999")
    head(world, NEXT, address="Thôn 2")
    assert queries.letterhead_on(world.agency, MONDAY - dt.timedelta(days=1)) is None
    assert queries.letterhead_on(world.agency, MONDAY).address == "Thôn 1"
    assert queries.letterhead_on(world.agency, NEXT).address == "Thôn 2"


def test_a_letterhead_is_asked_of_the_database_once(world, django_assert_num_queries):
    head(world, address="Thôn 1")
    queries.letterhead_on(world.agency, MONDAY)
    with django_assert_num_queries(0):
        assert queries.letterhead_on(world.agency, NEXT).address == "Thôn 1"


def test_the_seal_stays_until_it_is_taken_off(world):
    file = apps.get_model("papers", "StoredFile").objects.create(
        agency=world.agency, sha256="a" * 64, size=1, mime="image/png", name="dau.png"
    )
    head(world, seal_id=file.pk)
    head(world, NEXT, address="Thôn 2")
    assert queries.letterhead_on(world.agency, NEXT).seal_id == file.pk
    head(world, NEXT, address="Thôn 2", without_seal=True)
    assert queries.letterhead_on(world.agency, NEXT).seal_id is None
    assert queries.letterhead_on(world.agency, MONDAY).seal_id == file.pk


def test_a_look_up_address_is_an_address(world, visit):
    page = visit("administrator").post(
        reverse("co-quan-tieu-de"),
        {"tu-ngay": "02/03/2026", "tra-cuu": "javascript:alert(1)", "khoa": "đầu"},
    )
    assert page.status_code == 422 and "phải bắt đầu bằng https://" in words(page)
    assert queries.letterhead_on(world.agency, MONDAY) is None

"""The end of a session: told beforehand, and what was typed is there again after the login."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.journal.models import Event
from motcua.people import typed
from motcua.people.models import Session
from tests.test_permissions import RULES
from tests.visits import KEY, value, words

PASSWORD = "mật khẩu thử"
NAME = "Nguyễn Thị Ngọc Ẩn"
RECEIVE = "/tiep-nhan"
FORM = {
    "khoa": KEY, "ma-thu-tuc": "1.000894", "thu-tuc": "kết hôn", "so-dinh-danh": "001090000123",
    "ho-ten": NAME, "ngay-sinh": "1990", "dia-chi": "Thôn 1", "nop-cho": "minh",
    "giay-khac": "Tờ khai", "kenh": "counter", "nhan-kq": "counter",
}  # fmt: skip
LATE = "2026-03-02 12:30"  # the visit began at 08:00


@pytest.fixture
def typing(visit, clock):
    """The desk officer, whose session ended while a form was being filled in."""
    client = visit("desk")
    client.get(RECEIVE)
    clock.set(LATE)
    return client


def log_in(client, who="desk", to=""):
    sent = {"username": f"xa-thu-{who}", "password": PASSWORD, "next": to}
    return client.post(reverse("dang-nhap"), sent)


def events():
    return Event.across_agencies.count()


def test_a_form_sent_after_the_end_is_not_written_and_comes_back_filled_after_the_login(typing):
    before = events()
    sent = typing.post(RECEIVE, FORM | {"ghi": "1"})
    assert sent.url == f"{reverse('dang-nhap')}?next={RECEIVE}"
    assert "Phiên làm việc đã kết thúc. Chưa ghi." in words(typing.get(sent.url))
    back = log_in(typing, to=RECEIVE)
    assert back.url == RECEIVE
    page = typing.get(back.url)
    assert page.status_code == 200 and value(page, "ho-ten") == NAME
    assert value(page, "khoa") == KEY, "the same key: what was written after all is not twice"
    assert "Nội dung đã gõ vẫn còn. Chưa ghi" in words(page)
    assert events() == before
    fields = FORM | {"ghi": "1"}
    assert typing.post(RECEIVE, fields).status_code == 302
    assert Dossier.across_agencies.filter(applicant__name=NAME).count() == 1


def test_it_comes_back_once(typing):
    typing.post(RECEIVE, FORM | {"ghi": "1"})
    log_in(typing)
    assert NAME in words(typing.get(RECEIVE)) or value(typing.get(RECEIVE), "ho-ten") == ""
    assert NAME not in typing.get(RECEIVE).content.decode()


def test_nothing_typed_stands_in_an_address_a_cookie_or_the_page_of_the_login(typing):
    sent = typing.post(RECEIVE, FORM | {"ghi": "1"})
    page = typing.get(sent.url)
    cookies = "".join(morsel.OutputString() for morsel in typing.cookies.values())
    for text in (sent.url, cookies, page.content.decode()):
        assert "001090000123" not in text and NAME not in text


def test_another_officer_at_the_same_machine_finds_nothing(typing, world):
    typing.post(RECEIVE, FORM | {"ghi": "1"})
    world.clerk.assignments.update(role="desk")
    log_in(typing, "clerk")
    assert NAME not in typing.get(RECEIVE).content.decode()
    assert not any(typed.KEPT in row.data for row in Session.objects.all())


def test_after_half_an_hour_it_is_gone(typing, clock):
    typing.post(RECEIVE, FORM | {"ghi": "1"})
    clock.set("2026-03-02 13:01")
    assert "được giữ" not in words(typing.get(reverse("dang-nhap")))
    log_in(typing)
    assert NAME not in typing.get(RECEIVE).content.decode()


def test_the_act_on_a_dossier_comes_back_too(world, visit, clock):
    dossier = world.receive()
    client = visit("desk")
    clock.set(LATE)
    url = reverse("ho-so-viec", args=[dossier.code, "yeu-cau-bo-sung"])
    fields = {"khoa": KEY, "giay": "Giấy xác nhận", "ly-do": "Giấy cũ quá sáu tháng"}
    sent = client.post(url, fields)
    before = events()
    log_in(client, to=sent.url.partition("next=")[2])
    page = client.get(url)
    assert "Giấy cũ quá sáu tháng" in page.content.decode()
    assert value(page, "khoa") == KEY and events() == before


def test_what_is_no_form_is_said_not_to_be_written_and_leads_to_the_day(world, visit, clock):
    client = visit("leader")
    clock.set(LATE)
    sent = client.post(reverse("ky-nhieu"), {"ky": "x"})
    assert "Chưa ghi việc vừa gửi." in words(client.get(sent.url))
    assert log_in(client, "leader", to=reverse("hom-nay")).url == reverse("hom-nay")
    assert client.get(reverse("hom-nay")).status_code == 200


def test_a_part_asked_for_after_the_end_leaves_the_page_and_what_is_typed_alone(typing):
    part = typing.get(reverse("tim-thu-tuc"), headers={"HX-Request": "true"})
    assert part.status_code == 401 and part.content == b""
    typing.post(RECEIVE, FORM | {"ghi": "1"})
    log_in(typing)
    assert value(typing.get(RECEIVE), "ho-ten") == NAME


def test_an_ended_session_opens_nothing_and_another_login_begins_a_new_one(typing):
    old = typing.cookies["sessionid"].value
    assert typing.get(reverse("hom-nay")).status_code == 302
    assert "Phiên làm việc đã kết thúc." in words(typing.get(reverse("dang-nhap")))
    log_in(typing)
    assert typing.cookies["sessionid"].value != old
    stale = Client()
    stale.cookies["sessionid"] = old
    assert stale.get(reverse("hom-nay")).status_code == 302


@pytest.mark.parametrize("name", sorted(typed.REOPENED))
def test_a_page_that_is_shown_again_writes_nothing_by_itself(world, visit, clock, name):
    rule = RULES[name]
    arguments = [*rule.before, *([rule.about(world)] if rule.about else []), *rule.more]
    url, role = reverse(name, args=arguments), min(rule.roles)
    client = visit(role.value)
    clock.set(LATE)
    sent = client.post(url, {"khoa": KEY, "ghi": "1", "y": "vang"})
    assert sent.url.endswith(f"?next={url}")
    before = events()
    log_in(client, role.value, to=url)
    page = client.get(url)
    assert page.status_code in (200, 409, 422) and events() == before
    assert "Chưa ghi: xem lại rồi bấm nút ghi." in words(page)


# The token of a page older than the login


def test_a_form_of_another_tab_older_than_the_login_is_shown_again_and_not_written(world, clock):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(world.desk)
    page = client.get(RECEIVE)
    before, old = events(), value(page, "csrfmiddlewaretoken")
    client.cookies["csrftoken"] = "b" * 32
    again = client.post(RECEIVE, FORM | {"csrfmiddlewaretoken": old, "ghi": "1"})
    assert again.status_code == 200 and value(again, "ho-ten") == NAME
    assert "Nội dung đã gõ vẫn còn. Chưa ghi" in words(again) and events() == before
    token = value(again, "csrfmiddlewaretoken")
    done = client.post(RECEIVE, FORM | {"csrfmiddlewaretoken": token, "ghi": "1"})
    assert done.status_code == 302


def test_a_form_sent_by_another_site_is_refused_and_not_shown(world, clock):
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://noi-khac.example"})
    client.force_login(world.desk)
    answer = client.post(RECEIVE, FORM | {"ghi": "1"})
    assert answer.status_code == 403 and NAME not in answer.content.decode()


# The warning


def test_each_page_says_until_when_the_session_lasts(visit, clock):
    page = visit("desk").get(reverse("hom-nay"))
    assert "Phiên làm việc đến 12:00" in words(page)
    assert f'data-left="{4 * 3600}"' in page.content.decode()


def test_asking_how_long_it_lasts_does_not_make_it_longer_and_going_on_does(visit, clock):
    client = visit("desk")
    clock.set("2026-03-02 11:56")
    assert json.loads(client.get("/phien").content) == {"left": 240, "until": "12:00"}
    assert json.loads(client.get("/phien").content)["left"] == 240
    assert json.loads(client.post("/phien").content) == {"left": 4 * 3600, "until": "15:56"}
    clock.set("2026-03-02 15:55")
    assert client.get(reverse("hom-nay")).status_code == 200


def test_twelve_hours_after_the_login_going_on_does_not_help(visit, clock):
    client = visit("desk")
    for moment in ("11:00", "14:00", "17:00", "19:58"):
        clock.set(f"2026-03-02 {moment}")
        client.get(reverse("hom-nay"))
    assert json.loads(client.post("/phien").content) == {"left": 120, "until": "20:00"}

"""Tùy chọn: keys moved or switched off, a language to begin with."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.people.models import Officer
from motcua.people.preferences import Preferences
from tests.visits import words


def choose(client, receive="F2", following="F8", language="chung", **more):
    given = {
        "phim-tiep-nhan": receive, "phim-ke-tiep": following, "ngon-ngu": language,
        "khoa": f"{receive} {following} {language}",
    }  # fmt: skip
    return client.post(reverse("tuy-chon"), given | more)


def key_of(client, name):
    page = client.get(reverse("hom-nay")).content.decode()
    found = [part.split('"')[0] for part in page.split(f'href="{reverse(name)}"')[1:]]
    assert found, name
    places = [part.split(">")[0] for part in page.split(f'href="{reverse(name)}"')[1:]]
    keys = {part.split('data-key="')[1].split('"')[0] for part in places if "data-key" in part}
    return keys.pop() if keys else ""


def test_at_first_f2_receives_and_f8_opens_the_next(world, visit):
    client = visit("desk")
    assert (key_of(client, "tiep-nhan"), key_of(client, "ho-so-ke-tiep")) == ("F2", "F8")


def test_moved_keys_are_on_the_pages_and_in_the_key_map(world, visit):
    client = visit("desk")
    assert choose(client, "F9", "tat").url == reverse("tuy-chon")
    assert (key_of(client, "tiep-nhan"), key_of(client, "ho-so-ke-tiep")) == ("F9", "")
    assert "F8" not in words(client.get(reverse("hom-nay")))
    keys = words(client.get(reverse("phim-tat")))
    assert "F9 cán bộ tiếp nhận" in keys and "F8" not in keys
    assert "Tiếp nhận F9" in words(client.get(reverse("lenh")))


def test_one_officers_keys_are_not_anothers(world, visit):
    choose(visit("desk"), "F9", "F4")
    assert key_of(visit("clerk"), "ho-so-ke-tiep") == "F8"


def test_one_key_for_two_pages_is_refused(world, visit):
    page = choose(visit("desk"), "F8", "F8")
    assert page.status_code == 422 and "Phím F8 đang đặt cho hai việc" in words(page)
    assert not Officer.objects.get(pk=world.desk.pk).preferences


@pytest.mark.parametrize("receive", ["F5", "a", "Ctrl W"])
def test_a_key_that_is_not_offered_is_refused(world, visit, receive):
    assert choose(visit("desk"), receive).status_code == 422


def test_the_chosen_language_is_spoken_at_once_and_after_the_next_login(world, visit, clock):
    client = visit("desk")
    choose(client, language="en")
    assert client.cookies["ngon-ngu"].value == "en"
    fresh = Client()
    given = {"username": "xa-thu-desk", "password": "mật khẩu thử"}
    assert fresh.post(reverse("dang-nhap"), given).cookies["ngon-ngu"].value == "en"


def test_what_is_not_stored_is_as_usual():
    assert Preferences.of({"next_key": ""}) == Preferences("F2", "", "")

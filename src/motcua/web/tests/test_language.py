"""Another language, chosen on any page, goes on at a page that opens."""

import pytest
from django.urls import reverse

from tests.test_permissions import RULES
from tests.visits import value


def speak(client, back):
    return client.post(reverse("ngon-ngu"), {"ve": back, "sang": "en"})


def test_one_goes_on_at_the_page_one_came_from(world, visit):
    client = visit("desk")
    page = client.get("/thu-tuc?tim=khai")
    assert value(page, "ve") == "/thu-tuc?tim=khai"
    assert speak(client, "/thu-tuc?tim=khai").url == "/thu-tuc?tim=khai"


def test_after_a_refused_form_one_goes_back_to_where_it_was_sent_from(world, visit):
    client = visit("desk")
    sent = client.post(reverse("ky-nhieu"), headers={"Referer": FROM})
    assert sent.status_code >= 400 and value(sent, "ve") == "/cho-ky?chon=het"


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/cho-ky", "//elsewhere.example"])
def test_who_came_from_nowhere_of_ours_goes_home(world, visit, referer):
    client = visit("desk")
    sent = client.post(reverse("ky-nhieu"), headers={"Referer": referer})
    assert value(sent, "ve") == "/"


def test_no_address_that_only_takes_forms_is_gone_back_to(world, visit):
    client = visit("leader")
    only_post = [n for n, rule in RULES.items() if rule.post and not (rule.about or rule.before)]
    assert only_post
    for name in only_post:
        assert client.get(reverse(name, args=RULES[name].more)).status_code == 405, name
        assert speak(client, reverse(name, args=RULES[name].more)).url == "/", name


FROM = "http://testserver/cho-ky?chon=het"

"""Pages by key over real rows: whatever the order and the size, each row once, in order."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.kernel.errors import BadInput
from motcua.web.pagination import page

START = datetime(2026, 11, 23, tzinfo=UTC)
ORDERS = st.sampled_from(
    [
        ("expire_date",),
        ("-expire_date",),
        ("expire_date", "-session_data"),
        ("-session_data", "expire_date", "-session_key"),
        ("session_data", "expire_date", "session_key"),
        ("-session_key",),
    ]
)
ROWS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from("aâăđz")), max_size=12)


def fill(rows):
    Session.objects.bulk_create(
        Session(session_key=f"k{number:02}", session_data=word, expire_date=START + timedelta(day))
        for number, (day, word) in enumerate(rows)
    )


def walk(order, size):
    keys, token = [], None
    while True:
        shown = page(Session.objects.all(), order=order, after=token, size=size)
        assert len(shown.rows) <= size
        keys += [row.session_key for row in shown.rows]
        token = shown.next_token
        if token is None:
            return keys


class Pages(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ROWS, ORDERS, st.integers(1, 5))
    def test_every_row_comes_once_and_in_the_order_of_the_database(self, rows, order, size):
        fill(rows)
        whole = Session.objects.order_by(*order, "pk").values_list("session_key", flat=True)
        assert walk(order, size) == list(whole)


@pytest.mark.django_db
def test_a_row_that_comes_before_the_place_reached_moves_nothing():
    fill([(0, "a"), (1, "a"), (2, "a"), (3, "a")])
    first = page(Session.objects.all(), order=("-expire_date",), size=2)
    Session.objects.create(
        session_key="new", session_data="a", expire_date=START + timedelta(days=9)
    )
    after = page(Session.objects.all(), order=("-expire_date",), after=first.next_token, size=2)
    assert [row.session_key for row in after.rows] == ["k01", "k00"]


@pytest.mark.django_db
def test_a_page_is_one_query_whatever_its_depth(django_assert_num_queries):
    fill([(day, "a") for day in range(12)])
    token = page(Session.objects.all(), order=("expire_date",), size=5).next_token
    with django_assert_num_queries(1):
        page(Session.objects.all(), order=("expire_date",), after=token, size=5)


def hostile():
    def token(keys):
        return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")

    return [
        "x",
        "%%%",
        "é",
        "A" * 5000,
        token({}),
        token([]),
        token([1]),
        token(["2026-11-23T00:00:00+00:00"]),
        token(["2026-11-23T00:00:00+00:00", "k", "k"]),
        token(["2026-11-23T00:00:00", "k"]),
        token(["0001-01-01T00:00:00+14:00", "k"]),
        token(["0001-01-01T00:00:00+23:59", "k"]),
        token(["9999-12-31T23:59:59-23:59", "k"]),
        token(["1899-12-31T23:59:59+00:00", "k"]),
        token(["2200-01-01T00:00:00+00:00", "k"]),
        token(["1900-01-01T00:00:00+07:00", "k"]),
        token(["2026-13-45", "k"]),
        token([None, "k"]),
        token([[], "k"]),
        token([{}, "k"]),
        token(["2026-11-23T00:00:00+00:00", "k\x00"]),
        token(["2026-11-23T00:00:00+00:00", "\ud800"]),
        token([1e999, "k"]),
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("token", hostile())
def test_a_token_that_somebody_made_up_is_refused_in_words(token):
    with pytest.raises(BadInput, match="Mở lại danh sách từ đầu"):
        page(Session.objects.all(), order=("expire_date",), after=token)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [-(10**30), -1, 0, 10**30])
def test_a_number_outside_every_column_gives_an_empty_or_a_whole_page(number):
    from django.contrib.contenttypes.models import ContentType

    keys = json.dumps([number]).encode()
    token = base64.urlsafe_b64encode(keys).decode().rstrip("=")
    shown = page(ContentType.objects.all(), order=("pk",), after=token, size=500)
    assert len(shown.rows) == (ContentType.objects.count() if number <= 0 else 0)

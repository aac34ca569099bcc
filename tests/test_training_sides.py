"""Live and training in two tabs of a browser: a form is written only where it was opened."""

import html
import re
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, Person
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.rules import PaperIn, State
from motcua.papers.models import StoredFile
from motcua.people import actions, queries
from motcua.web.scope import agency_scope
from motcua.web.side import MADE_FOR
from tests.visits import value, words
from tests.world import at

NOW = at("2026-03-02 08:00")
RECEIVE = "/tiep-nhan"
TYPED = {
    "so-dinh-danh": "001 090 001 234", "ho-ten": "Người Tập Huấn", "ngay-sinh": "27/3/1990",
    "dia-chi": "Thôn 1", "nop-cho": "minh", "ma-thu-tuc": "1.001193", "thu-tuc": "khai sinh",
    "giay-1": "co", "so-ban-1": "2", "ghi": "1",
}  # fmt: skip
REOPEN = "Trang này mở ở bản tập huấn, nay đang ở bản thật. Chưa ghi."


@pytest.fixture
def copy(world):
    actions.open_training(by=world.administrator, at=NOW, key="mở")
    world.agency.refresh_from_db()
    return queries.training_copy(world.agency)


@pytest.fixture
def tabs(world, clock, copy):
    """A browser whose forms are checked as in use."""

    def of(who):
        client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
        client.force_login(getattr(world, who))
        return client

    return of


def hidden(page):
    """What the form of the page sends by itself."""
    return {name: value(page, name) for name in ("csrfmiddlewaretoken", MADE_FOR, "khoa")}


def switch(client, name):
    page = client.get(reverse("tap-huan"))
    return client.post(reverse(name), {"khoa": name, **_token(page)})


def _token(page):
    return {"csrfmiddlewaretoken": value(page, "csrfmiddlewaretoken")}


def enter(client):
    assert switch(client, "tap-huan-vao").url == reverse("hom-nay")


def leave(client):
    assert switch(client, "tap-huan-ve").url == reverse("hom-nay")


def everywhere():
    return Dossier.across_agencies.count()


def twin_dossier(world, copy):
    with agency_scope(queries.scope_of(copy)):
        return dossiers.receive(
            at=NOW, by=queries.twin_of(world.desk), key="tập huấn", procedure="1.000894",
            applicant=PersonIn("Người Thử", "001190000001", birth="1990", address="x"),
            papers=[PaperIn("Tờ khai")],
        )  # fmt: skip


# A form of the other tab


def test_a_reception_typed_in_training_is_not_received_live(tabs):
    client = tabs("desk")
    enter(client)
    form = hidden(client.get(RECEIVE))
    leave(client)
    sent = client.post(RECEIVE, TYPED | form)
    assert sent.status_code == 409 and REOPEN in words(sent)
    assert "sửa rồi gửi lại" not in words(sent)
    assert everywhere() == 0
    enter(client)
    assert client.post(RECEIVE, TYPED | form).status_code == 302, "there it is what was meant"
    assert not Dossier.objects.exists()


def test_a_reception_typed_live_is_not_received_in_training(tabs):
    client = tabs("desk")
    form = hidden(client.get(RECEIVE))
    enter(client)
    sent = client.post(RECEIVE, TYPED | form)
    assert sent.status_code == 409 and "Trang này mở ở bản thật" in words(sent)
    assert everywhere() == 0
    leave(client)
    assert client.post(RECEIVE, TYPED | form).status_code == 302
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("training_first", [True, False])
def test_an_act_on_a_dossier_does_not_hit_the_one_of_the_same_code(
    world, copy, tabs, training_first
):
    live, practice = world.receive(), twin_dossier(world, copy)
    assert live.code == practice.code
    client = tabs("desk")
    url = reverse("ho-so-viec", args=[live.code, "rut"])
    if training_first:
        enter(client)
    page = client.get(url)
    form = hidden(page) | {"da-thay": value(page, "da-thay"), "ly-do": "thử", "ghi": "1"}
    (leave if training_first else enter)(client)
    sent = client.post(url, form)
    assert sent.status_code == 409 and "Chưa ghi." in words(sent)
    for one in (live, practice):
        state = Dossier.across_agencies.values_list("state", flat=True).get(pk=one.pk)
        assert State(state) is State.RECEIVED


def test_a_form_of_a_copy_closed_since_is_not_received_in_the_fresh_one(world, tabs):
    client = tabs("desk")
    enter(client)
    form = hidden(client.get(RECEIVE))
    actions.reset_training(by=world.administrator, at=NOW, key="lại")
    sent = client.post(RECEIVE, TYPED | form)
    assert sent.status_code == 409 and "không phải của bản đang mở" in words(sent)
    leave(client)
    sent = client.post(RECEIVE, TYPED | form)
    assert sent.status_code == 409 and REOPEN in words(sent)
    assert everywhere() == 0


def test_a_form_with_an_old_token_of_the_other_side_is_not_shown_again(tabs):
    client = tabs("desk")
    enter(client)
    form = hidden(client.get(RECEIVE))
    leave(client)
    client.cookies["csrftoken"] = "b" * 32
    sent = client.post(RECEIVE, TYPED | form)
    assert sent.status_code == 409 and REOPEN in words(sent)
    assert "Người Tập Huấn" not in sent.content.decode()


def test_a_form_of_training_sent_after_the_end_is_not_offered_live(tabs, clock, world):
    client = tabs("desk")
    enter(client)
    form = hidden(client.get(RECEIVE))
    leave(client)
    clock.set("2026-03-02 13:30")
    assert "dang-nhap" in client.post(RECEIVE, TYPED | form).url
    login = client.get(reverse("dang-nhap"))
    sent = {"username": world.desk.login, "password": "mật khẩu thử", **_token(login)}
    assert client.post(reverse("dang-nhap"), sent).status_code == 302
    page = client.get(RECEIVE)
    assert REOPEN in words(page) and "Người Tập Huấn" not in page.content.decode()


def test_a_form_that_says_no_side_is_refused_where_there_are_two(tabs):
    client = tabs("desk")
    form = hidden(client.get(RECEIVE))
    del form[MADE_FOR]
    assert client.post(RECEIVE, TYPED | form).status_code == 409
    assert everywhere() == 0


def test_a_part_asked_for_from_the_other_side_is_refused_as_well(tabs):
    client = tabs("desk")
    enter(client)
    form = hidden(client.get(RECEIVE))
    leave(client)
    part = client.post(reverse("xem-truoc"), form, headers={"HX-Request": "true"})
    assert part.status_code == 409 and REOPEN in words(part)


def test_every_form_of_a_page_that_is_posted_says_for_whom_it_was_made(tabs, world, copy):
    client = tabs("desk")
    for agency, go in ((world.agency, None), (copy, enter)):
        if go:
            go(client)
        for name in ("hom-nay", "tiep-nhan", "ho-so", "vang-mat", "tap-huan", "mat-khau"):
            page = client.get(reverse(name)).content.decode()
            forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.S)
            assert forms
            for form in forms:
                assert f'name="{MADE_FOR}" value="{agency.pk}"' in html.unescape(form), name


def test_looking_which_side_a_form_is_of_asks_the_database_nothing(tabs):
    client = tabs("desk")
    form = hidden(client.get(RECEIVE))
    url = reverse("xem-truoc")
    client.post(url, form)
    with CaptureQueriesContext(connection) as asked:
        assert client.post(url, form).status_code == 200
    tables = " ".join(one["sql"] for one in asked)
    assert 'training_of_id" = ' not in tables


# The twin is gone


def suspend_twin(world, copy):
    with agency_scope(queries.scope_of(copy)):
        twin = queries.twin_of(world.desk)
        admin = queries.twin_of(world.administrator)
        actions.suspend_officer(by=admin, at=NOW, key="khóa", officer_id=twin.pk)


def test_whose_twin_is_gone_writes_nothing_live(world, copy, tabs):
    client = tabs("desk")
    enter(client)
    form = hidden(client.get(RECEIVE))
    suspend_twin(world, copy)
    sent = client.post(RECEIVE, TYPED | form)
    assert sent.status_code == 302 and sent.url == reverse("hom-nay")
    page = words(client.get(sent.url))
    assert "Không còn vai trong bản tập huấn" in page and "Chưa ghi việc vừa gửi." in page
    again = client.post(RECEIVE, TYPED | form)
    assert again.status_code == 409 and REOPEN in words(again)
    assert everywhere() == 0 and not Person.across_agencies.exists()


def test_whose_twin_is_gone_is_led_home_by_a_part_too_and_may_log_out(world, copy, tabs):
    client, out = tabs("desk"), tabs("desk")
    for one in (client, out):
        enter(one)
    form = hidden(client.get(RECEIVE))
    token = _token(out.get(RECEIVE))
    suspend_twin(world, copy)
    part = client.post(reverse("xem-truoc"), form, headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == reverse("hom-nay")
    assert out.post(reverse("dang-xuat"), token).url == reverse("dang-nhap")


def test_a_page_opened_when_the_twin_is_gone_says_it_is_live(world, copy, tabs):
    client = tabs("desk")
    enter(client)
    suspend_twin(world, copy)
    page = words(client.get(RECEIVE))
    assert "Không còn vai trong bản tập huấn: đã trở về bản thật." in page


# The seal


def test_the_seal_is_not_taken_in_in_training(world, copy, visit):
    client = visit("administrator")
    enter(client)
    page = client.get(reverse("thiet-lap-tieu-de"))
    given = {
        "tep": SimpleUploadedFile("dau.png", _png()), "khoa": "dấu",
        MADE_FOR: value(page, MADE_FOR),
    }  # fmt: skip
    answer = client.post(reverse("thiet-lap-con-dau"), given)
    assert answer.status_code == 409 and "Bản tập huấn không mang con dấu" in words(answer)
    assert not StoredFile.across_agencies.exists()
    with agency_scope(queries.scope_of(copy)), pytest.raises(actions.SealInTraining):
        actions.set_letterhead(
            by=queries.twin_of(world.administrator), at=NOW, key="dấu 2", agency=copy,
            on=NOW.date(), seal_id=copy.pk,
        )  # fmt: skip


def _png():
    def chunk(name, data):
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    side = 100
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * side) * side)
    ends = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(ends)

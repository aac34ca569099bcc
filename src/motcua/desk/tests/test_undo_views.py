"""The strip with “Hoàn tác”, the last acts of an officer, and which act is undone or confirmed."""

import importlib
import pkgutil

import pytest
from django.urls import get_resolver, reverse

import motcua
from motcua.dossiers import effects, printing, undo_views, undoing
from motcua.dossiers.models import Dossier
from motcua.journal import queries as journal
from motcua.journal.actions import VERBS
from motcua.people import actions as people
from motcua.people.rules import AbsenceKind
from tests.test_permissions import _names
from tests.visits import KEY, value, words
from tests.world import at

MONDAY = "2026-03-02 08:00"


def post_act(client, dossier, slug, **given):
    seen = str(Dossier.objects.get(pk=dossier.pk).journal_seq)
    url = reverse("ho-so-viec", args=[dossier.code, slug])
    return client.post(url, {"khoa": KEY, "da-thay": seen} | given)


def undo(client, dossier, seq):
    return client.post(reverse("hoan-tac", args=[dossier.code]), {"viec": str(seq)})


# Every act is undone or confirmed


def every_verb():
    for module in pkgutil.walk_packages(motcua.__path__, "motcua."):
        if ".tests" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # What tests declare for themselves is nobody's act.
    return {verb for verb, run in VERBS.items() if ".tests" not in run.__module__}


def test_every_action_of_every_room_is_undone_or_confirmed_and_never_both():
    tables = [undoing.UNDOABLE, set(undoing.BINDING), undoing.AT_CONSOLE]
    known = set().union(*tables)
    assert every_verb() - known == set(), "say in dossiers/undoing.py which it is"
    assert known - every_verb() == {"dossier.reassigned"}
    assert sum(map(len, tables)) == len(known)


def test_the_page_that_confirms_an_act_is_an_address():
    assert {one.page for one in undoing.BINDING.values()} <= set(
        _names(get_resolver().url_patterns)
    )


def test_what_binds_on_the_page_of_an_act_lists_its_effects():
    of_forms = {verb.removeprefix("dossier.") for verb, one in undoing.BINDING.items()
                if one.page == "ho-so-viec"}  # fmt: skip
    assert of_forms == {"refuse", "withdraw", "stop", "extend", "correct"}
    confirmed = of_forms | {"hand_over", "approve", "ask_supplement", "finish", "certify"}
    assert all(len(effects.lines(name)) >= 2 for name in confirmed)


@pytest.mark.parametrize("name", ["withdraw", "stop", "ask_supplement"])
def test_the_page_of_an_act_shows_its_effects_and_a_way_back(world, visit, name):
    dossier = world.receive(MONDAY)
    slug = {"withdraw": "rut", "stop": "dung", "ask_supplement": "yeu-cau-bo-sung"}[name]
    shown = words(visit("desk").get(reverse("ho-so-viec", args=[dossier.code, slug])))
    for line in effects.lines(name):
        assert line in shown
    assert "Quay lại, chưa ghi" in shown


# The strip


def test_after_an_act_the_strip_takes_it_back_without_javascript(world, visit):
    client, dossier = visit("desk"), world.receive(MONDAY)
    sent = post_act(client, dossier, "chuyen-xu-ly", den=str(world.specialist.pk))
    shown = client.get(sent.url)
    assert "Đã chuyển hồ sơ" in words(shown) and "Hoàn tác" in words(shown)
    back = undo(client, dossier, value(shown, "viec"))
    told = words(client.get(back.url))
    assert f"Đã hoàn tác “Chuyển xử lý” của hồ sơ {dossier.code}." in told
    assert Dossier.objects.get(pk=dossier.pk).holder == world.desk
    assert "Hoàn tác : Đã chuyển" not in told


def test_the_strip_is_gone_on_the_next_page_and_absent_after_what_binds(world, visit):
    client, dossier = visit("desk"), world.receive(MONDAY)
    sent = post_act(client, dossier, "rut", **{"ly-do": "xin rút"})
    shown = words(client.get(sent.url))
    assert "Đã cho rút hồ sơ" in shown
    assert 'name="viec"' not in client.get(sent.url).content.decode()


def test_two_clicks_on_the_strip_undo_once(world, visit):
    client, dossier = visit("desk"), world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    assert [undo(client, dossier, 2).status_code for _ in range(2)] == [302, 302]
    assert Dossier.objects.get(pk=dossier.pk).journal_seq == 3


def test_a_refused_undo_says_why_in_words(world, visit):
    client, dossier = visit("desk"), world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    row = Dossier.objects.get(pk=dossier.pk)
    printing.receipt(dossier=row, by=world.desk, at=at("2026-03-02 08:00"))
    refused = undo(client, dossier, 2)
    assert refused.status_code == 409
    said = "Không hoàn tác được: mẫu 01 đã phát hành lúc 08:00. Có thể lập đính chính."
    assert said in words(refused)


@pytest.mark.parametrize("typed", ["", "x", "-1", "²", "9" * 9])
def test_an_undo_that_names_no_act_is_refused(world, visit, typed):
    dossier = world.receive(MONDAY)
    assert undo(visit("desk"), dossier, typed).status_code == 422
    assert Dossier.objects.get(pk=dossier.pk).journal_seq == 1


def test_enter_in_the_form_of_an_act_writes_nothing(world, visit):
    client, dossier = visit("desk"), world.receive(MONDAY)
    answered = post_act(client, dossier, "rut", **{"ly-do": "xin rút", "kiem-tra": "1"})
    assert answered.status_code == 200 and value(answered, "khoa") == KEY
    assert Dossier.objects.get(pk=dossier.pk).journal_seq == 1


# Việc vừa làm


def test_my_last_acts_are_listed_newest_first_with_undo_or_why_not(world, visit, clock):
    one, two = world.receive(MONDAY), world.receive(MONDAY)
    world.do("assign", one, "2026-03-02 08:10", to=world.specialist)
    world.do("withdraw", two, "2026-03-02 08:20", reason="xin rút")
    clock.set("2026-03-02 08:30")
    page = visit("desk").get(reverse("viec-vua-lam"))
    shown = words(page)
    order = [shown.index(one) for one in ("Rút hồ sơ", "Chuyển xử lý", "Tiếp nhận H99")]
    assert order == sorted(order)
    assert "đã được thông báo; có thể lập đính chính" in shown
    assert page.content.decode().count('name="viec"') == 1
    assert "Nguyễn Thị Ẩn" not in shown


def test_undo_from_the_list_leads_back_to_it(world, visit):
    client, dossier = visit("desk"), world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    url = reverse("hoan-tac", args=[dossier.code])
    assert client.post(url, {"viec": "2", "ve": "viec-vua-lam"}).url == reverse("viec-vua-lam")


def test_the_key_of_an_undoing_is_the_servers_secret_and_twice_is_once(world, visit, settings):
    client, dossier = visit("desk"), world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    assert [undo(client, dossier, 2).status_code for _ in range(2)] == [302, 302]
    key = journal.events_of(dossier).get(verb="dossier.undone").key
    assert key == undo_views._key(dossier, 2, world.desk)
    assert key != undo_views._key(dossier, 2, world.leader)
    settings.SECRET_KEY = "of another house"
    assert key != undo_views._key(dossier, 2, world.desk)


def test_the_acts_of_others_are_not_mine(world, visit):
    world.receive(MONDAY)
    assert "Chưa có việc nào được ghi" in words(visit("leader").get(reverse("viec-vua-lam")))


def test_what_is_not_about_a_dossier_is_listed_with_where_to_mend_it(world, visit):
    people.note_absence(
        by=world.leader, at=at(MONDAY), key="v", officer=world.leader, kind=AbsenceKind.LEAVE,
        start=at("2026-03-09 07:30"), end=at("2026-03-09 17:00"),
    )  # fmt: skip
    shown = words(visit("leader").get(reverse("viec-vua-lam")))
    assert "Không hoàn tác được: sửa ở trang Vắng mặt." in shown


def test_the_page_costs_the_same_for_one_act_and_for_a_hundred(
    world, visit, django_assert_max_num_queries
):
    client = visit("desk")
    world.receive(MONDAY)
    client.get(reverse("viec-vua-lam"))
    with django_assert_max_num_queries(7) as few:
        client.get(reverse("viec-vua-lam"))
    for _ in range(25):
        world.do("assign", world.receive(MONDAY), MONDAY, to=world.specialist)
    with django_assert_max_num_queries(len(few)):
        shown = client.get(reverse("viec-vua-lam"))
    assert "Việc vừa làm (20)" in words(shown)

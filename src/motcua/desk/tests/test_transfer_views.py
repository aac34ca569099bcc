"""Chuyển giao hồ sơ on screen: who, the list with where each goes, then the act."""

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from tests.visits import KEY, value, words

MONDAY = "2026-03-02 08:00"


@pytest.fixture
def held(world):
    dossiers = [world.receive(MONDAY) for _ in range(2)]
    return [world.do("assign", d, MONDAY, to=world.specialist) for d in dossiers]


def send(client, world, **given):
    answers = {
        "khoa": KEY, "cua": str(world.specialist.pk), "cho": str(world.specialist.pk),
        "cho-nua": "", "ly-do": "điều động", "y": "xem",
    } | given  # fmt: skip
    return client.post(reverse("chuyen-giao"), answers)


@pytest.fixture
def colleague(world):
    from motcua.people import actions as people
    from motcua.people.rules import Role
    from tests.world import at

    return people.add_officer(
        agency=world.agency, login="hai", name="Công chức thứ hai", post_code="hai",
        post_title="Hai", group=world.specialist.post.group, roles=(Role.SPECIALIST,),
        effective_from=at("2022-01-01 00:00").date(), source="thử", at=at("2022-01-01 00:00"),
    )  # fmt: skip


def test_the_form_offers_who_holds_dossiers_and_how_many(world, held, visit):
    shown = words(visit("leader").get(reverse("chuyen-giao")))
    assert "Công chức chuyên môn: 2 hồ sơ" in shown


def test_first_the_list_with_where_each_goes_then_the_act(world, held, colleague, visit):
    client = visit("leader")
    listed = send(client, world, cho=str(colleague.pk))
    assert listed.status_code == 200
    shown = words(listed)
    assert "Chuyển giao 2 hồ sơ" in shown and shown.count("cho Công chức thứ hai") == 2
    assert all(d.code in shown for d in held)
    assert Dossier.objects.filter(holder=colleague).count() == 0
    sent = send(client, world, cho=str(colleague.pk), y="chuyen", khoa=value(listed, "khoa"))
    assert sent.status_code == 302
    told = words(client.get(sent.url))
    assert "Đã chuyển giao 2 hồ sơ của Công chức chuyên môn cho Công chức thứ hai." in told
    assert Dossier.objects.filter(holder=colleague).count() == 2


def test_enter_only_lists(world, held, colleague, visit):
    given = {"cho": str(colleague.pk), "kiem-tra": "1"}
    assert send(visit("leader"), world, **given).status_code == 200
    assert Dossier.objects.filter(holder=colleague).count() == 0


def test_what_nobody_named_may_take_is_said_and_needs_a_second(world, held, visit):
    shown = words(send(visit("leader"), world, cho=str(world.clerk.pk)))
    assert shown.count("cần vai trò công chức chuyên môn, lĩnh vực Hộ tịch") == 2
    assert "2 hồ sơ chưa có người nhận phù hợp" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"cua": ""}, "Chọn người đang giữ hồ sơ."),
        ({"cho": ""}, "Chọn người nhận hồ sơ."),
        ({"ly-do": " "}, "Chưa ghi lý do."),
        ({}, "Người nhận phải khác người đang giữ."),
        ({"cho": "00000000-0000-7000-8000-000000000009"}, "Lựa chọn này không còn."),
    ],
)
def test_what_is_missing_is_said_at_its_field(world, held, visit, given, said):
    refused = send(visit("leader"), world, **given)
    assert refused.status_code == 422 and said in words(refused)


def test_nothing_to_reassign_is_refused_and_written_nowhere(world, held, visit):
    before = world.written()
    refused = send(visit("leader"), world, cho=str(world.clerk.pk), y="chuyen")
    assert refused.status_code == 409 and world.written() == before

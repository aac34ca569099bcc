"""The training copy: marked everywhere, counted nowhere, entered only by switching."""

import datetime as dt
import json
import subprocess
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.journal import tick
from motcua.journal.models import Event
from motcua.papers.models import StoredFile
from motcua.people import actions, queries
from motcua.people.models import Agency, Officer
from motcua.people.permissions import WrongRole
from motcua.people.rules import OfficerIn, PostGroup, Role
from motcua.people.secret import Secret
from motcua.procedures.models import NotOffered, Procedure
from motcua.report import report_command, tables
from motcua.report.queries import figures_of
from motcua.web.scope import agency_scope
from tests.visits import words
from tests.world import at

NOW = at("2026-03-02 08:00")
MONDAY = dt.date(2026, 3, 2)
MARK = "BẢN TẬP HUẤN"


def open_copy(world):
    actions.open_training(by=world.administrator, at=NOW, key=world.key())
    world.agency.refresh_from_db()
    return queries.training_copy(world.agency)


def enter(client):
    return client.post(reverse("tap-huan-vao"), {"khoa": f"vào {id(client)}"})


@pytest.fixture
def copy(world):
    return open_copy(world)


@pytest.fixture
def inside(copy, visit):
    def go(who):
        client = visit(who)
        assert enter(client).url == reverse("hom-nay")
        return client

    return go


# What it is


def test_the_copy_is_called_coded_and_open_as_the_live_agency(world, copy):
    live, twin = queries.version_on(world.agency, MONDAY), queries.version_on(copy, MONDAY)
    assert (twin.name, twin.code, twin.parent) == (live.name, live.code, live.parent)
    assert queries.calendar(copy).version == queries.calendar(world.agency).version
    assert copy.slug == "xa-thu-tap-huan" and copy.watermark == MARK


def test_it_keeps_the_letterhead_without_the_seal(world):
    file = _seal(world)
    actions.set_letterhead(
        by=world.administrator, at=NOW, key="đầu", agency=world.agency, on=MONDAY,
        address="Thôn 1", seal_id=file.pk,
    )  # fmt: skip
    copy = open_copy(world)
    head = queries.letterhead_on(copy, MONDAY)
    assert head.address == "Thôn 1" and head.seal_id is None
    assert queries.letterhead_on(world.agency, MONDAY).seal_id == file.pk


def _seal(world):
    return StoredFile.objects.create(
        agency=world.agency, sha256="b" * 64, size=1, mime="image/png", name="dau.png"
    )


def test_it_reads_what_the_live_agency_and_those_above_publish(world, copy):
    publishers = set(queries.scope_of(copy).publishers)
    assert {copy.pk, world.agency.pk, world.province.pk} <= publishers
    assert copy.pk not in queries.scope_of(world.agency).publishers


def test_it_takes_in_what_the_live_desk_takes_in(world, inside, visit):
    assert "Kết hôn" in words(visit("desk").get(reverse("tim-thu-tuc"), {"thu-tuc": "kết hôn"}))
    assert "Kết hôn" in words(inside("desk").get(reverse("tim-thu-tuc"), {"thu-tuc": "kết hôn"}))


def test_what_the_live_desk_does_not_take_in_the_copy_does_not_either(world):
    row = NotOffered(agency=world.agency, procedure=Procedure.objects.get(code="1.000894"))
    row.save()
    copy = open_copy(world)
    with agency_scope(queries.scope_of(copy)):
        assert [one.procedure.code for one in NotOffered.objects.all()] == ["1.000894"]


def test_everybody_has_a_twin_with_the_same_roles_and_no_password(world, copy):
    twins = {one.twin_of_id: one for one in Officer.across_agencies.filter(agency=copy)}
    assert set(twins) == set(Officer.objects.values_list("pk", flat=True))
    twin = twins[world.leader.pk]
    assert twin.roles(MONDAY) == {Role.LEADER} and twin.login == "xa-thu-leader@taphuan"
    assert not twin.has_usable_password()
    assert twin.post.title == world.leader.post.title and twin.post != world.leader.post


def test_a_second_copy_is_not_opened_beside_the_first(world, copy):
    with pytest.raises(actions.TrainingOpen):
        open_copy(world)


def test_only_the_administrator_opens_it(world):
    with pytest.raises(WrongRole):
        actions.open_training(by=world.leader, at=NOW, key="mở")


def test_without_a_copy_nobody_goes_in(world, visit):
    answer = enter(visit("desk"))
    assert answer.status_code == 409 and "Chưa có bản tập huấn" in words(answer)


# Going in and coming back


def test_every_page_and_its_title_say_where_one_is(world, inside):
    client = inside("desk")
    for name in ("hom-nay", "tiep-nhan", "ho-so", "thu-tuc", "so-lieu", "vang-mat", "tap-huan"):
        page = client.get(reverse(name))
        assert page.status_code == 200
        assert "<title>[Bản tập huấn] " in page.content.decode(), name
        assert MARK in words(page) and "Trở về bản thật" in words(page), name
    assert MARK in words(client.get(reverse("can-bo")))  # a refusal is marked as well


def test_coming_back_leads_to_the_live_agency(world, inside):
    client = inside("desk")
    assert client.post(reverse("tap-huan-ve")).url == reverse("hom-nay")
    page = client.get(reverse("hom-nay"))
    assert MARK not in words(page) and "[Bản tập huấn]" not in page.content.decode()


def test_a_live_page_links_to_the_copy_only_when_there_is_one(world, visit):
    client = visit("desk")
    assert "Vào bản tập huấn" not in words(client.get(reverse("hom-nay")))
    open_copy(world)
    assert "Vào bản tập huấn" in words(client.get(reverse("hom-nay")))


def test_a_live_page_asks_no_more_when_there_is_a_copy(world, visit, django_assert_num_queries):
    client, page = visit("desk"), reverse("thu-tuc")
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    usual = len(asked)
    open_copy(world)
    client.get(page)
    with django_assert_num_queries(usual):
        client.get(page)


def test_in_the_copy_a_page_asks_one_question_more_who_the_twin_is(
    world, inside, visit, django_assert_num_queries
):
    live, there, page = visit("desk"), inside("desk"), reverse("thu-tuc")
    live.get(page)
    there.get(page)
    with CaptureQueriesContext(connection) as asked:
        live.get(page)
    with django_assert_num_queries(len(asked) + 1):
        there.get(page)


def test_a_twin_cannot_log_in_and_gets_no_code(world, copy, clock):
    login = "xa-thu-desk@taphuan"
    given = {"username": login, "password": ""}
    assert Client().post(reverse("dang-nhap"), given).status_code == 200
    twin = Officer.across_agencies.get(login=login)
    with agency_scope(queries.scope_of(copy)):
        admin = Officer.objects.get(login="xa-thu-administrator@taphuan")
        with pytest.raises(actions.InTraining):
            actions.give_code(
                by=admin, at=NOW, key="mã", officer_id=twin.pk, code=Secret("BCGH-2345-KMNP")
            )
        given = OfficerIn("Ai", "aiai", "Gì", PostGroup.OTHER, (Role.DESK,), MONDAY)
        with pytest.raises(actions.InTraining):
            actions.enrol(by=admin, at=NOW, key="thêm", given=given)


def test_who_is_new_or_has_other_roles_finds_them_on_entering(world, copy, visit):
    actions.assign_role(
        by=world.administrator, at=NOW, key="giao", officer_id=world.desk.pk, role=Role.CLERK,
        on=MONDAY, source="",
    )  # fmt: skip
    new = actions.add_officer(
        agency=world.agency, login="moi", name="Người mới", post_code="moi", post_title="Mới",
        group=PostGroup.OTHER, roles=(Role.DESK,), effective_from=MONDAY, source="", at=NOW,
        password="x",
    )  # fmt: skip
    for who, roles in ((world.desk, {Role.DESK, Role.CLERK}), (new, {Role.DESK})):
        client = visit(who)
        enter(client)
        assert client.get(reverse("tiep-nhan")).status_code == 200
        assert Officer.across_agencies.get(agency=copy, twin_of=who).roles(MONDAY) == roles


def test_whose_role_ended_live_does_not_go_in(world, copy, visit):
    client = visit("desk")
    actions.end_assignment(
        by=world.administrator, at=NOW, key="thôi", officer_id=world.desk.pk, role=Role.DESK,
        on=MONDAY, source="",
    )  # fmt: skip
    assert enter(client).status_code == 403


def test_a_suspended_officer_is_out_of_the_copy_too(world, inside):
    client = inside("desk")
    actions.suspend_officer(by=world.administrator, at=NOW, key="khóa", officer_id=world.desk.pk)
    assert client.get(reverse("hom-nay")).status_code == 302


# Nothing of it counts


def practise(world, copy):
    """A dossier received in the copy by the desk's twin, and carried to the end."""
    with agency_scope(queries.scope_of(copy)):
        twins = Officer.objects.select_related("agency", "post")
        by_name = {one.login.split("@")[0].removeprefix("xa-thu-"): one for one in twins}
        there = replace(world, agency=copy, **by_name)
        dossier = there.receive("2026-03-02 08:00")
        there.to_done(dossier, "2026-03-02 09:00")
        return dossier


def test_practice_changes_no_figure(world, copy):
    world.to_done(world.receive("2026-03-02 08:00"), "2026-03-02 10:00")
    before = [(one.id, one.value) for one in figures_of("2026")]
    practise(world, copy)
    assert [(one.id, one.value) for one in figures_of("2026")] == before
    assert any(value for _id, value in before)


def test_practice_changes_no_list_and_no_serial_of_the_live_agency(world, copy):
    first = practise(world, copy)
    assert not Dossier.objects.exists()
    live = world.receive("2026-03-02 10:00")
    assert live.code.endswith("-0001") and first.code.endswith("-0001")
    assert list(Dossier.objects.all()) == [live]


def test_practice_changes_no_event_or_person_of_the_live_agency(world, copy):
    def counts():
        return Event.objects.count(), Event.objects.filter(subject_type__endswith="person").count()

    before = counts()
    practise(world, copy)
    assert counts() == before


def test_no_list_of_communes_has_the_copy(world, copy):
    assert list(tables.communes()) == [world.agency]
    assert queries.agency_by_code("H99.99.99") == world.agency
    assert queries.any_agency().training_of_id is None


def test_the_command_takes_the_live_commune_without_asking_which(world, copy, capsys):
    assert report_command.main(["--period", "2026", "--format", "json"]) == 0
    before = json.loads(capsys.readouterr().out)
    practise(world, copy)
    report_command.main(["--period", "2026", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["figures"] == before["figures"]


def test_days_of_practice_are_sealed_apart(world, copy, clock):
    practise(world, copy)
    clock.set("2026-03-05 08:00")
    tick.tick()
    world.agency.refresh_from_db()
    copy.refresh_from_db()
    assert world.agency.sealed_on and copy.sealed_on


def test_a_paper_of_practice_bears_the_mark(world, copy, inside):
    dossier = practise(world, copy)
    paper = inside("desk").get(reverse("ho-so-mau", args=[dossier.code, "01"]))
    content = b"".join(paper.streaming_content) if paper.streaming else paper.content
    assert MARK in text_of(content)


def text_of(pdf):
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


# Begun anew


def test_a_fresh_copy_is_empty_and_the_old_one_is_closed_for_good(world, copy, inside, visit):
    practise(world, copy)
    client = inside("desk")
    actions.reset_training(by=world.administrator, at=NOW, key="lại")
    world.agency.refresh_from_db()
    fresh = queries.training_copy(world.agency)
    assert fresh != copy and fresh.slug == "xa-thu-tap-huan-2"
    with agency_scope(queries.scope_of(fresh)):
        assert not Dossier.objects.exists()
    with agency_scope(queries.scope_of(copy)):
        assert Dossier.objects.count() == 1 and not Officer.objects.filter(is_active=True)
    assert MARK in words(client.get(reverse("hom-nay")))
    assert Officer.across_agencies.filter(login="xa-thu-desk@taphuan2", is_active=True).exists()


def test_the_page_opens_and_begins_anew_from_inside_as_well(world, visit):
    client, url = visit("administrator"), reverse("tap-huan-mo")
    assert "Mở bản tập huấn" in words(client.get(reverse("tap-huan")))
    client.post(url, {"khoa": "mở"})
    enter(client)
    answer = client.post(url, {"khoa": "lại", "lam-lai": "1"})
    assert answer.url == reverse("tap-huan")
    page = words(client.get(answer.url))
    assert "đã sẵn sàng, chưa có hồ sơ nào" in page and MARK not in page.split("Bản tập huấn")[0]
    assert Agency.objects.filter(training_of=world.agency).count() == 2

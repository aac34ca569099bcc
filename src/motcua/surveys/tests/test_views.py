"""Survey entry: by token, by keyboard, once, and never with a name."""

import re
from datetime import date

import pytest
from django.test import Client

from motcua.journal.models import Event
from motcua.kernel.vntime import epoch_day
from motcua.surveys import actions
from motcua.surveys.models import FormFact, SurveyForm
from motcua.web import clock
from tests.world import at, build

GOOD = {"ma-phieu": "k7qp2m4x", "c1": "A", "c2": "A", "c3": "B", "c4": "A", "c5": "C"}


def text(response):
    return response.content.decode()


def handed_out(world, token="K7QP2M4X"):
    from motcua.dossiers import actions as dossiers

    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-02 09:00")
    dossiers.hand_over(
        by=world.desk, at=at("2026-03-02 09:30"), key=world.key(), dossier_id=dossier.pk
    )
    dossier.refresh_from_db()
    return actions.hand_out(
        by=world.desk, at=at("2026-03-02 10:00"), key=world.key(), dossier=dossier, token=token
    )


@pytest.fixture
def form(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-03-10 08:00"))
    return handed_out(world)


@pytest.fixture
def desk(world, client):
    client.force_login(world.desk)
    return client


def send(client, **given):
    return client.post("/khao-sat", GOOD | {"ghi": "1", "khoa": "p1"} | given)


def test_somebody_without_a_login_is_sent_to_log_in(world, client):
    assert client.get("/khao-sat").url.startswith("/dang-nhap")


@pytest.mark.parametrize("role", ["specialist", "leader", "clerk"])
def test_other_roles_are_told_whose_work_this_is(world, client, role):
    client.force_login(getattr(world, role))
    response = client.get("/khao-sat")
    assert response.status_code == 403
    assert "cán bộ tiếp nhận, người làm báo cáo" in text(response)


def test_the_administrator_sees_the_counts_and_no_form(world, client, form):
    client.force_login(world.administrator)
    said = text(client.get("/khao-sat"))
    assert "Phiếu trong năm 2026" in said
    assert "Ghi phiếu" not in said
    assert send(client).status_code == 200
    form.refresh_from_db()
    assert form.returned_at is None


def test_a_form_is_entered_and_the_next_token_is_asked_for(desk, form):
    response = send(desk)
    assert response.status_code == 302
    said = text(desk.get("/khao-sat"))
    assert "Đã ghi phiếu K7QP2M4X. Nhập phiếu tiếp theo." in said
    assert re.search(r'id="o-ma-phieu"[^>]*autofocus', said)
    form.refresh_from_db()
    assert (form.valid, form.c1, form.c3, form.c5) == (True, "A", "B", "C")


def test_the_dossier_and_the_citizen_never_show(desk, form):
    for said in (
        text(desk.get("/khao-sat")),
        text(desk.post("/khao-sat", {**GOOD, "kiem-tra": 1})),
    ):
        assert form.dossier.code not in said
        assert form.dossier.applicant.name not in said


def test_checking_a_token_writes_nothing_and_leads_to_the_first_criterion(desk, form):
    said = text(desk.post("/khao-sat", {"ma-phieu": "k7qp 2m4x", "kiem-tra": "1"}))
    assert "Phiếu K7QP2M4X, phát ngày 02/03/2026, chưa thu." in said
    assert re.search(r'id="o-c1-1"[^>]*autofocus', said)
    form.refresh_from_db()
    assert form.returned_at is None


def test_enter_in_the_token_field_only_checks(desk, form):
    """A reader of bar codes ends with Enter, which presses the first button of the form."""
    said = text(desk.get("/khao-sat"))
    first = re.search(r'<main.*?<button type="submit"[^>]*name="([^"]+)"', said, re.DOTALL)
    assert first and first[1] == "kiem-tra"


def test_a_blank_criterion_is_recorded_as_an_invalid_form(desk, form):
    send(desk, c4="trong")
    form.refresh_from_db()
    assert (form.valid, form.reason) == (False, "missing")
    assert "không hợp lệ: bỏ trống tiêu chí" in text(desk.get("/khao-sat"))


def test_two_ticks_for_one_criterion_are_recorded_as_an_invalid_form(desk, form):
    send(desk, c2="nhieu")
    form.refresh_from_db()
    assert (form.valid, form.reason) == (False, "twice")


def test_a_criterion_passed_over_is_asked_for_and_the_rest_is_kept(desk, form):
    given = {k: v for k, v in GOOD.items() if k != "c4"} | {"ghi": "1"}
    said = text(desk.post("/khao-sat", given))
    assert said.count("Tiêu chí 4 chưa chọn.") == 2
    assert 'value="k7qp2m4x"' in said
    assert re.search(r'id="o-c3-2"[^>]*checked', said)
    form.refresh_from_db()
    assert form.returned_at is None


def test_an_unknown_token_is_said_at_its_field_with_what_was_typed(desk, form):
    said = text(send(desk, **{"ma-phieu": "ZZZZ9999"}))
    assert said.count("Không có phiếu mang mã “ZZZZ9999”") == 2
    assert 'value="ZZZZ9999"' in said
    assert re.search(r'id="o-c1-1"[^>]*checked', said)


def test_a_form_collected_before_is_refused_with_the_day(desk, form):
    send(desk)
    said = text(send(desk, khoa="p2"))
    assert "Phiếu này đã thu ngày 10/03/2026" in said
    assert Event.objects.filter(verb="survey.returned").count() == 1


def test_a_repeated_key_writes_once_and_answers_alike(desk, form):
    first, second = send(desk), send(desk)
    assert first.status_code == second.status_code == 302
    assert Event.objects.filter(verb="survey.returned").count() == 1


def test_the_token_of_another_agency_is_unknown(world, form):
    other = build("xa-khac", "H88.88.88", world.province)
    client = Client()
    client.force_login(other.desk)
    assert "Không có phiếu mang mã" in text(send(client))
    form.refresh_from_db()
    assert form.returned_at is None


def test_the_counts_of_the_year_tell_sent_returned_valid_invalid_and_out(world, desk, form):
    other_year = date(2025, 6, 1)
    FormFact(
        agency=world.agency, label="CU", post_group="justice", group="justice",
        sent_on=other_year, sent_day=epoch_day(other_year),
    ).save(force_insert=True)  # fmt: skip
    handed_out(world, "AAAA2222")
    send(desk, c1="trong")
    counts = desk.get("/khao-sat").context["counts"]
    assert (counts.sent, counts.returned, counts.valid, counts.invalid, counts.out) == (
        2,
        1,
        0,
        1,
        2,
    )


@pytest.mark.parametrize("many", [1, 40])
def test_the_page_asks_the_same_few_questions_however_many_forms_are_out(
    world, desk, form, django_assert_num_queries, many
):
    day = date(2026, 3, 2)
    FormFact.objects.bulk_create(
        FormFact(agency=world.agency, label=f"T{n}", post_group="justice", group="justice",
                 sent_on=day, sent_day=epoch_day(day))
        for n in range(many)
    )  # fmt: skip
    desk.get("/khao-sat")
    with django_assert_num_queries(2):
        desk.get("/khao-sat")
    assert SurveyForm.objects.count() == 1

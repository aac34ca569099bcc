"""The satisfaction form: handed out with a result, collected once, counted or set aside."""

import pytest

from motcua.dossiers import actions as dossiers
from motcua.journal import queries as journal
from motcua.kernel.errors import Refused
from motcua.people.permissions import WrongRole
from motcua.surveys import actions, facts, queries, rules
from motcua.surveys.models import FormFact, SurveyForm
from tests.world import at

ALL_A = dict.fromkeys(rules.CRITERIA, "A")


@pytest.fixture
def handed(world):
    """A dossier whose result the citizen holds."""
    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-04 10:00")
    return dossiers.hand_over(
        by=world.desk, at=at("2026-03-04 14:00"), key="trả", dossier_id=dossier.pk
    )


def hand_out(world, dossier, when="2026-03-04 14:05", **given):
    given = {"by": world.desk, "key": world.key(), "dossier": dossier} | given
    return actions.hand_out(at=at(when), **given)


def take_back(world, token, marks=ALL_A, when="2026-03-05 09:00", **given):
    given = {"by": world.desk, "key": world.key(), "token": token, "marks": marks} | given
    return actions.take_back(at=at(when), **given)


def refused(world, message, act, *args, **given):
    before = world.written()["Event"], SurveyForm.objects.count(), FormFact.objects.count()
    with pytest.raises(Refused, match=message):
        act(world, *args, **given)
    assert (
        world.written()["Event"],
        SurveyForm.objects.count(),
        FormFact.objects.count(),
    ) == before


def columns(row):
    return {f.attname: getattr(row, f.attname) for f in FormFact._meta.concrete_fields}


def test_a_form_goes_out_comes_back_and_counts(world, handed):
    form = hand_out(world, handed)
    assert list(queries.out()) == [form]
    done = take_back(world, f" {form.token.lower()[:4]} {form.token.lower()[4:]} ")

    assert (done.valid, done.c1, done.c5, done.reason) == (True, "A", "A", "")
    assert not queries.out().exists()
    fact = FormFact.objects.get()
    assert (str(fact.sent_on), str(fact.returned_on), fact.valid) == ("2026-03-04", "2026-03-05", 1)
    assert (fact.post_group, fact.group) == ("justice", "justice")
    assert list(journal.verify()) == []


def test_before_the_result_is_handed_over_there_is_no_form(world):
    dossier = world.receive()
    refused(world, "chưa trả kết quả. Phát phiếu khảo sát khi trả", hand_out, dossier)


def test_a_dossier_has_one_form(world, handed):
    hand_out(world, handed)
    refused(world, "đã có phiếu khảo sát. Dùng mã trên phiếu", hand_out, handed)


def test_a_form_is_collected_once(world, handed):
    form = hand_out(world, handed)
    take_back(world, form.token)
    refused(world, "đã thu ngày 05/03/2026", take_back, form.token, when="2026-03-06 09:00")


def test_a_token_that_was_never_printed_is_refused(world):
    refused(world, "Xem lại mã in ở đầu phiếu", take_back, "KHONGCO2")


def test_a_repeated_key_hands_out_one_form(world, handed):
    first = hand_out(world, handed, key="một")
    assert hand_out(world, handed, key="một").token == first.token
    assert SurveyForm.objects.count() == 1


def test_the_specialist_does_not_hand_out_forms(world, handed):
    with pytest.raises(WrongRole):
        hand_out(world, handed, by=world.specialist)


@pytest.mark.parametrize(
    ("changed", "valid", "reason"),
    [
        ({}, True, ""),
        ({"c2": "b", "c3": " C "}, True, ""),
        ({"c4": ""}, False, rules.Invalid.MISSING),
        ({"c4": "  "}, False, rules.Invalid.MISSING),
        ({"c1": "AB"}, False, rules.Invalid.TWICE),
        ({"c1": "A A"}, False, rules.Invalid.TWICE),
        ({"c1": "D"}, False, rules.Invalid.UNKNOWN),
        ({"c1": "D", "c2": ""}, False, rules.Invalid.UNKNOWN),
    ],
)
def test_a_form_counts_when_each_criterion_has_one_answer(changed, valid, reason):
    verdict = rules.judge(ALL_A | changed)
    assert (verdict.valid, verdict.reason) == (valid, reason)
    assert bool(verdict.answers) is valid


def test_a_criterion_left_off_the_form_is_missing():
    assert rules.judge({"c1": "A"}).reason is rules.Invalid.MISSING


def test_an_invalid_form_is_kept_with_its_reason_and_without_answers(world, handed):
    form = hand_out(world, handed)
    done = take_back(world, form.token, ALL_A | {"c4": ""})
    assert (done.valid, done.reason, done.c1) == (False, "missing", "")
    fact = FormFact.objects.get()
    assert (fact.valid, fact.reason, fact.c1) == (0, "missing", "")


def test_the_facts_are_what_the_journal_tells(world, handed):
    form = hand_out(world, handed)
    other = world.receive("2026-03-02 08:00")
    world.to_done(other, "2026-03-05 10:00")
    dossiers.hand_over(by=world.desk, at=at("2026-03-05 14:00"), key="hai", dossier_id=other.pk)
    hand_out(world, other, "2026-03-05 14:05")
    take_back(world, form.token, ALL_A | {"c2": "C"}, "2026-03-06 09:00")

    kept = [columns(row) for row in FormFact.objects.order_by("id")]
    assert [columns(row) for row in facts.rebuilt()] == kept
    assert len(kept) == 2


def test_the_fact_names_neither_dossier_nor_person_nor_what_is_printed_on_the_form(world, handed):
    form = hand_out(world, handed)
    take_back(world, form.token)
    told = str(columns(FormFact.objects.get()))
    for name in (handed.code, str(handed.pk), handed.applicant.name, form.token):
        assert name not in told


def test_the_label_of_a_form_in_lists_comes_from_the_event_that_handed_it_out(world, handed):
    form = hand_out(world, handed)
    sent = journal.latest(form, facts.SENT)
    take_back(world, form.token)
    assert str(FormFact.objects.get()) == f"Phiếu {sent.hash[:8].upper()}"

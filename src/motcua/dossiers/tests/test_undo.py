"""Undo: a compensating event; the dossier and its fact are as before, the journal tells both."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

from motcua.dossiers import actions, facts, printing, refusals, rules, undoing
from motcua.dossiers.actions._common import columns
from motcua.dossiers.models import Dossier, DossierFact, Paper
from motcua.dossiers.rules import PaperIn, Phase, State
from motcua.journal import queries as journal
from motcua.kernel.errors import Refused
from motcua.papers.actions import Upload
from motcua.people.permissions import WrongRole
from tests.world import at

MONDAY = "2026-03-02 08:00"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"
DAY = "2026-03-02"


def whole(dossier):
    """Everything that an undoing must put back."""
    row = Dossier.objects.get(pk=dossier.pk)
    fact = DossierFact.objects.get(pk=dossier.pk)
    papers = Paper.objects.filter(dossier=row).order_by("number")
    return (
        columns(row),
        {f.attname: getattr(fact, f.attname) for f in fact._meta.concrete_fields},
        list(papers.values("number", "name", "file_id", "confirmed", "exemption")),
    )


def undone(world, dossier, when, by=None, seq=None):
    row = Dossier.objects.get(pk=dossier.pk)
    return actions.undo(
        by=by or world.desk, at=at(when), key=world.key(), dossier_id=row.pk,
        event=row.journal_seq if seq is None else seq,
    )  # fmt: skip


def agree():
    """The facts are what the journal tells, and the journal is whole."""
    kept = {f.attname: 0 for f in DossierFact._meta.concrete_fields}
    rebuilt = [{n: getattr(row, n) for n in kept} for row in facts.rebuilt()]
    assert rebuilt == [{n: getattr(row, n) for n in kept} for row in facts.TABLE.kept()]
    assert list(journal.verify()) == []


def arguments(world, act):
    return {
        "assign": {"to": world.specialist},
        "assess": {"opinion": "Đủ"},
        "return_for_rework": {"to": world.specialist, "reason": "sửa"},
        "number_and_seal": {"number": "1/TL"},
        "resolve_on_the_spot": {"signer": world.leader, "number": "7"},
        "ask_supplement": {"papers": ["Giấy"], "reason": "thiếu"},
        "take_supplement": {"papers": [PaperIn("Giấy")]},
        "ask_fee": {"amount": 3000, "reason": "lệ phí"},
        "take_fee": {"amount": 2000},
        "attach": {"scans": {1: Upload("a.pdf", PDF)}},
    }.get(act, {})  # fmt: skip


NAMES = {"attach": "attach_scans"}
STEPS = [n for n in rules.ACTS if f"dossier.{NAMES.get(n, n)}" in undoing.UNDOABLE]


def who(world, act):
    officers = (world.desk, world.specialist, world.leader, world.clerk)
    return next(o for o in officers if o.has_role(*rules.ACTS[act].roles, on=at(MONDAY).date()))


@pytest.mark.parametrize("procedure", ["1.000894", "2.000815"])
@settings(
    max_examples=25,
    deadline=None,
    phases=[Stage.reuse, Stage.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(picks=st.lists(st.integers(0, 10**6), min_size=6, max_size=14))
def test_after_undoing_any_act_all_is_as_before_and_the_act_can_be_done_again(
    world, procedure, picks
):
    with transaction.atomic():
        now, dossier = at(f"{DAY} 08:00"), world.receive(f"{DAY} 08:00", procedure=procedure)
        for pick in picks:
            now += dt.timedelta(minutes=20)
            row = Dossier.objects.get(pk=dossier.pk)
            state, phase = State(row.state), Phase(row.phase)
            open_to = [n for n in STEPS if rules.allowed(n, state, phase)]
            if not open_to:
                break
            act = open_to[pick % len(open_to)]
            by, given_ = who(world, act), arguments(world, act)
            before = whole(dossier)
            try:
                world.do(NAMES.get(act, act), dossier, now.isoformat(), by=by, **given_)
            except Refused:
                continue
            after = whole(dossier)
            undone(world, dossier, now.isoformat(), by=by)
            assert whole(dossier) == before
            agree()
            world.do(NAMES.get(act, act), dossier, now.isoformat(), by=by, **given_)
            if act != "attach":
                assert whole(dossier)[:2] == after[:2]
        agree()
        transaction.set_rollback(True)


def test_a_finish_undone_and_done_again_later_counts_once_and_then(world):
    dossier = world.to_done(world.receive(MONDAY), "2026-03-04 10:00")
    undone(world, dossier, "2026-03-04 10:30", by=world.clerk)
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert (fact.finished_on, fact.outcome, fact.finished_as) == (None, "", "")
    world.do("finish", dossier, "2026-03-09 10:00")
    fact.refresh_from_db()
    assert (str(fact.finished_on), fact.outcome) == ("2026-03-09", "late")
    agree()


@pytest.mark.parametrize("numbered", [True, False])
def test_undoing_a_supplement_takes_off_its_papers_only_though_numbers_have_gaps(
    world, numbered, monkeypatch
):
    dossier = world.receive(papers=[PaperIn("Tờ khai"), PaperIn("Ảnh"), PaperIn("Sổ")])
    world.do(
        "refile", dossier, "2026-03-02 08:10", procedure="1.001776", reason="nhầm",
        papers=[PaperIn("Sổ"), PaperIn("Đơn")],
    )  # fmt: skip
    done = world.do(
        "ask_supplement", dossier, "2026-03-02 08:20", papers=["Căn cước"], reason="thiếu"
    )
    before = whole(done)
    taken = world.do("take_supplement", dossier, "2026-03-02 08:30", papers=[PaperIn("Căn cước")])
    if not numbered:  # an event of before the numbers were kept
        events = list(journal.events_of(taken))
        del events[-1].data["numbers"]
        monkeypatch.setattr(journal, "events_of", lambda _: events)
    undone(world, taken, "2026-03-02 08:31")
    assert whole(done) == before
    assert [p.name for p in dossier.papers.order_by("number")] == ["Sổ", "Đơn"]


def test_the_journal_tells_the_act_and_its_undoing(world):
    dossier = world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    undone(world, dossier, MONDAY)
    events = list(journal.events_of(dossier))
    assert [e.verb for e in events] == ["dossier.received", "dossier.assign", "dossier.undone"]
    assert [e.verb for e in undoing.standing(events)] == ["dossier.received"]
    assert Dossier.objects.get(pk=dossier.pk).holder == world.desk


def test_the_same_undoing_sent_twice_is_done_once(world):
    dossier = world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    for _ in range(2):
        actions.undo(by=world.desk, at=at(MONDAY), key="k", dossier_id=dossier.pk, event=2)
    assert journal.events_of(dossier).count() == 3


def test_only_the_last_act_is_undone(world):
    dossier = world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    world.do("assess", dossier, MONDAY, opinion="Đủ")
    with world.refuses(refusals.FollowedByAnother, "sau đó hồ sơ đã có việc khác"):
        undone(world, dossier, MONDAY, seq=2)


def test_only_on_its_day(world):
    dossier = world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    with world.refuses(refusals.UndoTooLate, "ghi ngày 02/03/2026, chỉ hoàn tác trong ngày"):
        undone(world, dossier, "2026-03-03 07:30")


def test_only_by_who_did_it_or_a_leader_or_administrator(world):
    dossier = world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    for stranger in (world.specialist, world.clerk):
        with world.refuses(refusals.UndoOfAnother, "do Cán bộ tiếp nhận làm"):
            undone(world, dossier, MONDAY, by=stranger)
    undone(world, dossier, MONDAY, by=world.administrator)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    undone(world, dossier, MONDAY, by=world.leader)


@pytest.mark.parametrize("verb", ["withdraw", "stop"])
def test_what_the_citizen_was_told_is_not_undone(world, verb):
    dossier = world.receive(MONDAY)
    world.do(verb, dossier, MONDAY, reason="xin rút")
    with world.refuses(refusals.NotUndoable, "đã được thông báo; có thể lập đính chính"):
        undone(world, dossier, MONDAY)


def test_neither_reception_nor_hand_over_nor_an_undoing_is_undone(world):
    dossier = world.receive(MONDAY)
    with world.refuses(refusals.NotUndoable, "đã có giấy tiếp nhận"):
        undone(world, dossier, MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    undone(world, dossier, MONDAY)
    with world.refuses(refusals.NotUndoable, "hoàn tác là bản ghi cuối"):
        undone(world, dossier, MONDAY)
    world.to_done(dossier, MONDAY)
    world.do("hand_over", dossier, MONDAY)
    with world.refuses(refusals.NotUndoable, "đã đến tay người nộp"):
        undone(world, dossier, MONDAY)


def test_what_was_printed_for_the_citizen_since_has_left_the_house(world):
    dossier = world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    row = Dossier.objects.get(pk=dossier.pk)
    printing.control_slip(dossier=row, by=world.desk, at=at(f"{DAY} 08:05"))
    assert undone(world, dossier, MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    row = Dossier.objects.get(pk=dossier.pk)
    printing.receipt(dossier=row, by=world.desk, at=at(f"{DAY} 08:07"))
    with world.refuses(refusals.LeftTheHouse, "mẫu 01 đã phát hành lúc 08:07"):
        undone(world, dossier, MONDAY)


def test_a_form_printed_before_the_act_does_not_hold_it(world):
    dossier = world.receive(MONDAY)
    printing.receipt(dossier=dossier, by=world.desk, at=at(MONDAY))
    world.do("assign", dossier, MONDAY, to=world.specialist)
    assert undone(world, dossier, MONDAY)


def test_an_officer_without_a_role_undoes_nothing(world, other):
    dossier = world.receive(MONDAY)
    world.do("assign", dossier, MONDAY, to=world.specialist)
    with world.refuses(WrongRole, "Việc này dành cho"):
        undone(world, dossier, "2021-01-01 08:00")


def test_a_dossier_of_another_commune_is_not_there(world, other):
    with pytest.raises(Dossier.DoesNotExist):
        actions.undo(by=world.desk, at=at(MONDAY), key="k", dossier_id=other.dossier.pk, event=1)

"""Whatever people do to dossiers, in whatever order: nothing comes apart."""

import datetime as dt
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

from motcua.dossiers import facts, rules
from motcua.dossiers.models import Dossier, DossierFact
from motcua.dossiers.rules import ACTS, CertifiedIn, Money, PaperIn, Phase, State
from motcua.journal import queries as journal
from motcua.kernel.errors import Refused
from motcua.papers.actions import Upload
from tests.world import at

OFFICERS = ("desk", "specialist", "leader", "deputy", "clerk", "statistician")
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"
AWAY = ("withdraw", "stop", "ask_fee", "ask_supplement", "attach", "extend")
ACTIONS = {"attach": "attach_scans"}
STEP = st.fixed_dictionaries(
    {
        "act": st.integers(0, 10**6),
        "sensible": st.integers(0, 4).map(bool),
        "who": st.sampled_from(OFFICERS),
        "minutes": st.sampled_from([-30, 0, 1, 45, 240, 1440, 4 * 1440]),
        "amount": st.sampled_from([0, 2000, 5000]),
        "text": st.sampled_from(["lý do", "lý do", ""]),
    }
)
WALK = st.lists(STEP, min_size=8, max_size=24)


def arguments(world, act, step, now):
    text, leader = step["text"] or "lý do", world.leader if step["act"] % 2 else None
    return {
        "assign": {"to": world.specialist},
        "assess": {"opinion": step["text"]},
        "submit": {"wait": bool(step["act"] % 3)},
        "approve": {},
        "return_for_rework": {"to": world.specialist, "reason": text},
        "number_and_seal": {"number": step["text"]},
        "finish": {},
        "resolve_on_the_spot": {"signer": world.leader},
        "hand_over": {"offer_survey": bool(step["act"] % 2)},
        "ask_supplement": {
            "papers": ["Giấy"], "reason": text, "approved_by": leader, "grounds": step["text"],
        },
        "take_supplement": {"papers": [PaperIn("Giấy")]},
        "ask_fee": {"amount": step["amount"], "reason": text},
        "take_fee": {"amount": step["amount"]},
        "refuse": {"reason": text},
        "withdraw": {"reason": step["text"]},
        "stop": {"reason": text},
        "extend": {"new_due_at": now + dt.timedelta(days=7), "reason": text},
        "attach": {"scans": {1: Upload("a.pdf", PDF)}},
        "correct": {"what": text, "reason": text},
        "refile": {
            "procedure": ("1.000894", "2.000815", "1.001776")[step["act"] % 3],
            "papers": [PaperIn("Giấy")], "reason": step["text"],
        },
        "certify": {"entries": [CertifiedIn(text, fee=step["amount"])]},
        "void_certification": {"certification_id": UUID(int=0), "reason": text},
    }[act]  # fmt: skip


def chosen(step, dossier):
    """An act: mostly one that the state allows and that leads on, so that walks get somewhere."""
    state, phase = State(dossier.state), Phase(dossier.phase)
    open_to = [name for name in ACTS if rules.allowed(name, state, phase)]
    names = open_to if step["sensible"] and open_to else list(ACTS)
    if step["act"] % 7:
        names = [name for name in names if name not in AWAY] or names
    return names[step["act"] % len(names)]


def walked(world, dossier, steps, start):
    """Take the steps; after each, the move was one of the table, or nothing was written."""
    now = at(start)
    for step in steps:
        now += dt.timedelta(minutes=step["minutes"])
        act = chosen(step, dossier)
        who = step["who"]
        if step["sensible"]:
            who = next(name for name in OFFICERS if getattr(world, name).has_role(
                *ACTS[act].roles, on=now.date()))  # fmt: skip
        before, written = State(dossier.state), world.written()
        try:
            world.do(
                ACTIONS.get(act, act), dossier, now.isoformat(), by=getattr(world, who),
                **arguments(world, act, step, now),
            )  # fmt: skip
        except Refused:
            assert world.written() == written
            continue
        dossier = Dossier.objects.get(pk=dossier.pk)
        after = State(dossier.state)
        assert after == before or after in rules.moves()[before]
    return dossier


def columns(row):
    return {f.attname: getattr(row, f.attname) for f in DossierFact._meta.concrete_fields}


def check(dossier):
    state, phase = State(dossier.state), Phase(dossier.phase)
    if state in rules.OPEN and state not in rules.PAUSED:
        assert dossier.holder_id or dossier.holder_role
        assert rules.next_role(state, phase) is not None
    if state in rules.FINISHED:
        assert phase is Phase.CLOSED
        assert dossier.outcome
    assert dossier.paused is (state in rules.PAUSED)
    assert dossier.due_at >= dossier.first_due_at
    owed = dossier.fee_owed - dossier.fee_paid
    assert owed >= 0
    assert Money(dossier.money) is (
        Money.OWED if owed else Money.PAID if dossier.fee_owed else Money.NONE
    )
    assert not (state is State.RETURNED and owed)
    assert owed or state is not State.PAYMENT
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert bool(fact.finished_on) is (state in rules.FINISHED)
    assert bool(fact.handed_on) is (state is State.RETURNED)
    assert fact.outcome == dossier.outcome
    if not dossier.paused:
        assert fact.due_on == dossier.due_at.astimezone(at("2026-01-01 00:00").tzinfo).date()


@pytest.mark.parametrize(
    ("start", "procedure"),
    [("2025-06-27 08:00", "1.000894"), ("2026-02-12 15:30", "2.000815")],
    ids=["old-rule-restart", "new-rule-over-tet"],
)
@settings(
    max_examples=25,
    deadline=None,
    phases=[Stage.reuse, Stage.generate],  # making a walk shorter takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(walks=st.lists(WALK, min_size=1, max_size=2))
def test_after_any_walk_the_dossier_its_fact_and_its_journal_agree(world, start, procedure, walks):
    with transaction.atomic():
        for steps in walks:
            dossier = world.receive(start, procedure=procedure)
            check(walked(world, dossier, steps, start))
        kept = [columns(row) for row in DossierFact.objects.order_by("id")]
        assert [columns(row) for row in facts.rebuilt()] == kept
        assert list(journal.verify()) == []
        transaction.set_rollback(True)

"""Early, on time or late: what decides it, and what must not change it afterwards."""

import pytest

from motcua.dossiers import refusals
from motcua.dossiers.models import Dossier, DossierFact
from motcua.dossiers.rules import Money, PaperIn, Phase, ResultKind, State
from motcua.kernel.vntime import local
from tests.world import at

HOURS = {"procedure": "1.009999", "term": "4 giờ làm việc"}
SAME_DAY = {"procedure": "1.001193", "papers": [PaperIn("Giấy chứng sinh")]}


def fact(dossier):
    return DossierFact.objects.get(pk=dossier.pk)


def due(dossier):
    fresh = Dossier.objects.get(pk=dossier.pk)
    return f"{local(fresh.first_due_at):%Y-%m-%d %H:%M}", f"{local(fresh.due_at):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("given", "finished", "outcome"),
    [
        # 3 working days from Monday 2 March: due Thursday 5 March 17:00
        ({}, "2026-03-04 17:00", "early"),
        ({}, "2026-03-04 23:59", "early"),
        ({}, "2026-03-05 00:00", "on_time"),
        ({}, "2026-03-05 16:59:59", "on_time"),
        ({}, "2026-03-05 17:00", "on_time"),
        ({}, "2026-03-05 17:00:01", "late"),
        ({}, "2026-03-06 08:00", "late"),
        (SAME_DAY, "2026-03-02 08:01", "on_time"),
        (SAME_DAY, "2026-03-02 17:00", "on_time"),
        (SAME_DAY, "2026-03-02 17:00:01", "late"),
        (HOURS, "2026-03-02 08:30", "on_time"),
        (HOURS, "2026-03-02 14:00", "on_time"),
        (HOURS, "2026-03-02 14:00:01", "late"),
    ],
)
def test_the_moment_of_finishing_decides(world, given, finished, outcome):
    dossier = world.receive("2026-03-02 08:00", **given)
    done = world.to_done(dossier, finished)
    assert (done.outcome, fact(dossier).outcome) == (outcome, outcome)
    assert fact(dossier).outcome_promised == outcome


def test_handing_over_later_changes_nothing(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-05 17:00")
    handed = world.do("hand_over", dossier, "2026-03-20 09:00")
    assert (handed.outcome, fact(dossier).outcome) == ("on_time", "on_time")
    assert str(fact(dossier).handed_on) == "2026-03-20"


def test_a_late_dossier_is_never_kept_back(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-09 10:00")
    assert world.do("hand_over", dossier, "2026-03-09 10:05").state == State.RETURNED


# What passed the due time, in which phase


@pytest.mark.parametrize(
    ("late_act", "phase"),
    [
        ("assign", "received"), ("assess", "assessing"), ("submit", "assessed"),
        ("approve", "signing"), ("number_and_seal", "approved"), ("finish", "sealed"),
    ],
)  # fmt: skip
def test_the_phase_in_which_the_due_time_passed_is_the_cause(world, late_act, phase):
    dossier = world.receive("2026-03-02 08:00")
    when = "2026-03-05 16:00"
    given = {
        "assign": {"to": world.specialist}, "assess": {"opinion": "Đủ"}, "submit": {},
        "approve": {}, "number_and_seal": {"number": "1/TL"}, "finish": {},
    }  # fmt: skip
    for verb, arguments in given.items():
        when = "2026-03-06 09:00" if verb == late_act else when
        done = world.do(verb, dossier, when, **arguments)
    assert (done.outcome, fact(dossier).late_phase) == ("late", phase)


def test_what_was_in_time_has_no_late_phase(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-05 17:00")
    assert fact(dossier).late_phase == ""


# Extension: the first due time judges, the promised one is told beside it


def extend(world, dossier, when="2026-03-03 08:00", new="2026-03-10 17:00", **given):
    return world.do(
        "extend", dossier, when, new_due_at=at(new), **{"reason": "chờ xác minh"} | given
    )


def test_an_extended_dossier_is_late_by_the_law_and_in_time_by_the_promise(world):
    dossier = world.receive("2026-03-02 08:00")
    extend(world, dossier)
    assert due(dossier) == ("2026-03-05 17:00", "2026-03-10 17:00")
    world.to_done(dossier, "2026-03-10 10:00")
    told = fact(dossier)
    assert (told.outcome, told.outcome_promised) == ("late", "on_time")
    assert (str(told.due_on), told.extensions) == ("2026-03-10", 1)


@pytest.mark.parametrize(
    ("given", "when", "allowed"),
    [
        ({}, "2026-03-04 17:00", True),
        ({}, "2026-03-05 00:00", False),
        ({}, "2026-03-05 16:59", False),
        (SAME_DAY, "2026-03-02 16:59:59", True),
        (SAME_DAY, "2026-03-02 17:00", False),
        (HOURS, "2026-03-02 13:59", True),
        (HOURS, "2026-03-02 14:00", False),
    ],
)
def test_an_extension_comes_a_day_before_or_for_short_terms_before_the_moment(
    world, given, when, allowed
):
    dossier = world.receive("2026-03-02 08:00", **given)
    if allowed:
        assert extend(world, dossier, when).extensions == 1
    else:
        words = "Đã quá lúc được xin gia hạn .hạn .* Trả kết quả sớm nhất"
        with world.refuses(refusals.ExtensionTooLate, words):
            extend(world, dossier, when)


def test_a_dossier_is_extended_once(world):
    dossier = world.receive("2026-03-02 08:00")
    extend(world, dossier)
    with world.refuses(refusals.AlreadyExtended, "Luật chỉ cho hẹn lại một lần"):
        extend(world, dossier, "2026-03-04 08:00", "2026-03-12 17:00")


@pytest.mark.parametrize(
    "new", ["2026-03-05 17:00", "2026-03-04 17:00", "2026-03-07 10:00", "2026-03-10 23:00"]
)
def test_a_new_date_is_later_and_in_working_time(world, new):
    dossier = world.receive("2026-03-02 08:00")
    with world.refuses(refusals.NewDateNotLater, "phải sau hạn đang có .17:00 05/03/2026."):
        extend(world, dossier, new=new)


def test_an_extension_needs_its_reason(world):
    dossier = world.receive("2026-03-02 08:00")
    with world.refuses(refusals.ReasonMissing, "Chưa ghi lý do"):
        extend(world, dossier, reason=" ")


# Pauses


def pause(world, dossier, start, end):
    world.do("ask_supplement", dossier, start, papers=["Giấy"], reason="thiếu")
    return world.do("take_supplement", dossier, end, papers=[PaperIn("Giấy")])


def test_after_a_supplement_the_clock_goes_on_since_july_2025(world):
    dossier = world.receive("2025-07-01 08:00")
    pause(world, dossier, "2025-07-02 09:00", "2025-07-08 09:00")
    assert due(dossier)[0] == "2025-07-10 17:00"


def test_before_july_2025_the_term_began_again(world):
    dossier = world.receive("2025-06-30 08:00")
    pause(world, dossier, "2025-07-02 09:00", "2025-07-08 09:00")
    assert due(dossier)[0] == "2025-07-11 17:00"


def test_a_fee_only_suspends_the_clock_also_before_july_2025(world):
    dossier = world.receive("2025-06-02 08:00")
    world.do("ask_fee", dossier, "2025-06-03 09:00", amount=5000, reason="thuế")
    world.do("take_fee", dossier, "2025-06-04 09:00", amount=5000)
    assert due(dossier)[0] == "2025-06-06 17:00"


def test_under_the_old_rule_a_fee_after_the_supplement_suspends_the_new_term(world):
    dossier = world.receive("2025-06-02 08:00")
    pause(world, dossier, "2025-06-03 09:00", "2025-06-04 09:00")
    assert due(dossier)[0] == "2025-06-09 17:00"
    world.do("ask_fee", dossier, "2025-06-05 09:00", amount=5000, reason="thuế")
    world.do("take_fee", dossier, "2025-06-06 09:00", amount=5000)
    assert due(dossier)[0] == "2025-06-10 17:00"


def test_a_pause_within_a_day_moves_no_day_term(world):
    dossier = world.receive("2026-03-02 08:00")
    pause(world, dossier, "2026-03-03 09:00", "2026-03-03 16:00")
    assert due(dossier) == ("2026-03-05 17:00", "2026-03-05 17:00")


def test_a_pause_moves_the_promise_after_an_extension_as_it_moves_the_first_due_time(world):
    dossier = world.receive("2026-03-02 08:00")
    extend(world, dossier, new="2026-03-12 11:30")
    pause(world, dossier, "2026-03-04 09:00", "2026-03-05 09:00")
    assert due(dossier) == ("2026-03-06 17:00", "2026-03-13 11:30")


def test_a_dossier_already_late_stays_late_after_a_pause(world):
    dossier = world.receive("2026-03-02 08:00")
    pause(world, dossier, "2026-03-06 08:00", "2026-03-06 09:00")
    world.to_done(dossier, "2026-03-06 10:00")
    assert (fact(dossier).outcome, fact(dossier).late_phase) == ("late", "received")


def test_a_paused_dossier_goes_back_to_where_it_was(world):
    dossier = world.receive("2026-03-02 08:00")
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    after = pause(world, dossier, "2026-03-02 10:00", "2026-03-03 10:00")
    assert (after.state, after.phase) == (State.IN_PROGRESS, Phase.ASSESSING)
    assert (after.holder, after.paused_at) == (world.specialist, None)


# Money


def test_a_fee_paid_in_parts_holds_the_dossier_until_all_is_paid(world):
    dossier = world.receive("2026-03-02 08:00")
    world.do("ask_fee", dossier, "2026-03-02 09:00", amount=5000, reason="thuế")
    part = world.do("take_fee", dossier, "2026-03-02 10:00", amount=2000)
    assert (part.state, part.money) == (State.PAYMENT, Money.OWED)
    paid = world.do("take_fee", dossier, "2026-03-02 11:00", amount=3000)
    assert (paid.state, paid.money, paid.paused_at) == (State.RECEIVED, Money.PAID, None)
    assert (fact(dossier).fee_owed, fact(dossier).fee_paid) == (5000, 5000)


# Other ends


@pytest.mark.parametrize(("verb", "state"), [("withdraw", "7"), ("stop", "8")])
def test_what_ends_while_paused_counts_its_pause_and_tells_one_due_time_everywhere(
    world, verb, state
):
    dossier = world.receive("2026-03-02 08:00")
    world.do("ask_supplement", dossier, "2026-03-03 09:00", papers=["Giấy"], reason="thiếu")
    done = world.do(verb, dossier, "2026-03-09 09:00", reason="đổi ý")

    assert (done.state, done.outcome, done.paused_at) == (state, "early", None)
    assert due(dossier) == ("2026-03-11 17:00", "2026-03-11 17:00")
    told = fact(dossier)
    assert (told.finished_as, str(told.due_on), told.outcome) == (state, "2026-03-11", "early")


def test_a_refusal_is_the_result_and_counts_by_the_clock(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_signing(dossier, "2026-03-04 10:00")
    with world.refuses(refusals.ReasonMissing, "Chưa ghi lý do"):
        world.do("refuse", dossier, "2026-03-04 11:00", reason=" ")
    done = world.do("refuse", dossier, "2026-03-04 11:00", reason="không đủ điều kiện")
    assert (done.state, done.result_kind, done.outcome) == (
        State.DONE, ResultKind.REFUSED, "early",
    )  # fmt: skip
    assert done.holder == world.desk
    assert world.do("hand_over", dossier, "2026-03-04 14:00").state == State.RETURNED


def test_a_correction_keeps_the_outcome_and_both_numbers(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-04 10:00")
    world.do("hand_over", dossier, "2026-03-04 14:00")
    before = {f.attname: getattr(fact(dossier), f.attname) for f in DossierFact._meta.fields}
    after = world.do(
        "correct", dossier, "2026-04-20 09:00", what="năm sinh 1990", reason="gõ nhầm",
        number="13/TL",
    )  # fmt: skip
    assert (after.state, after.outcome, after.result_number) == ("10", "early", "13/TL")
    assert {
        f.attname: getattr(fact(dossier), f.attname) for f in DossierFact._meta.fields
    } == before


def test_a_returned_draft_goes_round_again_and_the_clock_with_it(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_signing(dossier, "2026-03-03 10:00")
    back = world.do(
        "return_for_rework", dossier, "2026-03-03 11:00", to=world.specialist, reason="sai tên"
    )
    assert (back.phase, back.holder, back.step) == (Phase.ASSESSING, world.specialist, 1)
    assert due(dossier)[0] == "2026-03-05 17:00"
    world.do("assess", dossier, "2026-03-03 14:00", opinion="Đã sửa")
    world.do("submit", dossier, "2026-03-03 14:00")
    assert world.do("approve", dossier, "2026-03-03 15:00").phase == Phase.APPROVED

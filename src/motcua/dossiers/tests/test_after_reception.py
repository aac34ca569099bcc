"""Handing over to others, lost receipts, what is sent; an officer's dossiers given to another."""

import pytest

from motcua.dossiers import actions, after, facts, refusals
from motcua.dossiers.models import Dossier, DossierFact
from motcua.dossiers.rules import Collector, Delivery, Phase, ReturnBy, State
from motcua.journal import queries as journal
from motcua.people import actions as people
from motcua.people.permissions import WrongRole
from motcua.people.rules import Role
from tests.world import at

MONDAY = "2026-03-02 08:00"


def done(world):
    return world.to_done(world.receive(MONDAY), MONDAY)


def test_who_collects_for_another_is_kept_with_the_authority(world):
    dossier = done(world)
    other = Collector("Lê Văn Cậy", "UQ 12, 01/03/2026", "001090000009")
    world.do("hand_over", dossier, MONDAY, collector=other)
    kept = Dossier.objects.get(pk=dossier.pk)
    assert kept.state == State.RETURNED
    assert (kept.collected_by["name"], kept.collected_by["paper"]) == (other.name, other.paper)
    assert journal.latest(kept, "dossier.hand_over").data["collected_by"] == other.as_data()


@pytest.mark.parametrize("other", [Collector("Lê Văn Cậy", " "), Collector("", "UQ 12")])
def test_nobody_collects_for_another_without_authority(world, other):
    dossier = done(world)
    with world.refuses(refusals.CollectorWithoutAuthority, "Chưa ghi giấy ủy quyền"):
        world.do("hand_over", dossier, MONDAY, collector=other)


@pytest.mark.parametrize("number", ["12", "00109000000x", "0010900000091"])
def test_nobody_collects_with_a_number_that_cannot_be_one(world, number):
    dossier = done(world)
    with world.refuses(refusals.BadIdNumber, "cần đủ 12"):
        world.do("hand_over", dossier, MONDAY, collector=Collector("Lê", "UQ 12", number))


def test_with_a_lost_receipt_the_identity_is_checked_and_noted(world):
    dossier = done(world)
    with world.refuses(refusals.IdentityNotChecked, "phải đối chiếu giấy tờ tùy thân"):
        world.do("hand_over", dossier, MONDAY, lost_receipt=True)
    world.do("hand_over", dossier, MONDAY, lost_receipt=True, identity="căn cước, khớp ảnh")
    assert journal.latest(dossier, "dossier.hand_over").data["identity"] == "căn cước, khớp ảnh"


def test_what_is_posted_keeps_to_whom_and_its_tracking_number(world):
    dossier = done(world)
    with world.refuses(refusals.DeliveryUnknown, "Chưa ghi nơi nhận hoặc mã bưu gửi"):
        world.do("hand_over", dossier, MONDAY, delivery=Delivery(ReturnBy.POST))
    world.do("hand_over", dossier, MONDAY, delivery=Delivery(ReturnBy.POST, "Thôn 1", "EB1VN"))
    kept = Dossier.objects.get(pk=dossier.pk)
    assert kept.collected_by == {"how": "post", "name": "Thôn 1", "tracking": "EB1VN"}


def test_the_applicant_leaves_no_collector(world):
    dossier = done(world)
    world.do("hand_over", dossier, MONDAY)
    assert Dossier.objects.get(pk=dossier.pk).collected_by is None


# An officer transferred


@pytest.fixture
def colleague(world):
    """A second specialist, for social protection only."""
    return people.add_officer(
        agency=world.agency, login="hai", name="Công chức thứ hai", post_code="hai",
        post_title="Hai", group=world.specialist.post.group, roles=(Role.SPECIALIST,),
        effective_from=at("2022-01-01 00:00").date(), source="thử", at=at("2022-01-01 00:00"),
    )  # fmt: skip


def held(world, procedure="1.000894"):
    dossier = world.receive(MONDAY, procedure=procedure)
    return world.do("assign", dossier, MONDAY, to=world.specialist)


def give(world, to, **given):
    arguments = {
        "by": world.leader, "key": world.key(), "officer": world.specialist, "to": to,
        "reason": "điều động",
    } | given  # fmt: skip
    return actions.reassign_all(at=at("2026-03-02 09:00"), **arguments)


def holders_of(*dossiers):
    return [Dossier.objects.get(pk=d.pk).holder for d in dossiers]


def test_all_that_one_holds_goes_to_another_in_one_act_with_an_event_each(world, colleague):
    mine = [held(world) for _ in range(3)]
    paused = world.do(
        "ask_supplement", mine[0], MONDAY, by=world.specialist, papers=["A"], reason="thiếu"
    )
    untouched = world.receive(MONDAY)
    give(world, colleague)
    assert holders_of(*mine) == [colleague] * 3
    assert holders_of(untouched) == [world.desk]
    assert journal.latest(paused, "dossier.reassigned").data["to_name"] == colleague.name
    fresh = type(world.specialist).objects.get(pk=world.specialist.pk)
    told = journal.latest(fresh, "officer.dossiers-reassigned")
    assert (told.data["moved"], told.data["left"]) == (3, 0)
    assert list(journal.verify()) == []
    assert list(facts.TABLE.differences()) == []


def test_due_times_and_facts_do_not_move(world, colleague):
    dossier = held(world)
    before = Dossier.objects.values("due_at", "phase", "step").get(pk=dossier.pk)
    fact = DossierFact.objects.values().get(pk=dossier.pk)
    give(world, colleague)
    assert Dossier.objects.values("due_at", "phase", "step").get(pk=dossier.pk) == before
    assert DossierFact.objects.values().get(pk=dossier.pk) == fact


def test_what_the_first_may_not_take_goes_to_the_second_or_stays(world, colleague):
    signing = world.to_signing(world.receive(MONDAY), MONDAY)
    mine = held(world)
    give(world, world.deputy, officer=world.leader, by=world.administrator)
    assert holders_of(signing, mine) == [world.deputy, world.specialist]
    with world.refuses(refusals.NothingToReassign, "Không có hồ sơ nào của Công chức"):
        give(world, world.clerk)
    give(world, world.clerk, second=colleague)
    assert holders_of(mine) == [colleague]


def test_the_field_of_an_assignment_is_kept_to(world):
    only = people.add_officer(
        agency=world.agency, login="ba", name="Chỉ bảo trợ", post_code="ba", post_title="Ba",
        group=world.specialist.post.group, roles=(), source="thử",
        effective_from=at("2022-01-01 00:00").date(), at=at("2022-01-01 00:00"),
    )  # fmt: skip
    people.assign_role(
        by=world.administrator, at=at("2026-03-01 08:00"), key="vai", officer_id=only.pk,
        role=Role.SPECIALIST, on=at("2026-03-01 00:00").date(), source="thử", fields=("bao-tro",),
    )  # fmt: skip
    only = type(only).objects.get(pk=only.pk)
    marriage, aid = held(world), held(world, "1.001776")
    give(world, only)
    assert holders_of(marriage, aid) == [world.specialist, only]


def test_a_leaders_queue_goes_to_another_leader_who_then_signs(world):
    signing = world.to_signing(world.receive(MONDAY), MONDAY)
    give(world, world.deputy, officer=world.leader)
    world.do("approve", signing, "2026-03-02 10:00", by=world.deputy)
    assert Dossier.objects.get(pk=signing.pk).phase == Phase.APPROVED


def test_results_that_wait_for_the_citizen_go_along(world, colleague):
    dossier = done(world)
    desk = people.add_officer(
        agency=world.agency, login="quay2", name="Quầy hai", post_code="q2", post_title="Quầy",
        group=world.desk.post.group, roles=(Role.DESK,), source="thử",
        effective_from=at("2022-01-01 00:00").date(), at=at("2022-01-01 00:00"),
    )  # fmt: skip
    give(world, desk, officer=world.desk)
    assert holders_of(dossier) == [desk]


@pytest.mark.parametrize("who", ["desk", "specialist", "clerk", "statistician"])
def test_only_leaders_and_administrators_reassign(world, colleague, who):
    held(world)
    with world.refuses(WrongRole, "Việc này dành cho"):
        give(world, colleague, by=getattr(world, who))


def test_a_reason_is_needed_and_another_officer(world, colleague):
    held(world)
    with world.refuses(refusals.ReasonMissing, "Chưa ghi lý do"):
        give(world, colleague, reason=" ")
    with world.refuses(refusals.NobodyToTakeOver, "phải khác người đang giữ"):
        give(world, world.specialist)


def test_sent_twice_it_is_done_once(world, colleague):
    dossier = held(world)
    for _ in range(2):
        give(world, colleague, key="k")
    assert journal.events_of(dossier).filter(verb="dossier.reassigned").count() == 1


def test_one_dossier_of_a_transfer_can_be_taken_back(world, colleague):
    one, two = held(world), held(world)
    give(world, colleague)
    row = Dossier.objects.get(pk=one.pk)
    actions.undo(
        by=world.leader, at=at("2026-03-02 09:05"), key="ht", dossier_id=row.pk,
        event=row.journal_seq,
    )  # fmt: skip
    assert holders_of(one, two) == [world.specialist, colleague]


def test_who_holds_what_is_counted_also_for_those_who_have_left(world):
    held(world)
    held(world)
    officer = type(world.specialist).objects.get(pk=world.specialist.pk)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert [(o.name, n) for o, n in after.holders()] == [("Công chức chuyên môn", 2)]

"""Absences: who is away until when, in words of the place's own clock."""

import pytest

from motcua.journal import queries as journal
from motcua.people import actions, queries
from motcua.people.actions import AbsenceEnds, AlreadyBack
from motcua.people.permissions import WrongRole
from motcua.people.rules import AbsenceKind
from tests.world import at


@pytest.fixture
def meeting(world):
    return actions.note_absence(
        by=world.leader, at=at("2026-03-02 07:40"), key="hop", officer=world.leader,
        kind=AbsenceKind.MEETING, start=at("2026-03-02 08:00"), end=at("2026-03-02 11:00"),
    )  # fmt: skip


def test_coming_back_early_ends_the_absence_then(world, meeting):
    ended = actions.end_absence(
        by=world.leader, at=at("2026-03-02 09:30"), key="ve", absence_id=meeting.pk
    )
    assert ended.end == at("2026-03-02 09:30")


def test_an_absence_that_is_over_is_not_made_longer_by_coming_back(world, meeting):
    with pytest.raises(AlreadyBack, match="11:00 02/03/2026"):
        actions.end_absence(
            by=world.leader, at=at("2026-03-02 14:00"), key="ve", absence_id=meeting.pk
        )


def test_an_absence_that_ends_before_it_begins_is_refused_in_local_time(world):
    with pytest.raises(AbsenceEnds, match=r"08:00 02/03.*\(10:00 02/03\)"):
        actions.note_absence(
            by=world.leader, at=at("2026-03-02 07:40"), key="sai", officer=world.leader,
            kind=AbsenceKind.MEETING, start=at("2026-03-02 10:00"), end=at("2026-03-02 08:00"),
        )  # fmt: skip


# A planned absence cancelled


def test_a_planned_absence_is_cancelled_before_it_begins_and_leaves_its_trace(world):
    row = world.absent(world.leader, "2026-03-09 07:30", "2026-03-09 17:00")
    actions.cancel_absence(by=world.leader, at=at("2026-03-02 08:00"), key="huy", absence_id=row.pk)
    assert queries.absence_at(world.leader.pk, at("2026-03-09 10:00")) is None
    present, away = queries.present_leaders(at("2026-03-09 10:00"))
    assert world.leader in present and away == []
    assert journal.latest(row, "absence.cancelled").data["end"].startswith("2026-03-09")
    assert list(journal.verify()) == []


def test_what_has_begun_or_is_cancelled_is_not_cancelled(world):
    row = world.absent(world.leader, "2026-03-09 07:30", "2026-03-09 17:00")
    with world.refuses(actions.AbsenceBegun, "đã bắt đầu lúc 07:30 09/03/2026"):
        actions.cancel_absence(
            by=world.leader, at=at("2026-03-09 07:30"), key="a", absence_id=row.pk
        )
    common = {"by": world.leader, "at": at("2026-03-02 08:00"), "absence_id": row.pk}
    actions.cancel_absence(key="b", **common)
    with world.refuses(actions.AbsenceCancelled, "đã hủy"):
        actions.cancel_absence(key="c", **common)


def test_another_s_plan_is_cancelled_by_the_clerk_only(world):
    row = world.absent(world.leader, "2026-03-09 07:30", "2026-03-09 17:00")
    common = {"at": at("2026-03-02 08:00"), "absence_id": row.pk}
    with world.refuses(WrongRole, "Việc này dành cho"):
        actions.cancel_absence(by=world.deputy, key="a", **common)
    assert actions.cancel_absence(by=world.clerk, key="b", **common)

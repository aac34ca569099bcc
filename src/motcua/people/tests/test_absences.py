"""Absences: who is away until when, in words of the place's own clock."""

import pytest

from motcua.people import actions
from motcua.people.actions import AbsenceEnds, AlreadyBack
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

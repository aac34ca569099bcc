"""Who signs when the leader is away."""

import pytest

from motcua.dossiers import queries
from motcua.dossiers.refusals import NotHolder
from motcua.people import actions as people
from motcua.people.rules import AbsenceKind
from tests.world import at


@pytest.fixture
def waiting(world):
    """A dossier that waits for the chairman's signature since 09:00."""
    return world.to_signing(world.receive("2026-03-02 08:00"), "2026-03-02 09:00")


def leave(world, stand_in=None):
    people.note_absence(
        by=world.leader, at=at("2026-03-02 09:30"), key="họp", officer=world.leader,
        kind=AbsenceKind.MEETING, start=at("2026-03-02 10:00"), end=at("2026-03-02 16:00"),
        stand_in=stand_in,
    )  # fmt: skip


def queue(officer, when):
    return [d.pk for d in queries.to_sign(officer, at(when))]


def test_what_waits_for_a_leader_who_is_there_is_signed_by_nobody_else(world, waiting):
    assert queue(world.deputy, "2026-03-02 09:30") == []
    with pytest.raises(NotHolder):
        world.do("approve", waiting, "2026-03-02 09:30", by=world.deputy)


@pytest.mark.parametrize("named", [True, False])
def test_while_the_leader_is_away_the_stand_in_or_else_the_other_leader_signs(
    world, waiting, named
):
    leave(world, stand_in=world.deputy if named else None)

    assert queue(world.deputy, "2026-03-02 10:30") == [waiting.pk]
    signed = world.do("approve", waiting, "2026-03-02 10:30", by=world.deputy)
    assert signed.signer == world.deputy


def test_a_leader_who_was_not_named_as_stand_in_does_not_sign(world, waiting):
    leave(world, stand_in=world.clerk)
    with pytest.raises(NotHolder):
        world.do("approve", waiting, "2026-03-02 10:30", by=world.deputy)


def test_when_the_leader_is_back_the_queue_is_theirs_again(world, waiting):
    leave(world, stand_in=world.deputy)
    assert queue(world.deputy, "2026-03-02 16:00") == []
    assert queue(world.leader, "2026-03-02 16:00") == [waiting.pk]

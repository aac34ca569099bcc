"""Two people at the same moment, each over their own connection to the database."""

import contextvars
import threading

import pytest
from django.db import connection

from motcua.dossiers import actions, persons
from motcua.dossiers.models import Dossier, DossierFact, Person
from motcua.dossiers.refusals import Changed, MoveNotAllowed
from motcua.dossiers.rules import PaperIn, Phase
from motcua.journal import queries as journal
from motcua.kernel.errors import Refused
from tests.world import at


def at_once(*acts):
    """Run the acts in threads that start together; what each returned or was refused with."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        try:
            gate.wait(10)
            results[index] = act()
        except Refused as refusal:
            results[index] = refusal
        finally:
            connection.close()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=(run, index, act))
        for index, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return results


@pytest.mark.parametrize("seen", [True, False])
def test_of_two_approvals_at_once_one_is_done_and_one_told_why_not(committed_world, seen):
    world = committed_world
    dossier = world.to_signing(world.receive("2026-03-02 08:00"), "2026-03-02 10:00")
    given = {"seen": dossier.journal_seq} if seen else {}
    results = at_once(
        lambda: world.do("approve", dossier, "2026-03-02 11:00", by=world.leader, **given),
        lambda: world.do("approve", dossier, "2026-03-02 11:00", by=world.leader, **given),
    )

    won = [r for r in results if isinstance(r, Dossier)]
    told = [r for r in results if isinstance(r, Changed if seen else MoveNotAllowed)]
    assert (len(won), len(told)) == (1, 1)
    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.phase, fresh.signer) == (Phase.APPROVED, won[0].signer)
    assert journal.events_of(dossier).filter(verb="dossier.approve").count() == 1
    if seen:
        assert f"{fresh.signer} vừa sửa hồ sơ này lúc 11:00" in str(told[0])
    assert list(journal.verify()) == []


def test_a_form_sent_twice_by_a_nervous_finger_is_done_once(committed_world):
    world = committed_world

    def send():
        return world.receive(key="một", id_number="001090000001")

    first, second, third = at_once(send, send, send)

    assert first.pk == second.pk == third.pk
    assert (Dossier.objects.count(), DossierFact.objects.count()) == (1, 1)
    assert journal.events_of(first).count() == 1


def test_two_desks_that_receive_at_once_give_two_codes(committed_world):
    world = committed_world
    results = at_once(*[lambda: world.receive("2026-03-02 08:00")] * 4)

    assert sorted(d.code[-4:] for d in results) == ["0001", "0002", "0003", "0004"]
    assert list(journal.verify()) == []


def test_a_new_citizen_at_two_desks_at_once_is_one_person(committed_world):
    world = committed_world

    def receive(procedure, address):
        return lambda: actions.receive(
            by=world.desk, at=at("2026-03-02 08:00"), key=procedure, procedure=procedure,
            applicant=persons.PersonIn("Nguyễn Thị Ẩn", "001090000001", address=address),
            papers=[PaperIn("Tờ khai")],
        )  # fmt: skip

    results = at_once(receive("1.000894", "Thôn 1"), receive("1.001776", "Thôn 2"))
    assert [type(r) for r in results] == [Dossier, Dossier]
    assert Person.objects.count() == 1
    assert list(journal.verify()) == []

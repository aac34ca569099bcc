"""A dossier from the counter to the citizen's hand."""

from motcua.dossiers import actions
from motcua.dossiers.models import DossierFact
from motcua.dossiers.refusals import IdOfAnother
from motcua.dossiers.rules import PaperIn, Phase, State
from motcua.journal import queries as journal
from motcua.journal.rules import KeyReused
from motcua.kernel.clock import Outcome
from motcua.kernel.vntime import local
from tests.world import at


def test_a_dossier_goes_from_the_counter_to_the_citizen(world):
    dossier = world.receive("2026-03-02 08:00")
    assert dossier.code == "H99.99.99-260302-0001"
    assert local(dossier.due_at) == at("2026-03-05 17:00")

    done = world.to_done(dossier, "2026-03-04 10:00")
    assert (done.state, done.outcome) == (State.DONE, Outcome.EARLY)
    handed = actions.hand_over(
        by=world.desk, at=at("2026-03-04 14:00"), key="tra", dossier_id=dossier.pk
    )

    assert (handed.state, handed.holder) == (State.RETURNED, None)
    assert [e.verb.removeprefix("dossier.") for e in journal.events_of(dossier)] == [
        "received", "assign", "assess", "submit", "approve", "number_and_seal", "finish",
        "hand_over",
    ]  # fmt: skip
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert (str(fact.finished_on), fact.outcome, str(fact.handed_on)) == (
        "2026-03-04", "early", "2026-03-04",
    )  # fmt: skip
    assert list(journal.verify()) == []


def test_a_repeated_key_returns_the_first_dossier_and_writes_nothing(world):
    first = world.receive(key="one", id_number="001090000001")
    again = world.receive(key="one", id_number="001090000001")

    assert again.pk == first.pk
    assert journal.events_of(first).count() == 1


def test_serials_grow_within_the_day_and_begin_again_the_next(world):
    codes = [world.receive(day).code[-11:] for day in (
        "2026-03-02 08:00", "2026-03-02 09:00", "2026-03-03 08:00",
    )]  # fmt: skip
    assert codes == ["260302-0001", "260302-0002", "260303-0001"]


def test_a_supplement_pauses_the_clock_and_moves_the_due_day(world):
    dossier = world.receive("2026-03-02 08:00")
    actions.ask_supplement(
        by=world.desk, at=at("2026-03-03 09:00"), key="hoi", dossier_id=dossier.pk,
        papers=["Giấy xác nhận"], reason="thiếu",
    )  # fmt: skip
    after = actions.take_supplement(
        by=world.desk, at=at("2026-03-05 09:00"), key="nhan", dossier_id=dossier.pk,
        papers=[PaperIn("Giấy xác nhận")],
    )  # fmt: skip

    assert (after.state, after.phase) == (State.RECEIVED, Phase.RECEIVED)
    assert local(after.due_at) == at("2026-03-09 17:00")


def test_a_key_sent_again_for_another_citizen_is_refused_and_nothing_is_written(world):
    world.receive(key="một", id_number="001090000001")
    with world.refuses(KeyReused, "đã dùng cho việc khác"):
        world.receive(key="một", id_number="001090000002", name="Trần Văn Bình")


def test_a_name_noted_wrongly_is_mended_at_the_desk_and_both_names_are_kept(world):
    first = world.receive(id_number="001090000001", name="Nguyễn Thị Ản")
    with world.refuses(IdOfAnother, "Nguyễn Thị Ản"):
        world.receive(id_number="001090000001", name="Nguyễn Thị Ẩn Ngọc", procedure="1.001776")

    again = world.receive(
        id_number="001090000001", name="Nguyễn Thị Ẩn Ngọc", procedure="1.001776", rename=True
    )
    assert again.applicant_id == first.applicant_id
    changed = journal.events_of(again.applicant).last()
    assert changed.data["changed"]["name"] == ["Nguyễn Thị Ản", "Nguyễn Thị Ẩn Ngọc"]

"""Taken in here for another agency: the book, its order, and that no figure counts it."""

import pytest

from motcua.dossiers import actions, forwarded
from motcua.dossiers import refusals_counter as counter
from motcua.dossiers.models import Dossier, DossierFact, Forwarded
from motcua.dossiers.persons import PersonIn
from motcua.journal import queries as journal
from motcua.kernel.errors import NotPermitted
from tests.world import at

GIVEN = {"procedure": "Cấp đổi giấy phép", "competent": "UBND xã Khác", "papers": ["Đơn", " "]}


def take(world, when="2026-03-02 08:00", **given):
    arguments = {"by": world.desk, "key": world.key(), "applicant": PersonIn("Lê Ba"), **GIVEN}
    return actions.take_forwarded(at=at(when), **arguments | given)


def do(world, verb, row, when, **given):
    arguments = {"by": world.desk, "key": world.key()} | given
    return getattr(actions, verb)(at=at(when), forwarded_id=row.pk, **arguments)


@pytest.fixture
def sent(world):
    return do(world, "send_forwarded", take(world), "2026-03-02 09:00")


def test_it_is_numbered_in_the_book_of_the_year_and_apart_from_dossiers(world):
    codes = [take(world).code, take(world).code, take(world, "2027-01-04 08:00").code]
    assert codes == ["PDG-2026-0001", "PDG-2026-0002", "PDG-2027-0001"]
    assert world.receive().code.endswith("-0001")
    assert Forwarded.objects.first().papers == ["Đơn"]


def test_it_is_in_no_figure_and_no_list_of_dossiers(world):
    take(world)
    assert not Dossier.objects.exists() and not DossierFact.objects.exists()


def test_its_life_is_journaled_and_stands_at_one_step_at_a_time(world, sent):
    assert forwarded.step(sent) == "da-chuyen"
    row = do(
        world, "note_forwarded", sent, "2026-03-03 08:00", their_code="H1-1",
        accepted_at=at("2026-03-02 14:00"), due_at=at("2026-03-09 17:00"),
    )  # fmt: skip
    assert forwarded.step(row) == "da-chuyen" and row.due_at == at("2026-03-09 17:00")
    row = do(world, "note_forwarded", row, "2026-03-06 08:00", result_at=at("2026-03-05 10:00"))
    assert (forwarded.step(row), row.their_code) == ("co-ket-qua", "H1-1")
    row = do(world, "hand_forwarded", row, "2026-03-06 09:00")
    assert forwarded.step(row) == "da-tra"
    verbs = [event.verb for event in journal.events_of(row)]
    assert verbs == ["forwarded.taken", "forwarded.sent", "forwarded.noted", "forwarded.noted",
                     "forwarded.handed"]  # fmt: skip
    assert journal.events_of(row)[3].data["changed"] == {
        "result_at": [None, "2026-03-05T10:00:00+07:00"]
    }
    assert list(journal.verify()) == []


def test_what_is_noted_again_keeps_what_stood_before(world, sent):
    do(world, "note_forwarded", sent, "2026-03-03 08:00", their_code="H1-1")
    do(world, "note_forwarded", sent, "2026-03-03 09:00", their_code="H1-2")
    assert journal.events_of(sent).last().data["changed"] == {"their_code": ["H1-1", "H1-2"]}


@pytest.mark.parametrize(
    ("given", "words"),
    [({"procedure": " "}, "tên thủ tục"), ({"competent": ""}, "cơ quan có thẩm quyền"),
     ({"papers": [" "]}, "giấy tờ nào")],
)  # fmt: skip
def test_what_must_be_told_is_asked_for(world, given, words):
    with world.refuses(counter.WhatIsMissing, words):
        take(world, **given)
    assert not Forwarded.objects.exists()


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        ({}, counter.WhatIsMissing, "trả lời"),
        ({"accepted_at": at("2026-03-01 08:00")}, counter.NotBefore, "08:00 01/03/2026 phải sau"),
        ({"accepted_at": at("2026-03-04 08:00")}, counter.NotLater, "sau lúc này"),
        ({"due_at": at("2026-03-01 17:00")}, counter.NotBefore, "Hẹn trả"),
        ({"result_at": at("2026-03-05 08:00")}, counter.NotLater, "Có kết quả"),
    ],
)
def test_times_out_of_order_are_refused(world, sent, given, kind, words):
    with pytest.raises(kind, match=words):
        do(world, "note_forwarded", sent, "2026-03-03 08:00", **given)
    assert journal.events_of(sent).count() == 2


def test_nothing_is_noted_before_its_time_or_twice(world):
    row = take(world)
    with pytest.raises(counter.NotInOrder, match="sau khi đã chuyển đi"):
        do(world, "note_forwarded", row, "2026-03-02 09:00", their_code="x")
    do(world, "send_forwarded", row, "2026-03-02 09:00")
    with pytest.raises(counter.AlreadyNoted, match="chuyển đi lúc 09:00 02/03/2026"):
        do(world, "send_forwarded", row, "2026-03-02 10:00")
    with pytest.raises(counter.NotInOrder, match="sau khi đã có kết quả"):
        do(world, "hand_forwarded", row, "2026-03-02 10:00")
    do(world, "note_forwarded", row, "2026-03-02 10:00", result_at=at("2026-03-02 09:30"))
    do(world, "hand_forwarded", row, "2026-03-02 11:00")
    with pytest.raises(counter.AlreadyNoted, match="trả kết quả"):
        do(world, "note_forwarded", row, "2026-03-02 12:00", their_code="x")


@pytest.mark.parametrize("who", ["specialist", "leader", "clerk", "administrator"])
def test_it_is_work_of_the_desk(world, sent, who):
    for verb, given in (("note_forwarded", {"their_code": "x"}), ("hand_forwarded", {})):
        with world.refuses(NotPermitted, "Việc này dành cho"):
            do(world, verb, sent, "2026-03-03 08:00", by=getattr(world, who), **given)
    with world.refuses(NotPermitted, "Việc này dành cho"):
        take(world, by=getattr(world, who))


def test_taking_in_costs_few_statements(world, django_assert_num_queries):
    take(world)
    with django_assert_num_queries(7):
        take(world)

"""Two records of one person become one, with the history of both; and back."""

import pytest

from motcua.dossiers import actions, facts, person_queries, persons, queries, refusals
from motcua.dossiers import refusals_counter as counter
from motcua.dossiers.models import Dossier, DossierFact, Person, Visit
from motcua.dossiers.persons import PersonIn
from motcua.journal import queries as journal
from motcua.kernel.errors import NotPermitted
from tests.world import at

WHEN = "2026-03-02 09:00"


def merge(world, keep, gone, **given):
    arguments = {"by": world.desk, "key": world.key(), "reason": "cùng thẻ"} | given
    return actions.merge_persons(at=at(WHEN), keep=keep.pk, gone=gone.pk, **arguments)


def split(world, gone, when="2026-03-02 10:00", **given):
    arguments = {"by": world.desk, "key": world.key(), "reason": "nhầm người"} | given
    return actions.split(at=at(when), gone=gone.pk, **arguments)


def record(world, name="Lê Thị Hoa", number="", **given):
    """A record of a person with one dossier."""
    given = {"applicant": PersonIn(name, number, **given)}
    return world.receive(**given).applicant


@pytest.fixture
def pair(world):
    """One record with a number, one without, of the same name."""
    return record(world, number="001190000001"), record(world, birth="1990", phone="0912")


def whole():
    kept = list(DossierFact.objects.order_by("id").values())
    told = [{f.attname: getattr(r, f.attname) for f in r._meta.concrete_fields}
            for r in facts.rebuilt()]  # fmt: skip
    return told == kept and list(journal.verify()) == []


def test_dossiers_move_and_both_journals_name_them(world, pair):
    keep, gone = pair
    moved = [str(d.pk) for d in Dossier.objects.filter(applicant=gone)]
    merge(world, keep, gone)
    assert Dossier.objects.filter(applicant=keep).count() == 2
    gone.refresh_from_db()
    assert gone.merged_into_id == keep.pk
    for one, verb in ((keep, "person.merged"), (gone, "person.merged_into")):
        event = journal.events_of(one).last()
        assert (event.verb, event.data["dossiers"]) == (verb, moved)
        assert event.data["reason"] == "cùng thẻ"
    assert whole()


def test_what_the_record_lacked_is_filled_and_what_it_had_stays(world, pair):
    keep, gone = pair
    Person.objects.filter(pk=keep.pk).update(address="Thôn 9")
    Person.objects.filter(pk=gone.pk).update(address="Thôn 1")
    kept = merge(world, keep, gone)
    assert (kept.birth, kept.phone, kept.address) == ("1990", "0912", "Thôn 9")


def test_a_number_goes_over_to_the_record_that_had_none_and_back(world, pair):
    gone, keep = pair
    assert merge(world, keep, gone).id_number == "001190000001"
    gone.refresh_from_db()
    assert gone.id_number == ""
    back = split(world, gone)
    keep.refresh_from_db()
    assert (back.id_number, keep.id_number) == ("001190000001", "")
    assert whole()


def test_two_numbers_are_refused_unless_one_is_an_old_one(world):
    keep, gone = record(world, number="001190000001"), record(world, number="191234567")
    with world.refuses(counter.NumbersDiffer, "0011••••0001 và 19••••567"):
        merge(world, keep, gone)
    merge(world, keep, gone, old_number=True)
    assert queries.persons("191234567") == [keep] == queries.persons("001190000001")
    assert [d.applicant_id for d in Dossier.objects.all()] == [keep.pk] * 2


def test_reception_under_the_old_number_goes_to_the_record_that_lives_on(world):
    keep, gone = record(world, number="001190000001"), record(world, number="191234567")
    merge(world, keep, gone, old_number=True)
    later = world.receive(
        "2026-03-02 11:00", procedure="1.001776", id_number="191234567", name="Lê Thị Hoa"
    )
    assert later.applicant_id == keep.pk
    assert Person.objects.get(pk=keep.pk).id_number == "001190000001"


def test_a_merged_record_is_offered_nowhere(world, pair):
    keep, gone = pair
    merge(world, keep, gone)
    assert person_queries.search("le thi hoa") == [keep]
    assert person_queries.alike("Lê Thị Hoa") == [keep]
    assert person_queries.person(str(gone.pk)) is None
    with world.refuses(refusals.PersonNotThere, "không còn"):
        world.receive(applicant=PersonIn("Lê Thị Hoa", same_as=str(gone.pk)))


def test_visits_and_forwarded_dossiers_move_too(world, pair):
    keep, gone = pair
    first = Dossier.objects.get(applicant=gone)
    actions.receive_more(
        by=world.desk, at=at("2026-03-02 08:00"), key="v", after=first.pk, procedure="1.001776",
        applicant=PersonIn("Lê Thị Hoa", same_as=str(gone.pk)), papers=first_papers(),
    )  # fmt: skip
    row = actions.take_forwarded(
        by=world.desk, at=at("2026-03-02 08:00"), key="f", procedure="Cấp đổi", papers=["Đơn"],
        competent="UBND xã Khác", applicant=PersonIn("Lê Thị Hoa", same_as=str(gone.pk)),
    )  # fmt: skip
    merge(world, keep, gone)
    row.refresh_from_db()
    assert Visit.objects.get().person_id == row.person_id == keep.pk
    data = journal.events_of(Person.objects.get(pk=keep.pk)).last().data
    assert (len(data["dossiers"]), len(data["visits"]), len(data["forwarded"])) == (2, 1, 1)
    split(world, gone)
    row.refresh_from_db()
    assert Visit.objects.get().person_id == row.person_id == gone.pk


def first_papers():
    from motcua.dossiers.rules import PaperIn

    return [PaperIn("Đơn")]


def test_a_split_gives_back_what_was_moved_and_leaves_what_came_later(world, pair):
    keep, gone = pair
    merge(world, keep, gone)
    later = world.receive("2026-03-02 09:30", procedure="1.001776", id_number=keep.id_number,
                          name="Lê Thị Hoa")  # fmt: skip
    split(world, gone)
    assert Dossier.objects.filter(applicant=gone).count() == 1
    assert set(Dossier.objects.filter(applicant=keep)) >= {later}
    kept, own = Person.objects.get(pk=keep.pk), Person.objects.get(pk=gone.pk)
    assert (kept.birth, kept.phone) == ("", "") or kept.birth == "1990"
    assert (own.birth, own.phone, own.merged_into_id) == ("1990", "0912", None)
    assert whole()


def test_what_was_changed_since_the_merge_is_not_taken_back(world, pair):
    keep, gone = pair
    merge(world, keep, gone)
    world.receive("2026-03-02 09:30", procedure="1.001776",
                  applicant=PersonIn("Lê Thị Hoa", keep.id_number, phone="0999"))  # fmt: skip
    split(world, gone)
    assert Person.objects.get(pk=keep.pk).phone == "0999"


def test_merged_twice_it_is_split_from_the_outside_in(world):
    one, two, three = (record(world) for _ in range(3))
    merge(world, two, one)
    merge(world, three, two)
    assert Dossier.objects.filter(applicant=three).count() == 3
    with world.refuses(counter.MergedOnward, "gộp tiếp"):
        split(world, one)
    split(world, two)
    assert Dossier.objects.filter(applicant=two).count() == 2
    split(world, one, "2026-03-02 11:00")
    counts = [Dossier.objects.filter(applicant=p).count() for p in (one, two, three)]
    assert counts == [1, 1, 1] and whole()


def test_merged_again_after_a_split_the_last_merge_counts(world, pair):
    keep, gone = pair
    merge(world, keep, gone)
    split(world, gone)
    actions.merge_persons(by=world.desk, at=at("2026-03-02 11:00"), key="again", keep=keep.pk,
                          gone=gone.pk, reason="đúng là một")  # fmt: skip
    assert Dossier.objects.filter(applicant=keep).count() == 2


@pytest.mark.parametrize(
    ("how", "kind", "words"),
    [
        ("self", counter.SamePerson, "là một"), ("merged", counter.AlreadyMerged, "đã gộp"),
        ("organisation", counter.OfAnotherKind, "tổ chức"),
        ("no-reason", refusals.ReasonMissing, "lý do"),
    ],
)  # fmt: skip
def test_what_cannot_be_merged(world, pair, how, kind, words):
    keep, gone = pair
    given = {"reason": " "} if how == "no-reason" else {}
    if how == "merged":
        merge(world, keep, gone)
        gone = record(world)
        keep, gone = gone, Person.objects.get(pk=pair[1].pk)
    if how == "organisation":
        gone = record(world, "Hợp tác xã", "3301234567", is_organisation=True)
    with world.refuses(kind, words):
        merge(world, keep, keep if how == "self" else gone, **given)


def test_what_was_never_merged_cannot_be_split(world, pair):
    with world.refuses(counter.NotMerged, "không đang gộp"):
        split(world, pair[1])


def test_a_number_given_to_another_meanwhile_stops_the_split(world, pair):
    gone, keep = pair
    merge(world, keep, gone)
    Person.objects.filter(pk=keep.pk).update(id_number="")
    record(world, "Người Khác", number="001190000001")
    with world.refuses(counter.NumberTaken, "nay ghi cho Người Khác"):
        split(world, gone)


@pytest.mark.parametrize(
    ("who", "may"),
    [("desk", True), ("leader", True), ("administrator", True), ("specialist", False),
     ("clerk", False), ("statistician", False)],
)  # fmt: skip
def test_who_may_merge(world, pair, who, may):
    if may:
        assert merge(world, *pair, by=getattr(world, who))
        return
    with world.refuses(NotPermitted, "Việc này dành cho"):
        merge(world, *pair, by=getattr(world, who))


def test_a_repeated_key_merges_and_splits_once(world, pair):
    for _ in range(2):
        merge(world, *pair, key="m")
    for _ in range(2):
        split(world, pair[1], key="s")
    assert journal.events_of(pair[0]).count() == 3


# Recognised without a number


def test_somebody_without_a_number_is_recognised_and_gets_one_later(world):
    first = record(world, birth="1954")
    again = world.receive(procedure="1.001776", applicant=PersonIn(
        "Lê Thị Hoa", "001154000001", same_as=str(first.pk)))  # fmt: skip
    assert again.applicant_id == first.pk and Person.objects.count() == 1
    event = journal.events_of(Person.objects.get()).last()
    assert event.data["changed"] == {"id_number": ["", "001154000001"]}


def test_an_old_number_gives_way_to_the_new_one_and_stays_in_the_journal(world):
    first = record(world, number="191234567")
    world.receive(procedure="1.001776", applicant=PersonIn(
        "Lê Thị Hoa", "001154000001", same_as=str(first.pk)))  # fmt: skip
    first.refresh_from_db()
    assert first.id_number == "001154000001"
    event = journal.events_of(first).last()
    assert event.data["changed"]["id_number"] == ["191234567", "001154000001"]


@pytest.mark.parametrize("number", ["001154000009", "191234567"])
def test_another_number_is_another_person(world, number):
    first = record(world, number="001154000001")
    with world.refuses(refusals.OtherNumber, "mang số định danh khác"):
        world.receive(applicant=PersonIn("Lê Thị Hoa", number, same_as=str(first.pk)))


def test_a_number_that_somebody_bears_is_not_given_to_another(world):
    first, _other = record(world), record(world, "Trần Văn Biết", "001154000001")
    with world.refuses(refusals.IdOfAnother, "Trần Văn Biết"):
        world.receive(applicant=PersonIn("Lê Thị Hoa", "001154000001", same_as=str(first.pk)))


def test_why_there_is_no_number_is_in_the_journal(world):
    person = record(world, no_number="mất giấy tờ")
    assert journal.events_of(person).get().data["no_number"] == "mất giấy tờ"
    assert persons.clean(PersonIn("A", birth="3/1954")).birth == "1954-03"


@pytest.mark.parametrize(
    ("known", "asked", "offered"),
    [
        ({}, {}, True),
        ({"birth": "1954"}, {"birth": "1954"}, True),
        ({"birth": "1954-03-01"}, {"birth": "1954"}, True),
        ({"birth": "1954"}, {}, True),
        ({"birth": "1954"}, {"birth": "1955"}, False),
        ({"number": "001154000001"}, {}, True),
        ({"number": "001154000001"}, {"number": "001154000009"}, False),
        ({"number": "191234567"}, {"number": "001154000009"}, True),
        ({"number": "191234567"}, {"number": "191234568"}, False),
    ],
)
def test_who_may_be_the_same_is_offered(world, known, asked, offered):
    person = record(world, "Lê Thị Hoa", **known)
    assert person_queries.alike("LE THI  hoa", **asked) == ([person] if offered else [])


def test_one_known_under_the_old_number_of_a_card_is_offered_first(world):
    old = record(world, number="191234567")
    found = person_queries.alike("Lê Thị Hoa", number="001154000001", old_number="191234567")
    assert found == [old]
    assert person_queries.alike("Trần B", number="001154000001", old_number="191234567") == []

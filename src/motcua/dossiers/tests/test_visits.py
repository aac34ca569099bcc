"""Several dossiers of one visit: one receipt, one person, one day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import actions, facts, refusals_counter
from motcua.dossiers.models import Dossier, DossierFact, Visit
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.refusals import PossibleDuplicate
from motcua.dossiers.rules import AuthorityKind, Filer, PaperIn
from motcua.journal import queries as journal
from motcua.kernel.errors import NotPermitted
from tests.world import at

BIET = PersonIn("Trần Văn Biết", "001090000077", birth="1990")
CERTIFIED = {"procedure": "2.000815", "papers": [PaperIn("Bản chính")]}


def more(world, first, when="2026-03-02 08:05", **given):
    arguments = {"by": world.desk, "key": world.key(), "applicant": BIET, **CERTIFIED} | given
    return actions.receive_more(at=at(when), after=first.pk, **arguments)


@pytest.fixture
def first(world):
    return world.receive(applicant=BIET, **CERTIFIED)


def test_a_single_dossier_makes_no_visit(world, first):
    assert first.visit_id is None and not Visit.objects.exists()


def test_the_second_dossier_opens_the_visit_of_both(world, first):
    second = more(world, first, procedure="1.000894")
    visit = Visit.objects.get()
    assert [d.visit_id for d in Dossier.objects.all()] == [visit.pk] * 2
    assert (visit.person_id, visit.at) == (second.applicant_id, first.received_at)
    assert journal.events_of(second).get().data["visit"] == str(visit.pk)
    assert journal.events_of(visit).get().data["first"] == str(first.pk)


def test_three_sets_of_one_procedure_are_one_visit_and_no_duplicates(world, first):
    second = more(world, first)
    more(world, second)
    assert Visit.objects.count() == 1 and Dossier.objects.count() == 3
    codes = list(Dossier.objects.order_by("code").values_list("code", flat=True))
    assert [code[-4:] for code in codes] == ["0001", "0002", "0003"]


def test_an_open_dossier_of_another_visit_is_still_asked_about(world, first):
    other = world.receive(applicant=BIET, procedure="1.000894")
    with world.refuses(PossibleDuplicate, other.code):
        more(world, first, procedure="1.000894")


def test_the_same_key_adds_once(world, first):
    one, two = (more(world, first, key="k") for _ in range(2))
    assert one == two and Dossier.objects.count() == 2 and Visit.objects.count() == 1


@pytest.mark.parametrize("when", ["2026-03-03 08:00", "2026-03-02 23:59"])
def test_the_visit_ends_with_the_day(world, first, when):
    if when.startswith("2026-03-02"):
        assert more(world, first, when).visit_id
        return
    with world.refuses(refusals_counter.VisitOver, "là ngày 02/03/2026"):
        more(world, first, when)


def test_a_receipt_is_never_of_two_people_who_hand_in(world, first):
    with world.refuses(refusals_counter.VisitOfAnother, "Lượt này của Trần Văn Biết"):
        more(world, first, applicant=PersonIn("Lê Thị Hoa", "001090000088"))


def test_one_who_files_for_several_others_gets_one_receipt(world):
    filer = Filer("Trần Văn Biết", AuthorityKind.WRITTEN, "số 12")
    first = world.receive(applicant=PersonIn("Lê Thị Hoa"), filer=filer)
    second = more(world, first, applicant=PersonIn("Lê Thị Mai"), filer=filer)
    own = more(world, second)
    assert {first.pk, second.pk, own.pk} == set(
        Dossier.objects.filter(visit=Visit.objects.get()).values_list("pk", flat=True)
    )


def test_receiving_in_a_visit_is_for_the_desk(world, first):
    with world.refuses(NotPermitted, "Việc này dành cho"):
        more(world, first, by=world.specialist)


def test_what_was_refused_opens_no_visit(world, first):
    with world.refuses(Exception, "Chưa ghi giấy tờ nào"):
        more(world, first, papers=[])
    assert not Visit.objects.exists()


def test_the_journal_and_the_facts_stay_whole(world, first):
    more(world, first)
    assert list(journal.verify()) == []
    kept = list(DossierFact.objects.order_by("id").values())
    told = [{f.attname: getattr(r, f.attname) for f in r._meta.concrete_fields}
            for r in facts.rebuilt()]  # fmt: skip
    assert told == kept


def test_a_further_dossier_asks_for_the_first_its_person_and_the_visit_besides(world, first):
    def cost(act):
        with CaptureQueriesContext(connection) as asked:
            act()
        return len(asked)

    more(world, first, procedure="1.000894")
    single = cost(lambda: world.receive(applicant=BIET, procedure="1.001776"))
    assert cost(lambda: more(world, first)) <= single + 3

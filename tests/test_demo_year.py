"""The demo's year, built through the doors: its figures, its journal, its absences, its present."""

from collections import Counter
from datetime import datetime

import pytest
from django.db import transaction

from motcua.demo import command
from motcua.demo.figures import read_figures
from motcua.demo.stories import STORIES
from motcua.dossiers import facts as dossier_facts
from motcua.dossiers.models import Dossier, DossierFact
from motcua.journal import queries as journal
from motcua.journal.models import Event
from motcua.kernel.vntime import VN
from motcua.people import queries as people
from motcua.report.report_command import document
from motcua.surveys import facts as survey_facts
from motcua.surveys.models import FormFact

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=VN)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """The seed's year, built once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = command.make(read_figures(None), NOW, lambda done, every: None)
        with made.scope():
            yield made
        transaction.set_rollback(True)


def test_every_figure_of_the_seed_comes_out_exactly(year):
    assert command.differences(document("2023"), read_figures(None)) == []


def test_no_figure_was_entered_by_hand(year):
    assert {row["origin"] for row in document("2023")["figures"]} == {"computed"}


def test_the_journal_of_the_year_is_whole(year):
    assert list(journal.verify()) == []


def test_dossier_facts_rebuilt_from_the_journal_are_equal(year):
    assert _rows(dossier_facts.rebuilt()) == _rows(DossierFact.objects.all())


def test_survey_facts_rebuilt_from_the_journal_are_equal(year):
    assert _rows(survey_facts.rebuilt()) == _rows(FormFact.objects.all())


def _rows(found):
    return {
        row.pk: {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for row in found
    }


def test_every_dossier_of_the_year_has_its_events_from_receipt_to_hand_over(year):
    of_year = Dossier.objects.filter(received_at__lt=datetime(2024, 1, 1, tzinfo=VN))
    verbs: dict = {}
    for event in Event.objects.filter(subject_type="dossiers.dossier").order_by("seq"):
        verbs.setdefault(event.subject_id, []).append(event.verb)

    assert of_year.count() == 914
    for dossier in of_year:
        told = verbs[dossier.pk]
        assert told[0] == "dossier.received"
        assert told[-1] == "dossier.hand_over"
        assert {"dossier.finish", "dossier.refuse", "dossier.resolve_on_the_spot"} & set(told)


def test_each_late_dossier_overlaps_a_recorded_absence_of_its_signer(year):
    late = Dossier.objects.filter(outcome="late", received_at__lt=datetime(2024, 1, 1, tzinfo=VN))

    assert late.count() == 42
    for dossier in late:
        assert people.absences_between(
            dossier.signer_id, dossier.first_due_at, dossier.finished_at
        ).exists(), dossier.code


def test_late_dossiers_were_waiting_for_the_signature(year):
    phases = DossierFact.objects.filter(outcome="late", received_on__year__lt=2024)

    assert set(phases.values_list("late_phase", flat=True)) == {"signing"}


def test_the_living_present_has_dossiers_at_every_stage(year):
    living = list(Dossier.objects.filter(received_at__gte=datetime(2026, 1, 1, tzinfo=VN)))
    states = Counter(dossier.state for dossier in living)
    hour = [d for d in living if d.finished_at is None and 0 < _minutes(d.due_at) <= 60]

    assert len(living) == len(STORIES)
    assert set(states) == {"2", "4", "5", "6", "7", "8", "9", "10"}
    assert {d.phase for d in living if d.state == "4"} == {
        "assessing", "assessed", "signing", "approved", "sealed",
    }  # fmt: skip
    assert any(d.due_at < NOW for d in living if d.state in ("2", "4"))
    assert len(hour) >= 2


def _minutes(due_at):
    return (due_at - NOW).total_seconds() / 60


def test_the_commune_says_that_it_is_invented(year):
    version = people.version_on(year.agency, NOW.date())

    assert "hư cấu" in year.agency.watermark
    assert version.code == "H99.99.99"
    assert version.parent == year.province

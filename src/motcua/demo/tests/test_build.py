"""Building other years than the seed's, at other times than today."""

from datetime import datetime
from decimal import Decimal

import pytest

from motcua.demo import command
from motcua.demo.figures import from_values, read_figures
from motcua.dossiers import queries as dossiers
from motcua.journal import queries as journal
from motcua.kernel.clock import next_working_moment
from motcua.kernel.vntime import VN, local
from motcua.people import queries as people
from motcua.report.report_command import document

pytestmark = pytest.mark.django_db
OTHER = {
    "II.2.own.received": 131, "II.2.own.open": 6, "II.2.own.early": 21, "II.2.own.on_time": 95,
    "II.2.own.late": 9, "II.2.digitised.received": 160, "II.2.linked.birth": 4,
    "II.2.linked.death": 3, "II.2.digitised.share": "98.13", "II.6.online.dossiers": 40,
    "II.2.catalogue.procedures": 140, "II.2.catalogue.fields": 15, "II.6.online.procedures": 60,
    "II.2.catalogue.interlevel_procedures": 52, "II.2.catalogue.interlevel_fields": 6,
    "II.2.desk.staff": 6, "II.2.feedback": 2, "II.2.desk.allowance": 450000,
    "II.6.iso.decisions": 5, "II.2.decisions.posted": 7, "II.2.tthc.reviewed": 1,
    "II.2.tthc.review_registered": 3, "A.survey.dossiers": 110, "A.survey.sent": 100,
    "A.survey.returned": 90, "A.survey.valid": 84, "A.survey.c2.C": 4, "A.survey.c2.A": 70,
    "A.survey.c2.justice.A": 30, "A.survey.c2.office.A": 20, "A.survey.c5.A": 60,
    "A.survey.c5.justice.A": 12, "A.survey.c5.land.A": 40,
}  # fmt: skip


def build(figures, now):
    return command.make(figures, now, lambda done, every: None)


def test_another_consistent_file_comes_out_exactly():
    figures = from_values({name: Decimal(value) for name, value in OTHER.items()})
    made = build(figures, datetime(2026, 11, 23, 10, 20, tzinfo=VN))

    with made.scope():
        assert command.differences(document("2023"), figures) == []
        assert list(journal.verify()) == []


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-22 23:30",
        "2026-11-24 10:00",
        "2026-02-23 07:31",
        "2026-07-15 12:10",
        "2027-03-01 17:29",
    ],
)
def test_whenever_it_is_built_what_happened_lies_before_now_in_working_hours(now):
    at = datetime.fromisoformat(now).replace(tzinfo=VN)
    made = build(from_values({"II.2.own.received": Decimal(4)}), at)

    with made.scope():
        calendar = people.calendar(made.agency)
        first = datetime(2025, 12, 1, tzinfo=VN)
        living = dossiers.search("").filter(received_at__gte=first)
        instants = [event.at for one in living for event in journal.events_of(one)]
    assert len(instants) > 150
    for instant in instants:
        assert instant <= at
        assert next_working_moment(calendar, local(instant)) == local(instant)


def test_a_clock_before_the_present_is_refused_in_one_sentence():
    with pytest.raises(command.ClockTooEarly, match="Chỉnh lại đồng hồ"):
        command.build(read_figures(None), datetime(2024, 1, 1, tzinfo=VN))

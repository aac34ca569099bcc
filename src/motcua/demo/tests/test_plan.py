"""The plan of the year: its acts, counted, are the figures; and it could have happened."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from motcua.demo.figures import from_values, read_figures, seed
from motcua.demo.hours import LEADERS
from motcua.demo.tests.samples import planned, small_files, tally
from motcua.kernel.vntime import local_day


@pytest.fixture(scope="module")
def year():
    return planned(read_figures(None))


def test_the_seeds_plan_counts_to_the_seeds_figures(year):
    assert tally(year) == year.figures.wanted()


@settings(max_examples=40, deadline=None)
@given(small_files())
def test_any_consistent_small_file_is_planned_and_counts_to_its_figures(values):
    figures = from_values(values)

    assert tally(planned(figures)) == figures.wanted()


def test_the_same_figures_give_the_same_plan(year):
    again = planned(read_figures(None))

    assert [dossier.acts for dossier in again.dossiers] == [d.acts for d in year.dossiers]


def test_the_seeds_catalogue_is_the_shipped_one_with_nothing_invented(year):
    codes = {row.code for row in year.catalogue.rows}

    assert len(codes) == 131
    assert not any(row.name.startswith("Thủ tục minh họa") for row in year.catalogue.rows)


def test_acts_follow_one_another_in_working_hours(year):
    for dossier in year.dossiers:
        instants = [act.at for act in dossier.acts]
        assert instants == sorted(instants)
        for at in instants:
            assert year.hours.after(at, 0) == at, (dossier.row.code, at)


def test_nobody_signs_while_away(year):
    for dossier in year.dossiers:
        for act in dossier.acts:
            leader = act.data.get("signer", act.who)
            if act.verb in ("approve", "spot", "rework"):
                assert leader in LEADERS
                assert year.hours.back_at(leader, act.at) is None


def test_each_late_dossier_waited_for_a_leader_who_was_away(year):
    late = [dossier for dossier in year.dossiers if dossier.wish.kind == "late"]

    assert len(late) == 42
    for dossier in late:
        assert any(
            away.who == dossier.signer
            and away.start < dossier.finished_at
            and away.end > dossier.due_at
            for away in year.hours.away
        )


def test_late_dossiers_are_mostly_due_the_same_day(year):
    late = [dossier for dossier in year.dossiers if dossier.wish.kind == "late"]
    same_day = [dossier for dossier in late if dossier.row.term == "trong ngày"]

    assert len(same_day) > len(late) / 2


def test_mornings_are_fuller_than_afternoons_and_the_days_around_tet_are_quiet(year):
    receipts = [dossier.acts[0].at for dossier in year.dossiers]
    days = dict.fromkeys(year.hours.working_days(*_window()), 0)
    for at in receipts:
        days[local_day(at)] += 1
    around_tet = [n for day, n in days.items() if day.isoformat()[:7] == "2023-01" and day.day > 15]

    assert sum(at.hour < 12 for at in receipts) > 0.6 * len(receipts)
    assert sum(around_tet) / len(around_tet) < 0.8 * len(receipts) / len(days)


def _window():
    from motcua.demo.plan import SERVICE

    return SERVICE


def test_no_citizen_comes_twice_for_the_same_procedure(year):
    pairs = [(dossier.citizen.id_number, dossier.row.code) for dossier in year.dossiers]

    assert len(pairs) == len(set(pairs))
    assert all(number.startswith("000") and len(number) == 12 for number, _ in pairs)


def test_most_dossiers_late_still_fit_the_year():
    wanted = dict(seed()) | {"II.2.own.late": Decimal(600), "II.2.own.on_time": Decimal(68)}
    figures = from_values(wanted)

    assert tally(planned(figures)) == figures.wanted()

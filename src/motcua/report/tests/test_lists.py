"""Every figure over a year of facts: its value is the fold of its list, and means what it says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.report import queries
from motcua.report.cubes import cubes
from motcua.report.figures import figures
from motcua.report.periods import month_names, parse
from tests import world as worlds

PERIODS = ("2023", "2023-03", "2023-Q1", "2023-06-15/2023-06-15")


def values(period: str) -> dict:
    return {result.id: result.value for result in queries.figures_of(period)}


@pytest.mark.parametrize("period", PERIODS)
def test_the_value_of_every_figure_is_the_fold_of_its_list(year, period):
    results = {result.id: result for result in queries.figures_of(period)}
    listings = {id: queries.records(id, period) for id in figures()}
    assert {id: listing.result for id, listing in listings.items()} == results
    lengths = {id: len(listing.rows) for id, listing in listings.items()}
    assert lengths == {id: result.records for id, result in results.items()}


def test_the_year_is_rich_enough_for_these_tests_to_mean_something(year):
    assert {id for id, value in values("2023").items() if not value} == set()


def test_no_record_is_listed_twice_and_each_has_a_name(year):
    for id in figures():
        rows = queries.records(id, "2023").rows
        assert len({row.id for row in rows}) == len(rows), id
        assert all(row.label for row in rows), id


def test_the_months_of_the_year_add_up_to_the_year(year):
    adding = [one.id for one in figures().values() if one.additive]
    months = [values(name) for name in month_names(2023)]
    whole = values("2023")
    added = {id: sum(month[id] for month in months) for id in adding}
    assert added == {id: whole[id] for id in adding}


def test_a_month_counts_what_was_finished_by_the_end_of_its_year(year):
    month, same_days = values("2023-01"), values("2022-12-05/2023-01-04")
    assert month["II.2.own.received"] == same_days["II.2.own.received"]
    assert month["II.2.own.resolved"] > same_days["II.2.own.resolved"]


@pytest.mark.parametrize("period", PERIODS)
def test_the_figures_agree_with_one_another(year, period):
    value = values(period)
    own = {name: value[f"II.2.own.{name}"] for name in ("received", "resolved", "open")}
    assert own["received"] == own["resolved"] + own["open"]
    outcomes = [value[f"II.2.own.{name}"] for name in ("early", "on_time", "late")]
    assert own["resolved"] == sum(outcomes)
    assert value["II.6.online.dossiers"] <= own["resolved"]
    assert value["x.own.withdrawn"] + value["x.own.stopped"] <= own["resolved"]
    groups = value["II.2.linked.birth"] + value["II.2.linked.death"]
    assert value["II.2.digitised.received"] >= own["received"] + groups
    assert value["II.6.digitised.share"] == value["II.2.digitised.share"]
    assert value["II.6.iso.decisions"] <= value["II.2.decisions.posted"]
    assert value["II.2.tthc.reviewed"] <= value["II.2.tthc.review_registered"]


@pytest.mark.parametrize("period", PERIODS)
def test_the_survey_agrees_with_itself(year, period):
    found = values(period)
    value = {id[9:]: number for id, number in found.items() if id.startswith("A.survey.")}
    assert value["valid"] + value["invalid"] == value["returned"]
    for criterion in ("c1", "c2", "c3", "c4", "c5"):
        assert sum(value[f"{criterion}.{answer}"] for answer in "ABC") == value["valid"]
    groups = ("justice", "land", "social", "office")
    for answer in "ABC":
        of_fields = sum(value[f"c5.{group}.{answer}"] for group in groups)
        assert of_fields == value[f"c5.{answer}"]


def test_stocks_are_as_at_the_end_of_the_windows_last_day(year):
    value = values("2023")
    names = ("procedures", "fields", "interlevel_procedures", "interlevel_fields")
    # Of the catalogue in conftest: 1, 2, 4, 6, 8 are in force and counted, 2 and 4 linked; of the
    # province's: 7, in four fields of which two are the commune's too.
    assert [value[f"II.2.catalogue.{name}"] for name in names] == [5 + 7, 5, 2, 2]
    assert value["II.2.catalogue.same_level_linked"] == 1
    assert value["II.2.desk.computers"] == 3
    assert value["II.2.desk.allowance"] == 300000
    assert value["II.2.desk.staff"] == 1
    assert queries.records("II.2.desk.staff", "2023").rows[0].label == "Cán bộ tiếp nhận"


def test_every_cube_is_grouped_by_the_dimensions_its_figures_ask_about_and_no_more(year):
    period = parse("2023")
    for key, cube in cubes(queries.figures_in(period), period).items():
        asked = {name for one in figures().values() if one.key == key for name in one.dimensions}
        assert set(cube.dimensions) == asked, key
        assert {len(values) for values in cube.cells} == {len(asked)}, key


def test_all_figures_of_a_period_take_eight_statements(year):
    with CaptureQueriesContext(connection) as captured:
        queries.figures_of("2023")
    assert len(captured) == 8, [query["sql"].partition(" FROM ")[2][:40] for query in captured]


def test_a_list_takes_one_statement_beside_the_look_whether_the_period_is_closed(year):
    with CaptureQueriesContext(connection) as captured:
        queries.records("II.2.own.late", "2023")
    assert len(captured) == 2


def test_another_commune_sees_its_own_desk_and_the_provinces_catalogue_only(year):
    other = worlds.build("xa-khac", "H97.97.97", province=year.province)
    with other.scope():
        seen = {id for id, value in values("2023").items() if value}
    assert seen == {
        "II.2.desk.staff", "II.6.online.procedures",
        "II.2.catalogue.fields", "II.2.catalogue.procedures",
    }  # fmt: skip


def test_a_figure_of_a_month_says_the_months_days(year):
    found = {result.id: result for result in queries.figures_of("2023-03")}
    received = found["II.2.own.received"]
    assert received.window == parse("2023-03").service
    assert "từ 05/02/2023 đến hết 04/03/2023" in received.definition

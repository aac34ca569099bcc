"""Closing a period freezes it; what changes afterwards changes nothing in it."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.journal import queries as journal
from motcua.kernel.errors import NotPermitted
from motcua.kernel.vntime import epoch_day
from motcua.report import queries
from motcua.report.actions import AlreadyClosed, NotOver, close_period
from motcua.report.figures import figures
from motcua.report.models import FrozenFigure, FrozenList, Period
from motcua.report.periods import UnknownPeriod, month_names
from motcua.report.tests.made import dossier, save_all
from tests.world import at

CLOSED_AT = at("2023-12-05 08:00")


def close(world, period="2023", when=CLOSED_AT, **given):
    arguments = {"by": world.statistician, "at": when, "key": world.key()} | given
    return close_period(period=period, **arguments)


def lists(period: str) -> dict:
    return {id: queries.records(id, period) for id in figures()}


def upset_everything() -> None:
    """Change, add and remove facts behind the period's back."""
    facts = apps.get_model("dossiers.DossierFact").objects
    facts.update(linkage="none", outcome="late", finished_as="9")
    facts.filter(channel="online").delete()
    save_all([dossier(date(2023, 5, 5)) for _ in range(5)])
    apps.get_model("surveys.FormFact").objects.all().delete()
    apps.get_model("registers.AllowanceRate").objects.update(amount=1)


def test_a_closed_period_says_what_the_open_one_said(year):
    before, listed = queries.figures_of("2023"), lists("2023")
    close(year)
    after = queries.figures_of("2023")
    assert {result.frozen for result in before} == {False}
    assert {result.frozen for result in after} == {True}
    shown = [(r.id, r.value, r.numerator, r.denominator, r.records, r.window) for r in before]
    assert shown == [
        (r.id, r.value, r.numerator, r.denominator, r.records, r.window) for r in after
    ]
    assert {id: one.rows for id, one in lists("2023").items()} == {
        id: one.rows for id, one in listed.items()
    }


def test_a_later_change_of_facts_changes_nothing_in_a_closed_period(year):
    close(year)
    figures_before, lists_before = queries.figures_of("2023"), lists("2023")
    month_before = queries.figures_of("2023-05")
    upset_everything()
    assert queries.figures_of("2023") == figures_before
    assert lists("2023") == lists_before
    assert queries.figures_of("2023-05") != month_before


def test_a_period_closes_once(year):
    close(year)
    with pytest.raises(AlreadyClosed, match="08:00 05/12/2023"):
        close(year, when=at("2023-12-06 09:00"))
    assert FrozenFigure.objects.count() == len(figures())


def test_the_same_request_twice_closes_once_and_returns_the_same_period(year):
    first = close(year, key="chot-2023")
    assert close(year, key="chot-2023").pk == first.pk
    assert FrozenFigure.objects.count() == len(figures())


@pytest.mark.parametrize("role", ["desk", "leader", "clerk", "specialist"])
def test_only_the_statistician_closes(world, role):
    with pytest.raises(NotPermitted):
        close(world, by=getattr(world, role))
    assert not Period.objects.exists()


def test_a_period_is_not_closed_before_its_last_day_has_passed(world):
    with pytest.raises(NotOver, match="04/12/2023"):
        close(world, when=at("2023-12-04 23:59"))
    assert not Period.objects.exists()
    assert close(world, when=at("2023-12-05 00:00")).state == "closed"


@pytest.mark.parametrize("period", ["2023-01", "2023-Q1", "2023-H1", "2023-9M", "2023-12"])
def test_a_part_of_a_year_is_not_closed_before_the_year_is_over(world, period):
    with pytest.raises(NotOver, match="04/12/2023"):
        close(world, period, at("2023-12-04 23:59"))
    assert not Period.objects.exists()
    assert close(world, period, at("2023-12-05 00:00")).state == "closed"


def test_two_days_of_ones_own_close_when_the_second_has_passed(world):
    with pytest.raises(NotOver, match="31/03/2023"):
        close(world, "2023-03-01/2023-03-31", at("2023-03-31 23:59"))
    assert close(world, "2023-03-01/2023-03-31", at("2023-04-01 00:00")).state == "closed"


def test_months_closed_as_early_as_they_may_be_add_up_to_the_year_closed_later(year):
    """What is noted afterwards is dated afterwards, and changes none of them."""
    for month in month_names(2023):
        close(year, month, at("2023-12-05 00:00"))
    noted = {"finished_on": date(2023, 12, 6), "finished_day": epoch_day(date(2023, 12, 6))}
    noted |= {"finished_as": "9", "outcome": "late"}
    facts = apps.get_model("dossiers.DossierFact").objects
    assert facts.filter(finished_day=None, received_on__lte=date(2023, 12, 4)).update(**noted)
    close(year, "2023", at("2024-01-31 08:00"))
    adding = [one.id for one in figures().values() if one.additive]
    whole = {one.id: one.value for one in queries.figures_of("2023")}
    months = [{one.id: one.value for one in queries.figures_of(m)} for m in month_names(2023)]
    assert {id: sum(m[id] for m in months) for id in adding} == {id: whole[id] for id in adding}


def test_a_period_nobody_can_read_is_not_closed(world):
    with pytest.raises(UnknownPeriod):
        close(world, period="năm ngoái")


def test_figures_and_lists_are_never_rewritten(world):
    close(world)
    for model in (FrozenFigure, FrozenList):
        with pytest.raises(TypeError):
            model.objects.first().save()


def test_the_same_list_is_kept_once(year):
    close(year)
    shares = FrozenFigure.objects.filter(figure__endswith="digitised.share")
    assert len({row.list_id for row in shares}) == 1
    assert len({row.hash for row in shares}) == 2
    empty = {row.list_id for row in FrozenFigure.objects.filter(records=0)}
    assert len(empty) <= 1


def test_the_journal_holds_the_hash_of_every_frozen_figure(year):
    period = close(year)
    event = journal.events_of(period).get()
    kept = {row.figure: row.hash for row in FrozenFigure.objects.all()}
    assert event.verb == "period.closed" and event.data["figures"] == kept
    assert list(journal.verify()) == []


def test_reading_a_closed_period_does_not_count_again(year):
    close(year)
    with CaptureQueriesContext(connection) as captured:
        queries.figures_of("2023")
    assert len(captured) == 2
    assert not any("dossierfact" in query["sql"] for query in captured)


def test_closed_periods_come_latest_first(world):
    for name in ("2023-01", "2023-Q1", "2023-02"):
        close(world, name)
    assert [period.name for period in queries.closed_periods()] == ["2023-Q1", "2023-02", "2023-01"]

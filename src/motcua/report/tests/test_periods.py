"""Which days a period covers, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.report.periods import (
    SERVICE,
    SURVEY,
    YEAR,
    PeriodBackwards,
    UnknownPeriod,
    Window,
    month_names,
    parse,
)

ONE_DAY = timedelta(days=1)


def window(first: str, last: str) -> Window:
    return Window(date.fromisoformat(first), date.fromisoformat(last))


def test_the_year_2023_has_the_three_windows_of_its_report():
    period = parse("2023")
    assert period.windows[SERVICE] == window("2022-12-05", "2023-12-04")
    assert period.windows[SURVEY] == window("2022-12-05", "2023-11-29")
    assert period.windows[YEAR] == window("2023-01-01", "2023-11-29")
    assert period.document_on == date(2023, 11, 29)
    assert period.closed_on == date(2023, 12, 5)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-01", "2022-12-05", "2023-01-04"),
        ("2023-02", "2023-01-05", "2023-02-04"),
        ("2023-03", "2023-02-05", "2023-03-04"),
        ("2023-12", "2023-11-05", "2023-12-04"),
        ("2023-Q1", "2022-12-05", "2023-03-04"),
        ("2023-Q4", "2023-09-05", "2023-12-04"),
        ("2023-H1", "2022-12-05", "2023-06-04"),
        ("2023-H2", "2023-06-05", "2023-12-04"),
        ("2023-9M", "2022-12-05", "2023-09-04"),
        ("2026", "2025-12-15", "2026-12-14"),
        ("2026-01", "2025-12-15", "2026-01-14"),
        ("2026-Q2", "2026-03-15", "2026-06-14"),
        ("2024-02-28/2024-03-01", "2024-02-28", "2024-03-01"),
    ],
)
def test_a_part_of_a_year_is_a_slice_of_the_service_window(text, first, last):
    found = parse(text).windows[SERVICE]
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_part_of_a_year_is_judged_at_the_end_of_that_year_and_a_range_at_its_own():
    assert parse("2023-03").windows[SERVICE].judged_on == date(2023, 12, 4)
    assert parse("2023-03").windows[SURVEY].judged_on == date(2023, 11, 29)
    assert parse("2023").windows[SERVICE].judged_on == date(2023, 12, 4)
    assert parse("2023-02-05/2023-03-04").windows[SERVICE].judged_on == date(2023, 3, 4)


def test_a_period_may_change_until_the_latest_day_one_of_its_windows_is_judged_on():
    assert parse("2023-03").judged_on == parse("2023").judged_on == date(2023, 12, 4)
    assert parse("2023-02-05/2023-03-04").judged_on == date(2023, 3, 4)


def test_the_other_windows_are_cut_to_the_slice():
    def days(name, which):
        found = parse(name).windows[which]
        return str(found.first), str(found.last)

    assert days("2023-01", YEAR) == ("2023-01-01", "2023-01-04")
    assert days("2023-12", YEAR) == ("2023-11-05", "2023-11-29")
    assert days("2023-12", SURVEY) == ("2023-11-05", "2023-11-29")


@pytest.mark.parametrize("year", [2023, 2024, 2026])
@pytest.mark.parametrize("name", [SERVICE, SURVEY, YEAR])
def test_the_months_of_a_year_cover_each_of_its_windows_once(year, name):
    months = [parse(month).windows[name] for month in month_names(year)]
    whole = parse(str(year)).windows[name]
    assert (months[0].first, months[-1].last) == (whole.first, whole.last)
    for before, after in zip(months, months[1:], strict=False):
        assert after.first == before.last + ONE_DAY


def test_from_to_is_every_window():
    period = parse("2023-02-01/2023-02-28")
    assert set(period.windows.values()) == {window("2023-02-01", "2023-02-28")}


def test_a_window_that_does_not_meet_another_is_left_out():
    assert window("2023-01-01", "2023-01-31").cut_to(window("2023-02-01", "2023-02-28")) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [(" 2023 ", "2023"), ("2023-q1", "2023-Q1"), ("2023-3", "2023-03"), ("2023-9m", "2023-9M")],
)
def test_a_period_has_one_spelling(text, name):
    assert parse(text).name == name


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 900))
def test_a_range_of_days_survives_its_address(first, days):
    last = min(first + timedelta(days=days), date(2099, 12, 31))
    period = parse(f"{first}/{last}")
    assert parse(period.slug) == period
    assert "/" not in period.slug


@pytest.mark.parametrize(
    "text",
    [
        "", "23", "2023-13", "2023-00", "2023-Q5", "2023-Q0", "2023-H3", "2023-8M", "2023/2024",
        "2023-02-30/2023-03-01", "2023-02-01", "năm 2023", "1999", "٢٠٢٣", "2023-01-01/2200-01-01",
    ],
)  # fmt: skip
def test_what_is_no_period_is_answered_with_examples(text):
    with pytest.raises(UnknownPeriod) as refused:
        parse(text)
    assert "2023-Q1" in str(refused.value) and "2022-12-05/2023-12-04" in str(refused.value)


def test_a_period_that_ends_before_it_begins_is_told_so():
    with pytest.raises(PeriodBackwards, match="Đổi chỗ hai ngày"):
        parse("2023-03-01/2023-02-01")

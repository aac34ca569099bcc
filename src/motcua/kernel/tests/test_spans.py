"""Days as people say them, and what cannot be read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.errors import BadInput
from motcua.kernel.spans import BadSpan, Span, SpanBackwards, parse_span, parse_two
from motcua.kernel.vntime import slashed

TODAY = date(2026, 11, 23)  # a Monday
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))


def span(first, last=None):
    return Span(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hôm nay", span("2026-11-23")),
        ("Hôm Qua", span("2026-11-22")),
        ("1/3", span("2026-03-01")),
        ("01-03-2026", span("2026-03-01")),
        ("1.3.26", span("2026-03-01")),
        ("2026-03-01", span("2026-03-01")),
        ("ngày 1 tháng 3", span("2026-03-01")),
        ("ngày 1 tháng 3 năm 2025", span("2025-03-01")),
        ("24/11", span("2025-11-24")),
        ("29/2", span("2024-02-29")),
        ("tháng 3", span("2026-03-01", "2026-03-31")),
        ("Thg 3/2025", span("2025-03-01", "2025-03-31")),
        ("tháng 03 năm 2025", span("2025-03-01", "2025-03-31")),
        ("3/2025", span("2025-03-01", "2025-03-31")),
        ("tháng 12", span("2025-12-01", "2025-12-31")),
        ("tháng 11", span("2026-11-01", "2026-11-23")),
        ("tháng này", span("2026-11-01", "2026-11-23")),
        ("tháng trước", span("2026-10-01", "2026-10-31")),
        ("quý 1/2026", span("2026-01-01", "2026-03-31")),
        ("quý I năm 2025", span("2025-01-01", "2025-03-31")),
        ("Q3", span("2026-07-01", "2026-09-30")),
        ("quý này", span("2026-10-01", "2026-11-23")),
        ("quý trước", span("2026-07-01", "2026-09-30")),
        ("tuần này", span("2026-11-23", "2026-11-23")),
        ("tuần trước", span("2026-11-16", "2026-11-22")),
        ("năm nay", span("2026-01-01", "2026-11-23")),
        ("năm ngoái", span("2025-01-01", "2025-12-31")),
        ("2025", span("2025-01-01", "2025-12-31")),
        ("6 tháng đầu năm", span("2026-01-01", "2026-06-30")),
        ("6 tháng cuối năm 2025", span("2025-07-01", "2025-12-31")),
        ("9 tháng", span("2026-01-01", "2026-09-30")),
        ("từ đầu năm đến nay", span("2026-01-01", "2026-11-23")),
        ("đầu tháng", span("2026-11-01", "2026-11-23")),
        ("7 ngày qua", span("2026-11-17", "2026-11-23")),
        ("từ 1/3 đến hôm nay", span("2026-03-01", "2026-11-23")),
        ("từ 1/3", span("2026-03-01", "2026-11-23")),
        ("1/3 - 15/3", span("2026-03-01", "2026-03-15")),
        ("từ 1/12 đến 15/1", span("2025-12-01", "2026-01-15")),
        ("từ tháng 3 đến hết tháng 5", span("2026-03-01", "2026-05-31")),
        ("tháng 11/2025 đến tháng 2", span("2025-11-01", "2026-02-28")),
        ("today", span("2026-11-23")),
        ("last month", span("2026-10-01", "2026-10-31")),
        ("from 1/3 to yesterday", span("2026-03-01", "2026-11-22")),
    ],
)
def test_days_are_read_as_people_say_them(text, found):
    assert parse_span(text, TODAY) == found


@pytest.mark.parametrize(
    "text",
    ["", "  ", "khi nào", "31/2", "tháng 13", "quý 5", "0/3", "từ 1/3 đến bao giờ", "1/3/1200",
     "0 ngày qua", "x" * 5000, "từ", "đến"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_examples(text):
    with pytest.raises(BadSpan) as refused:
        parse_span(text, TODAY)
    assert len(str(refused.value)) < 500


def test_an_end_before_its_start_is_refused_with_both_days():
    with pytest.raises(SpanBackwards) as refused:
        parse_span("từ 15/3/2026 đến 1/3/2026", TODAY)
    assert "01/03/2026" in str(refused.value) and "15/03/2026" in str(refused.value)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("1/3", "hôm nay", span("2026-03-01", "2026-11-23")),
        ("quý 1/2026", "", span("2026-01-01", "2026-03-31")),
        ("", "tháng 3", span("2026-03-01", "2026-03-31")),
        ("từ 1/3", "đến hết 31/3", span("2026-03-01", "2026-03-31")),
        ("tháng 1", "tháng 3", span("2026-01-01", "2026-03-31")),
        ("1/12", "15/1", span("2025-12-01", "2026-01-15")),
    ],
)
def test_two_boxes_make_one_span(first, last, found):
    assert parse_two(first, last, TODAY) == found


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [("mai", "", "first"), ("1/3", "mai", "last"), ("", "", "first"),
     ("1/3/2026", "1/2/2026", "last")],
)  # fmt: skip
def test_the_box_to_mend_is_named(first, last, field):
    with pytest.raises(BadInput) as refused:
        parse_two(first, last, TODAY)
    assert refused.value.field == field


@given(DAYS, DAYS, DAYS)
def test_two_whole_days_are_taken_as_written_whatever_the_day_of_asking(one, other, today):
    first, last = sorted((one, other))
    for text in (f"từ {slashed(first)} đến {slashed(last)}", f"{first} đến {last}"):
        assert parse_span(text, today) == Span(first, last)
    assert parse_two(slashed(first), f"{last:%d-%m-%Y}", today) == Span(first, last)


@given(DAYS, DAYS)
def test_a_day_without_a_year_is_the_latest_that_has_come(day, today):
    found = parse_span(f"{day.day}/{day.month}", today)
    assert (found.first.day, found.first.month) == (day.day, day.month)
    assert found.first == found.last <= today
    if (day.month, day.day) != (2, 29):
        assert today - found.first < timedelta(days=366)


@given(st.integers(1, 12), DAYS)
def test_a_month_without_a_year_has_begun_and_says_nothing_of_the_future(month, today):
    found = parse_span(f"tháng {month}", today)
    assert found.first.month == month and found.first.day == 1
    assert found.first <= found.last <= today
    assert (today - found.first).days < 366


@given(st.integers(2001, 2098), DAYS)
def test_months_and_quarters_make_up_the_year(year, today):
    for name, count in (("tháng", 12), ("quý", 4)):
        parts = [parse_span(f"{name} {n}/{year}", date(2099, 1, 1)) for n in range(1, count + 1)]
        whole = parse_span(str(year), date(2099, 1, 1))
        assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
        for before, after in zip(parts, parts[1:], strict=False):
            assert after.first - before.last == timedelta(days=1)
    assert parse_span("tuần trước", today).last < parse_span("tuần này", today).first <= today


@given(st.text(max_size=60), DAYS)
def test_nothing_typed_is_answered_by_more_than_a_span_or_a_refusal(text, today):
    try:
        found = parse_span(text, today)
    except BadInput:
        return
    assert found.first <= found.last

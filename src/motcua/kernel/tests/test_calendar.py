from datetime import date, time

import pytest

from motcua.kernel.calendar import (
    Session,
    WorkPlace,
    load_calendar,
    national_calendar,
    parse_months,
    parse_sessions,
    session_rules,
)
from motcua.kernel.errors import BadInput

CALENDAR = national_calendar()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2024, 2, 7), None),
        (date(2024, 2, 8), "Tết Giáp Thìn"),
        (date(2024, 2, 14), "Tết Giáp Thìn"),
        (date(2024, 2, 15), None),
        (date(2024, 2, 17), "thứ Bảy"),
        (date(2024, 2, 18), "Chủ nhật"),
        (date(2024, 4, 29), "Nghỉ hoán đổi"),
        (date(2024, 5, 4), None),
        (date(2026, 1, 2), "Nghỉ hoán đổi"),
        (date(2026, 1, 10), None),
        (date(2026, 8, 22), None),
        (date(2026, 8, 31), "Nghỉ hoán đổi"),
        (date(2025, 11, 24), None),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2027, 2, 10), "Tết Đinh Mùi"),
        (date(2027, 5, 3), "Nghỉ bù Quốc tế Lao động"),
    ],
)
def test_it_says_why_a_day_is_off(day, why):
    assert CALENDAR.why_off(day) == why
    assert CALENDAR.is_working(day) is (why is None)
    assert bool(CALENDAR.sessions_on(day)) is (why is None)


@pytest.mark.parametrize(
    ("year", "working"),
    [
        (2023, 260 - 11),
        (2024, 262 - 12 + 1),
        (2025, 261 - 12 + 1),
        (2026, 261 - 14 + 2),
        (2027, 261 - 12),
    ],
)
def test_each_year_has_the_working_days_counted_by_hand(year, working):
    """Weekdays of the year, less days off on weekdays, plus make-up Saturdays."""
    days = (
        date.fromordinal(n)
        for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    )
    assert sum(CALENDAR.is_working(day) for day in days) == working


def test_every_exchanged_day_has_its_make_up_saturday():
    exchanged = [day for day, name in CALENDAR.off.items() if name == "Nghỉ hoán đổi"]
    assert len(exchanged) == len(CALENDAR.make_up) == 4
    assert all(day.weekday() == 5 for day in CALENDAR.make_up)


def test_holidays_have_english_names():
    assert CALENDAR.why_off_en(date(2024, 2, 8)) == "Lunar New Year 2024"
    assert CALENDAR.why_off_en(date(2024, 2, 17)) == "Saturday"
    assert CALENDAR.why_off_en(date(2024, 2, 7)) is None
    assert set(CALENDAR.off.values()) <= set(CALENDAR.names_en)


def test_a_closure_wins_over_a_make_up_day_and_changes_the_version():
    closed = load_calendar(closures={date(2024, 5, 4): "Cúp điện toàn xã"})
    assert closed.why_off(date(2024, 5, 4)) == "Cúp điện toàn xã"
    assert closed.why_off_en(date(2024, 5, 4)) == "Cúp điện toàn xã"
    assert closed.version != CALENDAR.version


def test_the_version_is_the_content():
    assert load_calendar().version == CALENDAR.version
    assert load_calendar("hue").version != CALENDAR.version
    assert load_calendar("hue", "desk").version != load_calendar("hue", "office").version


def test_it_knows_the_years_it_knows():
    assert (CALENDAR.first_year, CALENDAR.last_year) == (2023, 2027)
    assert CALENDAR.knows(date(2027, 12, 31)) and not CALENDAR.knows(date(2028, 1, 1))


@pytest.mark.parametrize(
    ("unit", "day", "hours"),
    [
        ("desk", date(2022, 8, 31), "07:30-11:30 13:00-17:00"),
        ("office", date(2022, 8, 31), "07:30-11:30 13:00-17:00"),
        ("office", date(2022, 9, 1), "08:00-11:30 13:00-17:30"),
        ("desk", date(2022, 9, 1), "07:30-11:30 13:00-17:00"),
        ("office", date(2025, 12, 31), "08:00-11:30 13:00-17:30"),
        ("office", date(2026, 3, 31), "07:30-11:30 13:00-17:00"),
        ("office", date(2026, 4, 1), "07:30-11:30 13:30-17:30"),
        ("desk", date(2026, 9, 30), "07:30-11:30 13:30-17:30"),
        ("desk", date(2026, 10, 1), "07:30-11:30 13:00-17:00"),
    ],
)
def test_the_hours_of_hue_by_date_season_and_unit(unit, day, hours):
    assert session_rules("hue", unit).on(day) == parse_sessions(hours)


def test_each_hour_rule_has_a_source():
    assert session_rules("hue").rule_on(date(2026, 5, 5)).source == "Quyết định 4010/QĐ-UBND"


def test_unknown_hours_are_refused_in_words():
    with pytest.raises(BadInput, match="Chưa có giờ làm việc cho ngày 04/09/2018"):
        session_rules("hue").on(date(2018, 9, 4))
    with pytest.raises(BadInput, match="mars"):
        session_rules("mars", WorkPlace.DESK)


def test_hours_and_seasons_are_read_as_written():
    assert parse_sessions("07:30–11:30, 13:30-17:00") == (
        Session(time(7, 30), time(11, 30)),
        Session(time(13, 30), time(17)),
    )
    assert parse_months("10-3") == {10, 11, 12, 1, 2, 3}
    assert parse_months("4-9") == {4, 5, 6, 7, 8, 9}
    assert parse_months("1-12") == set(range(1, 13))
    assert parse_months("5") == {5}


@pytest.mark.parametrize("text", ["07:30-11:30 11:00-17:00", "13:30-17:00 07:30-11:30"])
def test_sessions_over_one_another_are_told_from_hours_that_cannot_be_read(text):
    with pytest.raises(BadInput, match="chồng nhau hoặc sai thứ tự"):
        parse_sessions(text)


@pytest.mark.parametrize("text", ["", "07:30", "7-11:00-12", "25:00-26:00"])
def test_hours_that_make_no_sense_are_refused(text):
    with pytest.raises(BadInput, match="Không đọc được giờ làm việc"):
        parse_sessions(text)


def test_a_session_ends_after_it_starts():
    with pytest.raises(BadInput, match="11:30–07:30"):
        Session(time(11, 30), time(7, 30))


@pytest.mark.parametrize("text", ["", "0-3", "4-13", "hè"])
def test_seasons_that_make_no_sense_are_refused(text):
    with pytest.raises(BadInput, match="các tháng"):
        parse_months(text)

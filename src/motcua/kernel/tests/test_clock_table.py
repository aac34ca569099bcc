"""Due times worked out by hand with a calendar on the table. Sessions 07:30–11:30, 13:30–17:00."""

from datetime import date, timedelta

import pytest

from motcua.kernel.calendar import load_calendar
from motcua.kernel.clock import Resume
from motcua.kernel.terms import Cutoff, parse_cutoff
from motcua.kernel.tests.cases import at, due_for, pause

CONTINUE, RESTART = Resume.CONTINUE, Resume.RESTART


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        # Tết Giáp Thìn, off 08/02 to 14/02/2024: Thursday 15, Friday 16, Monday 19.
        ("2024-02-07 16:10", "3 ngày làm việc", "2024-02-19 17:00"),
        ("2024-02-07 17:00", "1 ngày làm việc", "2024-02-15 17:00"),
        # After closing: received on the 15th, so the 16th is the first day.
        ("2024-02-07 17:01", "1 ngày làm việc", "2024-02-16 17:00"),
        ("2024-02-10 09:00", "1 ngày làm việc", "2024-02-16 17:00"),
        # Before opening is the same day.
        ("2024-02-15 05:00", "1 ngày làm việc", "2024-02-16 17:00"),
        # Over a weekend, from a Friday and from a Saturday.
        ("2026-11-13 08:00", "1 ngày làm việc", "2026-11-16 17:00"),
        ("2026-11-14 08:00", "1 ngày làm việc", "2026-11-17 17:00"),
        # New Year on a Monday.
        ("2023-12-29 08:00", "1 ngày làm việc", "2024-01-02 17:00"),
        # 30/4 and 1/5/2024: Monday 29 is exchanged for Saturday 04/05.
        ("2024-04-26 10:00", "1 ngày làm việc", "2024-05-02 17:00"),
        ("2024-04-26 10:00", "3 ngày làm việc", "2024-05-04 17:00"),
        ("2024-04-26 10:00", "4 ngày làm việc", "2024-05-06 17:00"),
        # 30/4 and 1/5/2025: Saturday 26/4 is worked, Friday 02/5 is not.
        ("2025-04-25 10:00", "1 ngày làm việc", "2025-04-26 17:00"),
        ("2025-04-29 10:00", "1 ngày làm việc", "2025-05-05 17:00"),
        # 24/11 is a day off from 2026 on, not before.
        ("2026-11-23 10:00", "1 ngày làm việc", "2026-11-25 17:00"),
        ("2025-11-21 10:00", "1 ngày làm việc", "2025-11-24 17:00"),
    ],
)
def test_terms_in_working_days(received, term, expected):
    assert due_for(received, term).at == at(expected)


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        # Exactly at the end of a session: due then, not after lunch.
        ("2026-11-16 10:30", "1 giờ làm việc", "2026-11-16 11:30"),
        ("2026-11-16 07:30", "4 giờ làm việc", "2026-11-16 11:30"),
        ("2026-11-16 16:00", "1 giờ làm việc", "2026-11-16 17:00"),
        # Over lunch.
        ("2026-11-16 10:45", "1 giờ làm việc", "2026-11-16 13:45"),
        ("2026-11-16 11:30", "1 giờ làm việc", "2026-11-16 14:30"),
        ("2026-11-16 12:15", "1 giờ làm việc", "2026-11-16 14:30"),
        ("2026-11-16 13:30", "1 giờ làm việc", "2026-11-16 14:30"),
        # A working day has seven and a half hours.
        ("2026-11-16 07:30", "8 giờ làm việc", "2026-11-17 08:00"),
        # Over the night, the weekend, Tết, and from outside working time.
        ("2026-11-16 17:00", "1 giờ làm việc", "2026-11-17 08:30"),
        ("2026-11-20 16:30", "1 giờ làm việc", "2026-11-23 08:00"),
        ("2024-02-07 16:10", "4 giờ làm việc", "2024-02-15 10:40"),
        ("2026-11-15 20:00", "2 giờ làm việc", "2026-11-16 09:30"),
        # Into a make-up Saturday.
        ("2024-05-03 16:30", "1 giờ làm việc", "2024-05-04 08:00"),
    ],
)
def test_terms_in_working_hours(received, term, expected):
    assert due_for(received, term).at == at(expected)


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        # Days off in between count.
        ("2026-11-02 10:00", "15 ngày", "2026-11-17 17:00"),
        ("2024-02-05 10:00", "10 ngày", "2024-02-15 17:00"),
        # The last day is a day off: the next working day.
        ("2024-02-16 10:00", "15 ngày", "2024-03-04 17:00"),
        ("2024-02-01 10:00", "10 ngày", "2024-02-15 17:00"),
        # The last day is a make-up Saturday: no rolling.
        ("2024-04-26 10:00", "8 ngày", "2024-05-04 17:00"),
        # Month ends.
        ("2023-01-31 10:00", "1 tháng", "2023-02-28 17:00"),
        ("2024-01-31 10:00", "1 tháng", "2024-02-29 17:00"),
        ("2024-02-29 10:00", "12 tháng", "2025-02-28 17:00"),
        ("2024-10-31 10:00", "1 tháng", "2024-12-02 17:00"),
        # 30/04/2023 is a Sunday, off to 03/05.
        ("2023-03-31 10:00", "1 tháng", "2023-05-04 17:00"),
        ("2024-02-15 10:00", "2 tháng", "2024-04-15 17:00"),
        # 31/01/2025 was Tết: received on Monday 03/02.
        ("2025-01-31 10:00", "1 tháng", "2025-03-03 17:00"),
    ],
)
def test_terms_in_calendar_days_and_months(received, term, expected):
    assert due_for(received, term).at == at(expected)


@pytest.mark.parametrize(
    ("received", "cutoff", "expected"),
    [
        ("2026-11-16 07:30", None, "2026-11-16 17:00"),
        ("2026-11-16 12:10", None, "2026-11-16 17:00"),
        ("2026-11-16 14:59", None, "2026-11-16 17:00"),
        ("2026-11-16 15:00", None, "2026-11-17 17:00"),
        ("2026-11-16 15:01", None, "2026-11-17 17:00"),
        ("2026-11-16 18:00", None, "2026-11-17 17:00"),
        ("2026-11-14 09:00", None, "2026-11-16 17:00"),
        ("2026-11-20 15:00", None, "2026-11-23 17:00"),
        ("2024-02-07 15:00", None, "2024-02-15 17:00"),
        ("2024-05-04 09:00", None, "2024-05-04 17:00"),
        ("2026-11-16 15:59", "close-60min", "2026-11-16 17:00"),
        ("2026-11-16 16:00", "close-60min", "2026-11-17 17:00"),
        ("2026-11-16 16:59", "none", "2026-11-16 17:00"),
        ("2026-11-16 17:01", "none", "2026-11-17 17:00"),
    ],
)
def test_same_day_terms_around_the_cut_off(received, cutoff, expected):
    given = parse_cutoff(cutoff) if cutoff else None
    assert due_for(received, "trong ngày", cutoff=given).at == at(expected)


def test_the_cut_off_is_for_what_is_due_the_same_day_only():
    fifteen = parse_cutoff("15:00")
    assert due_for("2026-11-16 15:00", "1 ngày làm việc", cutoff=fifteen).day == date(2026, 11, 17)
    assert due_for("2026-11-16 16:00", "1 giờ làm việc", cutoff=fifteen).at.hour == 17
    assert due_for("2024-02-07 16:10", "3 ngày làm việc", cutoff=fifteen).at == at(
        "2024-02-19 17:00"
    )


# Monday 16/11/2026, 5 working days: 17, 18, 19, 20, 23. Tuesday 24/11 is a day off.
@pytest.mark.parametrize(
    ("pauses", "resume", "expected"),
    [
        ([], CONTINUE, "2026-11-23"),
        # (Wed 18, Fri 20]: two working days: 25, 26.
        ([("18 10:00", "20 09:00")], CONTINUE, "2026-11-26"),
        # Within one day nothing moves.
        ([("18 08:00", "18 16:00")], CONTINUE, "2026-11-23"),
        # (Fri 20, Sun 22]: no working day.
        ([("20 10:00", "22 09:00")], CONTINUE, "2026-11-23"),
        # (Mon 23, Wed 25]: the day off does not count.
        ([("23 10:00", "25 09:00")], CONTINUE, "2026-11-25"),
        # Overlapping, touching and repeated pauses are one.
        ([("18 10:00", "19 09:00"), ("18 15:00", "20 09:00")], CONTINUE, "2026-11-26"),
        ([("19 09:00", "20 09:00"), ("18 10:00", "19 09:00")], CONTINUE, "2026-11-26"),
        ([("18 10:00", "20 09:00")] * 2, CONTINUE, "2026-11-26"),
        # Apart: (17, 18] and (19, 20]: two days.
        ([("17 10:00", "18 09:00"), ("19 10:00", "20 09:00")], CONTINUE, "2026-11-26"),
        # A pause from before the receipt counts from the receipt.
        ([("12 10:00", "17 09:00")], CONTINUE, "2026-11-25"),
        # Restart on Friday 20: 23, 25, 26, 27, 30.
        ([("18 10:00", "20 09:00")], RESTART, "2026-11-30"),
        ([("17 10:00", "17 11:00"), ("18 10:00", "20 09:00")], RESTART, "2026-11-30"),
        # Restart from a Saturday evening: Monday 23 is the day of receipt.
        ([("18 10:00", "21 20:00")], RESTART, "2026-12-01"),
        # A pause of nothing restarts nothing.
        ([("18 10:00", "18 10:00")], RESTART, "2026-11-23"),
    ],
)
def test_pauses_of_a_term_in_working_days(pauses, resume, expected):
    spans = [pause(f"2026-11-{start}", f"2026-11-{end}") for start, end in pauses]
    found = due_for("2026-11-16 09:00", "5 ngày làm việc", *spans, resume=resume)
    assert found.at == at(f"{expected} 17:00")


def test_a_pause_over_tet_moves_the_due_day_by_working_days_only():
    # 06/02, 07/02, 15/02; the pause holds 07, 15 and 16/02: 16, 19, 20.
    over_tet = pause("2024-02-06 09:00", "2024-02-16 10:00")
    assert due_for("2024-02-05 09:00", "3 ngày làm việc", over_tet).day == date(2024, 2, 20)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Four hours from 08:00 end at 14:00.
        ("16 09:00", "16 10:30", "16 15:30"),
        ("16 11:00", "16 14:00", "16 15:00"),
        ("16 11:30", "16 13:30", "16 14:00"),
        ("16 09:00", "17 09:00", "17 14:00"),
        # What lay before the receipt does not count.
        ("13 09:00", "16 09:00", "16 15:00"),
    ],
)
def test_pauses_of_a_term_in_working_hours(start, end, expected):
    paused = pause(f"2026-11-{start}", f"2026-11-{end}")
    assert due_for("2026-11-16 08:00", "4 giờ làm việc", paused).at == at(f"2026-11-{expected}")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Five days from Monday 02/11 end on Saturday 07, rolled to Monday 09.
        ("03 09:00", "03 15:00", "2026-11-09"),
        ("03 09:00", "04 09:00", "2026-11-09"),
        ("03 09:00", "06 09:00", "2026-11-10"),
    ],
)
def test_a_calendar_term_moves_by_calendar_days_and_then_rolls(start, end, expected):
    paused = pause(f"2026-11-{start}", f"2026-11-{end}")
    assert due_for("2026-11-02 09:00", "5 ngày", paused).at == at(f"{expected} 17:00")


def test_a_same_day_term_moves_by_working_days_and_restarts_past_the_cut_off():
    paused = pause("2026-11-19 09:00", "2026-11-20 15:30")
    assert due_for("2026-11-19 08:00", "trong ngày", paused).day == date(2026, 11, 20)
    restarted = due_for("2026-11-19 08:00", "trong ngày", paused, resume=RESTART)
    assert restarted.day == date(2026, 11, 23)


def test_the_end_of_the_day_follows_the_season_and_the_kind_of_unit():
    desk, office = load_calendar("hue", "desk"), load_calendar("hue", "office")
    term = "1 ngày làm việc"
    assert due_for("2023-03-01 10:00", term, calendar=desk).at == at("2023-03-02 17:00")
    assert due_for("2023-03-01 10:00", term, calendar=office).at == at("2023-03-02 17:30")
    assert due_for("2026-03-31 10:00", term, calendar=desk).at == at("2026-04-01 17:30")
    assert due_for("2026-09-30 10:00", term, calendar=desk).at == at("2026-10-01 17:00")
    an_hour_before = Cutoff(before_close=timedelta(hours=1))
    summer = due_for("2026-06-01 16:29", "trong ngày", calendar=desk, cutoff=an_hour_before)
    winter = due_for("2026-12-01 16:29", "trong ngày", calendar=desk, cutoff=an_hour_before)
    assert (summer.day, winter.day) == (date(2026, 6, 1), date(2026, 12, 2))


def test_a_local_closure_is_a_day_off():
    flood = load_calendar(closures={date(2026, 11, 17): "Nghỉ do lũ"})
    found = due_for("2026-11-16 10:00", "1 ngày làm việc", calendar=flood)
    assert found.day == date(2026, 11, 18)
    assert "Không tính thứ Ba, 17/11/2026: Nghỉ do lũ." in [line.vi for line in found.proof]

import pytest

from motcua.kernel.calendar import national_calendar
from motcua.kernel.clock import ClockState, Outcome, clock_state, extension_allowed, outcome
from motcua.kernel.terms import parse_term
from motcua.kernel.tests.cases import at

DAYS, HOURS, TODAY = "3 ngày làm việc", "4 giờ làm việc", "trong ngày"


@pytest.mark.parametrize(
    ("term", "finished", "expected"),
    [
        (DAYS, "2026-11-19 17:00", Outcome.EARLY),
        (DAYS, "2026-11-20 07:30", Outcome.ON_TIME),
        (DAYS, "2026-11-20 17:00", Outcome.ON_TIME),
        (DAYS, "2026-11-20 17:01", Outcome.LATE),
        ("15 ngày", "2026-11-19 08:00", Outcome.EARLY),
        ("2 tháng", "2026-11-19 08:00", Outcome.EARLY),
        (HOURS, "2026-11-19 17:00", Outcome.ON_TIME),
        (TODAY, "2026-11-19 17:00", Outcome.ON_TIME),
        (TODAY, "2026-11-20 17:01", Outcome.LATE),
    ],
)
def test_only_terms_in_days_can_be_finished_early(term, finished, expected):
    due_at = at("2026-11-20 17:00")
    assert outcome(term=parse_term(term), due_at=due_at, finished_at=at(finished)) is expected


@pytest.mark.parametrize(
    ("term", "due_at", "moment", "allowed"),
    [
        (DAYS, "2026-11-20 17:00", "2026-11-19 23:59", True),
        (DAYS, "2026-11-20 17:00", "2026-11-20 00:01", False),
        (DAYS, "2026-11-23 17:00", "2026-11-20 16:00", True),
        ("1 ngày làm việc", "2026-11-20 17:00", "2026-11-20 16:59", True),
        ("1 ngày làm việc", "2026-11-20 17:00", "2026-11-20 17:00", False),
        (HOURS, "2026-11-20 11:30", "2026-11-20 11:29", True),
        (TODAY, "2026-11-20 17:00", "2026-11-20 17:01", False),
        ("8 giờ làm việc", "2026-11-20 11:30", "2026-11-20 11:29", True),
        ("9 giờ làm việc", "2026-11-20 11:30", "2026-11-20 11:29", False),
        ("16 giờ làm việc", "2026-11-20 11:30", "2026-11-20 11:29", False),
        ("1 tháng", "2026-11-20 17:00", "2026-11-20 08:00", False),
    ],
)
def test_an_extension_comes_a_day_before_or_for_short_terms_before_the_moment(
    term, due_at, moment, allowed
):
    found = extension_allowed(
        term=parse_term(term), due_at=at(due_at), at=at(moment), calendar=national_calendar()
    )
    assert found is allowed


def state(term: str, now: str, due_at: str, **instants: str) -> ClockState:
    return clock_state(
        now=at(now),
        due_at=at(due_at),
        calendar=national_calendar(),
        term=parse_term(term),
        **{name: at(moment) for name, moment in instants.items()},
    )


@pytest.mark.parametrize(
    ("term", "now", "due_at", "kind", "words"),
    [
        (HOURS, "2026-11-23 10:45", "2026-11-23 11:30", "today", "Còn 45 phút · hạn 11:30"),
        # Lunch is nobody's time.
        (TODAY, "2026-11-23 10:45", "2026-11-23 17:00", "today", "Còn 4 giờ 15 phút · hạn 17:00"),
        (TODAY, "2026-11-23 17:00", "2026-11-23 17:00", "today", "Còn dưới 1 phút · hạn 17:00"),
        # Tuesday 24/11 is a day off: only Wednesday is left.
        (
            DAYS,
            "2026-11-23 10:45",
            "2026-11-25 17:00",
            "running",
            "Còn 1 ngày làm việc · hạn thứ Tư 25/11",
        ),
        (
            DAYS,
            "2026-12-30 10:45",
            "2027-01-04 17:00",
            "running",
            "Còn 2 ngày làm việc · hạn thứ Hai 04/01/2027",
        ),
        (
            HOURS,
            "2026-11-23 16:30",
            "2026-11-25 08:30",
            "running",
            "Còn 1 giờ 30 phút · hạn 08:30 thứ Tư 25/11",
        ),
        (DAYS, "2026-11-23 10:45", "2026-11-20 17:00", "late", "Quá 1 ngày · hạn 20/11"),
        (DAYS, "2026-11-21 10:45", "2026-11-20 17:00", "late", "Quá hạn 20/11"),
        (TODAY, "2026-11-20 18:00", "2026-11-20 17:00", "late", "Quá hạn 17:00"),
        (HOURS, "2026-11-20 16:30", "2026-11-20 11:30", "late", "Quá 3 giờ · hạn 11:30"),
        (HOURS, "2026-11-23 17:00", "2026-11-20 16:30", "late", "Quá 1 ngày · hạn 16:30 20/11"),
        (HOURS, "2026-11-23 08:00", "2026-11-20 16:30", "late", "Quá 1 giờ · hạn 16:30 20/11"),
    ],
)
def test_the_words_of_a_running_clock(term, now, due_at, kind, words):
    found = state(term, now, due_at)
    assert (found.kind, found.words) == (kind, words)


@pytest.mark.parametrize(
    ("term", "due_at", "words"),
    [
        (DAYS, "2026-11-25 17:00", "Tạm dừng từ 20/11, còn 2 ngày làm việc khi tiếp"),
        (DAYS, "2026-11-20 17:00", "Tạm dừng từ 20/11, còn trong ngày khi tiếp"),
        (DAYS, "2026-11-19 17:00", "Tạm dừng từ 20/11, đã quá hạn"),
        (HOURS, "2026-11-20 10:30", "Tạm dừng từ 20/11, còn dưới 1 phút khi tiếp"),
        (HOURS, "2026-11-20 10:29", "Tạm dừng từ 20/11, đã quá hạn"),
        (HOURS, "2026-11-20 15:30", "Tạm dừng từ 20/11, còn 3 giờ khi tiếp"),
    ],
)
def test_a_paused_clock_says_since_when_and_what_remains(term, due_at, words):
    found = state(term, "2026-11-23 10:45", due_at, paused_since="2026-11-20 10:30")
    assert (found.kind, found.words) == ("paused", words)


@pytest.mark.parametrize(
    ("term", "finished", "words", "words_en"),
    [
        (DAYS, "2026-11-18 15:00", "Xong trước hạn 2 ngày", "Done 2 days early"),
        (DAYS, "2026-11-20 15:00", "Xong đúng hạn", "Done on time"),
        (DAYS, "2026-11-25 09:00", "Xong trễ 2 ngày", "Done 2 days late"),
        (DAYS, "2026-11-20 17:30", "Xong trễ hạn", "Done late"),
        (HOURS, "2026-11-23 10:30", "Xong trễ 3 giờ", "Done 3 hours late"),
    ],
)
def test_a_finished_clock_says_how_it_ended(term, finished, words, words_en):
    found = state(term, "2026-11-26 08:00", "2026-11-20 17:00", finished_at=finished)
    assert (found.kind, found.words, found.words_en) == ("done", words, words_en)

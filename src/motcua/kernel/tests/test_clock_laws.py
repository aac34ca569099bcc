"""What holds of every due time, whatever the dates."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import Calendar, load_calendar
from motcua.kernel.clock import (
    Pause,
    Resume,
    add_working_time,
    due,
    next_working_moment,
    working_days,
    working_time,
)
from motcua.kernel.terms import Cutoff, Term, Unit
from motcua.kernel.vntime import VN

settings.register_profile("kernel", max_examples=120, deadline=None)
QUICK = settings.get_profile("kernel")
FLOODS = {date(2023, 10, 16): "Nghỉ do lũ", date(2023, 10, 17): "Nghỉ do lũ"}
CALENDARS = [load_calendar(), load_calendar("hue", "office", FLOODS)]

calendars = st.sampled_from(CALENDARS)
instants = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: datetime(2023, 1, 1, tzinfo=VN) + timedelta(minutes=minutes)
)
terms = st.builds(Term, st.integers(1, 30), st.sampled_from(Unit))
cutoffs = st.sampled_from(
    [None, Cutoff.NONE, Cutoff.DEFAULT, Cutoff(before_close=timedelta(hours=1))]
)
resumes = st.sampled_from(Resume)
spans = st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))
pauses = st.lists(
    st.builds(
        lambda start, minutes: Pause(start, start + timedelta(minutes=minutes)),
        instants,
        st.integers(0, 20 * 24 * 60),
    ),
    max_size=4,
)
near = st.integers(0, 30 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def in_working_time(calendar: Calendar, at: datetime) -> bool:
    ends = [session.on(at.date()) for session in calendar.sessions_on(at.date())]
    return any(start <= at <= end for start, end in ends)


def pauses_after(start: datetime, offsets: list[tuple[timedelta, timedelta]]) -> list[Pause]:
    return [Pause(start + first, start + first + length) for first, length in offsets]


offsets = st.lists(st.tuples(near, near), max_size=4)


@QUICK
@given(calendars, instants, near, terms, cutoffs)
def test_what_is_received_later_is_never_due_earlier(calendar, received, later, term, cutoff):
    first = due(received=received, term=term, calendar=calendar, cutoff=cutoff)
    second = due(received=received + later, term=term, calendar=calendar, cutoff=cutoff)
    assert first.at <= second.at


@QUICK
@given(calendars, instants, st.integers(1, 30), st.sampled_from(Unit), offsets, resumes)
def test_a_longer_term_is_never_due_earlier(calendar, received, amount, unit, held, resume):
    shorter, longer = (
        due(
            received=received,
            term=Term(number, unit),
            calendar=calendar,
            pauses=pauses_after(received, held),
            resume=resume,
        )
        for number in (amount, amount + 1)
    )
    assert shorter.at <= longer.at


@QUICK
@given(calendars, instants, spans, spans)
def test_working_time_adds_up(calendar, start, a, b):
    in_two_steps = add_working_time(calendar, add_working_time(calendar, start, a), b)
    assert in_two_steps == add_working_time(calendar, start, a + b)


@QUICK
@given(calendars, instants, spans)
def test_the_working_time_added_is_the_working_time_between(calendar, start, amount):
    assert working_time(calendar, start, add_working_time(calendar, start, amount)) == amount


@QUICK
@given(calendars, instants, near, near)
def test_working_time_between_is_additive(calendar, start, a, b):
    middle, end = start + a, start + a + b
    parts = working_time(calendar, start, middle) + working_time(calendar, middle, end)
    assert parts == working_time(calendar, start, end)


@QUICK
@given(calendars, instants)
def test_the_next_working_moment_is_the_nearest_one(calendar, at):
    moment = next_working_moment(calendar, at)
    assert in_working_time(calendar, moment)
    assert moment >= at
    assert working_time(calendar, at, moment) == timedelta(0)


@QUICK
@given(calendars, instants, terms, cutoffs, offsets, resumes)
def test_it_ends_in_working_time_after_it_started(calendar, received, term, cutoff, held, resume):
    found = due(
        received=received,
        term=term,
        calendar=calendar,
        cutoff=cutoff,
        pauses=pauses_after(received, held),
        resume=resume,
    )
    assert in_working_time(calendar, found.at)
    assert received <= found.started <= found.at
    assert found.day == found.at.date()
    if term.unit is not Unit.WORKING_HOUR:
        assert found.at == calendar.end_of(found.day)


@QUICK
@given(calendars, instants, st.integers(1, 60), offsets)
def test_a_term_in_working_days_holds_that_many_and_the_paused_ones(
    calendar, received, amount, held
):
    term = Term(amount, Unit.WORKING_DAY)
    stops = pauses_after(received, held)
    found = due(received=received, term=term, calendar=calendar, pauses=stops)
    started_on = found.started.date()
    paused = {
        day
        for stop in stops
        for day in map(date.fromordinal, range(started_on.toordinal(), stop.end.toordinal() + 1))
        if stop.start.date() < day <= stop.end.date() and day > started_on
    }
    counted = amount + sum(calendar.is_working(day) for day in paused)
    assert working_days(calendar, started_on, found.day) == counted


@QUICK
@given(calendars, instants, terms, cutoffs, st.lists(near, max_size=3), resumes)
def test_a_pause_of_nothing_changes_nothing(calendar, received, term, cutoff, moments, resume):
    nothing = pauses_after(received, [(moment, timedelta(0)) for moment in moments])
    without = due(received=received, term=term, calendar=calendar, cutoff=cutoff, resume=resume)
    found = due(
        received=received,
        term=term,
        calendar=calendar,
        cutoff=cutoff,
        pauses=nothing,
        resume=resume,
    )
    assert found == without


@QUICK
@given(calendars, instants, terms, offsets, resumes, st.randoms(use_true_random=False))
def test_pauses_count_as_their_union(calendar, received, term, held, resume, random):
    whole = pauses_after(received, held)
    pieces = []
    for stop in whole:
        cut = stop.start + (stop.end - stop.start) * random.random()
        pieces += [Pause(cut, stop.end), Pause(stop.start, cut), stop]
    random.shuffle(pieces)
    first, second = (
        due(received=received, term=term, calendar=calendar, pauses=stops, resume=resume)
        for stops in (whole, pieces)
    )
    assert first.at == second.at


@QUICK
@given(calendars, instants, terms, offsets, near, near, resumes)
def test_one_more_pause_never_brings_the_due_time_forward(
    calendar, received, term, held, first, length, resume
):
    fewer, more = (
        due(
            received=received,
            term=term,
            calendar=calendar,
            pauses=pauses_after(received, stops),
            resume=resume,
        )
        for stops in (held, [*held, (first, length)])
    )
    assert fewer.at <= more.at


@QUICK
@given(instants, terms, pauses)
def test_the_zone_an_instant_is_written_in_does_not_matter(received, term, stops):
    calendar = CALENDARS[0]
    elsewhere = [Pause(p.start.astimezone(UTC), p.end.astimezone(UTC)) for p in stops]
    here = due(received=received, term=term, calendar=calendar, pauses=stops)
    there = due(received=received.astimezone(UTC), term=term, calendar=calendar, pauses=elsewhere)
    assert here == there

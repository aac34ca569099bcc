"""Figures are facts of the window's end: an independent count over small random tables agrees."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.report import queries
from motcua.report.figures import CARRIED
from motcua.report.periods import parse
from motcua.report.tables import SOURCES
from motcua.report.tests.made import LINKAGES, dossier, save_all

FIRST, LAST = date(2023, 3, 1), date(2023, 3, 10)
PERIOD = f"{FIRST}/{LAST}"
SOME_DAYS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Made:
    """What a test knows of a dossier, apart from the table."""

    received: date
    finished: date | None
    handed: date | None
    digitised: date | None
    linkage: str
    channel: str
    ended: str
    outcome: str
    offered: bool

    @property
    def own(self) -> bool:
        return self.linkage in ("none", "same_level")

    @property
    def resolved(self) -> bool:
        return self.finished is not None and self.finished <= LAST


@st.composite
def made(draw) -> Made:
    received = FIRST + timedelta(days=draw(st.integers(-6, 14)))
    wait, keep, scan = (draw(st.none() | st.integers(0, 12)) for _ in range(3))
    finished = received + timedelta(days=wait) if wait is not None else None
    handed = finished + timedelta(days=keep) if finished and keep is not None else None
    return Made(
        received, finished, handed,
        received + timedelta(days=scan) if scan is not None else None,
        draw(st.sampled_from(LINKAGES)), draw(st.sampled_from(("counter", "online"))),
        draw(st.sampled_from("978")), draw(st.sampled_from(("early", "on_time", "late"))),
        draw(st.booleans()),
    )  # fmt: skip


def keep(rows: list[Made]) -> None:
    """The table holds these dossiers and no other."""
    facts = [
        dossier(
            one.received, one.finished, handed=one.handed, digitised=one.digitised,
            offered=one.offered, linkage=one.linkage, channel=one.channel,
            **({"finished_as": one.ended, "outcome": one.outcome} if one.finished else {}),
        )
        for one in rows
    ]  # fmt: skip
    type(dossier(FIRST)).objects.all().delete()
    save_all(facts)


def counted(rows: list[Made]) -> dict[str, int]:
    """The same figures, from their definitions, in plain Python."""
    received = [one for one in rows if FIRST <= one.received <= LAST]
    own = [one for one in received if one.own]
    resolved = [one for one in own if one.resolved]
    before = [one for one in rows if one.own and one.received < FIRST]
    handed = [one for one in rows if one.own and one.handed and FIRST <= one.handed <= LAST]
    return {
        "II.2.digitised.received": len(received),
        "II.2.linked.birth": sum(one.linkage == "group_birth" for one in received),
        "II.2.own.received": len(own),
        "II.2.own.resolved": len(resolved),
        "II.2.own.open": len(own) - len(resolved),
        "II.2.own.early": sum(one.outcome == "early" for one in resolved),
        "II.2.own.on_time": sum(one.outcome == "on_time" for one in resolved),
        "II.2.own.late": sum(one.outcome == "late" for one in resolved),
        "II.6.online.dossiers": sum(one.channel == "online" for one in resolved),
        "x.own.withdrawn": sum(one.ended == "7" for one in resolved),
        "x.own.stopped": sum(one.ended == "8" for one in resolved),
        "x.own.carried_over": sum(not one.finished or one.finished >= FIRST for one in before),
        "A.survey.dossiers": sum(one.offered for one in handed),
    }


@SOME_DAYS
@given(rows=st.lists(made(), max_size=12))
def test_the_figures_of_any_table_are_what_a_plain_count_finds(world, rows):
    keep(rows)
    found = {result.id: result for result in queries.figures_of(PERIOD)}
    expected = counted(rows)
    assert {id: found[id].value for id in expected} == expected
    share = found["II.2.digitised.share"]
    received = [one for one in rows if FIRST <= one.received <= LAST]
    scanned = sum(one.digitised is not None and one.digitised <= LAST for one in received)
    assert (share.numerator, share.denominator) == (scanned, len(received))


def test_a_dossier_finished_the_day_after_the_window_is_open_in_it(world):
    save_all([dossier(LAST, LAST + timedelta(days=1), outcome="late")])
    found = {result.id: result.value for result in queries.figures_of(PERIOD)}
    assert found["II.2.own.open"] == 1
    assert found["II.2.own.resolved"] == found["II.2.own.late"] == 0


def test_a_dossier_scanned_the_day_after_the_window_was_not_digitised_in_it(world):
    save_all([dossier(LAST, digitised=LAST + timedelta(days=1)), dossier(LAST, digitised=LAST)])
    listing = queries.records("II.2.digitised.share", PERIOD)
    assert listing.result.shown == "50"
    assert sorted(row.inside for row in listing.rows) == [False, True]


def test_what_was_open_when_the_window_began_is_carried_over_even_if_finished_that_day(world):
    before = FIRST - timedelta(days=3)
    save_all([
        dossier(before, FIRST - timedelta(days=1), code="đã xong"),
        dossier(before, FIRST, code="xong ngày đầu"),
        dossier(before, code="còn mở"),
        dossier(FIRST, code="của kỳ này"),
    ])  # fmt: skip
    rows = queries.records("x.own.carried_over", PERIOD).rows
    assert [row.label for row in rows] == ["còn mở", "xong ngày đầu"]


def test_what_is_carried_over_is_found_without_reading_all_history(world):
    """A year among many: SQLite without statistics, PostgreSQL after ANALYZE."""
    days = [FIRST - timedelta(days=n) for n in range(1, 3000)]
    save_all([dossier(day, day) for day in days] + [dossier(day) for day in days[:5]])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    source, period = SOURCES["dossiers", CARRIED], parse(PERIOD)
    found = source.rows(period.service)
    assert found.count() == 5
    plan = found.explain()
    assert plan.count("fact_by_finish_receipt") == 2, plan
    assert "fact_by_receipt" not in plan

"""Xếp lịch: a place in the year for each dossier, so that it comes out as wished. Pure.

Dossiers are late for one reason, the report's: when they were due, those who sign were away.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from random import Random

from motcua.demo.catalogue import Catalogue, in_days
from motcua.demo.hours import Hours
from motcua.demo.paths import SPOT_SHARE, Days, Path, Walker, Wish
from motcua.kernel.clock import Outcome
from motcua.kernel.terms import Unit, parse_term
from motcua.kernel.vntime import local_day
from motcua.procedures.rules import OWN, Linkage
from motcua.procedures.shipped import ProcedureRow

TRIES = 2000
SPECIALISTS = {group: group for group in ("justice", "office", "social", "land")}
KINDS = {"early": "days", "on_time": "any", "open": "days", "linked": "any"}


class NoPlace(RuntimeError):
    """No instant of the window gives what was wished. A defect: checked figures always fit."""


@dataclass(frozen=True, slots=True)
class Case:
    """A wish and the path that fulfils it."""

    wish: Wish
    path: Path

    @property
    def finished_at(self) -> datetime:
        if self.path.finished_at is None:
            raise NoPlace(self.path.row.code)
        return self.path.finished_at


class Schedule:
    """The year's days, absences and dossiers."""

    def __init__(
        self,
        hours: Hours,
        catalogue: Catalogue,
        rng: Random,
        service: tuple[date, date],
        survey_end: date,
    ) -> None:
        self.hours, self.catalogue, self.rng = hours, catalogue, rng
        self.first, self.last = service
        self.survey_end = survey_end
        self.days = Days(hours, hours.working_days(*service), rng)
        self.walker = Walker(hours, rng, SPECIALISTS)
        self.episodes: list[date] = []
        self._pools: dict[tuple[str | None, str, bool, bool], list[ProcedureRow]] = {}

    def plan_absences(self, late: int, per_episode: float, until: date) -> None:
        """Days on which both leaders leave before what was due is signed; then other absences.

        The dossiers of the last such day are finished by `until`.
        """
        days = self.days.days
        usable = [day for day in days[1:] if self.hours.next_day(day) <= until]
        wanted = min(ceil(late / per_episode), max(len(usable) // 2, 1))
        apart = [day for number, day in enumerate(usable) if number % 2 == 0]
        self.episodes = sorted(self.rng.sample(apart, min(wanted, len(apart))))
        for day in self.episodes:
            self.hours.plan_episode(day, self.rng)
        self.hours.plan_noise(days, self.rng)

    def place(self, wish: Wish) -> Case:
        """Draw procedures and instants until one fits."""
        for _ in range(TRIES):
            path = self._draw(wish)
            if path is not None and self._fits(wish, path):
                return Case(wish, path)
        raise NoPlace(f"{wish.kind}, {wish.group}")

    def _draw(self, wish: Wish) -> Path | None:
        if wish.kind == "late":
            return self._draw_late(wish)
        row = self._row(wish)
        day = self._day(wish)
        received = self.days.moment(day)
        if local_day(received) > self.last:
            return None
        if row.on_the_spot and wish.kind == "on_time" and self._on_the_spot(row):
            return self.walker.on_the_spot(row, wish, received)
        return self.walker.by_steps(row, wish, received, self._aim(wish))

    def _day(self, wish: Wish) -> date:
        if wish.kind == "open":
            return self.rng.choice(self.days.days[-20:])
        return self.days.day(self.survey_end if wish.offered else None)

    def _on_the_spot(self, row: ProcedureRow) -> bool:
        return row.steps == "on_the_spot" or self.rng.random() < SPOT_SHARE

    def _row(self, wish: Wish) -> ProcedureRow:
        if wish.kind in ("group_birth", "group_death"):
            return self.catalogue.of_group(Linkage(wish.kind))
        if wish.kind == "linked":
            row = self.catalogue.pick(self.rng, self._pool(None, "any", False, linked=True))
            wish.group = self.catalogue.group(row).value
            return row
        pool = self._pool(wish.group, KINDS[wish.kind], wish.online)
        return self.catalogue.pick(self.rng, pool)

    def _pool(
        self, group: str | None, kind: str, online: bool, linked: bool = False
    ) -> list[ProcedureRow]:
        key = (group, kind, online, linked)
        if key not in self._pools:
            linkages = (Linkage.INTER_LEVEL,) if linked else OWN
            self._pools[key] = self.catalogue.pool(group, linkages, kind=kind, online=online)
        return self._pools[key]

    def _aim(self, wish: Wish):
        """When the opinion and the signature come: on the due day, before it, or after the year."""

        def aim(path: Path) -> tuple[datetime | None, datetime | None]:
            if not in_days(path.row):
                return None, None
            day = self._signing_day(wish, path)
            assess_day = max(self.hours.day_before(day), local_day(path.last))
            assess = self._some_time(assess_day, 8, 16)
            return assess, self._some_time(day, 8, 15)

        return aim

    def _signing_day(self, wish: Wish, path: Path) -> date:
        due = path.due.day
        if wish.kind == "on_time":
            return due
        if wish.kind == "open":
            return max(due, self.hours.next_day(self.last))
        most = 3 if wish.kind == "early" else 2
        least = 1 if wish.kind == "early" else 0
        day = self.hours.day_before(due, self.rng.randint(least, most))
        return max(day, local_day(path.last))

    def _some_time(self, day: date, first: int, last: int) -> datetime:
        at = time(self.rng.randint(first, last), self.rng.randint(0, 59), self.rng.randint(0, 59))
        moment = self.hours.on(day, at)
        is_break = moment.time() != at
        return self.hours.after(moment, 40 * self.rng.random()) if is_break else moment

    def _draw_late(self, wish: Wish) -> Path | None:
        day = self.rng.choice(self.episodes)
        kind = "same_day" if self.rng.random() < 0.85 else "short_days"
        rows = self._pool(wish.group, kind, wish.online)
        row = self.catalogue.pick(self.rng, rows)
        came = self._came_on(row, day)
        if came is None:
            return None
        received = self._some_time(came, 9, 13)
        leaving = self._leaving(day)
        return self.walker.by_steps(
            row, wish, received, lambda path: (leaving, None), only_in_charge=True
        )

    def _came_on(self, row: ProcedureRow, due_on: date) -> date | None:
        """The day of receipt for which the dossier is due on the day of the absence."""
        term = parse_term(row.term)
        if term.unit is Unit.SAME_DAY:
            return due_on
        if term.unit is Unit.WORKING_DAY:
            came = self.hours.day_before(due_on, term.amount)
        else:
            came = due_on - timedelta(days=term.amount)
        fits = came >= self.first and self.hours.desk.is_working(came)
        return came if fits else None

    def _leaving(self, day: date) -> datetime:
        """The moment from which nobody is there to sign on the day."""
        noon = self.hours.on(day, time(13, 0))
        starts = [away.start for away in self.hours.away if noon <= away.start <= noon + HOUR]
        return self.hours.after(max(starts), self.rng.randint(1, 120))

    def _fits(self, wish: Wish, path: Path) -> bool:
        finished, handed = path.finished_at, path.handed_at
        if finished is None or handed is None:
            return False
        finished_on = local_day(finished)
        if wish.kind == "open":
            return finished_on > self.last
        if wish.offered and local_day(path.last) > self.survey_end:
            return False
        if wish.kind in OUTCOMES:
            if finished_on > self.last or path.outcome != wish.kind:
                return False
            return wish.kind != "late" or self._because_of_absence(path, finished)
        return path.outcome is not Outcome.LATE

    def _because_of_absence(self, path: Path, finished: datetime) -> bool:
        return any(
            away.who == path.signer and away.start < finished and away.end > path.due.at
            for away in self.hours.away
        )


HOUR = timedelta(hours=1)
OUTCOMES = frozenset({"early", "on_time", "late"})

"""Đường đi of one dossier of the demo: the instants of each act, from receipt to hand-over. Pure.

A path is tried at a receipt, and kept only when the law's own clock says the outcome wanted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from motcua.demo.hours import IN_CHARGE, Hours
from motcua.dossiers import rules
from motcua.kernel.clock import Due, Outcome, Pause
from motcua.kernel.terms import parse_cutoff, parse_term
from motcua.kernel.vntime import local_day
from motcua.procedures.shipped import ProcedureRow

OPINION = "Hồ sơ đủ điều kiện giải quyết"
SPOT_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Act:
    """One act: when, what (a verb of `build`), which post does it, and with what."""

    at: datetime
    verb: str
    who: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Wish:
    """What a dossier must come out as. `group` is the survey field of its procedure."""

    kind: str
    group: str
    officer: str
    online: bool = False
    offered: bool = False
    token: str = ""
    marks: Mapping[str, str] | None = None


@dataclass(slots=True)
class Path:
    """The acts so far of a dossier under `row`, and what they come to."""

    row: ProcedureRow
    acts: list[Act]
    due: Due
    papers: int
    signer: str = ""
    finished_at: datetime | None = None
    handed_at: datetime | None = None
    outcome: Outcome | None = None

    @property
    def last(self) -> datetime:
        return self.acts[-1].at


Aim = Callable[[Path], tuple[datetime | None, datetime | None]]


def due_of(
    row: ProcedureRow, received: datetime, hours: Hours, pauses: Sequence[Pause] = ()
) -> Due:
    """The due time as the actions will compute it."""
    return rules.due(
        started=received, term=parse_term(row.term), calendar=hours.desk, pauses=pauses,
        cutoff=parse_cutoff(row.cutoff) if row.cutoff else None,
    )  # fmt: skip


class Walker:
    """Makes the paths of one year."""

    def __init__(self, hours: Hours, rng: Random, specialists: Mapping[str, str]) -> None:
        self.hours, self.rng, self.specialists = hours, rng, specialists

    def start(self, row: ProcedureRow, wish: Wish, received: datetime) -> Path:
        papers = max(1, sum(bool(paper.get("required", True)) for paper in row.papers))
        path = Path(row, [], due_of(row, received, self.hours), papers)
        self._act(path, received, "receive", wish.officer)
        self._act(path, self._later(received, 2, 6), "scan", wish.officer, number=0)
        return path

    def on_the_spot(self, row: ProcedureRow, wish: Wish, received: datetime) -> Path:
        """Received, resolved and handed over within half an hour."""
        path = self.start(row, wish, received)
        ready = self._later(path.last, 5, 18)
        at, path.signer = self.hours.signing(ready, IN_CHARGE[wish.group], self.rng)
        self._act(path, at, "spot", wish.officer, signer=path.signer)
        self._finish(path, at)
        self._hand_over(path, wish, self._later(at, 2, 8))
        return path

    def by_steps(
        self,
        row: ProcedureRow,
        wish: Wish,
        received: datetime,
        aim: Aim,
        only_in_charge: bool = False,
    ) -> Path:
        """Through every step; `aim` says when the opinion and the signature come at the soonest."""
        path = self.start(row, wish, received)
        specialist = self.specialists[wish.group]
        assigned = self._later(path.last, 2, 8)
        self._act(path, assigned, "assign", wish.officer, to=specialist)
        self._variety(path, wish, specialist)
        assess_from, sign_from = aim(path)
        opinion = self._not_before(assess_from, self._later(path.last, 8, 35))
        self._act(path, opinion, "assess", specialist, opinion=OPINION)
        leader = IN_CHARGE[wish.group]
        self._submit(path, specialist, leader, sign_from, only_in_charge)
        self._sign(path, wish)
        return path

    def _submit(
        self, path: Path, specialist: str, leader: str, sign_from: datetime | None, only: bool
    ) -> None:
        submitted = self._later(path.last, 2, 10)
        ready = self._not_before(sign_from, self._later(submitted, 4, 30))
        at, path.signer = self.hours.signing(ready, leader, self.rng, only=only)
        waits = self.hours.back_at(path.signer, submitted) is not None
        self._act(path, submitted, "submit", specialist, to=path.signer, wait=waits)
        if self.rng.random() < 0.02 and path.signer in self.hours.present(at) and not only:
            reason = "Sửa lại câu chữ của dự thảo"
            self._act(path, at, "rework", path.signer, to=specialist, reason=reason)
            opinion = self._later(at, 5, 15)
            self._act(path, opinion, "assess", specialist, opinion="Đã sửa dự thảo")
            again = self._later(opinion, 1, 4)
            at, path.signer = self.hours.signing(self._later(again, 3, 15), path.signer, self.rng)
            waits = self.hours.back_at(path.signer, again) is not None
            self._act(path, again, "submit", specialist, to=path.signer, wait=waits)
        self._act(path, at, "approve", path.signer)

    def _sign(self, path: Path, wish: Wish) -> None:
        """What follows the signature: number, seal, result to the desk, hand-over."""
        self._act(path, self._later(path.last, 3, 12), "seal", "clerk")
        finished = self._later(path.last, 2, 7)
        self._act(path, finished, "finish", "clerk")
        self._finish(path, finished)
        collected = self._later(finished, 4, 45)
        if path.due.day > local_day(path.acts[0].at) and self.rng.random() < 0.35:
            day = self.hours.next_day(local_day(finished))
            collected = self.hours.on(day, time(8, self.rng.randint(0, 59)))
        self._hand_over(path, wish, collected)

    def _finish(self, path: Path, at: datetime) -> None:
        path.finished_at = at
        path.outcome = rules.outcome(
            term=parse_term(path.row.term), due_at=path.due.at, finished_at=at
        )

    def _hand_over(self, path: Path, wish: Wish, at: datetime) -> None:
        if path.row.fee:
            self._act(path, at, "fee", wish.officer, amount=path.row.fee)
        path.handed_at = at
        self._act(path, at, "hand", wish.officer, offer=wish.offered)
        if not wish.token:
            return
        self._act(path, at, "form", wish.officer, token=wish.token)
        if wish.marks is not None:
            soon = self.rng.random() < 0.8
            back = self._later(at, 3, 12) if soon else self._later(at, 300, 900)
            data = {"token": wish.token, "marks": wish.marks}
            path.acts.append(Act(back, "back", wish.officer, data))

    def _variety(self, path: Path, wish: Wish, specialist: str) -> None:
        """Now and then something is missing: asked for once, brought, and the term begins again."""
        long_enough = (path.due.day - local_day(path.last)).days >= 2
        if wish.kind not in ("on_time", "linked") or not long_enough or self.rng.random() > 0.05:
            return
        asked = self._later(path.last, 60, 300)
        brought = self._later(asked, 300, 1200)
        if local_day(asked) >= path.due.day:
            return
        name, reason = "Giấy tờ bổ sung (minh họa)", "Còn thiếu giấy tờ chứng minh"
        self._act(path, asked, "ask", specialist, papers=[name], reason=reason)
        self._act(path, brought, "supplement", wish.officer, paper=name)
        path.papers += 1
        self._act(path, self._later(brought, 1, 4), "scan", wish.officer, number=path.papers)
        path.due = due_of(path.row, path.acts[0].at, self.hours, (Pause(asked, brought),))

    def _act(self, path: Path, at: datetime, verb: str, who: str, **data: Any) -> None:
        path.acts.append(Act(at, verb, who, data))

    def _later(self, at: datetime, least: int, most: int) -> datetime:
        return self.hours.after(at, self.rng.randint(least, most) + self.rng.random())

    def _not_before(self, least: datetime | None, at: datetime) -> datetime:
        return at if least is None or at >= least else self.hours.after(least, 0)


class Days:
    """Which days people come on, and at what time of the day."""

    def __init__(self, hours: Hours, days: Sequence[date], rng: Random) -> None:
        self.hours, self.rng = hours, rng
        self.days = list(days)
        self.weights = [self._weight(day) for day in self.days]

    def _weight(self, day: date) -> float:
        """Mondays are full; the last days before a long holiday and the first after are empty."""
        weight = (1.3, 1.1, 1.0, 0.95, 0.9, 0.5, 0.5)[day.weekday()]
        if day.month in (6, 7, 8):
            weight *= 1.25
        near = [day + timedelta(days=step) for step in range(-6, 7)]
        is_long = sum(one in self.hours.desk.off for one in near) >= 5
        return weight * (0.4 if is_long else 1.0)

    def day(self, until: date | None = None) -> date:
        while True:
            day = self.rng.choices(self.days, self.weights)[0]
            if until is None or day <= until:
                return day

    def moment(self, day: date) -> datetime:
        """An instant of receipt: a peak in the morning, less in the afternoon."""
        draw = self.rng.random()
        if draw < 0.68:
            minutes = 450 + min(self.rng.expovariate(1 / 75), 225)
        elif draw < 0.95:
            minutes = 785 + self.rng.random() * 110
        else:
            minutes = 900 + self.rng.random() * 100
        clock = datetime.combine(day, time(0), self.hours.opening(day).tzinfo)
        return self.hours.after(clock + timedelta(minutes=minutes), 0)


__all__ = ["Act", "Days", "Path", "Walker", "Wish", "due_of"]

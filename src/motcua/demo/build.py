"""Dựng năm: the plan is played, act by act in order of time, through the doors the screens use.

Nothing here writes a fact or a flag. Each simulated day is one transaction, for speed; within it
every act is its own, as always. Days are sealed as they pass.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction

from motcua.demo.commune import Commune
from motcua.demo.entries import Entry
from motcua.demo.hours import Away
from motcua.demo.paths import Act
from motcua.demo.plan import Dossier, Plan
from motcua.demo.scans import scan
from motcua.dossiers import actions
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.rules import Channel, PaperAs, PaperIn
from motcua.journal.actions import seal_days
from motcua.kernel.vntime import VN, local_day
from motcua.papers.actions import Upload
from motcua.people import actions as people
from motcua.people.rules import AbsenceKind
from motcua.procedures.shipped import ProcedureRow
from motcua.registers import actions as registers
from motcua.registers.rules import EquipmentKind
from motcua.report.actions import close_period
from motcua.surveys import actions as surveys
from motcua.web.scope import Scope, agency_scope

PERIOD, CLOSED_AT = "2023", datetime(2023, 12, 5, 16, 30, tzinfo=VN)
ANY_PAPER = "Tờ khai theo mẫu (minh họa)"
Progress = Callable[[int, int], None]


class Event(NamedTuple):
    """Something to play: when, in which order at one instant, and how."""

    at: datetime
    order: tuple[int, int]
    play: Callable[[], None]


def paper_names(row: ProcedureRow) -> list[str]:
    """What the citizen brings: the papers that the catalogue requires, else an invented form."""
    required = [str(paper["name"]) for paper in row.papers if paper.get("required", True)]
    return required or [ANY_PAPER]


class Player:
    """Plays a plan in a commune. `progress` is told how many events are done, and of how many."""

    def __init__(self, commune: Commune, plan: Plan, progress: Progress) -> None:
        self.commune, self.plan, self.progress = commune, plan, progress
        self.found: dict[int, Any] = {}
        self.rows: dict[str, Any] = {}
        self.numbers: dict[int, int] = {}

    def play(self) -> int:
        """Play everything; return how many events there were."""
        events = sorted(self._events(), key=lambda event: event[:2])
        done = 0
        for day, of_day in groupby(events, key=lambda event: local_day(event.at)):
            today = list(of_day)
            with transaction.atomic():
                seal_days(self.commune.agency, before=day, at=today[0].at)
                for event in today:
                    event.play()
            done += len(today)
            self.progress(done, len(events))
        return done

    def _events(self) -> Iterator[Event]:
        for number, entry in enumerate(self.plan.entries):
            yield Event(entry.at, (0, number), lambda entry=entry: self._entry(entry))
        for number, away in enumerate(self.plan.hours.away):
            yield Event(
                self._noted_at(away), (1, number), lambda a=away, n=number: self._away(a, n)
            )
        for dossier in self.plan.dossiers:
            for step, act in enumerate(dossier.acts):
                yield Event(
                    act.at,
                    (2 + dossier.number, step),
                    lambda d=dossier, a=act, s=step: self._act(d, a, s),
                )
        yield Event(CLOSED_AT, (10**9, 0), self._close)

    def _noted_at(self, away: Away) -> datetime:
        """The clerk writes it down the afternoon before."""
        day = self.plan.hours.day_before(local_day(away.start))
        return self.plan.hours.closing(day) - timedelta(minutes=30)

    def _close(self) -> None:
        close_period(
            by=self.commune.officers["office"], at=CLOSED_AT, key="demo:close", period=PERIOD
        )

    def _away(self, away: Away, number: int) -> None:
        people.note_absence(
            by=self.commune.officers["clerk"], at=self._noted_at(away), key=f"demo:away:{number}",
            officer=self.commune.officers[away.who], kind=AbsenceKind(away.kind),
            start=away.start, end=away.end, note=away.note,
        )  # fmt: skip

    def _entry(self, entry: Entry) -> None:
        data = dict(entry.data)
        if "kind" in data:
            data["kind"] = EquipmentKind(data["kind"])
        act, refers_to = ENTRIES[entry.verb]
        if refers_to:
            data[refers_to] = self.rows[entry.name].pk
        row = act(
            by=self.commune.officers["office"], at=entry.at,
            key=f"demo:{entry.verb}:{entry.name}"[:80], **data,
        )  # fmt: skip
        self.rows[entry.name] = row

    def _act(self, dossier: Dossier, act: Act, step: int) -> None:
        common = {
            "by": self.commune.officers[act.who], "at": act.at,
            "key": f"demo:{dossier.number}:{step}",
        }  # fmt: skip
        data = {
            name: self.commune.officers[value] if name in ("to", "signer") else value
            for name, value in act.data.items()
        }
        if act.verb == "receive":
            self.found[dossier.number] = self._receive(dossier, common)
            return
        known = self.found[dossier.number]
        if act.verb in ("form", "back"):
            self._survey(act.verb, known, common, data)
            return
        play = getattr(self, f"_{act.verb}", None)
        if play is not None:
            play(dossier, known, common, data)
        else:
            ACTS[act.verb](dossier_id=known.pk, **common, **data)

    def _receive(self, dossier: Dossier, common: dict[str, Any]) -> Any:
        citizen = dossier.citizen
        is_file = dossier.channel == "online" and dossier.digitised
        how = PaperAs.FILE if is_file else PaperAs.PAPER
        return actions.receive(
            procedure=dossier.row.code,
            applicant=PersonIn(
                citizen.name, citizen.id_number, birth=citizen.birth, phone=citizen.phone,
                address=citizen.address,
            ),
            papers=[PaperIn(name, how) for name in paper_names(dossier.row)],
            channel=Channel(dossier.channel),
            **common,
        )  # fmt: skip

    def _scan(self, dossier: Dossier, known: Any, common: dict, data: dict) -> None:
        """Scan the papers of the receipt (number 0), or the one brought later."""
        if not dossier.digitised:
            return
        first = range(1, len(paper_names(dossier.row)) + 1)
        numbers = [data["number"]] if data["number"] else first
        scans = {n: Upload(f"{known.code}.{n}.pdf", scan(known.code, n)) for n in numbers}
        actions.attach_scans(dossier_id=known.pk, scans=scans, **common)

    def _spot(self, dossier: Dossier, known: Any, common: dict, data: dict) -> None:
        number = self._number(common["at"])
        actions.resolve_on_the_spot(dossier_id=known.pk, number=number, **common, **data)

    def _seal(self, dossier: Dossier, known: Any, common: dict, data: dict) -> None:
        number = self._number(common["at"])
        actions.number_and_seal(dossier_id=known.pk, number=number, **common)

    def _hand(self, dossier: Dossier, known: Any, common: dict, data: dict) -> None:
        actions.hand_over(dossier_id=known.pk, offer_survey=data["offer"], **common)

    def _supplement(self, dossier: Dossier, known: Any, common: dict, data: dict) -> None:
        papers = [PaperIn(data["paper"])]
        actions.take_supplement(dossier_id=known.pk, papers=papers, **common)

    def _survey(self, verb: str, known: Any, common: dict, data: dict) -> None:
        if verb == "form":
            surveys.hand_out(dossier=known, **common, **data)
        else:
            surveys.take_back(**common, **data)

    def _number(self, at: datetime) -> str:
        """The next number of the book of results of the year."""
        year = at.year
        self.numbers[year] = self.numbers.get(year, 0) + 1
        return f"{self.numbers[year]:03}/MH-{year % 100:02}"


ACTS: dict[str, Callable[..., Any]] = {
    "assign": actions.assign,
    "assess": actions.assess,
    "submit": actions.submit,
    "approve": actions.approve,
    "rework": actions.return_for_rework,
    "finish": actions.finish,
    "ask": actions.ask_supplement,
    "fee": actions.take_fee,
}
ENTRIES: dict[str, tuple[Callable[..., Any], str]] = {
    "equipment": (registers.add_equipment, ""),
    "allowance": (registers.set_allowance, ""),
    "decision": (registers.receive_decision, ""),
    "posted": (registers.post_decision, "decision_id"),
    "processes": (registers.build_processes, "decision_id"),
    "review": (registers.register_review, ""),
    "reviewed": (registers.finish_review, "review_id"),
    "petition": (registers.receive_petition, ""),
}


def seal_all(commune: Commune, *, before: date, at: datetime) -> None:
    """Seal what has passed, of every agency of the demo."""
    for agency in commune.all_agencies():
        with agency_scope(Scope(agency.pk, (agency.pk,))):
            seal_days(agency, before=before, at=at)

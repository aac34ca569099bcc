"""Hiện tại sống: the stories of today are played through the same doors, each before now."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction

from motcua.demo.build import paper_names
from motcua.demo.citizens import Citizen, citizen
from motcua.demo.commune import Commune
from motcua.demo.hours import Hours
from motcua.demo.scans import scan
from motcua.demo.stories import DAY, STORIES, Story
from motcua.demo.sums import GROUPS
from motcua.dossiers import actions
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.rules import PaperIn
from motcua.kernel.vntime import local, local_day
from motcua.papers.actions import Upload
from motcua.people import actions as people
from motcua.people import queries
from motcua.people.rules import AbsenceKind, Role
from motcua.procedures import shipped
from motcua.procedures.shipped import ProcedureRow
from motcua.surveys import actions as surveys

FIRST_CITIZEN = 900_001
OPINION = "Hồ sơ đủ điều kiện giải quyết"
MARKS = {"c1": "A", "c2": "A", "c3": "B", "c4": "A", "c5": "A"}
SPREAD = 0.85
EXTENDED_DAYS = 5


class Present:
    """Plays the stories so that all of them lie before `now`, in working hours."""

    def __init__(self, commune: Commune, now: datetime) -> None:
        self.officers = commune.officers
        self.hours = Hours(
            queries.calendar(commune.agency, "desk"), queries.calendar(commune.agency, "office")
        )
        self.rows = {row.code: row for row in shipped.catalogue("current")}
        self.now = self.hours.before(local(now), 0)
        at_desk = set(queries.officers_with(Role.DESK, on=local_day(self.now)))
        self.desk = [post for post, officer in self.officers.items() if officer in at_desk]
        self.dossiers: dict[int, Any] = {}
        self.given = 0

    @transaction.atomic
    def play(self) -> int:
        """Return how many dossiers there are."""
        self._chair_leaves()
        rng = Random(2026)
        events: list[tuple[datetime, int, int, Callable[[], None]]] = []
        for number, story in enumerate(STORIES):
            person = citizen(FIRST_CITIZEN + number, rng)
            for step, verb in enumerate(story.acts.split()):
                at = self._instant(number, story, step)
                play = self._bound(number, story, person, step, verb, at)
                events.append((at, number, step, play))
        for *_, play in sorted(events, key=lambda event: event[:3]):
            play()
        return len(STORIES)

    def _chair_leaves(self) -> None:
        """The chair has been away since this morning: what waits for that signature waits."""
        start = self.hours.before(self.now, 150)
        following = self.hours.next_day(local_day(self.now))
        people.note_absence(
            by=self.officers["clerk"], at=start, key="demo:present:away",
            officer=self.officers["chair"], kind=AbsenceKind.MEETING, start=start,
            end=self.hours.after(self.hours.opening(following), 210), note="Họp ở tỉnh",
        )  # fmt: skip

    def _instant(self, number: int, story: Story, step: int) -> datetime:
        """Evenly over the dossier's age; old ones came at different times of their day."""
        age = story.age + (number * 53 % 200 if story.age >= DAY else 0)
        count = len(story.acts.split())
        return self.hours.before(self.now, age * (1 - SPREAD * step / count))

    def _bound(
        self, number: int, story: Story, person: Citizen, step: int, verb: str, at: datetime
    ) -> Callable[[], None]:
        def play() -> None:
            key = f"demo:present:{number}:{step}"
            if verb == "receive":
                self._receive(number, story, person, at, key)
            else:
                self._act(number, story, verb, at, key)

        return play

    def _receiver(self, story: Story) -> Any:
        return self.officers[story.officer if story.officer in self.desk else self.desk[0]]

    def _specialist(self, story: Story) -> Any:
        """Of the field's own post; a colleague of the desk receives for the justice officer."""
        return self.officers[story.officer if story.officer in GROUPS else "justice"]

    def _receive(self, number: int, story: Story, person: Citizen, at: datetime, key: str) -> None:
        row = self.rows[story.code]
        self.dossiers[number] = actions.receive(
            by=self._receiver(story), at=at, key=key, procedure=row.code,
            applicant=PersonIn(
                person.name, person.id_number, birth=person.birth, phone=person.phone,
                address=person.address,
            ),
            papers=[PaperIn(name) for name in paper_names(row)],
        )  # fmt: skip

    def _act(self, number: int, story: Story, verb: str, at: datetime, key: str) -> None:
        known, row = self.dossiers[number], self.rows[story.code]
        by = {"receiver": self._receiver(story), "specialist": self._specialist(story)}
        who, act, data = self._verbs(known, row, verb, by, at)
        if verb in ("survey", "back"):
            act(by=who, at=at, key=key, **data)
        else:
            act(by=who, at=at, key=key, dossier_id=known.pk, **data)

    def _verbs(
        self, known: Any, row: ProcedureRow, verb: str, by: dict[str, Any], at: datetime
    ) -> tuple[Any, Callable[..., Any], dict[str, Any]]:
        receiver, specialist = by["receiver"], by["specialist"]
        clerk, deputy = self.officers["clerk"], self.officers["deputy"]
        made: dict[str, Callable[[], tuple[Any, Callable[..., Any], dict[str, Any]]]] = {
            "scan": lambda: (receiver, actions.attach_scans, {"scans": _scans(known, row)}),
            "assign": lambda: (receiver, actions.assign, {"to": specialist}),
            "assess": lambda: (specialist, actions.assess, {"opinion": OPINION}),
            "submit": lambda: (specialist, actions.submit, {"to": deputy}),
            "wait": lambda: (
                specialist, actions.submit, {"to": self.officers["chair"], "wait": True},
            ),
            "approve": lambda: (deputy, actions.approve, {}),
            "seal": lambda: (clerk, actions.number_and_seal, {"number": self._number(at)}),
            "finish": lambda: (clerk, actions.finish, {}),
            "spot": lambda: (
                receiver, actions.resolve_on_the_spot,
                {"signer": deputy, "number": self._number(at)},
            ),
            "fee": lambda: (receiver, actions.take_fee, {"amount": known.fee_owed}),
            "hand": lambda: (receiver, actions.hand_over, {"offer_survey": True}),
            "survey": lambda: (
                receiver, surveys.hand_out, {"dossier": known, "token": _token(known)},
            ),
            "back": lambda: (receiver, surveys.take_back, {"token": _token(known), "marks": MARKS}),
            "ask": lambda: (
                specialist, actions.ask_supplement,
                {"papers": ["Giấy tờ chứng minh (minh họa)"], "reason": "Còn thiếu giấy tờ"},
            ),
            "owe": lambda: (
                specialist, actions.ask_fee,
                {"amount": 120_000, "reason": "Phí thẩm định (minh họa)"},
            ),
            "extend": lambda: (
                deputy, actions.extend,
                {"new_due_at": self._later_date(known), "reason": "Chờ kết quả xác minh"},
            ),
            "refuse": lambda: (
                deputy, actions.refuse, {"reason": "Không đủ điều kiện theo quy định (minh họa)"},
            ),
            "withdraw": lambda: (
                receiver, actions.withdraw, {"reason": "Người nộp xin rút để nộp lại sau"},
            ),
            "stop": lambda: (
                receiver, actions.stop, {"reason": "Người nộp xin dừng giải quyết"},
            ),
        }  # fmt: skip
        return made[verb]()

    def _later_date(self, known: Any) -> datetime:
        day = local_day(known.due_at)
        for _ in range(EXTENDED_DAYS):
            day = self.hours.next_day(day)
        return self.hours.closing(day)

    def _number(self, at: datetime) -> str:
        self.given += 1
        return f"{self.given:03}/MH-{at.year % 100:02}"


def _scans(known: Any, row: ProcedureRow) -> dict[int, Upload]:
    numbers = range(1, len(paper_names(row)) + 1)
    return {n: Upload(f"{known.code}.{n}.pdf", scan(known.code, n)) for n in numbers}


def _token(known: Any) -> str:
    return f"MH{known.code[-11:].replace('-', '')}"[:12]

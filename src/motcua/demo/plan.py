"""Kế hoạch dựng năm: every dossier of the demo's year, planned before one is received. Pure.

From figures to a list of dated acts, such that playing them gives exactly those figures. The
same figures and the same seed give the same plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from motcua.demo.catalogue import Catalogue
from motcua.demo.citizens import Citizen, citizen
from motcua.demo.complete import digitised_of
from motcua.demo.entries import Entry, entries
from motcua.demo.figures import Figures
from motcua.demo.forms import INVALID_MARKS, valid_forms
from motcua.demo.hours import Hours
from motcua.demo.paths import Act, Wish
from motcua.demo.schedule import Case, Schedule
from motcua.demo.sums import ANSWERS, GROUPS, OUTCOMES
from motcua.kernel.calendar import Calendar
from motcua.procedures.shipped import FieldRow, ProcedureRow

SERVICE = (date(2022, 12, 5), date(2023, 12, 4))
SURVEY_END = date(2023, 11, 29)
YEAR = (date(2023, 1, 1), date(2023, 11, 29))
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
WEIGHTS = {"justice": 522, "social": 107, "land": 54, "office": 2}
LATE_PER_EPISODE = 1.6


@dataclass(frozen=True, slots=True)
class Dossier:
    """A planned dossier: who files what, and every act from receipt to hand-over."""

    number: int
    row: ProcedureRow
    citizen: Citizen
    channel: str
    digitised: bool
    wish: Wish
    acts: tuple[Act, ...]
    due_at: datetime
    finished_at: datetime
    signer: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the year holds. `desk` names the posts of the one-stop desk, in order."""

    figures: Figures
    catalogue: Catalogue
    desk: tuple[str, ...]
    dossiers: tuple[Dossier, ...]
    hours: Hours
    entries: tuple[Entry, ...]


def plan(
    figures: Figures,
    *,
    desk: Calendar,
    office: Calendar,
    fields: Sequence[FieldRow],
    rows: Sequence[ProcedureRow],
    seed: int = 508,
) -> Plan:
    """Plan the year. Everything is drawn from `seed`."""
    rng = Random(seed)
    hours = Hours(desk, office)
    catalogue = Catalogue(figures, fields, rows)
    posts = desk_posts(figures)
    wishes = _wishes(figures, posts, rng)
    schedule = Schedule(hours, catalogue, rng, SERVICE, SURVEY_END)
    late = [wish for wish in wishes if wish.kind == "late"]
    until = SURVEY_END if any(wish.offered for wish in late) else SERVICE[1]
    schedule.plan_absences(len(late), LATE_PER_EPISODE, until)
    cases = [schedule.place(wish) for wish in wishes]
    cases.sort(key=lambda case: case.path.acts[0].at)
    return Plan(
        figures,
        catalogue,
        posts,
        tuple(_dossiers(cases, figures, rng)),
        hours,
        tuple(entries(figures, hours.working_days(*YEAR), rng)),
    )


def desk_posts(figures: Figures) -> tuple[str, ...]:
    """Who sits at the desk: first those whom the survey rates, then the others."""
    rated = [
        group
        for group in GROUPS
        if any(figures.count(f"A.survey.c2.{group}.{answer}") for answer in ANSWERS)
    ]
    staff = figures.count("II.2.desk.staff")
    others = [*(group for group in GROUPS if group not in rated), "clerk"]
    more = [f"desk{number}" for number in range(6, staff + 1)]
    return tuple([*rated, *others, *more][:staff])


def _wishes(figures: Figures, posts: Sequence[str], rng: Random) -> list[Wish]:
    """What each dossier must come out as; those of the linked groups last."""
    own = _own_wishes(figures, posts, rng)
    groups = figures.count("II.2.linked.birth"), figures.count("II.2.linked.death")
    rest = figures.count("II.2.digitised.received") - len(own) - sum(groups)
    linked = [
        Wish(kind, "justice", _receiver("justice", posts, rng), online=True)
        for kind, count in zip(("group_birth", "group_death"), groups, strict=True)
        for _ in range(count)
    ]
    # Their group follows from the procedure that is drawn for them.
    linked += [Wish("linked", "", rng.choice(posts)) for _ in range(rest)]
    return own + linked


def _own_wishes(figures: Figures, posts: Sequence[str], rng: Random) -> list[Wish]:
    count = figures.count
    kinds = [kind for kind in OUTCOMES for _ in range(count(f"II.2.own.{kind}"))]
    on_time = [kind for kind in kinds if kind != "late"]
    rng.shuffle(on_time)
    kinds = on_time + [kind for kind in kinds if kind == "late"]
    offered = _offered(figures, posts, rng)
    weights = _field_weights(figures)
    wishes = []
    for number, kind in enumerate(kinds):
        if number < len(offered):
            wish = offered[number]
            wish.kind = kind
        else:
            group = rng.choices(list(weights), list(weights.values()))[0]
            wish = Wish(kind, group, _receiver(group, posts, rng))
        wishes.append(wish)
    for wish in _for_online(wishes, rng)[: count("II.6.online.dossiers")]:
        wish.online = True
    for _ in range(count("II.2.own.open")):
        group = rng.choices(list(weights), list(weights.values()))[0]
        wishes.append(Wish("open", group, _receiver(group, posts, rng)))
    return wishes


def _for_online(wishes: Sequence[Wish], rng: Random) -> list[Wish]:
    """In the order in which they are filed online: those on time before the late ones."""
    order = list(wishes)
    rng.shuffle(order)
    return sorted(order, key=lambda wish: wish.kind == "late")


def _field_weights(figures: Figures) -> dict[str, int]:
    found = {
        group: sum(figures.count(f"A.survey.c5.{group}.{answer}") for answer in ANSWERS)
        for group in WEIGHTS
    }
    return found if any(found.values()) else dict(WEIGHTS)


def _offered(figures: Figures, posts: Sequence[str], rng: Random) -> list[Wish]:
    """The dossiers at whose hand-over a form is offered: valid, invalid, out, declined."""
    count = figures.count
    forms = valid_forms(figures, rng)
    wishes = [Wish("", form.field, form.officer, marks=form.marks) for form in forms]
    weights = _field_weights(figures)
    for number in range(len(wishes), count("A.survey.dossiers")):
        group = rng.choices(list(weights), list(weights.values()))[0]
        wish = Wish("", group, _receiver(group, posts, rng))
        if number < count("A.survey.returned"):
            wish.marks = rng.choice(INVALID_MARKS)
        wishes.append(wish)
    for number, wish in enumerate(wishes):
        wish.offered = True
        if number < count("A.survey.sent"):
            wish.token = _token(number, rng)
    rng.shuffle(wishes)
    return wishes


def _token(number: int, rng: Random) -> str:
    """Eight letters, told apart by the number in the first four."""
    head = ""
    for _ in range(4):
        number, digit = divmod(number, len(LETTERS))
        head += LETTERS[digit]
    return head + "".join(rng.choices(LETTERS, k=4))


def _receiver(group: str, posts: Sequence[str], rng: Random) -> str:
    """Who receives it: the officer of its field, now and then a colleague of the desk."""
    others = [post for post in posts if post not in GROUPS]
    if others and rng.random() < 0.15:
        return rng.choice(others)
    return group if group in posts else rng.choice(posts)


def _dossiers(cases: Sequence[Case], figures: Figures, rng: Random) -> list[Dossier]:
    received = figures.count("II.2.digitised.received")
    digitised = digitised_of(figures.values["II.2.digitised.share"], received)
    if digitised is None:
        raise ValueError("The share was checked before")
    on_paper = sorted(range(len(cases)), key=lambda n: (cases[n].wish.online, rng.random()))
    left_out = set(on_paper[: received - digitised])
    people = _People(rng)
    return [
        Dossier(
            number, case.path.row, people.for_procedure(case.path.row.code),
            "online" if case.wish.online else "counter", number not in left_out, case.wish,
            tuple(case.path.acts), case.path.due.at, case.finished_at, case.path.signer,
        )
        for number, case in enumerate(cases)
    ]  # fmt: skip


class _People:
    """The citizens who come. Some come again, but never twice for the same procedure."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.known: list[tuple[Citizen, set[str]]] = []

    def for_procedure(self, code: str) -> Citizen:
        if self.known and self.rng.random() < 0.3:
            found, came_for = self.rng.choice(self.known)
            if code not in came_for:
                came_for.add(code)
                return found
        found = citizen(len(self.known) + 1, self.rng)
        self.known.append((found, {code}))
        return found


__all__ = ["SERVICE", "SURVEY_END", "YEAR", "Dossier", "Plan", "desk_posts", "plan"]

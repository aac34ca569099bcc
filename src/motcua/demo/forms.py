"""Phiếu khảo sát of the demo: answers for each form, so that every margin of the annex holds. Pure.

By official and by field are independent margins of the same forms: forms are dealt out to pairs
(official, field), on their own field as far as both margins allow, and answers to each side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from motcua.demo.figures import Figures
from motcua.demo.sums import ANSWERS, GROUPS

INVALID_MARKS = ({"c1": "A", "c2": "A", "c3": "B", "c4": "A"}, {"c1": "AB", "c2": "A", "c3": "A"})


@dataclass(frozen=True, slots=True)
class Form:
    """A collected form: who received the dossier, its field, and the letters that were ticked."""

    officer: str
    field: str
    marks: Mapping[str, str]


def valid_forms(figures: Figures, rng: Random) -> list[Form]:
    """One form for each valid one of the annex, in no order."""
    pairs = _pairs(figures)
    rng.shuffle(pairs)
    by_officer = _dealt(pairs, 0, _answers(figures, "c2", rng))
    by_field = _dealt(pairs, 1, _answers(figures, "c5", rng))
    free = {name: _letters(figures, f"A.survey.{name}", rng) for name in ("c1", "c3", "c4")}
    forms = [
        Form(
            officer,
            field,
            {
                "c1": free["c1"][number],
                "c2": by_officer[number],
                "c3": free["c3"][number],
                "c4": free["c4"][number],
                "c5": by_field[number],
            },
        )
        for number, (officer, field) in enumerate(pairs)
    ]
    rng.shuffle(forms)
    return forms


def _pairs(figures: Figures) -> list[tuple[str, str]]:
    officers = {group: _total(figures, "c2", group) for group in GROUPS}
    fields = {group: _total(figures, "c5", group) for group in GROUPS}
    pairs: list[tuple[str, str]] = []
    for group in GROUPS:
        both = min(officers[group], fields[group])
        pairs += [(group, group)] * both
        officers[group] -= both
        fields[group] -= both
    rest_of_officers = [group for group in GROUPS for _ in range(officers[group])]
    rest_of_fields = [group for group in GROUPS for _ in range(fields[group])]
    return pairs + list(zip(rest_of_officers, rest_of_fields, strict=True))


def _total(figures: Figures, criterion: str, group: str) -> int:
    return sum(figures.count(f"A.survey.{criterion}.{group}.{answer}") for answer in ANSWERS)


def _answers(figures: Figures, criterion: str, rng: Random) -> dict[str, list[str]]:
    return {
        group: _letters(figures, f"A.survey.{criterion}.{group}", rng, mix=False)
        for group in GROUPS
    }


def _letters(figures: Figures, name: str, rng: Random, mix: bool = True) -> list[str]:
    letters = [a for a in ANSWERS for _ in range(figures.count(f"{name}.{a}"))]
    if mix:
        rng.shuffle(letters)
    return letters


def _dealt(pairs: list[tuple[str, str]], side: int, answers: Mapping[str, list[str]]) -> list[str]:
    left = {group: list(letters) for group, letters in answers.items()}
    return [left[pair[side]].pop() for pair in pairs]

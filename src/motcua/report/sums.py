"""Phép kiểm: sums that the figures of a report must satisfy, as data. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

OFFICIALS = ("justice", "office", "social", "land")
FIELDS = ("justice", "land", "social", "office")
LETTERS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures `parts` add up to the figure `total`."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A sum with its numbers: parts in order, what they add up to, what the total says."""

    sum: Sum
    parts: tuple[int, ...]
    total: int

    @property
    def holds(self) -> bool:
        return sum(self.parts) == self.total


def _survey() -> Iterator[Sum]:
    yield Sum("A.survey.returned", ("A.survey.valid", "A.survey.invalid"))
    for number in range(1, 6):
        name = f"A.survey.c{number}"
        yield Sum("A.survey.valid", tuple(f"{name}.{letter}" for letter in LETTERS))
    for name, groups in (("A.survey.c2", OFFICIALS), ("A.survey.c5", FIELDS)):
        for letter in LETTERS:
            yield Sum(f"{name}.{letter}", tuple(f"{name}.{one}.{letter}" for one in groups))


SUMS = (
    Sum("II.2.own.received", ("II.2.own.resolved", "II.2.own.open")),
    Sum("II.2.own.resolved", ("II.2.own.early", "II.2.own.on_time", "II.2.own.late")),
    *_survey(),
)


def checked(values: Mapping[str, int]) -> list[Checked]:
    """The sums whose every figure has a whole number among `values`."""
    return [
        Checked(one, tuple(values[id] for id in one.parts), values[one.total])
        for one in SUMS
        if one.total in values and all(id in values for id in one.parts)
    ]


def whole_of(figure_id: str) -> str:
    """The figure of which this one is a part, or ""."""
    return next((one.total for one in SUMS if figure_id in one.parts), "")

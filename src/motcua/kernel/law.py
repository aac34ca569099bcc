"""Values that the law fixes, and the day each version takes effect (hiệu lực)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value the law fixes, by the first day each version is in force.

    `source` names the rule as a whole; `sources` the text behind single versions.
    """

    source: str
    values: Mapping[date, T]
    sources: Mapping[date, str] = field(default_factory=dict)

    def since(self, day: date) -> date:
        """Return the day the version in force on `day` began. LookupError before the first."""
        effective = [start for start in self.values if start <= day]
        if not effective:
            raise LookupError(f"{self.source}: nothing in force on {day}")
        return max(effective)

    def on(self, day: date) -> T:
        """Return the value in force on `day`. LookupError before the first version."""
        return self.values[self.since(day)]

    def source_on(self, day: date) -> str:
        """Return the legal source of the version in force on `day`."""
        return self.sources.get(self.since(day), self.source)

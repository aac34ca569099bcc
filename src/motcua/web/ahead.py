"""What is to be done before the day's work: rooms beside the desk meet its first page here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Ahead:
    """A line above the day's work: how much is left (said in words), and the page to do it on."""

    words: str
    label: str
    url: str


Asker = Callable[[Any, datetime], Ahead | None]
_askers: dict[str, Asker] = {}


def offer(room: str, asker: Asker) -> None:
    """From now on this room is asked for a line, for an officer at an instant; once a room."""
    _askers[room] = asker


def lines(officer: Any, at: datetime) -> list[Ahead]:
    """The lines for this officer; most have none."""
    return [line for asker in _askers.values() if (line := asker(officer, at)) is not None]

"""Short ways to write instants and due times in the tests of the clock."""

from datetime import datetime

from motcua.kernel.calendar import Calendar, national_calendar
from motcua.kernel.clock import Due, Pause, Resume, due
from motcua.kernel.terms import Cutoff, parse_term
from motcua.kernel.vntime import VN


def at(text: str) -> datetime:
    """Read "2024-02-07 16:10" in Vietnamese time."""
    return datetime.fromisoformat(text).replace(tzinfo=VN)


def pause(start: str, end: str) -> Pause:
    return Pause(at(start), at(end))


def due_for(
    received: str,
    term: str,
    *pauses: Pause,
    calendar: Calendar | None = None,
    cutoff: Cutoff | None = None,
    resume: Resume = Resume.CONTINUE,
) -> Due:
    return due(
        received=at(received),
        term=parse_term(term),
        calendar=calendar or national_calendar(),
        cutoff=cutoff,
        pauses=pauses,
        resume=resume,
    )


def words(found: Due) -> str:
    return "\n".join(line.vi for line in found.proof)

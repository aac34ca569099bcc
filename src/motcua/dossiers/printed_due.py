"""The due time that another system printed: kept as printed, moved only by pauses here."""

from datetime import datetime
from typing import Any

from motcua.dossiers import rules
from motcua.kernel.clock import Due
from motcua.kernel.proof import ProofLine
from motcua.kernel.terms import parse_term
from motcua.kernel.vntime import clock_words, local_day, slashed
from motcua.people import queries as people
from motcua.procedures import queries as procedures


def printed_due(dossier: Any) -> Due | None:
    """The first due time of a dossier brought in with one that is not ours; None for all others."""
    text = (dossier.origin or {}).get("due")
    if not text:
        return None
    printed, pauses = datetime.fromisoformat(text), rules.pauses_of(dossier.pauses)
    vi, en = f"Hẹn trả ghi trong tệp nhập: {_words(printed)}.", f"As imported: {_words(printed)}."
    proof = [ProofLine(vi, en)]
    at = _moved(dossier, printed, pauses) if pauses else printed
    if at != printed:
        vi, en = f"Dời theo thời gian tạm dừng: {_words(at)}.", f"Moved by pauses: {_words(at)}."
        proof.append(ProofLine(vi, en))
    return Due(at=at, day=local_day(at), proof=tuple(proof), started=dossier.started_at)


def _moved(dossier: Any, printed: datetime, pauses: tuple[Any, ...]) -> datetime:
    """As far as the pauses would move our own due time."""
    calendar, term = people.calendar(dossier.agency), parse_term(dossier.term)
    cutoff = procedures.version(dossier.version_id).parsed_cutoff
    plain, late = (
        rules.due(
            started=dossier.started_at, term=term, cutoff=cutoff, calendar=calendar, pauses=which
        )
        for which in ((), pauses)
    )
    return rules.moved_promise(
        printed, before=plain.at, after=late.at, term=term, calendar=calendar
    )


def _words(at: datetime) -> str:
    return f"{clock_words(at)} {slashed(local_day(at))}"

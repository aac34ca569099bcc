"""Who gave a dossier to whom, and when: the rows of form 06, read off the journal. Pure.

Handing on in the system gives and takes in one act, except where a group takes it (the clerks):
there the first of them to act is who took it. The result column is judged once, for the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from motcua.dossiers import undoing
from motcua.dossiers.rules import ACTS
from motcua.kernel.clock import Outcome
from motcua.papers.pdf import Hop, moment_short
from motcua.people.rules import Role

RESULTS = {
    Outcome.EARLY: "Trước hạn",
    Outcome.ON_TIME: "Đúng hạn",
    Outcome.LATE: "Quá hạn",
}
PASSED_ON = {"assign": Role.SPECIALIST, "return_for_rework": Role.SPECIALIST, "submit": Role.LEADER}
TO_DESK = ("finish", "refuse")
NOTED = (
    "ask_supplement", "take_supplement", "ask_fee", "take_fee", "extend", "return_for_rework",
    "refuse", "resolve_on_the_spot", "withdraw", "stop", "correct", "refiled",
)  # fmt: skip


class Happened(Protocol):
    """What is read of a journal event."""

    verb: str
    at: datetime
    by: Any
    data: Any


def trail(events: Sequence[Happened], *, desk: str, filer: str, received_by: str) -> Iterable[Hop]:
    """The hand-overs of a dossier, oldest first, from its events in order.

    `desk` names the one-stop desk, `filer` who brought the dossier, `received_by` the officer.
    """
    hops: list[Hop] = []
    for event in undoing.standing(events):
        verb, when, name = event.verb.removeprefix("dossier."), moment_short(event.at), _name(event)
        if verb == "received":
            hops.append(_hop(desk, when, filer, name))
        elif verb == "imported":
            hops.append(_hop(desk, _received(event), filer, received_by))
        elif verb in PASSED_ON:
            hops.append(_hop(PASSED_ON[verb].vi, when, name, event.data["to_name"]))
        elif verb == "approve":
            hops.append(Hop(unit=Role.CLERK.vi, given_at=when, giver=name))
        elif verb == "number_and_seal" and hops:
            hops[-1] = replace(hops[-1], taken_at=when, taker=name)
        elif verb in TO_DESK:
            hops.append(_hop(desk, when, name, received_by))
        elif verb == "hand_over":
            hops.append(_hop("Người nộp hồ sơ", when, name, event.data.get("to") or filer))
        if hops:
            hops[-1] = _marked(hops[-1], event, verb)
    return hops


def _received(event: Happened) -> str:
    """When the other system took an imported dossier in."""
    return moment_short(datetime.fromisoformat(event.data["received_at"]))


def _name(event: Happened) -> str:
    return event.by.name if event.by else ""


def _hop(unit: str, when: str, giver: str, taker: str) -> Hop:
    return Hop(unit=unit, given_at=when, taken_at=when, giver=giver, taker=taker)


def _marked(hop: Hop, event: Happened, verb: str) -> Hop:
    """The hop with what happened while its taker held the dossier, and the result at the end."""
    if verb in NOTED:
        label = ACTS["refile" if verb == "refiled" else verb].vi
        note = f"{label}: {moment_short(event.at)}"
        hop = replace(hop, note="; ".join(filter(None, (hop.note, note))))
    if "outcome" in event.data:
        hop = replace(hop, result=RESULTS[Outcome(event.data["outcome"])])
    return hop

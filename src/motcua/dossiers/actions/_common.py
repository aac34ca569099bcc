"""What every action on an existing dossier does: lock, check, move, record, keep the fact."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import facts, queries, refusals, rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ACTS, Phase, State
from motcua.journal import queries as journal
from motcua.journal.actions import check_clock, record
from motcua.kernel.labelled import Labelled
from motcua.kernel.terms import Term, parse_term
from motcua.kernel.vntime import local, local_day
from motcua.people import permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.procedures import queries as procedures
from motcua.web import prepared, scope
from motcua.web.prepared import Asked, slots

HEAD = ("journal_seq", "journal_hash", "journal_at")
_locked = Asked(
    lambda: Dossier.across_agencies.select_for_update(of=("self",)).filter(
        **slots(Dossier, "agency", "id")
    )
)


def locked(dossier_id: UUID, act: str, *, by: Any, at: datetime, seen: int | None) -> Dossier:
    """The dossier, locked; refused unless `by` may do `act` to it now.

    `seen` is the journal sequence the officer looked at: a later one means that somebody else
    changed the dossier meanwhile.
    """
    dossier = _locked.first(id=dossier_id)
    if dossier is None:
        raise Dossier.DoesNotExist
    dossier.version = procedures.version(dossier.version_id)
    permissions.require(by, *ACTS[act].roles, at=at)
    if seen is not None and seen != dossier.journal_seq:
        raise _changed(dossier)
    check_clock(dossier, by=by, at=at)  # before anything is computed with a time gone back
    _check_act(dossier, act)
    dossier.as_found = columns(dossier)
    return dossier


def columns(dossier: Dossier) -> dict[str, Any]:
    """The dossier's columns but those of its journal, as JSON holds them."""
    return {
        field.attname: json_value(getattr(dossier, field.attname))
        for field in dossier._meta.concrete_fields
        if not field.attname.startswith("journal_")
    }


def json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Labelled) else value


def _changed(dossier: Dossier) -> refusals.Changed:
    last = journal.events_of(dossier).last()
    who = last.by.name if last and last.by else "Người khác"
    return refusals.Changed(who=who, at=f"{local(dossier.journal_at):%H:%M}")


def _check_act(dossier: Dossier, act: str) -> None:
    state, phase = State(dossier.state), Phase(dossier.phase)
    if not rules.allowed(act, state, phase):
        raise refusals.MoveNotAllowed(
            code=dossier.code, state=state.label, phase=phase.label.lower(),
            act=ACTS[act].label.lower(),
        )  # fmt: skip


def check_holder(dossier: Dossier, by: Any, at: datetime) -> None:
    """Only the officer who holds the dossier works on it; a leader may step in."""
    if dossier.holder_id == by.pk or by.has_role(Role.LEADER, on=local_day(at)):
        return
    raise refusals.NotHolder(code=dossier.code, holder=dossier.holder or "người khác")


def check_counter(dossier: Dossier, by: Any, at: datetime) -> None:
    """What concerns the citizen may be done by whoever is at the desk, besides the holder."""
    if not by.has_role(Role.DESK, on=local_day(at)):
        check_holder(dossier, by, at)


def check_signer(dossier: Dossier, by: Any, at: datetime) -> None:
    """The leader to whom it was submitted signs, or who may stand in for that one now."""
    if dossier.holder_id != by.pk and dossier.holder_id not in people.signs_for(by, at):
        raise refusals.NotHolder(code=dossier.code, holder=dossier.holder or "lãnh đạo khác")


def is_ours(officer: Any) -> bool:
    """Whether the officer is of the agency in scope: nobody else is given a dossier of it."""
    return bool(officer.agency_id == scope.current().agency_id)


def need_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise refusals.ReasonMissing(field="reason")
    return reason


def term_of(dossier: Dossier) -> Term:
    return parse_term(dossier.term)


def recompute_due(dossier: Dossier) -> None:
    """Move both due times by the pauses that ended (the first one never by an extension)."""
    before = dossier.first_due_at
    dossier.first_due_at = queries.proof_of_due(dossier).at
    if dossier.extensions == 0:
        dossier.due_at = dossier.first_due_at
    else:
        dossier.due_at = rules.moved_promise(
            dossier.due_at, before=before, after=dossier.first_due_at, term=term_of(dossier),
            calendar=people.calendar(dossier.agency),
        )  # fmt: skip


def note_lateness(dossier: Dossier, at: datetime) -> None:
    """Remember in which phase the first due time passed: that is the cause by step."""
    if not dossier.late_phase and not dossier.paused and at > dossier.first_due_at:
        dossier.late_phase = dossier.phase


def enter(dossier: Dossier, *, state: State, phase: Phase, at: datetime) -> None:
    """Move to `state` and `phase`; the step follows the phase."""
    steps = dossier.version.step_list
    start = 0 if phase is Phase.ASSESSING else dossier.step
    index = rules.step_index(steps, phase, start)
    if index != dossier.step or phase != dossier.phase:
        dossier.step_since = at
    dossier.state, dossier.phase, dossier.step = state, phase, index
    role = rules.next_role(state, phase)
    dossier.holder_role = role or ""


def close(dossier: Dossier, *, state: State, at: datetime) -> dict[str, Any]:
    """Finish: fix the outcomes against the first and the promised due time."""
    term = term_of(dossier)
    dossier.finished_at = at
    outcome = rules.outcome(term=term, due_at=dossier.first_due_at, finished_at=at)
    promised = rules.outcome(term=term, due_at=dossier.due_at, finished_at=at)
    dossier.outcome = outcome
    enter(dossier, state=state, phase=Phase.CLOSED, at=at)
    return {
        "finished_on": local_day(at).isoformat(),
        "finished_as": state.value,
        "outcome": outcome.value,
        "outcome_promised": promised.value,
        "late_phase": dossier.late_phase if outcome is rules.Outcome.LATE else "",
    }


def keep(
    dossier: Dossier, *, verb: str, by: Any, at: datetime, key: str, data: dict[str, Any]
) -> Dossier:
    """Record the event, save the dossier and its fact: the last lines of every action.

    The event keeps what each changed column held before (`before`), so that it can be undone.
    """
    now = columns(dossier)
    data["before"] = {name: old for name, old in dossier.as_found.items() if now[name] != old}
    event = record(dossier, verb=f"dossier.{verb}", by=by, at=at, key=key, data=data)
    prepared.update(dossier, [*data["before"], *HEAD])
    facts.follow(event)
    return dossier

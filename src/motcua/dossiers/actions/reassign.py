"""An officer transferred (chuyển giao): all that one officer holds goes to another in one act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers import after, facts, refusals
from motcua.dossiers.actions._common import columns, is_ours, need_reason
from motcua.dossiers.models import Dossier
from motcua.journal.actions import action, record
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people.rules import Role


@dataclass(frozen=True, slots=True)
class Move:
    """Where one dossier goes; `to` is None when neither officer may take it."""

    dossier: Dossier
    to: Any


def plan(*, officer: Any, to: Any, second: Any = None, at: datetime) -> list[Move]:
    """What `reassign_all` would do with each dossier that `officer` holds."""
    return _planned(list(after.held_by(officer)), to, second, at)


def _planned(held: list[Dossier], to: Any, second: Any, at: datetime) -> list[Move]:
    takers = [one for one in (to, second) if one is not None]
    return [Move(one, next((t for t in takers if _may_take(t, one, at)), None)) for one in held]


def _may_take(officer: Any, dossier: Dossier, at: datetime) -> bool:
    """Of this agency, with the role that must act next that day, in the dossier's field."""
    if not is_ours(officer):
        return False
    role = Role(dossier.holder_role or Role.DESK)
    field = dossier.version.field.code
    return bool(officer.has_role(role, on=local_day(at), field=field))


@action("officer.dossiers-reassigned")
def reassign_all(
    *,
    by: Any,
    at: datetime,
    key: str,
    officer: Any,
    to: Any,
    reason: str,
    second: Any = None,
) -> Any:
    """Give all that `officer` holds to `to`, and what `to` may not take to `second`.

    By a leader or administrator. One transaction; each dossier has its event. What neither may
    take stays where it is. Returns the officer.
    """
    permissions.require(by, Role.LEADER, Role.ADMINISTRATOR, at=at)
    if officer.pk in (to.pk, getattr(second, "pk", None)):
        raise refusals.NobodyToTakeOver(name=officer.name, field="to")
    text = nfc(need_reason(reason))
    giver = type(officer).objects.select_for_update().get(pk=officer.pk)
    held = list(after.held_by(giver).select_for_update(of=("self",)))
    moves = [move for move in _planned(held, to, second, at) if move.to is not None]
    if not moves:
        raise refusals.NothingToReassign(name=officer.name, to=to.name)
    for move in moves:
        _give(move, text, by=by, at=at)
    data = {
        "reason": text, "to": str(to.pk), "second": str(second.pk) if second else None,
        "moved": len(moves), "left": len(held) - len(moves),
    }  # fmt: skip
    record(giver, verb="officer.dossiers-reassigned", by=by, at=at, key=key, data=data)
    giver.save(update_fields=["journal_seq", "journal_hash", "journal_at"])
    return giver


def _give(move: Move, reason: str, *, by: Any, at: datetime) -> None:
    dossier = move.dossier
    before = columns(dossier)["holder_id"]
    dossier.holder = move.to
    data = {
        "to": str(move.to.pk), "to_name": move.to.name, "reason": reason,
        "before": {"holder_id": before},
    }  # fmt: skip
    event = record(dossier, verb="dossier.reassigned", by=by, at=at, key=None, data=data)
    dossier.save(update_fields=["holder", "journal_seq", "journal_hash", "journal_at"])
    facts.follow(event)

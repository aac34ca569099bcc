"""The work between reception and result: assign, assess, submit, approve, number and seal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import refusals
from motcua.dossiers.actions._common import (
    check_holder,
    check_signer,
    close,
    enter,
    is_ours,
    keep,
    locked,
    need_reason,
    note_lateness,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Phase, ResultKind, State
from motcua.journal.actions import action
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local, local_day
from motcua.kernel.words import say
from motcua.people import queries as people
from motcua.people.rules import AbsenceKind, Role
from motcua.procedures.rules import StepKind


@action("dossier.assign")
def assign(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, to: Any, seen: int | None = None
) -> Dossier:
    """Send the dossier to the specialist `to` (chuyển xử lý, NĐ 118/2025/NĐ-CP Đ.18.2)."""
    dossier = locked(dossier_id, "assign", by=by, at=at, seen=seen)
    check_holder(dossier, by, at)
    check_specialist(to, at, field=dossier.version.field.code)
    note_lateness(dossier, at)
    enter(dossier, state=State.IN_PROGRESS, phase=Phase.ASSESSING, at=at)
    dossier.holder = to
    data = {"to": str(to.pk), "to_name": to.name}
    return keep(dossier, verb="assign", by=by, at=at, key=key, data=data)


def check_specialist(to: Any, at: datetime, field: str = "") -> None:
    """Nobody else could go on with it: our specialist that day, of this field if of some only."""
    if not (is_ours(to) and to.has_role(Role.SPECIALIST, on=local_day(at), field=field)):
        raise refusals.NotASpecialist(name=to.name, day=f"{local_day(at):%d/%m/%Y}", field="to")


@action("dossier.assess")
def assess(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    opinion: str,
    grant: bool = True,
    seen: int | None = None,
) -> Dossier:
    """Record the specialist's opinion: grant the result, or propose to refuse it (`grant`)."""
    dossier = locked(dossier_id, "assess", by=by, at=at, seen=seen)
    check_holder(dossier, by, at)
    note_lateness(dossier, at)
    steps = dossier.version.step_list
    more = dossier.step + 1 < len(steps) and steps[dossier.step + 1].kind is StepKind.ASSESS
    if more:
        dossier.step += 1
        dossier.step_since = at
    else:
        enter(dossier, state=State.IN_PROGRESS, phase=Phase.ASSESSED, at=at)
    data = {"opinion": nfc(need_reason(opinion)), "grant": grant}
    return keep(dossier, verb="assess", by=by, at=at, key=key, data=data)


@action("dossier.submit")
def submit(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    to: Any = None,
    wait: bool = False,
    seen: int | None = None,
) -> Dossier:
    """Submit to a leader for approval (trình ký): to `to`, or to the first one present.

    Refused when the leader is away, unless the officer says to `wait` for the return; waiting
    never stops the clock.
    """
    dossier = locked(dossier_id, "submit", by=by, at=at, seen=seen)
    check_holder(dossier, by, at)
    signer = _signer(to, at=at, wait=wait)
    note_lateness(dossier, at)
    enter(dossier, state=State.IN_PROGRESS, phase=Phase.SIGNING, at=at)
    dossier.holder = signer
    data = {"to": str(signer.pk), "to_name": signer.name, "waiting": wait}
    return keep(dossier, verb="submit", by=by, at=at, key=key, data=data)


def _signer(to: Any, *, at: datetime, wait: bool) -> Any:
    if to is not None:
        check_leader(to, at, "to")
    present, away = people.present_leaders(at)
    if to is not None and (wait or to in present):
        return to
    if to is None and present:
        return present[0]
    if to is None and wait and away:
        return away[0].officer
    rows = [a for a in away if to is None or a.officer_id == to.pk]
    raise refusals.AbsentSignatory(away="; ".join(_until(a) for a in rows) or "chưa có lãnh đạo")


def check_leader(who: Any, at: datetime, field: str) -> None:
    """Only a leader of this agency signs; `field` is the argument that named the officer."""
    if not (is_ours(who) and who.has_role(Role.LEADER, on=local_day(at))):
        raise refusals.NotALeader(name=who.name, day=f"{local_day(at):%d/%m/%Y}", field=field)


def _until(absence: Any) -> str:
    kind = AbsenceKind(absence.kind).label.lower()
    words = say("{name} {kind} đến {until}")
    until = f"{local(absence.end):%H:%M %d/%m}"
    return words.format(name=absence.officer.name, kind=kind, until=until)


def check_present(by: Any, at: datetime) -> None:
    """A leader who is recorded away does not sign at that moment."""
    absence = people.absence_at(by.pk, at)
    if absence is not None:
        raise refusals.SignerAway(
            name=by.name, kind=AbsenceKind(absence.kind).label.lower(),
            until=f"{local(absence.end):%H:%M %d/%m/%Y}",
        )  # fmt: skip


@action("dossier.approve")
def approve(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, seen: int | None = None
) -> Dossier:
    """Approve (ký duyệt): the record of the decision; a digital signature comes with papers."""
    dossier = locked(dossier_id, "approve", by=by, at=at, seen=seen)
    check_signer(dossier, by, at)
    check_present(by, at)
    note_lateness(dossier, at)
    data = {"signer": by.name, "for": str(dossier.holder_id)}
    enter(dossier, state=State.IN_PROGRESS, phase=Phase.APPROVED, at=at)
    dossier.signer, dossier.holder = by, None
    return keep(dossier, verb="approve", by=by, at=at, key=key, data=data)


@action("dossier.return_for_rework")
def return_for_rework(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    to: Any,
    reason: str,
    seen: int | None = None,
) -> Dossier:
    """Return the draft to the specialist `to`, with the reason. The clock goes on."""
    dossier = locked(dossier_id, "return_for_rework", by=by, at=at, seen=seen)
    check_signer(dossier, by, at)
    text = nfc(need_reason(reason))
    check_specialist(to, at)
    note_lateness(dossier, at)
    enter(dossier, state=State.IN_PROGRESS, phase=Phase.ASSESSING, at=at)
    dossier.holder = to
    data = {"reason": text, "to": str(to.pk), "to_name": to.name}
    return keep(dossier, verb="return_for_rework", by=by, at=at, key=key, data=data)


@action("dossier.number_and_seal")
def number_and_seal(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, number: str, seen: int | None = None
) -> Dossier:
    """Record the number of the result and that the seal is on it (vào số, đóng dấu)."""
    dossier = locked(dossier_id, "number_and_seal", by=by, at=at, seen=seen)
    if not number.strip():
        raise refusals.DocumentNumberMissing(field="number")
    note_lateness(dossier, at)
    enter(dossier, state=State.IN_PROGRESS, phase=Phase.SEALED, at=at)
    dossier.result_number, dossier.holder = nfc(number), by
    data = {"number": dossier.result_number}
    return keep(dossier, verb="number_and_seal", by=by, at=at, key=key, data=data)


@action("dossier.refuse")
def refuse(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, reason: str, seen: int | None = None
) -> Dossier:
    """Refuse the request after appraisal: the reasoned refusal is the result (Đ.19.8 NĐ 61/2018).

    Only of what a specialist submitted; the notice goes out within the term.
    """
    dossier = locked(dossier_id, "refuse", by=by, at=at, seen=seen)
    check_signer(dossier, by, at)
    check_present(by, at)
    text = nfc(need_reason(reason))
    note_lateness(dossier, at)
    dossier.result_kind, dossier.signer = ResultKind.REFUSED, by
    data = close(dossier, state=State.DONE, at=at)
    dossier.holder = dossier.received_by
    data |= {"reason": text, "result": ResultKind.REFUSED.value}
    return keep(dossier, verb="refuse", by=by, at=at, key=key, data=data)

"""The end: finish, resolve on the spot, hand over, correct."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import persons, refusals
from motcua.dossiers.actions._common import check_holder, close, keep, locked, need_reason
from motcua.dossiers.actions._common import note_lateness as note
from motcua.dossiers.actions.work import check_leader, check_present
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Collector, Delivery, ResultKind, State
from motcua.journal.actions import action
from motcua.kernel.text import group_digits, nfc
from motcua.kernel.words import say
from motcua.people.rules import Role


@action("dossier.finish")
def finish(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, seen: int | None = None
) -> Dossier:
    """The result is at the one-stop desk: state 9, the moment that decides early, on time, late."""
    dossier = locked(dossier_id, "finish", by=by, at=at, seen=seen)
    note(dossier, at)
    dossier.result_kind = ResultKind.GRANTED
    data = close(dossier, state=State.DONE, at=at)
    dossier.holder = dossier.received_by
    data |= {"number": dossier.result_number, "result": ResultKind.GRANTED.value}
    return keep(dossier, verb="finish", by=by, at=at, key=key, data=data)


@action("dossier.resolve_on_the_spot")
def resolve_on_the_spot(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    signer: Any,
    number: str = "",
    seen: int | None = None,
) -> Dossier:
    """Resolve at the counter (giải quyết ngay, NĐ 61/2018 Đ.17.4): signed by a present leader."""
    dossier = locked(dossier_id, "resolve_on_the_spot", by=by, at=at, seen=seen)
    check_holder(dossier, by, at)
    if not dossier.version.on_the_spot:
        raise refusals.NotOnTheSpot(name=dossier.version.short_name)
    check_leader(signer, at, "signer")
    check_present(signer, at)
    note(dossier, at)
    dossier.signer, dossier.result_kind = signer, ResultKind.GRANTED
    dossier.result_number = nfc(number)
    data = close(dossier, state=State.DONE, at=at)
    data |= {"signer": signer.name, "for": str(signer.pk), "number": dossier.result_number}
    return keep(dossier, verb="resolve_on_the_spot", by=by, at=at, key=key, data=data)


@action("dossier.hand_over")
def hand_over(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    collector: Collector | None = None,
    delivery: Delivery | None = None,
    lost_receipt: bool = False,
    identity: str = "",
    offer_survey: bool = False,
    seen: int | None = None,
) -> Dossier:
    """Hand the result over (trả kết quả): to the applicant, or to who filed for them.

    `collector` fetches it for them, refused without authority or with a number that cannot be
    one (an empty one may: the paper names the person); `delivery`: it went by post or
    as an electronic copy. With a `lost_receipt`, `identity` says what was checked instead. A late
    dossier is never kept back; an unpaid fee is asked for first.
    """
    dossier = locked_for_hand_over(dossier_id, by=by, at=at, seen=seen)
    if dossier.fee_owed > dossier.fee_paid:
        owed = group_digits(dossier.fee_owed - dossier.fee_paid)
        raise refusals.FeeOwed(code=dossier.code, amount=owed)
    if lost_receipt and not identity.strip():
        raise refusals.IdentityNotChecked(field="identity")
    dossier.collected_by = _collected(collector, delivery)
    dossier.state, dossier.handed_at, dossier.survey_offered = State.RETURNED, at, offer_survey
    dossier.holder, dossier.holder_role = None, ""
    data: dict[str, Any] = {
        "to": collector.name if collector else "", "survey_offered": offer_survey,
    }  # fmt: skip
    if dossier.collected_by:
        data["collected_by"] = dossier.collected_by
    if lost_receipt:
        data["identity"] = nfc(identity)
    return keep(dossier, verb="hand_over", by=by, at=at, key=key, data=data)


def _collected(collector: Collector | None, delivery: Delivery | None) -> dict[str, Any] | None:
    """What `Dossier.collected_by` holds; None when the applicant came."""
    if delivery is not None:
        if not (delivery.to.strip() or delivery.tracking.strip()):
            raise refusals.DeliveryUnknown(field="delivery")
        return delivery.as_data()
    if collector is None:
        return None
    name = collector.name.strip() or "người nhận thay"
    if not (collector.name.strip() and collector.paper.strip()):
        raise refusals.CollectorWithoutAuthority(name=name, field="collector")
    known = persons.clean(persons.PersonIn(name, collector.id_number))
    return replace(collector, id_number=known.id_number).as_data()


def locked_for_hand_over(dossier_id: UUID, *, by: Any, at: datetime, seen: int | None) -> Dossier:
    """As `locked`, but what is not finished is refused in the words of this act."""
    try:
        return locked(dossier_id, "hand_over", by=by, at=at, seen=seen)
    except refusals.MoveNotAllowed:
        dossier = Dossier.objects.select_related("holder").get(pk=dossier_id)
        if dossier.finished_at is None:
            holder = dossier.holder or Role(dossier.holder_role or Role.DESK).label.lower()
            if dossier.paused:
                state = State(dossier.state).label.lower()
                holder = say("người nộp ({state})").format(state=state)
            raise refusals.NotSigned(code=dossier.code, holder=holder) from None
        raise


@action("dossier.correct")
def correct(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    what: str,
    reason: str,
    number: str = "",
    seen: int | None = None,
) -> Dossier:
    """Correct an issued result (đính chính): what was wrong and is now right, and why.

    The outcome and the times stay as they were; both versions remain in the journal.
    """
    dossier = locked(dossier_id, "correct", by=by, at=at, seen=seen)
    data = {"what": nfc(need_reason(what)), "reason": nfc(need_reason(reason))}
    if number.strip():
        data |= {"number_before": dossier.result_number, "number": nfc(number)}
        dossier.result_number = nfc(number)
    return keep(dossier, verb="correct", by=by, at=at, key=key, data=data)

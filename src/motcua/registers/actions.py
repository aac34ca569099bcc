"""Keeping the small registers. Every entry and every later mark is an event."""

from datetime import date, datetime
from typing import Any

from motcua.journal.actions import action, record
from motcua.kernel.text import nfc
from motcua.kernel.words import say
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.registers import rules
from motcua.registers.models import (
    AllowanceRate,
    Equipment,
    Petition,
    ProcedureReview,
    ProvincialDecision,
)
from motcua.registers.rules import EquipmentKind
from motcua.web import scope
from motcua.web.ids import uuid7

KEEPERS = (Role.STATISTICIAN, Role.CLERK, Role.ADMINISTRATOR)


def _enter(row: Any, verb: str, *, by: Any, at: datetime, key: str, data: dict) -> Any:
    permissions.require(by, *KEEPERS, at=at)
    row.id, row.agency_id = uuid7(), scope.current().agency_id
    record(row, verb=verb, by=by, at=at, key=key, data=data)
    row.save(force_insert=True)
    return row


def _mark(row: Any, verb: str, *, by: Any, at: datetime, key: str, data: dict) -> Any:
    permissions.require(by, *KEEPERS, at=at)
    record(row, verb=verb, by=by, at=at, key=key, data=data)
    row.save(force_update=True)
    return row


def _refuse_twin(name: str, model: Any, /, **same: Any) -> None:
    if model.objects.filter(**same).exists():
        raise rules.TwiceRegistered(name=name, field="number" if "number" in same else "on")


def _not_before(was: date, before: str, *, on: date, what: str) -> None:
    if on < was:
        raise rules.DatesOutOfOrder(
            what=what, on=f"{on:%d/%m/%Y}", before=before, was=f"{was:%d/%m/%Y}", field="on"
        )


@action("decision.received")
def receive_decision(
    *, by: Any, at: datetime, key: str, number: str, issued_on: date, title: str, on: date
) -> ProvincialDecision:
    """Enter a publishing decision of the province that reached the commune on `on`."""
    number = nfc(number)
    if not number:
        raise rules.NumberMissing(field="number")
    _refuse_twin(number, ProvincialDecision, number=number)
    _not_before(issued_on, "ngày ban hành", on=on, what="Nhận")
    row = ProvincialDecision(number=number, issued_on=issued_on, title=nfc(title), received_on=on)
    data = {"number": number, "issued_on": issued_on.isoformat(), "on": on.isoformat()}
    return _enter(row, "decision.received", by=by, at=at, key=key, data=data)


@action("decision.posted")
def post_decision(
    *, by: Any, at: datetime, key: str, decision_id: Any, on: date
) -> ProvincialDecision:
    """The decision was reviewed and its procedures posted on `on`."""
    row = ProvincialDecision.objects.select_for_update().get(pk=decision_id)
    if row.posted_on is not None:
        raise rules.AlreadyDone(what="Niêm yết", on=f"{row.posted_on:%d/%m/%Y}")
    _not_before(row.received_on, "ngày nhận", on=on, what="Niêm yết")
    row.reviewed_on = row.posted_on = on
    data = {"on": on.isoformat()}
    return _mark(row, "decision.posted", by=by, at=at, key=key, data=data)


@action("decision.processed")
def build_processes(
    *, by: Any, at: datetime, key: str, decision_id: Any, on: date
) -> ProvincialDecision:
    """The ISO 9001:2015 processes of a posted decision were built and posted on `on`."""
    row = ProvincialDecision.objects.select_for_update().get(pk=decision_id)
    if row.posted_on is None:
        raise rules.OutOfOrder(before="niêm yết quyết định", what="công bố quy trình")
    if row.processed_on is not None:
        raise rules.AlreadyDone(what="Công bố quy trình", on=f"{row.processed_on:%d/%m/%Y}")
    _not_before(row.posted_on, "ngày niêm yết", on=on, what="Công bố quy trình")
    row.processed_on = on
    data = {"on": on.isoformat()}
    return _mark(row, "decision.processed", by=by, at=at, key=key, data=data)


@action("review.registered")
def register_review(
    *, by: Any, at: datetime, key: str, procedure: str, on: date
) -> ProcedureReview:
    """Register a procedure for this year's review."""
    row = ProcedureReview(procedure=nfc(procedure), registered_on=on)
    _refuse_twin(row.procedure, ProcedureReview, procedure=row.procedure, registered_on=on)
    data = {"procedure": row.procedure, "on": on.isoformat()}
    return _enter(row, "review.registered", by=by, at=at, key=key, data=data)


@action("review.done")
def finish_review(
    *, by: Any, at: datetime, key: str, review_id: Any, on: date, proposal: str
) -> ProcedureReview:
    """The review is done, with its proposal."""
    row = ProcedureReview.objects.select_for_update().get(pk=review_id)
    if row.reviewed_on is not None:
        raise rules.AlreadyDone(what="Rà soát", on=f"{row.reviewed_on:%d/%m/%Y}")
    _not_before(row.registered_on, "ngày đăng ký", on=on, what="Rà soát xong")
    row.reviewed_on, row.proposal = on, nfc(proposal)
    data = {"on": on.isoformat(), "proposal": row.proposal}
    return _mark(row, "review.done", by=by, at=at, key=key, data=data)


@action("petition.received")
def receive_petition(*, by: Any, at: datetime, key: str, on: date, content: str) -> Petition:
    """Enter a petition on procedures."""
    row = Petition(received_on=on, content=nfc(content))
    return _enter(row, "petition.received", by=by, at=at, key=key, data={"on": on.isoformat()})


@action("equipment.added")
def add_equipment(
    *, by: Any, at: datetime, key: str, kind: EquipmentKind, name: str, on: date
) -> Equipment:
    """A machine or shared software is in use at the desk from `on`."""
    row = Equipment(kind=kind, name=nfc(name), used_from=on)
    _refuse_twin(row.name, Equipment, kind=kind, name=row.name, used_from=on)
    data = {"kind": kind.value, "name": row.name, "on": on.isoformat()}
    return _enter(row, "equipment.added", by=by, at=at, key=key, data=data)


@action("equipment.retired")
def retire_equipment(*, by: Any, at: datetime, key: str, equipment_id: Any, on: date) -> Equipment:
    """It is no longer in use from `on`."""
    row = Equipment.objects.select_for_update().get(pk=equipment_id)
    if row.used_to is not None:
        raise rules.AlreadyDone(what="Thôi dùng", on=f"{row.used_to:%d/%m/%Y}")
    _not_before(row.used_from, "ngày bắt đầu dùng", on=on, what="Thôi dùng")
    row.used_to = on
    data = {"on": on.isoformat()}
    return _mark(row, "equipment.retired", by=by, at=at, key=key, data=data)


@action("allowance.set")
def set_allowance(
    *, by: Any, at: datetime, key: str, amount: int, on: date, source: str
) -> AllowanceRate:
    """The rate of a desk member from `on`, đồng a month."""
    _refuse_twin(say("mức từ {day}").format(day=f"{on:%d/%m/%Y}"), AllowanceRate, effective_from=on)
    row = AllowanceRate(amount=amount, effective_from=on, source=nfc(source))
    data = {"amount": amount, "on": on.isoformat(), "source": row.source}
    return _enter(row, "allowance.set", by=by, at=at, key=key, data=data)

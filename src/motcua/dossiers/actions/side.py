"""Side exits, the same for every procedure: supplement, fee, withdrawal, stop, extension."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from motcua.dossiers import refusals, rules
from motcua.dossiers.actions._common import (
    check_counter,
    close,
    keep,
    locked,
    need_reason,
    note_lateness,
    recompute_due,
    term_of,
)
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.rules import Money, PaperAs, PaperIn, State
from motcua.journal import queries as journal
from motcua.journal.actions import action
from motcua.kernel import clock
from motcua.kernel.text import group_digits, nfc
from motcua.kernel.vntime import local, local_day
from motcua.people import queries as people
from motcua.people.rules import Role


@action("dossier.ask_supplement")
def ask_supplement(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    papers: list[str],
    reason: str,
    approved_by: Any = None,
    grounds: str = "",
    seen: int | None = None,
) -> Dossier:
    """Ask once for everything that is missing; the clock pauses (NĐ 118/2025/NĐ-CP Đ.17.2.a).

    A second time needs a leader (`approved_by`) with `grounds`.
    """
    dossier = locked(dossier_id, "ask_supplement", by=by, at=at, seen=seen)
    check_counter(dossier, by, at)
    asked = [nfc(p) for p in papers if p.strip()]
    if not asked:
        raise refusals.NothingAsked(field="papers")
    data: dict[str, Any] = {"papers": asked, "reason": nfc(need_reason(reason))}
    if dossier.supplements >= rules.SUPPLEMENTS.on(local_day(dossier.received_at)):
        data |= _override(dossier, approved_by, grounds, at)
    note_lateness(dossier, at)
    _pause(dossier, State.SUPPLEMENT, at)
    dossier.supplements += 1
    data["supplements"] = dossier.supplements
    return keep(dossier, verb="ask_supplement", by=by, at=at, key=key, data=data)


def _override(dossier: Dossier, leader: Any, grounds: str, at: datetime) -> dict[str, str]:
    if leader is None or not grounds.strip() or not leader.has_role(Role.LEADER, on=local_day(at)):
        first = journal.latest(dossier, "dossier.ask_supplement")
        raise refusals.SecondSupplement(on=f"{local(first.at):%d/%m/%Y}" if first else "trước")
    return {"approved_by": str(leader.pk), "grounds": nfc(grounds)}


def _pause(dossier: Dossier, state: State, at: datetime) -> None:
    dossier.paused_at, dossier.paused_from = at, dossier.state
    dossier.state = state
    dossier.pauses = [*dossier.pauses, {"kind": state.value, "start": at.isoformat(), "end": None}]


def _resume(dossier: Dossier, at: datetime) -> dict[str, Any]:
    dossier.pauses = [*dossier.pauses[:-1], {**dossier.pauses[-1], "end": at.isoformat()}]
    dossier.state, dossier.paused_at, dossier.paused_from = dossier.paused_from, None, ""
    recompute_due(dossier)
    return {
        "due_on": local_day(dossier.due_at).isoformat(),
        "due_at": dossier.due_at.isoformat(),
    }


@action("dossier.take_supplement")
def take_supplement(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    papers: list[PaperIn],
    seen: int | None = None,
) -> Dossier:
    """Take the supplement in and resume the clock; the due time moves as the rule of its day says.

    The policy is restart for dossiers received before 2025-07-01, continue after.
    """
    dossier = locked(dossier_id, "take_supplement", by=by, at=at, seen=seen)
    check_counter(dossier, by, at)
    taken = [p for p in papers if p.name.strip() and p.how is not PaperAs.MISSING]
    if not taken:
        raise refusals.NoPaper(field="papers")
    had = dossier.papers.aggregate(count=Count("pk"), last=Max("number"))
    last = had["last"] or 0  # a change of the procedure leaves gaps
    rows = [
        Paper(
            agency_id=dossier.agency_id, dossier=dossier, number=last + n, name=nfc(p.name),
            how=p.how, quantity=p.quantity, original=p.original, note=p.note,
        )
        for n, p in enumerate(taken, 1)
    ]  # fmt: skip
    Paper.objects.bulk_create(rows)
    data = _resume(dossier, at)
    data["papers"] = had["count"] + len(rows)
    data["names"] = [[p.name, p.how.value, p.quantity] for p in taken]
    data["numbers"] = [row.number for row in rows]
    digitised = dossier.digitised and rules.is_digitised((p.how, False, "") for p in taken)
    if digitised != dossier.digitised:
        data["digitised"] = dossier.digitised = digitised
    return keep(dossier, verb="take_supplement", by=by, at=at, key=key, data=data)


@action("dossier.ask_fee")
def ask_fee(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    amount: int,
    reason: str,
    seen: int | None = None,
) -> Dossier:
    """Ask for a fee or tax of `amount` đồng before going on; the clock pauses (state 6)."""
    dossier = locked(dossier_id, "ask_fee", by=by, at=at, seen=seen)
    check_counter(dossier, by, at)
    if amount <= 0:
        raise refusals.WrongAmount(amount=amount, owed="một số lớn hơn 0", field="amount")
    note_lateness(dossier, at)
    _pause(dossier, State.PAYMENT, at)
    dossier.fee_owed += amount
    dossier.money = Money.OWED
    data = {"amount": amount, "reason": nfc(reason), "fee_owed": dossier.fee_owed}
    return keep(dossier, verb="ask_fee", by=by, at=at, key=key, data=data)


@action("dossier.take_fee")
def take_fee(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, amount: int, seen: int | None = None
) -> Dossier:
    """Record that `amount` đồng was paid (record only); what waited for it goes on."""
    dossier = locked(dossier_id, "take_fee", by=by, at=at, seen=seen)
    check_counter(dossier, by, at)
    owed = dossier.fee_owed - dossier.fee_paid
    if amount <= 0 or amount > owed:
        raise refusals.WrongAmount(
            amount=group_digits(amount), owed=group_digits(owed), field="amount"
        )
    dossier.fee_paid += amount
    data: dict[str, Any] = {"amount": amount, "fee_paid": dossier.fee_paid}
    if dossier.fee_paid >= dossier.fee_owed:
        dossier.money = Money.PAID
        if dossier.state == State.PAYMENT:
            data |= _resume(dossier, at)
    return keep(dossier, verb="take_fee", by=by, at=at, key=key, data=data)


@action("dossier.withdraw")
def withdraw(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, reason: str, seen: int | None = None
) -> Dossier:
    """Grant the citizen's request to withdraw, while nothing is signed (TT 03/2025 Đ.7)."""
    return _end_early(
        "withdraw", State.WITHDRAWN, by=by, at=at, key=key, dossier_id=dossier_id, reason=reason,
        seen=seen,
    )  # fmt: skip


@action("dossier.stop")
def stop(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, reason: str, seen: int | None = None
) -> Dossier:
    """Stop the dossier with its grounds (dừng giải quyết, TT 03/2025 Đ.7; NĐ 118/2025 Đ.21)."""
    return _end_early(
        "stop", State.STOPPED, by=by, at=at, key=key, dossier_id=dossier_id, reason=reason,
        seen=seen,
    )  # fmt: skip


def _end_early(
    verb: str, state: State, *, by: Any, at: datetime, key: str, dossier_id: UUID, reason: str,
    seen: int | None,
) -> Dossier:  # fmt: skip
    dossier = locked(dossier_id, verb, by=by, at=at, seen=seen)
    text = nfc(need_reason(reason))
    data = _resume(dossier, at) if dossier.paused else {}
    note_lateness(dossier, at)
    data |= close(dossier, state=state, at=at)
    dossier.holder = None
    data |= {"reason": text}
    return keep(dossier, verb=verb, by=by, at=at, key=key, data=data)


@action("dossier.extend")
def extend(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    new_due_at: datetime,
    reason: str,
    seen: int | None = None,
) -> Dossier:
    """Give a new date with an apology, once, before the due time (NĐ 61/2018 Đ.19.9; Mẫu 04).

    The first due time stays: figures judge by it.
    """
    dossier = locked(dossier_id, "extend", by=by, at=at, seen=seen)
    text = nfc(need_reason(reason))
    if dossier.extensions >= rules.EXTENSIONS.on(local_day(dossier.received_at)):
        raise refusals.AlreadyExtended(code=dossier.code)
    calendar = people.calendar(dossier.agency)
    if not clock.extension_allowed(
        term=term_of(dossier), due_at=dossier.due_at, at=at, calendar=calendar
    ):
        raise refusals.ExtensionTooLate(due=f"{local(dossier.due_at):%H:%M %d/%m/%Y}")
    working = clock.next_working_moment(calendar, new_due_at) == new_due_at
    if new_due_at <= dossier.due_at or not working:
        raise refusals.NewDateNotLater(
            new=f"{local(new_due_at):%H:%M %d/%m/%Y}",
            due=f"{local(dossier.due_at):%H:%M %d/%m/%Y}", field="new_due_at",
        )  # fmt: skip
    data = {"due_before": dossier.due_at.isoformat(), "reason": text}
    dossier.due_at = new_due_at
    dossier.extensions += 1
    data |= {"due_on": local_day(new_due_at).isoformat(), "due_at": new_due_at.isoformat()}
    data |= {"extensions": dossier.extensions}
    return keep(dossier, verb="extend", by=by, at=at, key=key, data=data)

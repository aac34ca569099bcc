"""Certification (chứng thực) entered in its yearly book, and an entry voided with its reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import certifying, refusals, undoing
from motcua.dossiers.actions._common import keep, locked, need_reason
from motcua.dossiers.cert_books import CertBook
from motcua.dossiers.models import Certification, Dossier
from motcua.dossiers.rules import CertifiedIn, Money
from motcua.journal import queries as journal
from motcua.journal.actions import action
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local_day
from motcua.web.ids import uuid7

ASKED, REFILED = "dossier.ask_fee", "dossier.refiled"
CHARGING = ("dossier.certify", ASKED, REFILED, undoing.UNDONE)


@action("dossier.certify")
def certify(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    entries: Sequence[CertifiedIn],
    number_checked: bool = False,
    seen: int | None = None,
) -> Dossier:
    """Enter what was certified for a dossier in the book of its procedure (NĐ 23/2015/NĐ-CP Đ.13).

    A number that stands already, or far ahead of the next one, is refused, unless
    `number_checked`: the paper book has it so. The fee of the dossier is that of its entries and
    what was asked besides, and is never below what was paid.
    """
    dossier = locked(dossier_id, "certify", by=by, at=at, seen=seen)
    book = certifying.book_for(dossier, at)
    if book is None:
        raise refusals.NoBook(name=dossier.version.short_name)
    taken = [one for one in entries if one.document.strip() and one.copies > 0]
    if not taken or len(taken) != len(entries):
        raise refusals.NothingCertified(field="entries")
    year = local_day(at).year
    certifying.lock(book, year)
    rows = [
        _entered(dossier, book, year, one, checked=number_checked, by=by, at=at) for one in taken
    ]
    data: dict[str, Any] = {"entries": [_told(row) for row in rows]} | _fee(dossier)
    return keep(dossier, verb="certify", by=by, at=at, key=key, data=data)


def _entered(
    dossier: Dossier, book: CertBook, year: int, one: CertifiedIn, *, checked: bool, by: Any,
    at: datetime,
) -> Certification:  # fmt: skip
    following = certifying.next_number(book, year)
    number = one.number or following
    if one.number and not checked:
        _check_number(book, year, number, following)
    row = Certification(
        id=uuid7(), agency_id=dossier.agency_id, dossier=dossier, book=book.value, year=year,
        number=number, document=nfc(one.document), copies=one.copies, fee=one.fee, at=at, by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _check_number(book: CertBook, year: int, number: int, following: int) -> None:
    told = {"number": number, "book": book.value, "year": year, "next": following}
    standing = certifying.holding(book, year, number)
    if standing is not None:
        raise refusals.NumberTaken(code=standing.dossier.code, **told)
    if number > following + certifying.FAR:
        raise refusals.NumberFarAhead(**told)


def _told(row: Certification) -> dict[str, Any]:
    return {
        "id": str(row.pk), "book": row.book, "year": row.year, "number": row.number,
        "document": row.document, "copies": row.copies, "fee": row.fee,
    }  # fmt: skip


def _fee(dossier: Dossier) -> dict[str, int]:
    """What the entries make of the fee; nothing where no entry ever bore one."""
    rows = certifying.of_dossier(dossier.pk).filter(void="")
    booked = sum(rows.values_list("fee", flat=True))
    before, asked = _charged(dossier)
    if not booked and not before:
        return {}
    dossier.fee_owed = max(booked + asked, dossier.fee_paid)
    dossier.money = Money.OWED if dossier.fee_owed > dossier.fee_paid else Money.PAID
    if not dossier.fee_owed:
        dossier.money = Money.NONE
    return {"fee_owed": dossier.fee_owed}


def _charged(dossier: Dossier) -> tuple[bool, int]:
    """Whether entries bore a fee before, and what was asked besides, in đồng.

    Both under the procedure it has now: a change of the procedure begins the fee anew.
    """
    events = journal.events_of(dossier).filter(verb__in=CHARGING)
    booked, asked = False, 0
    for event in undoing.standing(events):
        if event.verb == REFILED:
            booked, asked = False, 0
        elif event.verb == ASKED:
            asked += event.data["amount"]
        else:
            booked = booked or any(one["fee"] for one in event.data["entries"])
    return booked, asked


@action("dossier.void_certification")
def void_certification(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    certification_id: UUID,
    reason: str,
    seen: int | None = None,
) -> Dossier:
    """Void an entry with its reason: it counts no more, and its number stays in the book."""
    dossier = locked(dossier_id, "void_certification", by=by, at=at, seen=seen)
    rows = Certification.objects.select_for_update().filter(dossier=dossier)
    row = rows.filter(pk=certification_id).first()
    if row is None:
        raise refusals.NoSuchEntry(field="certification")
    if row.void:
        raise refusals.AlreadyVoid(number=row.number, reason=row.void)
    row.void = nfc(need_reason(reason))
    row.save(update_fields=["void"])
    data = {"voided": _told(row), "reason": row.void} | _fee(dossier)
    return keep(dossier, verb="void_certification", by=by, at=at, key=key, data=data)

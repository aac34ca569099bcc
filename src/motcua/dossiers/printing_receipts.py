"""What forms 01 and 06 and the receipt of a visit say of a dossier: gathered from its record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import translation

from motcua.dossiers import books, hand_overs, queries, reception_origin
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.printing_head import DESK, Office
from motcua.dossiers.rules import PaperAs, ReturnBy
from motcua.journal import queries as journal
from motcua.kernel.numbering import parse_code
from motcua.kernel.terms import parse_term
from motcua.kernel.text import group_digits, money_words
from motcua.kernel.vntime import local_day
from motcua.papers.pdf import (
    Form01,
    Form06,
    Letterhead,
    Principal,
    Received,
    VisitReceipt,
    moment_words,
)

KINDS = {
    PaperAs.FILE: "bản điện tử", PaperAs.DATA: "khai thác từ dữ liệu", PaperAs.EXEMPT: "được miễn",
}  # fmt: skip


def receipt(dossier: Dossier, at: datetime) -> Letterhead:
    """Form 01, dated on the day of receipt."""
    office = Office(dossier.agency, local_day(dossier.received_at))
    return Form01(
        **_head(dossier, office, at),
        **_who(dossier),
        code=dossier.code,
        desk=office.desk,
        request=request_of(dossier),
        papers=_papers(dossier),
        copies=dossier.copies,
        term=parse_term(dossier.term).words,
        received_at=moment_words(dossier.received_at),
        due_at=moment_words(dossier.due_at),
        result_place=_result_place(dossier, office.desk),
        receiver=dossier.received_by.name,
        fee=_fee(dossier),
        proof=tuple(_proof(dossier)),
    )


def visit_receipt(dossiers: Sequence[Dossier], at: datetime) -> Letterhead:
    """One receipt for the dossiers of a visit; the first of them lends its number."""
    first = dossiers[0]
    office = Office(first.agency, local_day(first.received_at))
    who = _who(first)
    who.pop("principal", None)
    return VisitReceipt(
        **_head(first, office, at),
        **who,
        code="",
        desk=office.desk,
        dossiers=tuple(_received(one) for one in dossiers),
        received_at=moment_words(first.received_at),
        result_place=_result_place(first, office.desk),
        receiver=first.received_by.name,
    )


def control_slip(dossier: Dossier, at: datetime) -> Letterhead:
    """Form 06 as the journal tells it, dated when it is made. Its number is given by the caller."""
    person = (dossier.filer or {}).get("name") or dossier.applicant.name
    trail = hand_overs.trail(
        list(journal.events_of(dossier)), desk=DESK, filer=person,
        received_by=dossier.received_by.name,
    )  # fmt: skip
    here = Office(dossier.agency, local_day(at))
    then = Office(dossier.agency, local_day(dossier.received_at))
    return Form06(
        **here.of_desk(at),
        number="",
        regime=books.REGIME.on(then.day),
        code=dossier.code,
        resolver=then.version.name,
        received_at=moment_words(dossier.received_at),
        due_at=moment_words(dossier.due_at),
        hops=tuple(trail),
    )


def _head(dossier: Dossier, office: Office, at: datetime) -> dict[str, Any]:
    regime = books.REGIME.on(office.day)
    serial = parse_code(dossier.code).serial
    number = books.receipt_number(serial, regime, office.symbol)
    return office.of_desk(at) | {"number": number, "regime": regime}


def _who(dossier: Dossier) -> dict[str, Any]:
    """Who files: the applicant, or who came for the applicant, named below as the principal."""
    person, filer = dossier.applicant, dossier.filer
    if not filer:
        return {
            "applicant": person.name, "identity": person.id_number, "address": person.address,
            "phone": person.phone, "email": person.email, "submitter": person.name,
        }  # fmt: skip
    return {
        "applicant": filer["name"], "identity": filer["id_number"],
        "address": filer["address"], "phone": filer["phone"], "submitter": filer["name"],
        "principal": Principal(
            name=person.name, address=person.address, identity=person.id_number,
            phone=person.phone, email=person.email, proof=filer["paper"],
        ),
    }  # fmt: skip


def _received(dossier: Dossier) -> Received:
    return Received(
        code=dossier.code,
        request=request_of(dossier),
        papers=_papers(dossier),
        copies=dossier.copies,
        term=parse_term(dossier.term).words,
        due_at=moment_words(dossier.due_at),
        fee=_fee(dossier),
        principal=_principal_words(dossier),
    )


def _principal_words(dossier: Dossier) -> str:
    """For whom somebody else came: name, number, authority."""
    if not dossier.filer:
        return ""
    person = dossier.applicant
    return ", ".join(filter(None, (person.name, person.id_number, dossier.filer["paper"])))


def request_of(dossier: Dossier) -> str:
    """Nội dung yêu cầu giải quyết: the procedure's legal name, with what was asked."""
    name = str(dossier.version.name)
    return f"{name} ({dossier.content})" if dossier.content else name


def _papers(dossier: Dossier) -> tuple[str, ...]:
    return tuple(_paper_line(p) for p in dossier.papers.order_by("number"))


def _paper_line(paper: Paper) -> str:
    kind = KINDS.get(PaperAs(paper.how))
    if kind is None:
        kind = f"{paper.quantity:02d} bản {'chính' if paper.original else 'sao'}"
    return f"{paper.name} ({kind})"


def _result_place(dossier: Dossier, desk: str) -> str:
    if dossier.return_by == ReturnBy.COUNTER:
        return desk
    to = dossier.applicant.address
    words = ReturnBy(dossier.return_by).vi
    return f"{words}, {to}" if dossier.return_by == ReturnBy.POST and to else words


def _fee(dossier: Dossier) -> str:
    """The fee in figures and words; empty when the catalogue does not know it."""
    if dossier.fee_owed:
        lacking = "chưa nộp đủ" if dossier.fee_paid else "chưa nộp"
        paid = "đã nộp" if dossier.fee_paid >= dossier.fee_owed else lacking
        amount = dossier.fee_owed
        return f"{group_digits(amount)} đồng ({money_words(amount)}), {paid}"
    return "" if dossier.version.fee is None else "không thu"


def _proof(dossier: Dossier) -> list[str]:
    lines = [line.vi for line in queries.proof_of_due(dossier).proof]
    with translation.override("vi"):
        before = reception_origin.proof_line(dossier)
    if before:
        lines.insert(0, before)
    if dossier.extensions:
        lines.append(f"Đã gia hạn, hẹn lại: {moment_words(dossier.due_at)}.")
    return lines

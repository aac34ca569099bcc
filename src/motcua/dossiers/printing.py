"""Forms 01 and 06 of a dossier: gathered from its record, rendered when first asked for, kept.

Asked for again while the dossier has not moved, a form is the stored file. A reading of personal
data is noted by who asks (the view), not here. Law: TT 03/2025/TT-VPCP Phụ lục I; before
2025-07-01 TT 01/2018/TT-VPCP.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.dossiers import hand_overs, queries
from motcua.dossiers.models import Dossier, IssuedForm, Paper
from motcua.dossiers.rules import PaperAs, ReturnBy
from motcua.journal import queries as journal
from motcua.kernel.law import Dated
from motcua.kernel.numbering import parse_code
from motcua.kernel.terms import parse_term
from motcua.kernel.text import group_digits, money_words
from motcua.kernel.vntime import local_day
from motcua.papers import actions as files
from motcua.papers.pdf import (
    Form01,
    Form06,
    Principal,
    form01,
    form06,
    moment_words,
    place_and_date,
)
from motcua.people import queries as people

REGIME: Dated[str] = Dated(
    "TT 03/2025/TT-VPCP; TT 01/2018/TT-VPCP",
    {date(2018, 6, 21): "tt01-2018", date(2025, 7, 1): "tt03-2025"},
)
# What follows the serial in "Số: …". TT 03/2025 gives form 01 no symbol; /TNHS is the practice
# under TT 01/2018, which gives the control slip none.
SYMBOLS = {
    ("01", "tt03-2025"): "/BPTNTKQ",
    ("06", "tt03-2025"): "/PKS-BPTNTKQ",
    ("01", "tt01-2018"): "/TNHS",
    ("06", "tt01-2018"): "",
}
DESK = "Bộ phận Tiếp nhận và Trả kết quả"


def receipt(*, dossier: Dossier, by: Any, at: datetime) -> Any:
    """Form 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả, as the stored file."""
    return _issued(dossier, "01", _receipt, by=by, at=at)


def control_slip(*, dossier: Dossier, by: Any, at: datetime) -> Any:
    """Form 06, phiếu kiểm soát quá trình giải quyết hồ sơ, as the stored file."""
    return _issued(dossier, "06", _control_slip, by=by, at=at)


def _issued(
    dossier: Dossier, form: str, render: Callable[[Dossier, datetime], bytes], *, by: Any,
    at: datetime,
) -> Any:  # fmt: skip
    """The form at the dossier's present state: kept from before, or rendered now.

    Rendering takes no lock. Of two who ask at once, both get the file of the first.
    """
    fresh = _whole(dossier)
    kept = _kept(fresh, form)
    if kept is not None:
        return kept.file
    content = render(fresh, at)
    try:
        with transaction.atomic():
            file = files.store_own(files.Upload(f"{fresh.code}.M{form}.pdf", content))
            row = IssuedForm(
                agency_id=fresh.agency_id, dossier=fresh, form=form, at_seq=fresh.journal_seq,
                at=at, by=by, file=file,
            )  # fmt: skip
            row.save(force_insert=True)
    except IntegrityError:
        kept = _kept(fresh, form)
        if kept is None:
            raise
        return kept.file
    return file


def _whole(dossier: Dossier) -> Dossier:
    rows = Dossier.objects.select_related(
        "agency", "applicant", "version__procedure", "received_by", "holder"
    )
    return rows.get(pk=dossier.pk)


def _kept(dossier: Dossier, form: str) -> IssuedForm | None:
    rows = IssuedForm.objects.filter(dossier=dossier, form=form, at_seq=dossier.journal_seq)
    return rows.select_related("file").first()


def _receipt(dossier: Dossier, at: datetime) -> bytes:
    person, filer = dossier.applicant, dossier.filer
    who: dict[str, Any] = {
        "applicant": person.name, "identity": person.id_number, "address": person.address,
        "phone": person.phone, "email": person.email, "submitter": person.name,
    }  # fmt: skip
    if filer:
        who = {
            "applicant": filer["name"], "identity": filer["id_number"],
            "address": filer["address"], "phone": filer["phone"], "submitter": filer["name"],
            "principal": Principal(
                name=person.name, address=person.address, identity=person.id_number,
                phone=person.phone, email=person.email, proof=filer["paper"],
            ),
        }  # fmt: skip
    desk = f"{DESK} {_unit_name(dossier)}"
    return form01(
        Form01(
            **_head(dossier, "01", day=local_day(dossier.received_at), at=at),
            **who,
            desk=desk,
            request=_request(dossier),
            papers=tuple(_paper_line(p) for p in dossier.papers.order_by("number")),
            copies=dossier.copies,
            term=parse_term(dossier.term).words,
            received_at=moment_words(dossier.received_at),
            due_at=moment_words(dossier.due_at),
            result_place=_result_place(dossier, desk),
            receiver=dossier.received_by.name,
            fee=_fee(dossier),
            proof=tuple(_proof(dossier)),
        )
    )


def _control_slip(dossier: Dossier, at: datetime) -> bytes:
    person = (dossier.filer or {}).get("name") or dossier.applicant.name
    trail = hand_overs.trail(
        list(journal.events_of(dossier)), desk=DESK, filer=person,
        received_by=dossier.received_by.name,
    )  # fmt: skip
    return form06(
        Form06(
            **_head(dossier, "06", day=local_day(at), at=at),
            resolver=_version_of(dossier).name,
            received_at=moment_words(dossier.received_at),
            due_at=moment_words(dossier.due_at),
            hops=tuple(trail),
        )
    )


def _version_of(dossier: Dossier) -> Any:
    """What the agency was called on the day of receipt."""
    return people.version_on(dossier.agency, local_day(dossier.received_at))


def _head(dossier: Dossier, form: str, *, day: date, at: datetime) -> dict[str, Any]:
    received_on = local_day(dossier.received_at)
    regime, place = REGIME.on(received_on), _version_of(dossier)
    return {
        "parent": _capitals(place.name),
        "agency": DESK.upper(),
        "number": parse_code(dossier.code).serial + SYMBOLS[form, regime],
        "place_date": place_and_date(place.place, day),
        "issued_at": int(at.timestamp()),
        "code": dossier.code,
        "regime": regime,
        "watermark": dossier.agency.watermark,
    }


def _capitals(name: str) -> str:
    """UBND xã Sao Mai as a letterhead has it, in two lines."""
    full = name.replace("UBND", "Ủy ban nhân dân").upper()
    return full.replace("ỦY BAN NHÂN DÂN ", "ỦY BAN NHÂN DÂN\n", 1)


def _unit_name(dossier: Dossier) -> str:
    name = _version_of(dossier).name
    return name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")


def _request(dossier: Dossier) -> str:
    name = dossier.version.name
    return f"{name} ({dossier.content})" if dossier.content else name


def _paper_line(paper: Paper) -> str:
    kinds = {
        PaperAs.FILE: "bản điện tử", PaperAs.DATA: "khai thác từ dữ liệu",
        PaperAs.EXEMPT: "được miễn",
    }  # fmt: skip
    kind = kinds.get(PaperAs(paper.how))
    if kind is None:
        kind = f"{paper.quantity:02d} bản {'chính' if paper.original else 'sao'}"
    return f"{paper.name} ({kind})"


def _result_place(dossier: Dossier, desk: str) -> str:
    if dossier.return_by == ReturnBy.COUNTER:
        return desk
    to = dossier.applicant.address
    words = ReturnBy(dossier.return_by).label
    return f"{words}, {to}" if dossier.return_by == ReturnBy.POST and to else words


def _fee(dossier: Dossier) -> str:
    """The fee in figures and words; empty when the catalogue does not know it."""
    if dossier.fee_owed:
        paid = "đã nộp" if dossier.fee_paid >= dossier.fee_owed else "chưa nộp đủ"
        amount = dossier.fee_owed
        return f"{group_digits(amount)} đồng ({money_words(amount)}), {paid}"
    return "" if dossier.version.fee is None else "không thu"


def _proof(dossier: Dossier) -> list[str]:
    lines = [line.vi for line in queries.proof_of_due(dossier).proof]
    if dossier.extensions:
        lines.append(f"Đã gia hạn, hẹn lại: {moment_words(dossier.due_at)}.")
    return lines

"""What forms 02 to 05 say: each tells the citizen of one event of the dossier's journal.

02: ask_supplement. 03: refuse (after appraisal). 04: extend. 05: stop or withdraw; there was no
such form before TT 03/2025/TT-VPCP, so none for what was stopped before 2025-07-01.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from motcua.dossiers import books
from motcua.dossiers.models import Dossier
from motcua.dossiers.printing_head import Office, powers_of
from motcua.dossiers.printing_receipts import request_of
from motcua.dossiers.strips import FORM_OF
from motcua.dossiers.undoing import standing
from motcua.kernel.text import group_digits
from motcua.kernel.vntime import local_day
from motcua.papers.pdf import Form02, Form03, Form04, Form05, Letterhead, moment_words
from motcua.people.rules import Role


def owed(dossier: Dossier, events: Iterable[Any]) -> list[tuple[str, Any]]:
    """The forms that events of the dossier call for, each with its event, oldest first."""
    found = []
    for event in standing(events):
        form = FORM_OF.get(event.verb.removeprefix("dossier."))
        if form and form in books.SERIES.on(regime_day(dossier, form, event)):
            found.append((form, event))
    return found


def regime_day(dossier: Dossier, form: str, event: Any) -> date:
    """The day whose rules a form follows: of receipt; of the stop for form 05, which is new."""
    return local_day(event.at if form == "05" else dossier.received_at)


def filled(dossier: Dossier, form: str, event: Any, at: datetime) -> Letterhead:
    """The form as it goes out at `at`. Its number is given by the caller."""
    office = Office(dossier.agency, local_day(at))
    regime = books.REGIME.on(regime_day(dossier, form, event))
    common = {"number": "", "code": dossier.code, "regime": regime, "request": request_of(dossier)}
    if form in ("02", "03"):
        return _desk_form(dossier, form, event, common | office.of_desk(at), office)
    return _headed_form(dossier, form, event, common | office.of_agency(at), office)


def _desk_form(
    dossier: Dossier, form: str, event: Any, common: dict[str, Any], office: Office
) -> Letterhead:
    person, officer = dossier.applicant, event.by.name if event.by else ""
    common |= {
        "applicant": person.name, "address": person.address, "phone": person.phone,
        "email": person.email, "reason": event.data["reason"], "contact": officer,
        "contact_phone": office.phone,
    }  # fmt: skip
    if form == "02":
        return Form02(**common, items=tuple(event.data["papers"]), guide=officer)
    submitter = (dossier.filer or {}).get("name") or person.name
    receiver = dossier.received_by.name
    return Form03(
        **(common | {"contact": receiver}),
        desk=office.desk,
        identity=person.id_number,
        submitter=submitter,
        receiver=receiver,
    )


def _headed_form(
    dossier: Dossier, form: str, event: Any, common: dict[str, Any], office: Office
) -> Letterhead:
    person, day = dossier.applicant, local_day(event.at)
    leader = event.by if event.by is not None and event.by.has_role(Role.LEADER, on=day) else None
    common |= {
        "issuer": office.issuer, "applicant": person.name, "identity": person.id_number,
        "address": person.address, "received_at": moment_words(dossier.received_at),
        "reason": event.data["reason"], "powers": powers_of(leader),
        "signer": leader.name if leader else "",
    }  # fmt: skip
    if form == "04":
        before, new = (datetime.fromisoformat(event.data[n]) for n in ("due_before", "due_at"))
        return Form04(**common, due_at=moment_words(before), new_due_at=moment_words(new))
    return Form05(
        **common,
        due_at=moment_words(dossier.due_at),
        stopped_at=moment_words(event.at),
        asked=event.verb == "dossier.withdraw",
        money=_money(dossier),
        desk=office.desk,
    )


def _money(dossier: Dossier) -> str:
    """What becomes of the fee. The law of each fee decides on giving it back, not this form."""
    if dossier.fee_paid:
        paid = group_digits(dossier.fee_paid)
        return f"đã nộp {paid} đồng; việc hoàn trả theo quy định về khoản phí, lệ phí đó."
    return "chưa thu."

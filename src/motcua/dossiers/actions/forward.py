"""Taken in here for another competent agency (tiếp nhận phi địa giới hành chính).

NĐ 118/2025/NĐ-CP: anybody may hand in at any one-stop desk of the province. The clock is that of
the competent agency, from when it has the dossier; nothing here counts in the figures of this one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import persons
from motcua.dossiers import refusals_counter as refusals
from motcua.dossiers.models import Forwarded
from motcua.dossiers.rules import Channel
from motcua.dossiers.serials import next_in_book
from motcua.journal.actions import action, record
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local, local_day
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.ids import uuid7

BOOK = "PDG"
"""Sổ theo dõi hồ sơ phi địa giới."""


@action("forwarded.taken")
def take_forwarded(
    *,
    by: Any,
    at: datetime,
    key: str,
    applicant: persons.PersonIn,
    procedure: str,
    competent: str,
    papers: Sequence[str],
    procedure_code: str = "",
    channel: Channel = Channel.COUNTER,
) -> Forwarded:
    """Take a dossier in for the agency named `competent`; numbered in the book of the year.

    `procedure` is its name as the citizen or the other agency gives it. Raises WhatIsMissing and
    what noting a person raises.
    """
    permissions.require(by, Role.DESK, at=at)
    listed = [line for line in (nfc(one) for one in papers) if line]
    for what, given, field in (
        ("tên thủ tục", nfc(procedure), "procedure"),
        ("cơ quan có thẩm quyền", nfc(competent), "competent"),
        ("giấy tờ nào", listed, "papers"),
    ):
        if not given:
            raise refusals.WhatIsMissing(what=what, field=field)
    person = persons.take(applicant, by=by, at=at)
    year = local_day(at).year
    row = Forwarded(
        id=uuid7(), agency=by.agency, code=f"{BOOK}-{year}-{next_in_book(BOOK, year):04}",
        competent=nfc(competent), procedure=nfc(procedure), procedure_code=nfc(procedure_code),
        person=person, papers=listed, channel=channel, received_at=at, received_by=by,
    )  # fmt: skip
    data = {
        "code": row.code, "competent": row.competent, "procedure": row.procedure,
        "procedure_code": row.procedure_code, "person": str(person.pk), "papers": listed,
        "channel": channel.value,
    }  # fmt: skip
    record(row, verb="forwarded.taken", by=by, at=at, key=key, data=data)
    row.save(force_insert=True)
    return row


@action("forwarded.sent")
def send_forwarded(*, by: Any, at: datetime, key: str, forwarded_id: UUID) -> Forwarded:
    """Note that the dossier went to the competent agency at `at`. Raises AlreadyNoted."""
    row = _locked(forwarded_id, by, at)
    _once(row, row.sent_at, "chuyển đi")
    row.sent_at = at
    return _keep(row, "forwarded.sent", by=by, at=at, key=key, data={})


@action("forwarded.noted")
def note_forwarded(
    *,
    by: Any,
    at: datetime,
    key: str,
    forwarded_id: UUID,
    their_code: str = "",
    accepted_at: datetime | None = None,
    due_at: datetime | None = None,
    result_at: datetime | None = None,
) -> Forwarded:
    """Note what the competent agency answered: its code, when it has the dossier, due, result.

    Only what is given changes; the event keeps what stood before. Raises NotInOrder, NotLater,
    NotBefore, WhatIsMissing, AlreadyNoted.
    """
    row = _locked(forwarded_id, by, at)
    if row.sent_at is None:
        raise refusals.NotInOrder(code=row.code, act="trả lời", before="đã chuyển đi")
    _once(row, row.handed_at, "trả kết quả")
    given = {
        "their_code": nfc(their_code), "accepted_at": accepted_at, "due_at": due_at,
        "result_at": result_at,
    }  # fmt: skip
    changed = {name: value for name, value in given.items() if value}
    if not changed:
        raise refusals.WhatIsMissing(what="điều nơi có thẩm quyền trả lời", field="their_code")
    data = {name: [_plain(getattr(row, name)), _plain(v)] for name, v in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    _check_times(row, at)
    return _keep(row, "forwarded.noted", by=by, at=at, key=key, data={"changed": data})


@action("forwarded.handed")
def hand_forwarded(*, by: Any, at: datetime, key: str, forwarded_id: UUID) -> Forwarded:
    """Note that the result went to the citizen at `at`. Raises NotInOrder, AlreadyNoted."""
    row = _locked(forwarded_id, by, at)
    if row.result_at is None:
        raise refusals.NotInOrder(code=row.code, act="trả kết quả", before="đã có kết quả")
    _once(row, row.handed_at, "trả kết quả")
    row.handed_at = at
    return _keep(row, "forwarded.handed", by=by, at=at, key=key, data={})


def _locked(forwarded_id: UUID, by: Any, at: datetime) -> Forwarded:
    permissions.require(by, Role.DESK, at=at)
    return Forwarded.objects.select_for_update(of=("self",)).get(pk=forwarded_id)


def _once(row: Forwarded, noted: datetime | None, act: str) -> None:
    if noted is not None:
        raise refusals.AlreadyNoted(code=row.code, act=act, at=_words(noted))


def _check_times(row: Forwarded, at: datetime) -> None:
    """Received here, then by them, then the result; the due time is theirs and may be any later."""
    for what, field, other in (
        ("Nơi có thẩm quyền nhận lúc", "accepted_at", row.received_at),
        ("Hẹn trả", "due_at", row.accepted_at or row.received_at),
        ("Có kết quả lúc", "result_at", row.accepted_at or row.received_at),
    ):
        moment = getattr(row, field)
        if moment is not None and moment < other:
            raise refusals.NotBefore(
                what=what, given=_words(moment), other=_words(other), field=field
            )
        if moment is not None and moment > at and field != "due_at":
            raise refusals.NotLater(what=what, given=_words(moment), field=field)


def _keep(
    row: Forwarded, verb: str, *, by: Any, at: datetime, key: str, data: dict[str, Any]
) -> Forwarded:
    record(row, verb=verb, by=by, at=at, key=key, data=data)
    row.save(force_update=True)
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _words(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"

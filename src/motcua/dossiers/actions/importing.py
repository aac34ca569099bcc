"""Bringing in a dossier of another system (số dư đầu kỳ): it keeps its code, its times, its state.

An open one goes on in our workflow; a finished one counts in lists and figures. What was read from
the file is one event, `dossier.imported`; a later file that tells more of the same dossier is
another, `dossier.reimported`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import facts, persons, refusals
from motcua.dossiers.actions._common import columns, is_ours
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import (
    FINISHED,
    PAUSED,
    Channel,
    Money,
    Phase,
    ReturnBy,
    State,
    next_role,
    outcome,
    step_index,
)
from motcua.dossiers.serials import HIGHEST, raise_to
from motcua.journal.actions import action, record
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.numbering import canonical_agency_code, parse_code
from motcua.kernel.terms import parse_term
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.web.ids import uuid7

NOT_TAKEN_IN = (State.REGISTERED, State.NOT_RECEIVED)


class BadTimes(BadInput):
    code = "import-bad-times"
    message = "Hồ sơ {code}: {what}. Chưa ghi. Sửa trong tệp rồi nhập lại."


class NotBroughtIn(Refused):
    code = "not-brought-in"
    message = (
        "Hồ sơ {code} được tiếp nhận hoặc đã được làm tiếp ở đây. Chưa ghi. "
        "Làm tiếp trên trang hồ sơ."
    )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A dossier as another system tells it, matched with our catalogue and officers.

    `due_at` is the printed due time, or ours where none was printed (`printed` false). `receiver`
    and `holder` are officers; without a receiver the importer stands in its place. `file`, `row`
    and `digest` say where it came from; `unit` is the receiving unit in the file's words.
    """

    code: str
    version: Any
    applicant: persons.PersonIn
    channel: Channel
    state: State
    received_at: datetime
    due_at: datetime
    printed: bool
    term: str
    file: str
    row: int
    digest: str
    paused_at: datetime | None = None
    finished_at: datetime | None = None
    handed_at: datetime | None = None
    receiver: Any = None
    holder: Any = None
    unit: str = ""


@action("dossier.imported")
def import_dossier(*, by: Any, at: datetime, key: str, arrived: Arrived) -> Dossier:
    """Write a dossier that another system received. Raises WrongRole, BadTimes."""
    permissions.require(by, Role.ADMINISTRATOR, at=at)
    _check(arrived, at)
    dossier = Dossier(
        id=uuid7(), agency=by.agency, received_by_agency=by.agency, code=arrived.code,
        applicant=_person(arrived.applicant, by, at),
    )  # fmt: skip
    data = _fill(dossier, arrived, by, at)
    _keep_serials_ahead(arrived.code, by)
    event = record(dossier, verb=facts.IMPORTED, by=by, at=at, key=key, data=data)
    dossier.save(force_insert=True)
    facts.follow(event)
    return dossier


@action("dossier.reimported")
def update_imported(
    *, by: Any, at: datetime, key: str, dossier_id: UUID, arrived: Arrived
) -> Dossier:
    """A later file tells more of an imported dossier that nobody worked on here meanwhile.

    Raises WrongRole, BadTimes; NotBroughtIn where somebody did.
    """
    permissions.require(by, Role.ADMINISTRATOR, at=at)
    _check(arrived, at)
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier_id)
    if not untouched(dossier):
        raise NotBroughtIn(code=dossier.code)
    before = columns(dossier)
    data = _fill(dossier, arrived, by, at, seq=dossier.journal_seq + 1)
    now = columns(dossier)
    data["before"] = {name: old for name, old in before.items() if now[name] != old}
    event = record(dossier, verb=facts.REIMPORTED, by=by, at=at, key=key, data=data)
    dossier.save(force_update=True)
    facts.follow(event)
    return dossier


@action("agency.dossiers_imported")
def note_import(*, by: Any, at: datetime, key: str, file: str, created: int, updated: int) -> Any:
    """Note on the agency's chain that a file was brought in, and how many dossiers it gave.

    `created` and `updated` are of this sitting; a large file may take several. Raises WrongRole.
    """
    permissions.require(by, Role.ADMINISTRATOR, at=at)
    agency = type(by.agency)._base_manager.select_for_update().get(pk=by.agency_id)
    data = {"file": nfc(file)[:120], "created": created, "updated": updated}
    record(agency, verb=facts.BROUGHT_IN, by=by, at=at, key=key, data=data)
    agency.save(update_fields=["journal_seq", "journal_hash", "journal_at"])
    return agency


def untouched(dossier: Dossier) -> bool:
    """Whether the dossier was brought in and nobody has done anything to it here since."""
    brought = (dossier.origin or {}).get("import")
    return bool(brought) and brought["seq"] == dossier.journal_seq


def _keep_serials_ahead(code: str, by: Any) -> None:
    """A code as we would give it is taken from our own serials of its day."""
    try:
        parts = parse_code(code)
        ours = canonical_agency_code(parts.agency) == canonical_agency_code(
            people.last_version(by.agency, parts.day).code
        )
    except (BadInput, LookupError):
        return
    if ours and parts.number <= HIGHEST:
        raise_to(parts.day, parts.number)


def _check(arrived: Arrived, at: datetime) -> None:
    """What no file may make us write, whoever read it."""
    wrong = ""
    finished, handed = arrived.finished_at, arrived.handed_at
    if arrived.state in NOT_TAKEN_IN:
        wrong = "chưa được tiếp nhận"
    elif arrived.received_at > at or (finished or at) > at or (handed or at) > at:
        wrong = "có giờ ở tương lai"
    elif finished is not None and finished < arrived.received_at:
        wrong = "xong trước khi nhận"
    elif (arrived.state in FINISHED) != (finished is not None):
        wrong = "trạng thái và ngày kết thúc không khớp"
    elif (arrived.state is State.RETURNED) != (handed is not None):
        wrong = "trạng thái và ngày trả không khớp"
    elif (arrived.state in PAUSED) != (arrived.paused_at is not None):
        wrong = "trạng thái và ngày tạm dừng không khớp"
    if wrong:
        raise BadTimes(code=arrived.code, what=wrong)
    for named in (arrived.receiver, arrived.holder):
        if named is not None and not is_ours(named):
            raise refusals.NotASpecialist(name=named.name, day=f"{local_day(at):%d/%m/%Y}")


def _person(typed: persons.PersonIn, by: Any, at: datetime) -> Any:
    """The citizen; a number that is here under another name is left out, the dossier is not."""
    try:
        return persons.take(typed, by=by, at=at)
    except (refusals.IdOfAnother, refusals.BadIdNumber, refusals.NotYetBorn):
        bare = persons.PersonIn(typed.name, phone=typed.phone, address=typed.address)
        return persons.take(bare, by=by, at=at)


def _fill(
    dossier: Dossier, arrived: Arrived, by: Any, at: datetime, seq: int = 1
) -> dict[str, Any]:
    """Set every column the file tells, and return what the event says of it."""
    working = arrived.state in {State.IN_PROGRESS, *PAUSED}
    phase = Phase.ASSESSING if working else Phase.CLOSED
    phase = Phase.RECEIVED if arrived.state is State.RECEIVED else phase
    receiver = arrived.receiver or by
    dossier.version, dossier.state, dossier.phase = arrived.version, arrived.state, phase
    dossier.step = step_index(arrived.version.step_list, phase, 0)
    dossier.step_since = at
    dossier.holder = arrived.holder
    dossier.holder_role = _role(arrived, phase, at)
    dossier.channel, dossier.return_by = arrived.channel, ReturnBy.COUNTER
    dossier.received_by, dossier.term = receiver, arrived.term
    dossier.received_at = dossier.started_at = arrived.received_at
    dossier.first_due_at = dossier.due_at = arrived.due_at
    dossier.finished_at, dossier.handed_at = arrived.finished_at, arrived.handed_at
    dossier.money, dossier.fee_owed = Money.NONE, 0
    _pause(dossier, arrived)
    ended = _outcome(dossier, arrived)
    brought = {
        "file": nfc(arrived.file)[:120], "row": arrived.row, "digest": arrived.digest,
        "unit": arrived.unit, "at": at.isoformat(), "seq": seq,
    }  # fmt: skip
    due = arrived.due_at.isoformat() if arrived.printed else None
    dossier.origin = {
        "agency": arrived.unit, "code": arrived.code, "received_at": None, "import": brought,
        "due": due,
    }  # fmt: skip
    return _data(dossier, arrived) | ended | {"import": brought}


def _role(arrived: Arrived, phase: Phase, at: datetime) -> str:
    """Who must act next; at the desk as long as no specialist has it."""
    role = next_role(arrived.state, phase)
    if arrived.state in PAUSED or role is None:
        return ""
    expert = arrived.holder is not None and arrived.holder.has_role(
        Role.SPECIALIST, on=local_day(at)
    )
    return (role if role is not Role.SPECIALIST or expert else Role.DESK).value


def _pause(dossier: Dossier, arrived: Arrived) -> None:
    dossier.paused_at, dossier.paused_from, dossier.pauses = arrived.paused_at, "", []
    if arrived.paused_at is not None:
        dossier.paused_from = State.IN_PROGRESS
        start = arrived.paused_at.isoformat()
        dossier.pauses = [{"kind": arrived.state.value, "start": start, "end": None}]
        dossier.supplements = int(arrived.state is State.SUPPLEMENT)


def _outcome(dossier: Dossier, arrived: Arrived) -> dict[str, Any]:
    if arrived.finished_at is None:
        dossier.outcome = ""
        return {}
    ended = outcome(
        term=parse_term(arrived.term), due_at=arrived.due_at, finished_at=arrived.finished_at
    )
    dossier.outcome = ended
    state = State.DONE if arrived.state is State.RETURNED else arrived.state
    handed = arrived.handed_at
    return {
        "finished_on": local_day(arrived.finished_at).isoformat(),
        "finished_at": arrived.finished_at.isoformat(), "finished_as": state.value,
        "outcome": ended.value, "outcome_promised": ended.value,
        "handed_on": local_day(handed).isoformat() if handed else None,
    }  # fmt: skip


def _data(dossier: Dossier, arrived: Arrived) -> dict[str, Any]:
    """What the event says: all of the fact, and enough to reconstruct the dossier."""
    version, receiver = arrived.version, arrived.receiver
    return {
        "code": dossier.code, "procedure": version.procedure.code,
        "procedure_name": version.short_name, "version": str(version.pk),
        "field": version.field.code, "group": version.field.group, "linkage": version.linkage,
        "online_level": version.online_level, "channel": arrived.channel.value,
        "applicant": str(dossier.applicant_id), "officer": str(dossier.received_by_id),
        "post_group": receiver.post.group if receiver and receiver.post else "other",
        "state": arrived.state.value, "term": arrived.term,
        "received_on": local_day(arrived.received_at).isoformat(),
        "received_at": arrived.received_at.isoformat(),
        "due_on": local_day(arrived.due_at).isoformat(), "due_at": arrived.due_at.isoformat(),
        "papers": 0, "digitised": False, "supplements": dossier.supplements, "fee_owed": 0,
        "fee_paid": 0, "holder": str(dossier.holder_id) if dossier.holder_id else None,
    }  # fmt: skip

"""The office (trụ sở): working hours, days closed, letterhead and seal."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.journal.actions import action, record
from motcua.kernel.calendar import WorkPlace
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people.actions._common import keep, locked, require_administrator, values, words
from motcua.people.hours import named_hours
from motcua.people.models import Agency, Closure, Letterhead, WorkingHours
from motcua.people.rules import Role

HEADED = (
    "effective_from", "parent_line", "desk_line", "address", "phone", "lookup_url", "source",
)  # fmt: skip


class AlreadyClosed(Refused):
    code = "day-already-closed"
    message = "Ngày {day} đã ghi nghỉ: {reason}. Không cần ghi lại."


class NotClosed(Refused):
    code = "day-not-closed"
    message = "Ngày {day} không ghi là ngày nghỉ riêng. Không có gì để bỏ."


class DayIsOver(Refused):
    code = "closed-day-is-over"
    message = "Ngày nghỉ {day} đã qua, hạn đã tính theo ngày ấy. Chỉ bỏ được ngày chưa đến."


class SameHours(Refused):
    code = "same-hours"
    message = "Từ ngày {day} đã ghi đúng giờ làm việc này. Không cần ghi lại."


class BadLookup(BadInput):
    code = "bad-lookup-address"
    message = "Địa chỉ tra cứu “{text}” phải bắt đầu bằng https:// hoặc http://. Sửa rồi ghi lại."


class SealInTraining(Refused):
    code = "seal-not-in-training"
    message = "Bản tập huấn không mang con dấu. Chưa ghi. Trở về bản thật rồi làm việc này."


def refuse_seal_in_training(agency: Any) -> None:
    """Raise SealInTraining in a training copy: nothing printed for practice bears the seal."""
    if agency.training_of_id:
        raise SealInTraining()


@action("agency.hours-set")
def set_hours(
    *, by: Any, at: datetime, key: str, agency: Any, unit: str, sessions: str, on: date, source: str
) -> Agency:
    """From `on` the desk (or the offices) keeps these hours: a named set, or sessions as text.

    Days before `on` keep the hours they had. Hours noted before for the same day are replaced.
    `by` None is the installation itself. Raises WrongRole, SameHours; BadInput for unknown hours.
    """
    require_administrator(by, at)
    named_hours(sessions, WorkPlace(unit))
    now = locked(agency)
    row = WorkingHours.objects.filter(unit=unit, effective_from=on).first()
    if row is not None and row.sessions == sessions:
        raise SameHours(day=f"{on:%d/%m/%Y}")
    before = row.sessions if row else None
    row = row or WorkingHours(agency=now, unit=unit, effective_from=on)
    row.sessions, row.source = sessions, nfc(source)
    row.save()
    now.rev += 1
    data = {
        "unit": unit, "sessions": sessions, "from": on.isoformat(), "source": row.source,
        "before": before,
    }  # fmt: skip
    record(now, verb="agency.hours-set", by=by, at=at, key=key, data=data)
    keep(now, agency, *((by.agency,) if by is not None else ()))
    return now


@action("agency.closed")
def close_day(
    *, by: Any, at: datetime, key: str, day: date, reason: str, source: str = ""
) -> Agency:
    """Close the office on a day, such as in a flood. Due times already promised do not move."""
    permissions.require(by, Role.ADMINISTRATOR, Role.LEADER, at=at)
    agency = locked(by.agency)
    known = Closure.objects.filter(day=day).first()
    if known is not None:
        raise AlreadyClosed(day=f"{day:%d/%m/%Y}", reason=known.reason)
    reason = words(reason, "lý do nghỉ", field="reason")
    row = Closure(agency=agency, day=day, reason=reason, source=nfc(source))
    row.save(force_insert=True)
    agency.rev += 1
    data = {"day": day.isoformat(), "reason": row.reason}
    record(agency, verb="agency.closed", by=by, at=at, key=key, data=data)
    keep(agency, by.agency)
    return agency


@action("agency.reopened")
def reopen_day(*, by: Any, at: datetime, key: str, day: date, reason: str = "") -> Agency:
    """The office works on a day noted as closed after all. Raises NotClosed, DayIsOver."""
    permissions.require(by, Role.ADMINISTRATOR, Role.LEADER, at=at)
    agency = locked(by.agency)
    known = Closure.objects.filter(day=day).first()
    if known is None:
        raise NotClosed(day=f"{day:%d/%m/%Y}")
    if day < local_day(at):
        raise DayIsOver(day=f"{day:%d/%m/%Y}")
    before = values(known, ("day", "reason", "source"))
    known.delete()
    agency.rev += 1
    data = {"day": day.isoformat(), "reason": nfc(reason), "before": before}
    record(agency, verb="agency.reopened", by=by, at=at, key=key, data=data)
    keep(agency, by.agency)
    return agency


@action("agency.letterhead-set")
def set_letterhead(
    *, by: Any, at: datetime, key: str, agency: Any, on: date, parent_line: str = "",
    desk_line: str = "", address: str = "", phone: str = "", lookup_url: str = "",
    source: str = "", seal_id: UUID | None = None, without_seal: bool = False,
) -> Agency:  # fmt: skip
    """From `on` the agency's papers are headed so; papers printed before keep their look.

    `seal_id` is a stored picture (.png) of this agency; without one the seal of the letterhead
    before stays, unless `without_seal`. `by` None is the installation itself. Raises WrongRole,
    BadLookup, SealInTraining.
    """
    require_administrator(by, at)
    if seal_id:
        refuse_seal_in_training(agency)
    if lookup_url and not lookup_url.startswith(("https://", "http://")):
        raise BadLookup(text=lookup_url, field="lookup_url")
    now = locked(agency)
    rows = Letterhead.objects.filter(effective_from__lte=on).order_by("effective_from")
    last = rows.last()
    row = last if last and last.effective_from == on else Letterhead(agency=now, effective_from=on)
    before = values(last, HEADED) | {"seal": _text(last.seal_id)} if last else None
    row.parent_line, row.desk_line, row.address = nfc(parent_line), nfc(desk_line), nfc(address)
    row.phone, row.lookup_url, row.source = nfc(phone), nfc(lookup_url), nfc(source)
    row.seal_id = None if without_seal else seal_id or (last.seal_id if last else None)
    row.save()
    now.rev += 1
    data = values(row, HEADED) | {"seal": _text(row.seal_id), "before": before}
    record(now, verb="agency.letterhead-set", by=by, at=at, key=key, data=data)
    keep(now, agency, *((by.agency,) if by is not None else ()))
    return now


def _text(found: UUID | None) -> str | None:
    return str(found) if found else None

"""Absences (vắng mặt): noted, ended."""

from datetime import datetime
from typing import Any

from motcua.journal.actions import action, record
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local
from motcua.people import permissions
from motcua.people.actions._common import touch_staff
from motcua.people.models import Absence
from motcua.people.rules import NO_TIME, AbsenceKind, Role
from motcua.web.ids import uuid7


class AbsenceEnds(BadInput):
    code = "absence-ends-before-start"
    message = "Lúc trở lại ({end}) phải sau lúc bắt đầu vắng ({start}). Sửa một trong hai."

    def __init__(self, start: datetime, end: datetime, field: str | None = None) -> None:
        words = {"start": f"{local(start):%H:%M %d/%m}", "end": f"{local(end):%H:%M %d/%m}"}
        super().__init__(field=field, **words)


class AbsenceBegun(Refused):
    code = "absence-begun"
    message = "Lượt vắng này đã bắt đầu lúc {start}. Không hủy được. Ghi đã trở lại khi có mặt."


class AbsenceCancelled(Refused):
    code = "absence-cancelled"
    message = "Lịch vắng này đã hủy. Không cần hủy lại; xem danh sách vắng mặt."


class AlreadyBack(Refused):
    code = "already-back"
    message = "Lượt vắng này đã kết thúc lúc {end}. Không cần ghi lại."


@action("absence.noted")
def note_absence(
    *,
    by: Any,
    at: datetime,
    key: str,
    officer: Any,
    kind: AbsenceKind,
    start: datetime,
    end: datetime,
    note: str = "",
    stand_in: Any = None,
) -> Absence:
    """Note that `officer` is away from `start` to `end`. One's own; the clerk notes a leader's."""
    if officer.pk != by.pk:
        permissions.require(by, Role.CLERK, Role.ADMINISTRATOR, at=at)
    if end <= start:
        raise AbsenceEnds(start, end, field="end")
    absence = Absence(
        id=uuid7(), agency_id=by.agency_id, officer=officer, kind=kind, start=start, end=end,
        note=nfc(note), stand_in=stand_in,
    )  # fmt: skip
    data = {
        "officer": str(officer.pk), "kind": kind.value, "start": start.isoformat(),
        "end": end.isoformat(), "stand_in": str(stand_in.pk) if stand_in else None,
    }  # fmt: skip
    record(absence, verb="absence.noted", by=by, at=at, key=key, data=data)
    absence.save(force_insert=True)
    touch_staff(by.agency)
    return absence


@action("absence.ended")
def end_absence(*, by: Any, at: datetime, key: str, absence_id: Any) -> Absence:
    """The officer is back: the absence ends now (it began before now)."""
    absence = Absence.objects.select_for_update().get(pk=absence_id)
    if absence.officer_id != by.pk:
        permissions.require(by, Role.CLERK, Role.ADMINISTRATOR, at=at)
    if at <= absence.start:
        raise AbsenceEnds(absence.start, at)
    if at >= absence.end:
        raise AlreadyBack(end=f"{local(absence.end):%H:%M %d/%m/%Y}")
    absence.end = at
    data = {"end": absence.end.isoformat()}
    record(absence, verb="absence.ended", by=by, at=at, key=key, data=data)
    absence.save(force_update=True)
    touch_staff(by.agency)
    return absence


@action("absence.cancelled")
def cancel_absence(*, by: Any, at: datetime, key: str, absence_id: Any) -> Absence:
    """Cancel an absence that has not begun. The row stays for the journal, and lasts NO_TIME."""
    absence = Absence.objects.select_for_update().get(pk=absence_id)
    if absence.officer_id != by.pk:
        permissions.require(by, Role.CLERK, Role.ADMINISTRATOR, at=at)
    if at >= absence.start:
        raise AbsenceBegun(start=f"{local(absence.start):%H:%M %d/%m/%Y}")
    if absence.end - absence.start == NO_TIME:
        raise AbsenceCancelled
    data = {"start": absence.start.isoformat(), "end": absence.end.isoformat()}
    absence.end = absence.start + NO_TIME
    record(absence, verb="absence.cancelled", by=by, at=at, key=key, data=data)
    absence.save(force_update=True)
    touch_staff(by.agency)
    return absence

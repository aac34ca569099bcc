"""Changing agencies, officers, assignments and absences. Each leaves its event."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.journal.actions import action, record
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local
from motcua.people import permissions
from motcua.people.models import (
    Absence,
    Agency,
    AgencyVersion,
    Assignment,
    Closure,
    Merger,
    Officer,
    Post,
    WorkingHours,
)
from motcua.people.rules import AbsenceKind, AgencyKind, PostGroup, Role
from motcua.web import scope
from motcua.web.ids import uuid7


class AbsenceEnds(BadInput):
    code = "absence-ends-before-start"
    message = "Lúc trở lại ({end}) phải sau lúc bắt đầu vắng ({start}). Sửa một trong hai."

    def __init__(self, start: datetime, end: datetime, field: str | None = None) -> None:
        words = {"start": f"{local(start):%H:%M %d/%m}", "end": f"{local(end):%H:%M %d/%m}"}
        super().__init__(field=field, **words)


class AlreadyBack(Refused):
    code = "already-back"
    message = "Lượt vắng này đã kết thúc lúc {end}. Không cần ghi lại."


class AlreadyClosed(Refused):
    code = "day-already-closed"
    message = "Ngày {day} đã ghi nghỉ: {reason}. Không cần ghi lại."


@transaction.atomic
def found_agency(
    *,
    slug: str,
    kind: AgencyKind,
    name: str,
    place: str,
    code: str,
    parent: Agency | None,
    effective_from: date,
    source: str,
    at: datetime,
    watermark: str = "",
) -> Agency:
    """Set an agency up with its first version. The very first act of an installation."""
    agency = Agency(slug=slug, watermark=watermark)
    with scope.agency_scope(scope.Scope(agency.pk, (agency.pk,))):
        agency.save(force_insert=True)
        _version(agency, kind, name, place, code, parent, effective_from, source)
        data = {"name": name, "code": code, "from": effective_from.isoformat()}
        record(agency, verb="agency.founded", by=None, at=at, key=None, data=data)
        agency.save()
    return agency


def _version(
    agency: Agency, kind: AgencyKind, name: str, place: str, code: str, parent: Agency | None,
    effective_from: date, source: str,
) -> None:  # fmt: skip
    AgencyVersion.objects.create(
        agency=agency, kind=kind, name=nfc(name), place=nfc(place), code=code, parent=parent,
        effective_from=effective_from, source=source,
    )  # fmt: skip


@transaction.atomic
def change_agency(
    *,
    agency: Agency,
    kind: AgencyKind,
    name: str,
    place: str,
    code: str,
    parent: Agency | None,
    effective_from: date,
    source: str,
    merged: tuple[Agency, ...] = (),
    at: datetime,
) -> Agency:
    """From a day on the agency is called, coded or placed otherwise; `merged` live on in it."""
    _end_versions(agency, effective_from)
    _version(agency, kind, name, place, code, parent, effective_from, source)
    for old in merged:
        Merger.objects.create(agency=agency, old=old, on=effective_from, source=source)
        _end(old, effective_from, source, at)
    agency.rev += 1
    data = {"name": name, "code": code, "from": effective_from.isoformat(), "source": source}
    record(agency, verb="agency.changed", by=None, at=at, key=None, data=data)
    agency.save()
    return agency


@transaction.atomic
def end_agency(*, agency: Agency, on: date, source: str, at: datetime) -> Agency:
    """From `on` the agency is no more (kết thúc hoạt động); its codes still find it."""
    _end(agency, on, source, at)
    return agency


def _end(agency: Agency, on: date, source: str, at: datetime) -> None:
    with scope.agency_scope(scope.Scope(agency.pk, (agency.pk,))):
        _end_versions(agency, on)
        agency.rev += 1
        data = {"on": on.isoformat(), "source": source}
        record(agency, verb="agency.ended", by=None, at=at, key=None, data=data)
        agency.save()


def _end_versions(agency: Agency, on: date) -> None:
    AgencyVersion.objects.filter(agency=agency, effective_to=None).update(effective_to=on)


@transaction.atomic
def end_assignment(*, officer: Officer, role: Role, on: date, source: str, at: datetime) -> None:
    """From `on` the officer no longer holds `role`; what they did stays theirs."""
    rows = Assignment.objects.filter(officer=officer, role=role, effective_to=None)
    if rows.update(effective_to=on):
        officer.__dict__.pop("assignments_ever", None)
        data = {"role": role.value, "on": on.isoformat(), "source": source}
        record(officer, verb="officer.released", by=None, at=at, key=None, data=data)
        officer.save()


@transaction.atomic
def add_officer(
    *,
    agency: Agency,
    login: str,
    name: str,
    post_code: str,
    post_title: str,
    group: PostGroup,
    roles: tuple[Role, ...],
    effective_from: date,
    source: str,
    at: datetime,
    by: Any = None,
    password: str | None = None,
) -> Officer:
    """Add an officer with a post and roles from a day on. Without a password nobody can log in."""
    post, _ = Post.objects.get_or_create(
        agency=agency, code=post_code, defaults={"title": nfc(post_title), "group": group}
    )
    officer = Officer(id=uuid7(), agency=agency, login=login, name=nfc(name), post=post)
    officer.set_password(password)
    data = {"name": officer.name, "post": post.title, "roles": [r.value for r in roles]}
    record(officer, verb="officer.added", by=by, at=at, key=None, data=data)
    officer.save(force_insert=True)
    for role in roles:
        row = Assignment(
            agency=agency, officer=officer, role=role, effective_from=effective_from, source=source
        )
        row.save(force_insert=True)
    return officer


@transaction.atomic
def set_hours(*, agency: Agency, unit: str, sessions: str, on: date, source: str) -> None:
    """The agency's desk (or offices) keeps the named set of working hours from `on`."""
    row = WorkingHours(
        agency=agency, unit=unit, sessions=sessions, effective_from=on, source=source
    )
    row.save(force_insert=True)
    agency.rev += 1
    agency.save(update_fields=["rev"])


@action("agency.closed")
def close_day(
    *, by: Any, at: datetime, key: str, day: date, reason: str, source: str = ""
) -> Agency:
    """Close the office on a day, such as in a flood. Due times already promised do not move."""
    permissions.require(by, Role.ADMINISTRATOR, Role.LEADER, at=at)
    agency = Agency.objects.select_for_update().get(pk=by.agency_id)
    known = Closure.objects.filter(day=day).first()
    if known is not None:
        raise AlreadyClosed(day=f"{day:%d/%m/%Y}", reason=known.reason)
    row = Closure(agency=agency, day=day, reason=nfc(reason), source=source)
    row.save(force_insert=True)
    agency.rev += 1
    data = {"day": day.isoformat(), "reason": row.reason}
    record(agency, verb="agency.closed", by=by, at=at, key=key, data=data)
    agency.save()
    by.agency.rev = agency.rev
    return agency


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
    return absence

"""Founding, renaming, ending agencies (cơ quan); the first officers of an installation."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.journal.actions import action, record
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.numbering import agency_code_is_valid
from motcua.kernel.text import nfc
from motcua.people.actions._common import (
    keep,
    locked,
    require_administrator,
    touch_staff,
    values,
    words,
)
from motcua.people.models import Agency, AgencyVersion, Assignment, Merger, Officer, Post
from motcua.people.rules import AgencyKind, PostGroup, Role
from motcua.web import scope
from motcua.web.ids import uuid7

NAMED = ("name", "place", "code", "effective_from", "source")


class BadAgencyCode(BadInput):
    code = "bad-agency-code"
    message = (
        "Mã định danh “{text}” không đúng dạng. Nhập mã được cấp, ví dụ dạng H57.12.34 "
        "hoặc 000.12.34.H57."
    )


class ChangedLater(Refused):
    code = "agency-changed-later"
    message = (
        "Cơ quan đã có tên, mã ghi từ ngày {day}. Chọn ngày sau {day}; "
        "ghi nhầm ngày thì gọi người cài đặt."
    )


class AnotherAgency(Refused):
    code = "another-agency"
    message = "Chỉ sửa được cơ quan của mình."


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
) -> AgencyVersion:  # fmt: skip
    return AgencyVersion.objects.create(
        agency=agency, kind=kind, name=nfc(name), place=nfc(place), code=code, parent=parent,
        effective_from=effective_from, source=nfc(source),
    )  # fmt: skip


@action("agency.changed")
def change_agency(
    *,
    by: Any,
    at: datetime,
    key: str,
    agency: Agency,
    kind: AgencyKind,
    name: str,
    place: str,
    code: str,
    parent: Agency | None,
    effective_from: date,
    source: str,
    merged: tuple[Agency, ...] = (),
) -> Agency:
    """From a day on the agency is called, coded or placed otherwise; `merged` live on in it.

    `by` is its administrator, or None when the installation itself does it. Raises WrongRole,
    AnotherAgency, BadAgencyCode, ChangedLater, Missing.
    """
    require_administrator(by, at)
    if by is not None and (by.agency_id != agency.pk or merged):
        raise AnotherAgency()
    if not agency_code_is_valid(code):
        raise BadAgencyCode(text=code, field="code")
    now = locked(agency)
    last = AgencyVersion.objects.filter(agency=now).order_by("effective_from").last()
    if last is not None and last.effective_from >= effective_from:
        raise ChangedLater(day=f"{last.effective_from:%d/%m/%Y}")
    _end_versions(now, effective_from)
    row = _version(
        now, kind, words(name, "tên cơ quan", field="name"),
        words(place, "địa danh", field="place"), code, parent, effective_from,
        words(source, "căn cứ", field="source"),
    )  # fmt: skip
    for old in merged:
        Merger.objects.create(agency=now, old=old, on=effective_from, source=source)
        _end(old, effective_from, source, at)
    now.rev += 1
    data = {
        "name": row.name, "code": code, "from": effective_from.isoformat(), "source": row.source,
        "before": values(last, NAMED) if last else None,
    }  # fmt: skip
    record(now, verb="agency.changed", by=by, at=at, key=key, data=data)
    keep(now, agency, *((by.agency,) if by is not None else ()))
    return agency


@transaction.atomic
def end_agency(*, agency: Agency, on: date, source: str, at: datetime) -> Agency:
    """From `on` the agency is no more (kết thúc hoạt động); its codes still find it."""
    _end(agency, on, source, at)
    return agency


def _end(agency: Agency, on: date, source: str, at: datetime) -> None:
    with scope.agency_scope(scope.Scope(agency.pk, (agency.pk,))):
        now = locked(agency)
        _end_versions(now, on)
        now.rev += 1
        data = {"on": on.isoformat(), "source": source}
        record(now, verb="agency.ended", by=None, at=at, key=None, data=data)
        keep(now, agency)


def _end_versions(agency: Agency, on: date) -> None:
    AgencyVersion.objects.filter(agency=agency, effective_to=None).update(effective_to=on)


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
    must_change: bool = False,
    fields: tuple[str, ...] = (),
    key: str | None = None,
) -> Officer:
    """Add an officer with a post and roles from a day on. Without a password nobody can log in.

    For installations and as a part of acts; an administrator's act is `officers.enrol`.
    """
    post, _ = Post.objects.get_or_create(
        agency=agency, code=post_code, defaults={"title": nfc(post_title), "group": group}
    )
    officer = Officer(
        id=uuid7(), agency=agency, login=login, name=nfc(name), post=post, must_change=must_change
    )
    officer.set_password(password)
    data = {"name": officer.name, "post": post.title, "roles": [r.value for r in roles]}
    record(officer, verb="officer.added", by=by, at=at, key=key, data=data)
    officer.save(force_insert=True)
    for role in roles:
        row = Assignment(
            agency=agency, officer=officer, role=role, fields=list(fields),
            effective_from=effective_from, source=nfc(source),
        )  # fmt: skip
        row.save(force_insert=True)
    touch_staff(agency)
    return officer

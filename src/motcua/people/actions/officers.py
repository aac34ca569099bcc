"""Officers (cán bộ, công chức) of one's own agency, by its administrator."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from motcua.journal.actions import action, record
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import local_day
from motcua.kernel.words import say
from motcua.people import permissions
from motcua.people.actions._common import isoformat, locked, touch_staff, values, words
from motcua.people.actions.founding import add_officer
from motcua.people.models import Agency, Assignment, Officer, Post
from motcua.people.naming import login_is_valid
from motcua.people.rules import OfficerIn, PostGroup, Role

UNUSABLE = "!"
"""How the framework marks a password that nobody has."""


class BadLogin(BadInput):
    code = "bad-login"
    message = (
        "Tên đăng nhập “{text}” không đúng dạng. Ghi 3 đến 40 chữ cái không dấu, chữ số, dấu chấm, "
        "gạch nối; bắt đầu bằng chữ cái."
    )


class LoginTaken(Refused):
    code = "login-taken"
    message = "Tên đăng nhập “{text}” đã có người dùng. Chọn tên khác, ví dụ thêm số ở cuối."


class NoRoles(BadInput):
    code = "no-roles"
    message = "Chưa chọn vai trò nào cho {name}. Chọn ít nhất một vai trò."


class RoleHeld(Refused):
    code = "role-held"
    message = (
        "{name} đã giữ vai trò {role} ({when}). Cho thôi vai trò ấy trước, hoặc chọn ngày sau."
    )


class RoleNotHeld(Refused):
    code = "role-not-held"
    message = "{name} không giữ vai trò {role}. Không có gì để thôi."


class LastAdministrator(Refused):
    code = "last-administrator"
    message = (
        "{name} là quản trị cuối cùng đăng nhập được. Giao vai trò quản trị cho người khác, "
        "chờ người ấy đặt mật khẩu, rồi làm lại việc này."
    )


class AlreadySo(Refused):
    code = "account-already-so"
    message = "Tài khoản của {name} đã ở trạng thái ấy. Không cần ghi lại."


class InTraining(Refused):
    code = "not-in-training"
    message = (
        "Bản tập huấn không có tài khoản, mật khẩu riêng. Chọn “Trở về bản thật” rồi làm việc này."
    )


def officer_locked(by: Any, officer_id: UUID, at: datetime) -> Officer:
    """An officer of the administrator's agency, held until the act ends; the agency first, so
    that two acts on administrators never pass each other."""
    permissions.require(by, Role.ADMINISTRATOR, at=at)
    locked(by.agency)
    officers = Officer.objects.select_for_update(of=("self",), no_key=True)
    return officers.select_related("agency", "post").get(pk=officer_id)


def write_officer(officer: Officer, agency: Any) -> None:
    officer.save(force_update=True)
    officer.__dict__.pop("assignments_ever", None)
    touch_staff(agency)


@action("officer.added")
def enrol(*, by: Any, at: datetime, key: str, given: OfficerIn) -> Officer:
    """Take an officer on. Nobody can log in as them before a one-time code is given.

    Raises WrongRole, BadLogin, LoginTaken, NoRoles, Missing.
    """
    permissions.require(by, Role.ADMINISTRATOR, at=at)
    locked(by.agency)
    return _enrol(by, at, given, key)


@action("officers.imported")
def import_officers(*, by: Any, at: datetime, key: str, rows: Sequence[OfficerIn]) -> Agency:
    """Take on all the officers of a file that was checked before, or none of them."""
    permissions.require(by, Role.ADMINISTRATOR, at=at)
    agency = locked(by.agency)
    logins = [_enrol(by, at, one, None).login for one in rows]
    record(agency, verb="officers.imported", by=by, at=at, key=key, data={"logins": logins})
    agency.save(update_fields=["journal_seq", "journal_hash", "journal_at"])
    return agency


def _enrol(by: Any, at: datetime, given: OfficerIn, key: str | None) -> Officer:
    if by.agency.training_of_id:
        raise InTraining()
    name = words(given.name, "họ và tên", field="name")
    if not login_is_valid(given.login):
        raise BadLogin(text=given.login, field="login")
    if Officer.across_agencies.filter(login=given.login).exists():
        raise LoginTaken(text=given.login)
    if not given.roles:
        raise NoRoles(name=name, field="roles")
    post = post_of(by.agency, given.post, given.group)
    return add_officer(
        agency=by.agency, login=given.login, name=name, post_code=post.code, post_title=post.title,
        group=given.group, roles=given.roles, fields=given.fields, effective_from=given.since,
        source=given.source, at=at, by=by, key=key,
    )  # fmt: skip


def post_of(agency: Any, title: str, group: PostGroup) -> Post:
    """The post of this title and group, made when there is none."""
    title = words(title, "chức danh", field="post")
    known = Post.objects.filter(title=title, group=group).order_by("code").first()
    if known is not None:
        return known
    stem = fold(title).replace(" ", "-")[:36] or "vi-tri"
    codes = set(Post.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = [stem, *(f"{stem}-{number}" for number in range(2, len(codes) + 3))]
    code = next(code for code in numbered if code not in codes)
    post = Post(agency=agency, code=code, title=title, group=group)
    post.save(force_insert=True)
    return post


@action("officer.changed")
def change_officer(
    *, by: Any, at: datetime, key: str, officer_id: UUID, name: str, post: str, group: PostGroup
) -> Officer:
    """Correct the name, give another post (chức danh). What was done before keeps its words."""
    officer = officer_locked(by, officer_id, at)
    before = _words_of(officer)
    officer.name = words(name, "họ và tên", field="name")
    officer.post = post_of(by.agency, post, group)
    data = _words_of(officer) | {"before": before}
    record(officer, verb="officer.changed", by=by, at=at, key=key, data=data)
    write_officer(officer, by.agency)
    return officer


def _words_of(officer: Officer) -> dict[str, str]:
    post = officer.post
    return {
        "name": officer.name,
        "post": post.title if post else "",
        "group": post.group if post else "",
    }


@action("officer.assigned")
def assign_role(
    *, by: Any, at: datetime, key: str, officer_id: UUID, role: Role, on: date, source: str,
    fields: tuple[str, ...] = (),
) -> Officer:  # fmt: skip
    """From `on` the officer holds `role`, in these fields or in all. Other fields than before
    end the assignment before. Raises WrongRole, RoleHeld."""
    officer = officer_locked(by, officer_id, at)
    rows = Assignment.objects.filter(officer=officer, role=role)
    held = rows.filter(Q(effective_to=None) | Q(effective_to__gt=on)).order_by("effective_from")
    last = held.last()
    _refuse_held(officer, role, list(held), on, fields)
    if last is not None:
        last.effective_to = on
        last.save(update_fields=["effective_to"])
    row = rows.filter(effective_from=on).first() or Assignment(
        agency_id=officer.agency_id, officer=officer, role=role, effective_from=on
    )
    row.fields, row.source, row.effective_to = list(fields), nfc(source), None
    row.save()
    data = {
        "role": role.value, "fields": list(fields), "from": on.isoformat(), "source": row.source,
        "before": {"fields": last.fields, "from": isoformat(last.effective_from)} if last else None,
    }  # fmt: skip
    record(officer, verb="officer.assigned", by=by, at=at, key=key, data=data)
    write_officer(officer, by.agency)
    return officer


def _refuse_held(
    officer: Officer, role: Role, held: list[Assignment], on: date, fields: tuple[str, ...]
) -> None:
    """Only an open assignment in other fields, begun before or on the day, gives way."""
    for row in held:
        gives_way = row.effective_to is None and row.effective_from <= on
        if gives_way and sorted(row.fields) != sorted(fields):
            continue
        words = say("từ {first} đến {last}") if row.effective_to else say("từ {first}")
        last = row.effective_to and f"{row.effective_to:%d/%m/%Y}"
        when = words.format(first=f"{row.effective_from:%d/%m/%Y}", last=last)
        raise RoleHeld(name=officer.name, role=role.label.lower(), when=when)


@action("officer.released")
def end_assignment(
    *, by: Any, at: datetime, key: str, officer_id: UUID, role: Role, on: date, source: str
) -> Officer:
    """From `on` the officer no longer holds `role`; what they did stays theirs.

    Raises WrongRole, RoleNotHeld, LastAdministrator.
    """
    officer = officer_locked(by, officer_id, at)
    rows = list(Assignment.objects.filter(officer=officer, role=role, effective_to=None))
    if not rows:
        raise RoleNotHeld(name=officer.name, role=role.label.lower())
    if role is Role.ADMINISTRATOR:
        _refuse_last(officer, at)
    _end_rows(rows, on)
    data = {"role": role.value, "on": on.isoformat(), "source": nfc(source)}
    record(officer, verb="officer.released", by=by, at=at, key=key, data=data)
    write_officer(officer, by.agency)
    return officer


def _end_rows(rows: list[Assignment], on: date) -> None:
    """What has not begun by then never begins."""
    for row in rows:
        row.effective_to = max(on, row.effective_from)
        row.save(update_fields=["effective_to"])


@action("officer.ended")
def end_officer(
    *, by: Any, at: datetime, key: str, officer_id: UUID, on: date, source: str
) -> Officer:
    """Thôi việc, chuyển đi: every role ends on `on`; the account closes at once when that day
    has come. Raises WrongRole, LastAdministrator."""
    officer = officer_locked(by, officer_id, at)
    _refuse_last(officer, at)
    rows = list(Assignment.objects.filter(officer=officer, effective_to=None))
    before = [values(row, ("role", "fields", "effective_from")) for row in rows]
    _end_rows(rows, on)
    if on <= local_day(at):
        officer.is_active = False
    data = {"on": on.isoformat(), "source": nfc(source), "before": before}
    record(officer, verb="officer.ended", by=by, at=at, key=key, data=data)
    write_officer(officer, by.agency)
    return officer


@action("officer.suspended")
def suspend_officer(
    *, by: Any, at: datetime, key: str, officer_id: UUID, reason: str = ""
) -> Officer:
    """Khóa tài khoản: nobody works as them until it is opened again. Roles stay as they are."""
    officer = officer_locked(by, officer_id, at)
    if not officer.is_active:
        raise AlreadySo(name=officer.name)
    _refuse_last(officer, at)
    return _set_active(officer, False, by=by, at=at, key=key, reason=reason)


@action("officer.reopened")
def reopen_officer(
    *, by: Any, at: datetime, key: str, officer_id: UUID, reason: str = ""
) -> Officer:
    """Mở lại tài khoản that was closed."""
    officer = officer_locked(by, officer_id, at)
    if officer.is_active:
        raise AlreadySo(name=officer.name)
    return _set_active(officer, True, by=by, at=at, key=key, reason=reason)


def _set_active(
    officer: Officer, active: bool, *, by: Any, at: datetime, key: str, reason: str
) -> Officer:
    officer.is_active = active
    verb = "officer.reopened" if active else "officer.suspended"
    record(officer, verb=verb, by=by, at=at, key=key, data={"reason": nfc(reason)})
    write_officer(officer, by.agency)
    return officer


def _refuse_last(officer: Officer, at: datetime) -> None:
    """Raise LastAdministrator when nobody else is left who can log in and administer."""
    today = local_day(at)
    if not officer.has_role(Role.ADMINISTRATOR, on=today):
        return
    others = (
        Assignment.objects.filter(
            role=Role.ADMINISTRATOR, effective_from__lte=today, effective_to=None,
            officer__is_active=True,
        )
        .exclude(officer=officer)
        .exclude(officer__password__startswith=UNUSABLE)
    )  # fmt: skip
    training = officer.agency.training_of_id is not None
    if not training and not others.exists():
        raise LastAdministrator(name=officer.name)

"""Passwords: changed by their owner, set anew with a one-time code, locks lifted.

No password or code reaches the journal: they come as `Secret`, which digests as dots.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from motcua.journal.actions import action, record
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import local_day
from motcua.people.actions._common import locked
from motcua.people.actions.officers import InTraining, officer_locked, write_officer
from motcua.people.models import Officer, OneTimeCode
from motcua.people.rules import Role
from motcua.people.secret import Secret, typed_code
from motcua.web.ids import uuid7

LIFE = timedelta(hours=24)


class WrongPassword(BadInput):
    code = "wrong-password"
    message = "Mật khẩu hiện nay không đúng. Xem bộ gõ tiếng Việt có đang bật không, rồi nhập lại."


class InputMethodOn(BadInput):
    code = "input-method-on"
    message = (
        "Mật khẩu có chữ có dấu: bộ gõ tiếng Việt đang bật. Tắt bộ gõ, dùng chữ không dấu, "
        "chữ số, dấu câu."
    )


class TooShort(BadInput):
    code = "password-too-short"
    message = "Mật khẩu dài {length} chữ; cần ít nhất {least}. Ghép vài từ không dấu cho dễ nhớ."


class TooCommon(BadInput):
    code = "password-too-common"
    message = "Mật khẩu này nhiều người dùng, dễ đoán. Chọn mật khẩu khác, ví dụ ghép vài từ."


class SamePassword(BadInput):
    code = "same-password"
    message = "Mật khẩu mới giống mật khẩu hiện nay. Chọn mật khẩu khác."


class WrongCode(BadInput):
    code = "wrong-code"
    message = (
        "Tên đăng nhập hoặc mã không đúng, hoặc mã đã dùng, đã hết hạn. Xem lại phiếu; "
        "không được thì xin quản trị mã mới."
    )


class OwnCode(Refused):
    code = "own-code"
    message = "Không cấp mã cho chính mình. Đổi mật khẩu của mình ở trang “Mật khẩu”."


class AccountClosed(Refused):
    code = "account-closed"
    message = "Tài khoản của {name} đang khóa. Mở lại tài khoản rồi cấp mã."


class NotAdministrator(Refused):
    code = "not-administrator"
    message = (
        "{login} không phải là quản trị. Lệnh này chỉ cho quản trị bị mất mật khẩu; "
        "người khác thì quản trị cấp mã trên trang Cán bộ."
    )


_BY_RULE = {"password_too_short": TooShort, "password_too_common": TooCommon}


def check_new(officer: Officer, new: Secret) -> None:
    """Raise BadInput unless the password may be set: rules of the settings, no accents, new."""
    words = new.reveal()
    if not words.isascii():
        raise InputMethodOn(field="new")
    try:
        validate_password(words, officer)
    except ValidationError as problem:
        first = problem.error_list[0]
        known = _BY_RULE.get(str(first.code))
        if known is None:
            raise BadInput(" ".join(problem.messages), field="new") from problem
        least = (first.params or {}).get("min_length", 0)
        raise known(length=len(words), least=least, field="new") from problem
    if officer.has_usable_password() and check_password(words, officer.password):
        raise SamePassword(field="new")


@action("officer.password-changed")
def change_password(
    *, by: Officer, at: datetime, key: str, old: Secret | None, new: Secret
) -> Officer:
    """Change one's own password; every other session of the officer ends with it.

    `old` is None only where the officer just came in otherwise. Raises WrongPassword and what
    `check_new` raises; InTraining for a twin.
    """
    if by.twin_of_id:
        raise InTraining()
    officer = _held(by.pk)
    if old is not None and not check_password(old.reveal(), officer.password):
        raise WrongPassword(field="old")
    check_new(officer, new)
    _set(officer, by.agency, new, by=officer, at=at, key=key, verb="officer.password-changed")
    return officer


@action("officer.code-given")
def give_code(*, by: Any, at: datetime, key: str, officer_id: UUID, code: Secret) -> Officer:
    """Give an officer a one-time code (mã dùng một lần) to set a new password within a day.

    Codes given before are worth nothing any more. Only a slow hash of it is kept. Raises
    WrongRole, OwnCode, AccountClosed, InTraining.
    """
    officer = officer_locked(by, officer_id, at)
    if officer.pk == by.pk:
        raise OwnCode()
    _give(officer, by.agency, code, by=by, at=at, key=key)
    return officer


@action("officer.code-given-at-console")
def give_console_code(
    *, by: None, at: datetime, key: str, officer_id: UUID, code: Secret
) -> Officer:
    """Give an administrator who cannot log in a one-time code, at the server's console.

    Raises NotAdministrator, AccountClosed.
    """
    officer = _held(officer_id)
    if not officer.has_role(Role.ADMINISTRATOR, on=local_day(at)):
        raise NotAdministrator(login=officer.login)
    _give(officer, officer.agency, code, by=None, at=at, key=key)
    return officer


def _give(officer: Officer, agency: Any, code: Secret, *, by: Any, at: datetime, key: str) -> None:
    if agency.training_of_id or officer.twin_of_id:
        raise InTraining()
    if not officer.is_active:
        raise AccountClosed(name=officer.name)
    _waste(officer, at)
    row = OneTimeCode(
        id=uuid7(), agency_id=officer.agency_id, officer=officer, made_at=at, made_by=by,
        digest=make_password(code.reveal()), expires_at=at + LIFE,
    )  # fmt: skip
    row.save(force_insert=True)
    officer.must_change = True
    verb = "officer.code-given" if by else "officer.code-given-at-console"
    data = {"expires": row.expires_at.isoformat()}
    record(officer, verb=verb, by=by, at=at, key=key, data=data)
    write_officer(officer, agency)


def _waste(officer: Officer, at: datetime) -> None:
    """What was given before and not used opens nothing any more."""
    OneTimeCode.objects.filter(officer=officer, used_at=None).update(used_at=at)


@action("officer.code-used")
def use_code(*, by: Officer, at: datetime, key: str, code: Secret, new: Secret) -> Officer:
    """Set a new password with the one-time code of the officer `by`; the code is spent.

    Raises WrongCode; what `check_new` raises leaves the code good.
    """
    officer = _held(by.pk)
    row = good_code(officer, code, at)
    if row is None or not officer.is_active:
        raise WrongCode(field="code")
    check_new(officer, new)
    OneTimeCode.objects.filter(pk=row.pk).update(used_at=at)
    _set(officer, by.agency, new, by=officer, at=at, key=key, verb="officer.code-used")
    return officer


def good_code(officer: Officer, code: Secret, at: datetime) -> OneTimeCode | None:
    """The code of the officer that this is, not used, not expired; one hash, found or not."""
    rows = OneTimeCode.objects.filter(officer=officer, used_at=None, expires_at__gt=at)
    row = rows.order_by("-id").first()
    if row is None:
        make_password(code.reveal())  # as long as a try
        return None
    return row if check_password(typed_code(code.reveal()), row.digest) else None


def came_in_by(officer: Officer, code: Secret, new: Secret) -> bool:
    """Whether the last code of the officer is this one, spent, and `new` is the password now."""
    row = OneTimeCode.objects.filter(officer=officer).order_by("-id").first()
    if row is None or row.used_at is None:
        return False
    same = check_password(typed_code(code.reveal()), row.digest)
    return check_password(new.reveal(), officer.password) and same


@action("officer.lock-lifted")
def lift_lock(*, by: Any, at: datetime, key: str, officer_id: UUID) -> Officer:
    """Bỏ khóa tạm: the officer may try a password again now. The view notes it at the door."""
    officer = officer_locked(by, officer_id, at)
    record(officer, verb="officer.lock-lifted", by=by, at=at, key=key, data={})
    officer.save(update_fields=["journal_seq", "journal_hash", "journal_at"])
    return officer


def _held(officer_id: UUID) -> Officer:
    """The officer, held until the act ends; the agency first, as every act on officers does."""
    locked(Officer.objects.select_related("agency").get(pk=officer_id).agency)
    officers = Officer.objects.select_for_update(of=("self",), no_key=True)
    return officers.select_related("agency").get(pk=officer_id)


def _set(
    officer: Officer, agency: Any, new: Secret, *, by: Any, at: datetime, key: str, verb: str
) -> None:
    officer.set_password(new.reveal())
    officer.must_change = False
    _waste(officer, at)
    record(officer, verb=verb, by=by, at=at, key=key, data={})
    write_officer(officer, agency)

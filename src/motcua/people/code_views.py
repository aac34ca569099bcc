"""Passwords: one's own changed, a one-time code given, a code used to set a new password."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import check_password, make_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.journal.rules import KeyReused
from motcua.kernel.errors import Refused
from motcua.kernel.vntime import clock_words
from motcua.people import actions, door, officer_queries, permissions, queries
from motcua.people.form_page import form_page, key_of
from motcua.people.models import Officer
from motcua.people.rules import LoginKind, Role
from motcua.people.secret import Secret, new_code, typed_code
from motcua.web import clock, flash
from motcua.web.forms import Answers, Field
from motcua.web.scope import agency_scope

BACKEND = "motcua.people.login.OfficerBackend"
OLD, NEW, AGAIN, NAME, CODE = "cu", "moi", "nhap-lai", "ten", "ma"
LONGEST = 200


class Locked(Refused):
    code = "locked"
    message = (
        "Đã nhập sai quá nhiều lần. Chờ đến {until} rồi nhập lại, hoặc nhờ quản trị bỏ khóa tạm."
    )


class ShownOnce(Refused):
    code = "code-shown-once"
    message = "Mã đã cấp và chỉ hiện một lần. Mất phiếu thì cấp mã khác; mã trước hết dùng được."


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Mật khẩu: change one's own. Other sessions end; this one goes on."""
    at = clock.now()

    def read(answers: Answers) -> dict[str, Any] | None:
        old = _typed(answers, request, OLD, "Nhập mật khẩu hiện nay.")
        new = _new(answers, request)
        return None if answers.errors else {"old": old, "new": new}

    def act(given: Any, key: str) -> HttpResponse:
        officer = request.user
        address = door.address_of(request)
        _refuse_locked(officer.login, address, at)
        try:
            done = actions.change_password(by=officer, at=at, key=key, **given)
            _refuse_other(done, given["new"])
        except (actions.WrongPassword, KeyReused):
            door.note_failure(officer.login, address, at)
            raise
        update_session_auth_hash(request, done)
        flash.say(request, _("Đã đổi mật khẩu. Các máy khác đang mở phải đăng nhập lại."))
        return redirect("hom-nay")

    fields = (
        Field(OLD, _("Mật khẩu hiện nay"), "password", autocomplete="current-password"),
        *_new_fields(),
    )
    return form_page(
        request, "people/password.html", fields, read=read, act=act,
        names={"old": OLD, "new": NEW}, forced=request.user.must_change,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Cấp mã đăng nhập: a code for another officer, shown once, on a slip to print."""
    at = clock.now()
    permissions.require(request.user, Role.ADMINISTRATOR, at=at)
    officer = officer_queries.officer(officer_id)
    if officer is None:
        raise Http404
    if request.method != "POST":
        return render(request, "people/code_ask.html", {"officer": officer, "key": key_of(request)})
    code = new_code()
    actions.give_code(by=request.user, at=at, key=key_of(request), officer_id=officer.pk, code=code)
    row = actions.good_code(officer, code, at)
    if row is None:
        raise ShownOnce()
    context = {
        "officer": officer,
        "code": code.reveal(),
        "until": row.expires_at,
        "address": request.build_absolute_uri(reverse("ma-dung-mot-lan")),
        "at": at,
    }
    return render(request, "people/code_slip.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest) -> HttpResponse:
    """Mã dùng một lần: log in with a code by setting a new password. Locks as the door does."""
    at = clock.now()
    fields = (
        Field(NAME, _("Tên đăng nhập"), autocomplete="username", autofocus=True, width=24),
        Field(CODE, _("Mã trên phiếu"), width=16, hint=_("Ví dụ BCGH-2345-KMNP; gõ chữ thường "
              "cũng được, không cần gạch nối")),
        *_new_fields(),
    )  # fmt: skip

    def read(answers: Answers) -> dict[str, Any] | None:
        name = answers.text(NAME, missing="Nhập tên đăng nhập.").lower()
        code = answers.text(CODE, missing="Nhập mã trên phiếu.")
        new = _new(answers, request)
        if answers.errors:
            return None
        return {"name": name, "code": Secret(typed_code(code)), "new": new}

    def act(given: Any, key: str) -> HttpResponse:
        officer = _enter(request, at, key, **given)
        with agency_scope(queries.scope_of(officer.agency)):
            login(request, officer, backend=BACKEND)
        flash.say(request, _("Đã đặt mật khẩu mới. Lần sau đăng nhập bằng mật khẩu này."))
        return redirect("hom-nay")

    names = {"code": CODE, "new": NEW}
    return form_page(request, "people/code_use.html", fields, read=read, act=act, names=names)


def _enter(
    request: HttpRequest, at: datetime, key: str, *, name: str, code: Secret, new: Secret
) -> Officer:
    """The officer whose code this is, the password set. Every wrong try counts at the door,
    and a form sent again comes in only by the code and the password that it came in by."""
    label, address = door.label_of(name), door.address_of(request)
    _refuse_locked(label, address, at)
    officers = Officer.across_agencies.select_related("agency", "post")
    officer = officers.filter(login=name, is_active=True, twin_of=None).first()
    try:
        if officer is None:
            make_password(code.reveal())  # as long as a try
            raise actions.WrongCode(field="code")
        with agency_scope(queries.scope_of(officer.agency)):
            done = actions.use_code(by=officer, at=at, key=key, code=code, new=new)
            if not actions.came_in_by(done, code, new):  # a repeated key looks at no secret
                raise actions.WrongCode(field="code")
    except (actions.WrongCode, KeyReused):
        until = door.note_failure(label, address, at)
        if until is not None:
            raise Locked(until=clock_words(until)) from None
        raise
    door.note(LoginKind.LOGIN, officer.login, address, at)
    return officers.get(pk=done.pk)


def _refuse_other(officer: Officer, new: Secret) -> None:
    """Raise KeyReused unless the password is the one asked for.

    A repeated key gives the first result, and secrets are no part of what is compared: who only
    knows the key of an act must not come in by it.
    """
    if not check_password(new.reveal(), officer.password):
        raise KeyReused()


def _refuse_locked(label: str, address: str, at: datetime) -> None:
    until = door.locked_until(label, address, at)
    if until is not None:
        door.note(LoginKind.TURNED_AWAY, label, address, at)
        raise Locked(until=clock_words(until))


def _new_fields() -> tuple[Field, ...]:
    hint = _("Ít nhất 10 chữ, không dấu. Ghép vài từ dễ nhớ hơn, ví dụ bốn từ không liên quan.")
    return (
        Field(NEW, _("Mật khẩu mới"), "password", hint=hint, autocomplete="new-password"),
        Field(AGAIN, _("Nhập lại mật khẩu mới"), "password", autocomplete="new-password"),
    )


def _new(answers: Answers, request: HttpRequest) -> Secret | None:
    new = _typed(answers, request, NEW, "Nhập mật khẩu mới.")
    again = _typed(answers, request, AGAIN, "Nhập lại mật khẩu mới một lần nữa.")
    if new and again and new.reveal() != again.reveal():
        answers.errors[AGAIN] = _("Hai lần nhập không giống nhau. Nhập lại cả hai ô.")
    return new


def _typed(answers: Answers, request: HttpRequest, name: str, missing: str) -> Secret | None:
    """A password exactly as typed: blanks are part of it."""
    words = request.POST.get(name, "")
    if not words or len(words) > LONGEST:
        long = _("Mật khẩu dài quá {most} chữ. Chọn ngắn hơn.").format(most=LONGEST)
        answers.errors[name] = long if words else _(missing)
        return None
    return Secret(words)

"""Officers (cán bộ): the list, one officer, taken on, changed, given roles, ended; XLSX."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel.vntime import local_day, slashed
from motcua.people import actions, door, officer_queries, permissions
from motcua.people import officer_forms as forms
from motcua.people.form_page import form_page, key_of
from motcua.people.models import Assignment, Officer
from motcua.people.rules import LoginKind, Role
from motcua.web import clock, flash
from motcua.web.context import address
from motcua.web.forms import Answers, Field, Filters
from motcua.web.pagination import page
from motcua.web.parts import Cell, Choice, Column, Row

MANY = 50


@login_required
@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """Who works here: searched by name or login, fifty a page.

    In the order of names, so the address of a next page holds one: of a colleague, not a citizen.
    """
    at = _administrator(request)
    answers = Answers(request.GET)
    wanted, state = answers.text("tim"), request.GET.get("trang-thai", officer_queries.WORKING)
    shown = page(
        officer_queries.found(wanted, state), order=("name", "login"),
        after=request.GET.get("sau"), size=MANY,
    )  # fmt: skip
    today = local_day(at)
    held = officer_queries.roles_of(shown.rows, today)
    context = {
        "filters": _filters(wanted, state),
        "columns": (
            Column(_("Họ và tên")), Column(_("Tên đăng nhập")), Column(_("Chức danh")),
            Column(_("Vai trò")), Column(_("Tài khoản")),
        ),
        "rows": [_row(one, held.get(one.pk, [])) for one in shown.rows],
        "page": shown,
        "lonely": officer_queries.administrators(today) < 2,
    }  # fmt: skip
    return render(request, "people/officers.html", context)


@login_required
@require_safe
def officer(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """One officer: post, roles through time, account, and what may be done."""
    at = _administrator(request)
    one = _officer(officer_id)
    rows = officer_queries.assignments(one.pk)
    names = dict(officer_queries.fields_of_work())
    waiting = officer_queries.code_waiting(one.pk, at)
    context = {
        "officer": one,
        "account": _account(one),
        "locked": door.locked_until(one.login, "", at),
        "code_until": waiting.expires_at if waiting else None,
        "columns": (
            Column(_("Vai trò")), Column(_("Lĩnh vực")), Column(_("Từ ngày"), "date"),
            Column(_("Thôi từ ngày"), "date"), Column(_("Căn cứ")), Column(_("Việc")),
        ),
        "rows": [_assignment_row(row, names) for row in rows],
        "own": one.pk == request.user.pk,
        "key": key_of(request),
        "hand_over": address("chuyen-giao"),
    }  # fmt: skip
    return render(request, "people/officer.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take an officer on by hand."""
    at = _administrator(request)
    work = officer_queries.fields_of_work()

    def read(answers: Answers) -> Any:
        return forms.read_new(answers, request.POST, work, officer_queries.logins_taken())

    def act(given: Any, key: str) -> HttpResponse:
        made = actions.enrol(by=request.user, at=at, key=key, given=given)
        flash.say(request, _("Đã thêm {name}, tên đăng nhập {login}. Cấp mã để đăng nhập.").format(
            name=made.name, login=made.login))  # fmt: skip
        return redirect("can-bo-chi-tiet", made.pk)

    def preview(given: Any) -> str:
        return _("Kiểm tra, chưa ghi gì. Sẽ thêm {name}, tên đăng nhập {login}.").format(
            name=given.name, login=given.login
        )

    return form_page(
        request, "people/officer_add.html", forms.new_fields(local_day(at)), read=read, act=act,
        names=forms.NAMES, preview=preview, roles=_ticks("vai-tro", forms.role_choices(), request),
        work=_ticks("linh-vuc", _work_choices(work), request), role_error=_error("vai-tro"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Correct the name, give another post."""
    at = _administrator(request)
    one = _officer(officer_id)

    def act(given: Any, key: str) -> HttpResponse:
        actions.change_officer(by=request.user, at=at, key=key, officer_id=one.pk, **given)
        return _done(request, one, _("Đã sửa: {name}.").format(name=given["name"]))

    title, button = _("Sửa tên, chức danh"), _("Ghi tên, chức danh")
    return _one_form(request, one, forms.change_fields(one), forms.read_change, act, title, button)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Give a role from a day on, in some fields or in all."""
    at = _administrator(request)
    one = _officer(officer_id)
    work = officer_queries.fields_of_work()

    def read(answers: Answers) -> Any:
        return forms.read_role(answers, request.POST, work)

    def act(given: Any, key: str) -> HttpResponse:
        actions.assign_role(by=request.user, at=at, key=key, officer_id=one.pk, **given)
        words = _("Đã giao vai trò {role} cho {name} từ {day}.").format(
            role=_(given["role"].label).lower(), name=one.name, day=slashed(given["on"])
        )
        return _done(request, one, words)

    title, button = _("Giao vai trò"), _("Giao vai trò")
    ticks = _ticks("linh-vuc", _work_choices(work), request)
    fields = forms.role_fields(local_day(at))
    return _one_form(request, one, fields, read, act, title, button, work=ticks)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, officer_id: UUID, role: str) -> HttpResponse:
    """End a role on a day."""
    at = _administrator(request)
    one = _officer(officer_id)
    if role not in set(Role):
        raise Http404
    ended = Role(role)

    def act(given: Any, key: str) -> HttpResponse:
        actions.end_assignment(
            by=request.user, at=at, key=key, officer_id=one.pk, role=ended, **given
        )
        words = _("Đã ghi: {name} thôi vai trò {role} từ {day}.").format(
            role=_(ended.label).lower(), name=one.name, day=slashed(given["on"])
        )
        return _done(request, one, words)

    title = _("Cho thôi vai trò {role}").format(role=_(ended.label).lower())
    fields = forms.end_fields(local_day(at))
    return _one_form(request, one, fields, forms.read_end, act, title, _("Cho thôi vai trò"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Thôi việc, chuyển đi: every role ends; open dossiers are handed over on their own page."""
    at = _administrator(request)
    one = _officer(officer_id)

    def act(given: Any, key: str) -> HttpResponse:
        actions.end_officer(by=request.user, at=at, key=key, officer_id=one.pk, **given)
        words = _("Đã ghi: {name} thôi việc từ {day}.").format(
            name=one.name, day=slashed(given["on"])
        )
        return _done(request, one, words)

    return _one_form(
        request, one, forms.end_fields(local_day(at)), forms.read_end, act,
        _("Ghi thôi việc, chuyển đi"), _("Ghi thôi việc"), leaving=True,
        hand_over=address("chuyen-giao"),
    )  # fmt: skip


@login_required
@require_POST
def suspend(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Close the account for now; or open it again."""
    at = _administrator(request)
    one = _officer(officer_id)
    given = {"by": request.user, "at": at, "key": key_of(request), "officer_id": one.pk}
    if "mo" in request.POST:
        actions.reopen_officer(**given)
        return _done(request, one, _("Đã mở lại tài khoản của {name}.").format(name=one.name))
    actions.suspend_officer(**given)
    return _done(request, one, _("Đã khóa tài khoản của {name}.").format(name=one.name))


@login_required
@require_POST
def unlock(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Lift the lock of a quarter of an hour after wrong tries."""
    at = _administrator(request)
    one = _officer(officer_id)
    actions.lift_lock(by=request.user, at=at, key=key_of(request), officer_id=one.pk)
    door.note(LoginKind.UNLOCKED, one.login, door.address_of(request), at)
    return _done(request, one, _("Đã bỏ khóa tạm: {name} thử lại được ngay.").format(name=one.name))


def _administrator(request: HttpRequest) -> datetime:
    """The time of day, once it is known that an administrator asks."""
    at = clock.now()
    permissions.require(request.user, Role.ADMINISTRATOR, at=at)
    return at


def _officer(officer_id: UUID) -> Officer:
    found = officer_queries.officer(officer_id)
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, one: Officer, words: str) -> HttpResponse:
    flash.say(request, words)
    return redirect("can-bo-chi-tiet", one.pk)


def _one_form(
    request: HttpRequest, one: Officer, fields: tuple[Field, ...], read: Any, act: Any, title: str,
    button: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    names = forms.NAMES | {"end": "tu-ngay"}
    return form_page(
        request, "people/officer_form.html", fields, read=read, act=act, names=names, officer=one,
        title=title, button=button, **more,
    )  # fmt: skip


def _ticks(name: str, choices: tuple[Choice, ...], request: HttpRequest) -> list[dict[str, Any]]:
    chosen = set(request.POST.getlist(name))
    return [{"choice": one, "ticked": one.value in chosen} for one in choices]


def _error(name: str) -> Any:
    return lambda answers: answers.errors.get(name, "") if answers else ""


def _work_choices(work: list[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(code, name) for code, name in work)


def _filters(wanted: str, state: str) -> Filters:
    states = (
        Choice(officer_queries.WORKING, _("đang làm việc")),
        Choice(officer_queries.CLOSED, _("đã khóa")),
        Choice("tat-ca", _("tất cả")),
    )
    return Filters(
        Field("tim", _("Tên hoặc tên đăng nhập"), "search", wanted, width=24),
        (Field("trang-thai", _("Tài khoản"), "select", state, choices=states),),
    )


def _row(one: Officer, held: list[Assignment]) -> Row:
    roles = ", ".join(_(Role(row.role).label).lower() for row in held) or "–"
    link = Cell(one.name, reverse("can-bo-chi-tiet", args=(one.pk,)))
    post = one.post.title if one.post else "–"
    return Row((link, Cell(one.login, code=True), post, roles, _account(one)))


def _account(one: Officer) -> str:
    if not one.is_active:
        return _("đã khóa")
    if not one.has_usable_password():
        return _("chưa đặt mật khẩu")
    return _("phải đổi mật khẩu") if one.must_change else _("dùng được")


def _assignment_row(row: Assignment, names: dict[str, str]) -> Row:
    fields = ", ".join(names.get(code, code) for code in row.fields) or _("mọi lĩnh vực")
    url = reverse("can-bo-thoi-vai-tro", args=(row.officer_id, row.role))
    ends = row.effective_to
    last = Cell(_("Cho thôi"), url) if ends is None else "–"
    until = slashed(ends) if ends else "–"
    role = _(Role(row.role).label)
    return Row((role, fields, slashed(row.effective_from), until, row.source or "–", last))

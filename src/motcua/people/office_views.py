"""The office (cơ quan): name and code, letterhead, hours, days closed; each from a day on."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel.calendar import WorkPlace
from motcua.kernel.errors import BadInput
from motcua.kernel.vntime import day_said, local_day, slashed
from motcua.people import actions, office_queries, permissions, queries
from motcua.people import office_forms as forms
from motcua.people.form_page import form_page, key_of
from motcua.people.hours import named_hours
from motcua.people.rules import Role
from motcua.web import clock, flash
from motcua.web.context import address
from motcua.web.pagination import page
from motcua.web.parts import Cell, Column, Row


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """What the agency is today, and where each of it is changed."""
    at = clock.now()
    today = local_day(at)
    agency = request.user.agency
    units = [
        (_(unit.label), _hours_on(queries.calendar(agency, unit), today)) for unit in WorkPlace
    ]
    context = {
        "now": queries.last_version(agency, today),
        "head": queries.letterhead_on(agency, today),
        "units": units,
        "seal_page": address("thiet-lap-con-dau"),
        "may": request.user.has_role(Role.ADMINISTRATOR, on=today),
        "version_columns": (
            Column(_("Tên")), Column(_("Mã")), Column(_("Từ ngày"), "date"), Column(_("Căn cứ")),
        ),
        "versions": [
            Row((one.name, Cell(one.code, code=True), slashed(one.effective_from), one.source))
            for one in office_queries.versions(agency)
        ],
        "hours_columns": (
            Column(_("Nơi làm việc")), Column(_("Giờ")), Column(_("Từ ngày"), "date"),
            Column(_("Căn cứ")),
        ),
        "hours": [
            Row((
                _(WorkPlace(one.unit).label), _(forms.NAMED_HOURS.get(one.sessions, one.sessions)),
                slashed(one.effective_from), one.source or "–",
            ))
            for one in office_queries.hours()
        ],
    }  # fmt: skip
    return render(request, "people/office.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest) -> HttpResponse:
    """Another name, place or code from a day on."""
    at = _administrator(request)
    now = queries.last_version(request.user.agency, local_day(at))

    def act(given: Any, key: str) -> HttpResponse:
        actions.change_agency(
            by=request.user, at=at, key=key, agency=request.user.agency, kind=now.kind,
            parent=now.parent, **given,
        )  # fmt: skip
        words = _("Đã ghi: từ {day} cơ quan là {name}, mã {code}.")
        return _done(request, words.format(day=slashed(given["effective_from"]), **given))

    def preview(given: Any) -> str:
        return _(
            "Kiểm tra, chưa ghi gì. Từ {day} cơ quan là {name}, mã {code}. "
            "Hồ sơ đã nhận giữ mã, giấy đã in giữ tên."
        ).format(day=slashed(given["effective_from"]), name=given["name"], code=given["code"])

    return form_page(
        request, "people/office_form.html", forms.name_fields(now, local_day(at)),
        read=forms.read_name, act=act, names=forms.NAME_NAMES, preview=preview,
        title=_("Đổi tên, địa danh, mã"), button=_("Ghi tên, mã từ ngày này"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """What heads the papers from a day on. The seal has its own page where there is one."""
    at = _administrator(request)
    last = next(iter(office_queries.letterheads()), None)

    def act(given: Any, key: str) -> HttpResponse:
        actions.set_letterhead(by=request.user, at=at, key=key, agency=request.user.agency, **given)
        words = _("Đã ghi tiêu đề văn bản áp dụng từ {day}.").format(day=slashed(given["on"]))
        return _done(request, words)

    return form_page(
        request, "people/office_form.html", forms.head_fields(last, local_day(at)),
        read=forms.read_head, act=act, names=forms.HEAD_NAMES,
        title=_("Tiêu đề văn bản"), button=_("Ghi tiêu đề văn bản"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """Working hours of the desk or the offices from a day on."""
    at = _administrator(request)

    def act(given: Any, key: str) -> HttpResponse:
        actions.set_hours(by=request.user, at=at, key=key, agency=request.user.agency, **given)
        return _done(request, _("Đã ghi giờ làm việc từ {day}.").format(day=slashed(given["on"])))

    return form_page(
        request, "people/office_form.html", forms.hours_fields(local_day(at)),
        read=forms.read_hours, act=act, names=forms.HOURS_NAMES,
        preview=lambda given: _hours_preview(request.user.agency, given),
        title=_("Giờ làm việc"), button=_("Ghi giờ làm việc từ ngày này"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closures(request: HttpRequest) -> HttpResponse:
    """Days closed: the list, the newest first, and one more."""
    at = clock.now()
    permissions.require(request.user, Role.ADMINISTRATOR, Role.LEADER, at=at)
    today = local_day(at)

    def act(given: Any, key: str) -> HttpResponse:
        actions.close_day(by=request.user, at=at, key=key, **given)
        flash.say(request, _("Đã ghi nghỉ {day}.").format(day=day_said(given["day"])))
        return redirect("co-quan-ngay-nghi")

    shown = page(office_queries.closures(), order=("-day",), after=request.GET.get("sau"))
    return form_page(
        request, "people/closures.html", forms.closure_fields(today), read=forms.read_closure,
        act=act, names={"reason": "ly-do"},
        preview=lambda given: _closure_preview(request.user.agency, given["day"]),
        columns=(Column(_("Ngày"), "date"), Column(_("Lý do")), Column(_("Căn cứ")),
                 Column(_("Việc"))),
        rows=[_closure_row(one, today) for one in shown.rows], page=shown,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, day: str) -> HttpResponse:
    """The office works on a noted day after all."""
    at = clock.now()
    permissions.require(request.user, Role.ADMINISTRATOR, Role.LEADER, at=at)
    row = office_queries.closure(_day(day))
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.reopen_day(by=request.user, at=at, key=key_of(request), day=row.day)
        flash.say(request, _("Đã bỏ ngày nghỉ {day}: làm việc như thường.").format(
            day=day_said(row.day)))  # fmt: skip
        return redirect("co-quan-ngay-nghi")
    context = {"row": row, "day": day_said(row.day), "key": key_of(request)}
    return render(request, "people/closure_undo.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise Http404 from problem


def _administrator(request: HttpRequest) -> datetime:
    at = clock.now()
    permissions.require(request.user, Role.ADMINISTRATOR, at=at)
    return at


def _done(request: HttpRequest, words: str) -> HttpResponse:
    flash.say(request, words)
    return redirect("co-quan")


def _hours_on(calendar: Any, day: date) -> str:
    try:
        return forms.sessions_words(calendar.sessions.on(day))
    except BadInput:
        return _("chưa ghi")


def _hours_preview(agency: Any, given: dict[str, Any]) -> str:
    """What changes: the hours of that day now and then."""
    now = _hours_on(queries.calendar(agency, given["unit"]), given["on"])
    then = forms.sessions_words(named_hours(given["sessions"], given["unit"]).on(given["on"]))
    return _(
        "Kiểm tra, chưa ghi gì. Từ {day}: {then}; trước đó: {now}. "
        "Hồ sơ đã hẹn giữ hạn đã hẹn; hồ sơ nhận sau khi ghi tính theo giờ mới."
    ).format(day=slashed(given["on"]), then=then, now=now)


def _closure_preview(agency: Any, day: date) -> str:
    calendar = queries.calendar(agency)
    why = calendar.why_off(day)
    if why:
        return _("Kiểm tra, chưa ghi gì. {day} vốn đã là ngày nghỉ ({why}).").format(
            day=day_said(day), why=why
        )
    return _(
        "Kiểm tra, chưa ghi gì. Sẽ ghi nghỉ {day}; ngày làm việc tiếp theo là {following}. "
        "Hồ sơ đã hẹn giữ hạn đã hẹn; hồ sơ nhận sau khi ghi không tính ngày này."
    ).format(day=day_said(day), following=day_said(_following(calendar, day)))


def _following(calendar: Any, day: date) -> date:
    return calendar.next_working_day(date.fromordinal(day.toordinal() + 1))


def _closure_row(one: Any, today: date) -> Row:
    undo = reverse("co-quan-ngay-nghi-bo", args=(one.day.isoformat(),))
    last = Cell(_("Bỏ ngày nghỉ"), undo) if one.day >= today else "–"
    return Row((slashed(one.day), one.reason, one.source or "–", last))

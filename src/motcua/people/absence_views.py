"""Absences (vắng mặt): away from now on, planned, back again, and who is away today."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel.errors import Refused
from motcua.kernel.vntime import VN, local_day, slashed
from motcua.people import absence_forms as forms
from motcua.people import absence_queries, actions, permissions, queries
from motcua.people.models import Absence
from motcua.people.rules import AbsenceKind, Role
from motcua.web import clock, flash
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.pagination import page
from motcua.web.parts import Cell, Column, Row
from motcua.web.refusals import sentence

NOTERS = (Role.CLERK, Role.ADMINISTRATOR)
ABSENT = "vang"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """My state now with its one act, who is away today, and what is planned."""
    at = clock.now()
    current = queries.absence_at(request.user.pk, at)
    limits = forms.ends(queries.calendar(request.user.agency), at)
    others = _others(request.user, at)
    fields, notice = forms.now_fields(limits, others), ""
    refused: Refused | None = None
    if request.method == "POST":
        answers = Answers(request.POST)
        read = _read_now(answers, fields, limits, others, request.user, at)
        fields = answers.back_into(fields)
        if read and request.POST.get("y") == ABSENT:
            try:
                return _note(request, at, officer=request.user, start=at, **read)
            except Refused as no:
                refused = no
        elif read:
            notice = _effects(request.user, read["end"], read["stand_in"], at)
    context = _lists(request, at) | {
        "current": current,
        "until": forms.at_words(current.end) if current else "",
        "kind": _kind(current) if current else "",
        "fields": fields,
        "rare": forms.RARE,
        "typed": any(one.value or one.error for one in fields if one.name in forms.RARE),
        "calm": _is_leader(request.user, at),
        "errors": _errors(fields, refused),
        "notice": notice,
        "effect": _always(request.user, at),
        "key": _key(request),
    }
    return render(request, "people/absences.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Note an absence from a day to a day: one's own, or a leader's by the clerk."""
    at = clock.now()
    who = _may_note(request.user, at)
    others = absence_queries.leaders(at) if _is_leader(request.user, at) or len(who) > 1 else []
    fields = forms.plan_fields(who, others)
    refused, unasked, notice = None, "", ""
    if request.method == "POST":
        answers = Answers(request.POST)
        chosen = answers.text("ai") or str(request.user.pk)
        officer = next((one for one in who if str(one.pk) == chosen), None)
        if officer is None:
            unasked = _("Chỉ ghi được cho mình; văn thư, quản trị ghi được cho lãnh đạo.")
            answers.errors["ai"] = unasked
        read = _read_plan(answers, officer or request.user, others, at)
        fields = answers.back_into(fields)
        if read and officer and "kiem-tra" not in request.POST:
            try:
                return _note(request, at, officer=officer, **read)
            except Refused as no:
                refused = no
        elif read and officer:
            notice = _planned(officer, read, at)
    errors = _errors(fields, refused)
    if unasked and len(who) == 1:
        errors = (FieldError(unasked), *errors)
    context = {"fields": fields, "errors": errors, "key": _key(request), "notice": notice}
    return render(request, "people/absence_plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """End an absence that runs now; another's only by the clerk or the administrator."""
    at = clock.now()
    row = absence_queries.absence(absence_id)
    if row is None:
        raise Http404
    if row.officer_id != request.user.pk:
        permissions.require(request.user, *NOTERS, at=at)
    if request.method == "POST":
        return _end(request, row, at)
    context = {
        "row": row,
        "kind": _kind(row),
        "until": forms.at_words(row.end),
        "key": _key(request),
    }
    return render(request, "people/absence_back.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Cancel an absence that has not begun; another's only by the clerk or the administrator."""
    at = clock.now()
    row = absence_queries.absence(absence_id)
    if row is None:
        raise Http404
    if row.officer_id != request.user.pk:
        permissions.require(request.user, *NOTERS, at=at)
    start, end = forms.at_words(row.start), forms.at_words(row.end)
    if request.method == "POST":
        actions.cancel_absence(by=request.user, at=at, key=_key(request), absence_id=row.pk)
        words = _("Đã hủy lịch vắng của {who} từ {start}.")
        flash.say(request, words.format(who=row.officer.name, start=start))
        return redirect("vang-mat")
    context = {"row": row, "kind": _kind(row), "start": start, "end": end, "key": _key(request)}
    return render(request, "people/absence_cancel.html", context)


def _read_now(
    answers: Answers, fields: tuple[Field, ...], limits: forms.Ends, others: list[Any],
    officer: Any, at: datetime,
) -> dict[str, Any] | None:  # fmt: skip
    end = forms.read_until(answers, fields, limits, at)
    kind = forms.read_kind(answers)
    stand_in = forms.read_stand_in(answers, officer, others)
    note = forms.read_note(answers)
    if answers.errors or end is None or kind is None:
        return None
    return {"end": end, "kind": kind, "stand_in": stand_in, "note": note}


def _read_plan(
    answers: Answers, officer: Any, leaders: list[Any], at: datetime
) -> dict[str, Any] | None:
    times = forms.read_plan(answers, at)
    kind = forms.read_kind(answers)
    stand_in = forms.read_stand_in(answers, officer, leaders)
    note = forms.read_note(answers)
    if answers.errors or times is None or kind is None:
        return None
    return {
        "start": times[0], "end": times[1], "kind": kind, "stand_in": stand_in, "note": note,
    }  # fmt: skip


def _note(request: HttpRequest, at: datetime, **given: Any) -> HttpResponse:
    row = actions.note_absence(by=request.user, at=at, key=_key(request), **given)
    words = _("Đã ghi: {who} vắng từ {start} đến {end}.").format(
        who=row.officer.name, start=forms.at_words(row.start), end=forms.at_words(row.end)
    )
    flash.say(request, words)
    return redirect("vang-mat")


def _end(request: HttpRequest, row: Absence, at: datetime) -> HttpResponse:
    """Ending what has ended, or has not begun, changes nothing and is said."""
    if row.start < at < row.end:
        row = actions.end_absence(by=request.user, at=at, key=_key(request), absence_id=row.pk)
        words = _("Đã ghi: {who} trở lại lúc {end}.")
    elif row.end <= at:
        words = _("Lần vắng của {who} đã kết thúc lúc {end}. Không có gì thay đổi.")
    else:
        words = _("Lần vắng của {who} chưa bắt đầu. Không có gì thay đổi.")
    flash.say(request, words.format(who=row.officer.name, end=forms.at_words(row.end)))
    return redirect("vang-mat")


def _lists(request: HttpRequest, at: datetime) -> dict[str, Any]:
    today = datetime.combine(local_day(at), time.min, VN)
    notes_others = request.user.has_role(*NOTERS, on=local_day(at))
    coming = absence_queries.coming(at, officer=None if notes_others else request.user)
    shown = page(coming, order=("start",), after=request.GET.get("sau"))
    away = absence_queries.away_between(today, today + timedelta(days=1))
    columns = (
        Column(_("Ai")), Column(_("Lý do")), Column(_("Từ"), "date"), Column(_("Đến"), "date"),
        Column(_("Người ký thay")),
    )  # fmt: skip
    return {
        "today": local_day(at),
        "notes_others": notes_others,
        "today_columns": (*columns, Column(_("Việc"))) if notes_others else columns,
        "away": [_today_row(one, notes_others, at) for one in away],
        "coming_columns": (*columns, Column(_("Ghi chú")), Column(_("Việc"))),
        "coming": [_row(one, one.note or "–", _cancelling(one)) for one in shown.rows],
        "coming_page": shown,
    }


def _today_row(one: Absence, notes_others: bool, at: datetime) -> Row:
    if not notes_others:
        return _row(one)
    running = one.start <= at < one.end
    url = reverse("vang-mat-tro-lai", args=(one.pk,)) if running else ""
    return _row(one, Cell(_("Ghi đã trở lại") if running else "–", url))


def _cancelling(one: Absence) -> Cell:
    return Cell(_("Hủy"), reverse("vang-mat-huy", args=(one.pk,)))


def _row(one: Absence, *more: Cell | str) -> Row:
    start, end = forms.at_words(one.start), forms.at_words(one.end)
    if forms.whole_days(one):
        start = slashed(local_day(one.start))
        end = slashed(local_day(one.end) - timedelta(days=1))
    stand_in = one.stand_in.name if one.stand_in else "–"
    return Row((one.officer.name, _(_kind(one)), start, end, stand_in, *more))


def _may_note(officer: Any, at: datetime) -> list[Any]:
    """Oneself first; the leaders too for those who note for them."""
    if not officer.has_role(*NOTERS, on=local_day(at)):
        return [officer]
    return [officer, *(one for one in absence_queries.leaders(at) if one.pk != officer.pk)]


def _others(officer: Any, at: datetime) -> list[Any]:
    """Who may sign instead of this leader; nobody is asked of others."""
    if not _is_leader(officer, at):
        return []
    return [one for one in absence_queries.leaders(at) if one.pk != officer.pk]


def _is_leader(officer: Any, at: datetime) -> bool:
    return officer.has_role(Role.LEADER, on=local_day(at))


def _always(officer: Any, at: datetime) -> str:
    if _is_leader(officer, at):
        return _(
            "Khi vắng, lãnh đạo không ký duyệt được và cán bộ trình ký cho người có mặt. "
            "Đồng hồ của hồ sơ không dừng."
        )
    return _("Khi vắng, hồ sơ đang giữ vẫn chờ và đồng hồ của hồ sơ không dừng.")


def _effects(officer: Any, end: datetime, stand_in: Any, at: datetime) -> str:
    """What the check says before anything is written."""
    words = _("Kiểm tra, chưa ghi gì. Sẽ ghi: vắng từ bây giờ đến {end}.").format(
        end=forms.at_words(end)
    )
    if stand_in:
        words += " " + _("Người ký thay: {name}.").format(name=stand_in.name)
    elif _is_leader(officer, at):
        words += " " + _("Chưa có người ký thay.")
    return words


def _planned(officer: Any, read: dict[str, Any], at: datetime) -> str:
    """What the check of a planned absence says would happen; nothing is written yet."""
    words = [
        _("Kiểm tra, chưa ghi gì. Sẽ ghi: {who} vắng từ {start} đến {end}.").format(
            who=officer.name, start=forms.at_words(read["start"]), end=forms.at_words(read["end"])
        )
    ]
    if read["stand_in"]:
        words.append(_("Người ký thay: {name}.").format(name=read["stand_in"].name))
    elif _is_leader(officer, at):
        words.append(_("Chưa có người ký thay: mọi lãnh đạo có mặt ký được."))
    words.append(_always(officer, at))
    words.append(_("Hủy được trước khi bắt đầu."))
    return " ".join(words)


def _errors(fields: tuple[Field, ...], refused: Refused | None) -> tuple[FieldError, ...]:
    return (*((FieldError(sentence(refused)),) if refused else ()), *summary(fields))


def _kind(row: Absence) -> str:
    return AbsenceKind(row.kind).label


def _key(request: HttpRequest) -> str:
    return request.POST.get("khoa", "")[:80] or str(uuid7())

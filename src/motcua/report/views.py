"""Figures of a period, the evidence behind each, and closing the period."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.journal.actions import record_read
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import clock_words, local_day, slashed
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.report import (
    actions,
    calendar_words,
    inquiry_views,
    listing,
    periods,
    presented,
    queries,
)
from motcua.report import evidence as asked
from motcua.report.sums import whole_of
from motcua.web import clock, flash
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.parts import Link
from motcua.web.refusals import sentence, wants_part


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a period: a year, its quarters and months, one that was closed, or two days."""
    at = clock.now()
    fields, answers = _range_fields(), Answers(request.GET)
    if request.GET:
        chosen = _chosen_range(answers)
        if chosen:
            return redirect("so-lieu-ky", period=chosen)
        fields = answers.back_into(fields)
    current = calendar_words.regime_year(local_day(at))
    years = range(current, min(asked.first_year(local_day(at)), current) - 1, -1)
    context = {
        "fields": fields,
        "boxes": inquiry_views.fields({}),
        "errors": summary(fields),
        "years": [_year_links(year, year == current) for year in years],
        "closed": [_closed_link(one) for one in queries.closed_periods()],
    }
    return render(request, "report/choose.html", context)


@login_required
@require_safe
def figures(request: HttpRequest, period: str) -> HttpResponse:
    """Every figure of a period in the order of the report, each a way to its evidence."""
    at = clock.now()
    days = periods.parse(period)
    if period != days.slug:
        return redirect("so-lieu-ky", period=days.slug)
    found = queries.figures_of(days.name)
    closed = queries.closed_period(days.name)
    context = {
        "period": days,
        "name": calendar_words.words(days.name),
        "closed_words": _closed_words(closed) if closed else "",
        "may_close": not closed and _may_close(request.user, at, days),
        "not_over": not closed and local_day(at) <= days.last,
        "year_not_over": not closed and days.last < local_day(at) <= days.judged_on,
        "windows": presented.windows(days),
        "headline": presented.headline(found),
        "columns": presented.figure_columns(),
        "sections": presented.sections(found),
        "survey_columns": presented.survey_columns(),
        "survey_rows": presented.survey_rows(found),
        "checks": presented.checks(found),
        "chart": presented.chart(days, found) if calendar_words.is_year(days) else None,
    }
    return render(request, "report/figures.html", context)


@login_required
@require_safe
def evidence(request: HttpRequest, period: str, figure_id: str) -> HttpResponse:
    """One figure: its definition in words, its numbers, its sums, and every record behind it."""
    at = clock.now()
    days = periods.parse(period)
    try:
        found = queries.records(figure_id, days.name)
    except queries.UnknownFigure as no:
        raise Http404 from no
    name = calendar_words.words(days.name)
    title = f"{found.result.name}, {name}"
    wanted = Answers(request.GET).text("tim")
    rows = listing.matching(found, wanted)
    if "xlsx" in request.GET:
        if listing.is_of_dossiers(found):
            purpose = f"xuất danh sách số liệu {figure_id} kỳ {days.name}"
            record_read(request.user.agency, by=request.user, at=at, purpose=purpose[:120])
        return listing.workbook(found, rows, title, by=request.user.name, at=at)
    shown = listing.page(rows, request.GET.get("sau"))
    others = {one.id: one for one in queries.figures_of(days.name)}
    context = {
        "period": days,
        "name": name,
        "figure": found.result,
        "share": presented.share_words(found.result, others.get(whole_of(figure_id))),
        "facts": presented.facts(found.result),
        "more_facts": presented.more_facts(found.result),
        "checks": presented.checks(others.values(), of=figure_id),
        "filters": listing.filters(request),
        "total": len(rows),
        "page": shown,
        "columns": listing.columns(found),
        "rows": listing.shown(found, shown.rows),
        "note": listing.note(found),
        "part": wants_part(request),
    }
    template = "records" if context["part"] else "evidence"
    return render(request, f"report/{template}.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, period: str) -> HttpResponse:
    """Close a period: first a page that lists what it freezes, then the act. For ever."""
    at = clock.now()
    permissions.require(request.user, Role.STATISTICIAN, at=at)
    days = periods.parse(period)
    key = request.POST.get("khoa", "")[:80] or str(uuid7())
    refused: Refused | None = None
    if request.method == "POST":
        try:
            row = actions.close_period(by=request.user, at=at, key=key, period=days.name)
        except Refused as no:
            refused = no
        else:
            name = calendar_words.words(row.name)
            flash.say(request, _("Đã chốt số liệu {period}.").format(period=name))
            return redirect("so-lieu-ky", period=days.slug)
    closed = queries.closed_period(days.name)
    found = queries.figures_of(days.name)
    context = {
        "period": days,
        "name": calendar_words.words(days.name),
        "closed_words": _closed_words(closed) if closed else "",
        "not_over": local_day(at) <= days.judged_on,
        "of_year": days.judged_on != days.last,
        "figures": len(found),
        "records": sum(one.records for one in found),
        "columns": presented.frozen_columns(),
        "sections": presented.frozen(found),
        "checks": [one for one in presented.checks(found) if not one.holds],
        "errors": (FieldError(sentence(refused)),) if refused else (),
        "key": key,
    }
    return render(request, "report/close.html", context)


def _range_fields() -> tuple[Field, ...]:
    return (
        Field("tu", _("Từ ngày"), "date", hint=_("Ví dụ 5/12/2025")),
        Field("den", _("Đến hết ngày"), "date", hint=_("Ví dụ 4/12/2026")),
    )


def _chosen_range(answers: Answers) -> str:
    """The address of the period between two days, or "" with the errors noted."""
    first: date | None = answers.day("tu", missing="Ghi ngày đầu của kỳ, ví dụ 5/12/2025.")
    last: date | None = answers.day("den", missing="Ghi ngày cuối của kỳ, ví dụ 4/12/2026.")
    if first is None or last is None:
        return ""
    try:
        return periods.parse(f"{first.isoformat()}/{last.isoformat()}").slug
    except periods.PeriodBackwards:
        answers.errors["den"] = _(
            "Ngày cuối ({last}) trước ngày đầu ({first}). Sửa một trong hai ngày."
        ).format(first=slashed(first), last=slashed(last))
    except BadInput as no:
        answers.errors["tu"] = sentence(no)
    return ""


def _year_links(year: int, current: bool) -> dict[str, Any]:
    name = calendar_words.words(str(year))
    label = _("Cả {period}").format(period=name)
    links = [_period_link(one) for one in calendar_words.parts_of(year)]
    return {
        "name": name,
        "current": current,
        "whole": Link(label, reverse("so-lieu-ky", args=(str(year),))),
        "links": links,
    }


def _period_link(name: str) -> Link:
    words = calendar_words.words(name)
    return Link(
        words[0].upper() + words[1:], reverse("so-lieu-ky", args=(periods.parse(name).slug,))
    )


def _closed_link(row: Any) -> Link:
    link = _period_link(row.name)
    return Link(link.label, link.url, note=_closed_words(row))


def _closed_words(row: Any) -> str:
    return _("đã chốt {time} ngày {day}").format(
        time=clock_words(row.closed_at), day=slashed(local_day(row.closed_at))
    )


def _may_close(officer: Any, at: datetime, days: periods.Period) -> bool:
    today = local_day(at)
    return today > days.judged_on and officer.has_role(Role.STATISTICIAN, on=today)

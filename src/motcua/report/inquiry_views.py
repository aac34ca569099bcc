"""Any figure for any days, asked on the telephone: the question as typed, its one address."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.kernel.errors import BadInput
from motcua.kernel.spans import Span, parse_span, parse_two
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local_day, slashed
from motcua.report import inquiry, listing
from motcua.report.figures import figures as known_figures
from motcua.report.inquiry import Counted, Question
from motcua.web import clock
from motcua.web.forms import LONGEST_ANSWER, Field, summary
from motcua.web.pagination import page
from motcua.web.refusals import sentence

BOXES = ("hoi", "khi", "het")
"""As typed; the one address of a question has `tu` and `den` instead, and ids."""
NOTHING_SO_CALLED = (
    "Không có số liệu, thủ tục, lĩnh vực nào mang chữ “{text}”. "
    "Ghi ít chữ hơn, ví dụ trễ hạn, số hóa, khai sinh."
)


def fields(given: Any, errors: dict[str, str] | None = None, autofocus: bool = False) -> Any:
    """The three boxes, with what was typed and what is wrong with it."""
    wrong = errors or {}
    said = {name: str(given.get(name, ""))[:LONGEST_ANSWER] for name in BOXES}
    return (
        Field("hoi", _("Hỏi gì"), value=said["hoi"], width=30, error=wrong.get("hoi", ""),
              hint=_("Chữ trong tên số liệu, thủ tục hoặc lĩnh vực: trễ hạn, khai sinh."),
              autofocus=autofocus),
        Field("khi", _("Từ ngày, hoặc cả kỳ"), value=said["khi"], width=16,
              error=wrong.get("khi", ""), hint=_("1/3, hôm qua, tuần này, tháng 3, quý 1/2026")),
        Field("het", _("Đến hết ngày"), value=said["het"], width=16, optional=True,
              error=wrong.get("het", ""), hint=_("15/3, hôm nay; trống nếu ghi cả kỳ")),
    )  # fmt: skip


@login_required
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Answer a question; one as it was typed leads to its one address of days and ids."""
    today = local_day(clock.now())
    errors: dict[str, str] = {}
    span = _days(request, today, errors)
    typed = nfc(request.GET.get("hoi", "")[:LONGEST_ANSWER])
    question = _question(request, typed, span, today, errors)
    if question is None:
        boxes = fields(request.GET, errors)
        context = {"fields": boxes, "errors": summary(boxes), "asked": False}
        return render(request, "report/ask.html", context, status=422)
    if request.get_full_path() != question.url:
        return redirect(question.url)
    shown = {"khi": slashed(question.span.first), "het": slashed(question.span.last)}
    context = {
        "fields": fields(shown),
        "asked": True,
        "days": inquiry.days_words(question.span, today),
        "answers": inquiry.answers(question, today),
        "tallies": list(inquiry.tallies(question, today)),
        "period": inquiry.period_of(question.span),
    }
    return render(request, "report/ask.html", context)


def _question(
    request: HttpRequest, typed: str, span: Span | None, today: date, errors: dict[str, str]
) -> Question | None:
    """The question with its days and ids, or None with the errors noted."""
    if typed and not any(request.GET.get(name, "").strip() for name in BOXES[1:]):
        typed, within = inquiry.days_within(typed, today)
        span = within or span
    if span is None:
        return None
    if typed:
        figures = inquiry.figures_named(typed)
        subjects = inquiry.subjects_named(typed, clock.now(), broadly=not figures)
        if not (figures or subjects):
            errors["hoi"] = _(NOTHING_SO_CALLED).format(text=typed[:60])
            return None
        return Question(span, figures, subjects)
    subjects = _subjects(request)
    known = [one for one in request.GET.getlist("so") if one in known_figures()]
    figures = tuple(dict.fromkeys(known))[: inquiry.MOST_FIGURES]
    return Question(span, figures or (() if subjects else inquiry.USUAL), subjects)


def _subjects(request: HttpRequest) -> tuple[inquiry.Subject, ...]:
    kinds = ("linh-vuc", "thu-tuc")
    codes = [(kind, code) for kind in kinds for code in request.GET.getlist(kind)]
    return inquiry.subjects(list(dict.fromkeys(codes))[: 2 * inquiry.MOST_SUBJECTS])


def _days(request: HttpRequest, today: date, errors: dict[str, str]) -> Span | None:
    """The days asked for; the year so far when none are. None with the errors noted."""
    boxes = BOXES[1:] if any(name in request.GET for name in BOXES) else ("tu", "den")
    first, last = (request.GET.get(name, "")[:LONGEST_ANSWER] for name in boxes)
    if not (first.strip() or last.strip()):
        return parse_span("năm nay", today)
    try:
        span = parse_two(first, last, today)
        inquiry.period_of(span)
    except BadInput as refusal:
        errors["het" if refusal.field == "last" else "khi"] = sentence(refusal)
        return None
    return span


@login_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """The dossiers behind one count of a procedure or field: codes and days, fifty a page."""
    today, errors = local_day(clock.now()), {}
    span, subjects = _days(request, today, errors), _subjects(request)
    wanted = request.GET.get("dem", "")
    if not request.GET:
        return redirect("so-lieu-hoi")
    if span is None or len(subjects) != 1 or wanted not in set(Counted):
        raise Http404
    (subject,), counted = subjects, Counted(wanted)
    rows = inquiry.dossiers(subject, inquiry.period_of(span).service, counted)
    shown = page(
        rows.values("pk", *listing.FACTS), order=("received_day", "pk"),
        after=request.GET.get("sau") or None,
    )  # fmt: skip
    context = {
        "subject": subject,
        "counted": counted.label,
        "days": inquiry.days_words(span, today),
        "back": Question(span, (), (subject,)).url,
        "columns": listing.dossier_columns(),
        "rows": listing.dossier_rows(shown.rows),
        "page": shown,
    }
    return render(request, "report/asked_records.html", context)

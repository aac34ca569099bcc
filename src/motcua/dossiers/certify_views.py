"""Entering a certification in its yearly book (ghi sổ chứng thực), and voiding an entry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import act_views, actions, certifying, effects, queries, refusals
from motcua.dossiers.act_forms import short
from motcua.dossiers.cert_books import PER_COPY, CertBook, proposed_fee
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ACTS, CertifiedIn
from motcua.dossiers.views import get, head
from motcua.kernel.errors import BadInput, NotPermitted, Refused
from motcua.kernel.text import group_digits
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError, summary, whole_number
from motcua.web.parts import Choice
from motcua.web.refusals import sentence, status_of

MOST_ENTRIES = 4
LONGEST_DOCUMENT, LONGEST_REASON = 300, 300
MOST_COPIES, MOST_NUMBER, MOST_FEE = 999, 999_999, 99_999_999


class TooMuch(BadInput):
    message = "Số {given} quá lớn, nhận đến {most}. Xem lại rồi ghi lại."


@login_required
@require_http_methods(["GET", "POST"])
def certify(request: HttpRequest, code: str) -> HttpResponse:
    """What was certified: number in the book (the next one proposed), paper, copies, fee."""
    at = now()
    permissions.require(request.user, *ACTS["certify"].roles, at=at)
    dossier = get(request, code, at)
    act_views.check_possible("certify", dossier)
    book = certifying.book_for(dossier, at)
    if book is None:
        raise refusals.NoBook(name=dossier.version.short_name)
    fields = _fields(dossier, book, at)
    if request.method == "GET":
        return _show(request, dossier, at, fields)
    answers = Answers(request.POST)
    entries = _entries(answers, dossier, book, at)
    if answers.errors or "kiem-tra" in request.POST:
        shown = answers.back_into(fields)
        return _show(request, dossier, at, shown, status=422 if answers.errors else 200)
    try:
        done = actions.certify(
            by=request.user, at=at, key=act_views.key_of(request), dossier_id=dossier.pk,
            entries=entries, number_checked=answers.text("so-giay") == "co",
            seen=act_views.seen_of(request),
        )  # fmt: skip
    except NotPermitted:
        raise
    except Refused as refusal:
        return _refused(request, dossier, at, answers, fields, refusal)
    copies = sum(one.copies for one in entries)
    words = _("Đã ghi sổ {book} cho hồ sơ {code}: {n} bản.")
    say(request, words.format(book=book.value, code=done.code, n=group_digits(copies)))
    return redirect("ho-so-chi-tiet", code=code)


def _fields(dossier: Dossier, book: CertBook, at: datetime) -> tuple[Field, ...]:
    """Four questions a paper; those of the first with proposals, those of the others empty."""
    day = local_day(at)
    number = certifying.next_number(book, day.year)
    fee = dossier.version.fee or 0
    each = _("Bỏ trống là {fee} đồng mỗi bản.")
    once = _("Bỏ trống là {fee} đồng mỗi số.")
    words = each if book in PER_COPY.on(day) else once
    per = words.format(fee=group_digits(fee)) if fee else ""
    first = (
        Field("giay", _("Giấy tờ được chứng thực"), width=40, hint=_("Ví dụ: căn cước công dân.")),
        Field("ban", _("Số bản"), "number", str(dossier.copies)),
        Field("so", _("Số chứng thực"), "number", str(number), hint=_("Số tiếp theo của sổ.")),
        Field("phi", _("Phí, đồng"), "money", optional=True, hint=per),
    )
    more = tuple(
        Field(f"{one.name}-{n}", _(label).format(n=n), one.kind, width=one.width, optional=True)
        for n in range(2, MOST_ENTRIES + 1)
        for one, label in zip(first, MORE_LABELS, strict=True)
    )
    return first + more


MORE_LABELS = ("Giấy tờ thứ {n}", "Số bản ({n})", "Số chứng thực ({n})", "Phí, đồng ({n})")


def _entries(answers: Answers, dossier: Dossier, book: CertBook, at: datetime) -> list[CertifiedIn]:
    found = []
    for n in range(1, MOST_ENTRIES + 1):
        tail = "" if n == 1 else f"-{n}"
        missing = "Chưa ghi giấy tờ. Ghi tên giấy tờ được chứng thực." if n == 1 else ""
        document = short(answers, f"giay{tail}", LONGEST_DOCUMENT, missing=missing)
        copies = _number(answers, f"ban{tail}", MOST_COPIES)
        number = _number(answers, f"so{tail}", MOST_NUMBER)
        fee = _number(answers, f"phi{tail}", MOST_FEE)
        if not document:
            continue
        copies = 1 if copies is None else copies
        if copies < 1:
            answers.errors[f"ban{tail}"] = _("Số bản phải từ 1. Ghi số bản đã chứng thực.")
        if fee is None:
            fee = proposed_fee(book, dossier.version.fee or 0, copies, local_day(at))
        found.append(CertifiedIn(document, copies, fee, number))
    return found


def _number(answers: Answers, name: str, most: int) -> int | None:
    """A whole number of at most `most`; None when nothing was typed or it is wrong."""

    def read(text: str) -> int:
        given = whole_number(text)
        if given > most:
            raise TooMuch(given=group_digits(given), most=group_digits(most))
        return given

    return answers.read(name, read)


def _refused(
    request: HttpRequest, dossier: Dossier, at: datetime, answers: Answers,
    fields: tuple[Field, ...], refusal: Refused,
) -> HttpResponse:  # fmt: skip
    """The page again; a number that stands or is far off may be confirmed by the paper book."""
    if isinstance(refusal, refusals.NumberTaken | refusals.NumberFarAhead):
        choices = (
            Choice("", _("Chưa, sửa số ở trên")), Choice("co", _("Sổ giấy đã ghi số này")),
        )  # fmt: skip
        fields += (Field("so-giay", _("Sổ giấy"), "radios", "", choices=choices),)
    dossier = queries.by_code(dossier.code) or dossier
    shown = answers.back_into(fields)
    no = (FieldError(sentence(refusal), "o-so"),)
    return _show(request, dossier, at, shown, no, seen=True, status=status_of(refusal))


def _show(
    request: HttpRequest, dossier: Dossier, at: datetime, fields: tuple[Field, ...],
    general: tuple[FieldError, ...] = (), *, seen: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    more = fields[4 : 4 * MOST_ENTRIES]
    context = head(dossier, request.user, at) | {
        "label": ACTS["certify"].label, "first": fields[:4] + fields[4 * MOST_ENTRIES :],
        "more": more, "more_open": any(one.value or one.error for one in more),
        "errors": general + summary(fields), "effects": effects.lines("certify"),
        "key": act_views.key_of(request), "act_label": "",
        "seen": "" if seen else request.POST.get("da-thay") or dossier.journal_seq,
        "entries": list(certifying.of_dossier(dossier.pk)),
    }  # fmt: skip
    if seen:
        context["seen"] = dossier.journal_seq
    return render(request, "dossiers/certify.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Void an entry of a book: what it will touch, the reason, one button."""
    at = now()
    permissions.require(request.user, *ACTS["void_certification"].roles, at=at)
    row = certifying.certification(entry)
    if row is None:
        raise Http404
    dossier = get(request, row.dossier.code, at)
    hint = _("Người kiểm tra sổ sẽ đọc câu này.")
    fields: tuple[Field, ...] = (Field("ly-do", _("Lý do bỏ"), "area", hint=hint),)
    general: tuple[FieldError, ...] = ()
    status = 200
    if request.method == "POST":
        answers = Answers(request.POST)
        reason = short(
            answers, "ly-do", LONGEST_REASON, missing="Chưa ghi lý do. Viết một câu."
        )  # fmt: skip
        fields, status = answers.back_into(fields), 422 if answers.errors else 200
        if not answers.errors and "kiem-tra" not in request.POST:
            try:
                return _void(request, dossier, row, reason, at)
            except NotPermitted:
                raise
            except Refused as refusal:
                general, status = (FieldError(sentence(refusal)),), status_of(refusal)
    context = head(dossier, request.user, at) | {
        "label": _("Bỏ số {number} {book}").format(number=row.number, book=row.book),
        "fields": fields, "errors": general + summary(fields), "key": act_views.key_of(request),
        "seen": request.POST.get("da-thay") or dossier.journal_seq, "back": "", "act_label": "",
        "effects": effects.lines("void_certification"),
    }  # fmt: skip
    return render(request, "dossiers/act.html", context, status=status)


def _void(
    request: HttpRequest, dossier: Dossier, row: Any, reason: str, at: datetime
) -> HttpResponse:
    actions.void_certification(
        by=request.user, at=at, key=act_views.key_of(request), dossier_id=dossier.pk,
        certification_id=row.pk, reason=reason, seen=act_views.seen_of(request),
    )  # fmt: skip
    words = _("Đã bỏ số {number} {book} của hồ sơ {code}.")
    say(request, words.format(number=row.number, book=row.book, code=dossier.code))
    return redirect("ho-so-chi-tiet", code=dossier.code)

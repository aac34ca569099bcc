"""The people who file: found, looked at with their history, two records merged, a merge undone.

Who may: the desk, leaders and administrators. What is searched for goes by POST.
"""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers import actions, person_present, person_queries, refusals
from motcua.dossiers.act_views import key_of
from motcua.dossiers.actions.persons_merge import MAY, MERGED_INTO, check_pair
from motcua.dossiers.models import Person
from motcua.dossiers.refusals_counter import NumbersDiffer, SamePerson
from motcua.journal import queries as journal
from motcua.journal.actions import record_read
from motcua.kernel.errors import NotPermitted, Refused
from motcua.kernel.text import mask
from motcua.people import permissions
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.pagination import page
from motcua.web.parts import Choice
from motcua.web.refusals import sentence, status_of

FIELD_OF = {"old_number": "so-cu", "reason": "ly-do"}
NO_REASON = "Chưa ghi lý do. Viết một câu."


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Search by number or name; the result is a form that takes two records to merge."""
    at = now()
    permissions.require(request.user, *MAY, at=at)
    wanted = Answers(request.POST).text("tim")
    found = person_queries.search(wanted) if wanted else []
    if found:
        purpose = _("tra người nộp, thấy {n} bản ghi").format(n=len(found))
        record_read(request.user.agency, by=request.user, at=at, purpose=purpose)
    context = {
        "search": Field("tim", _("Số định danh hoặc họ tên"), "search", wanted, width=30,
                        hint=_("Số gõ đủ; họ tên có dấu hay không dấu."), autofocus=not found),
        "searched": bool(wanted), "rows": [person_present.line(one) for one in found],
        "many": len(found) >= person_queries.FOUND,
    }  # fmt: skip
    return render(request, "dossiers/persons.html", context)


@login_required
@require_safe
def detail(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One record: masked data, dossiers a page at a time, journal, what was merged into it."""
    at = now()
    person = _get(request, person_id, at)
    record_read(person, by=request.user, at=at, purpose=_("mở trang người nộp"))
    shown = page(
        person_queries.dossiers_of(person), order=("-received_at", "-pk"),
        after=request.GET.get("sau") or None, size=20,
    )  # fmt: skip
    merged = person_queries.merged_into(person)
    events = sorted(
        (event for one in (person, *merged) for event in journal.events_of(one)),
        key=lambda event: event.at,
    )
    context = {
        **person_present.head(person),
        "page": shown,
        "columns": person_present.columns(),
        "rows": person_present.rows(shown.rows),
        "entries": person_present.entries(events, person, {one.pk for one in merged}),
        "count": person_queries.belongings(person)["dossiers"],
        "into": person_queries.record(person.merged_into_id) if person.merged_into_id else None,
    }
    return render(request, "dossiers/person.html", context)


def _get(request: HttpRequest, person_id: UUID, at: datetime) -> Person:
    permissions.require(request.user, *MAY, at=at)
    person = person_queries.record(person_id)
    if person is None:
        raise Http404
    return person


@login_required
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask for the purpose, note the read, then show the whole number."""
    at = now()
    person = _get(request, person_id, at)
    answers = Answers(request.POST)
    fields: tuple[Field, ...] = (
        Field("muc-dich", _("Xem để làm gì"), hint=_("Lượt xem được ghi lại cùng câu này.")),
    )
    shown, errors = "", ()
    if request.method == "POST":
        purpose = answers.text("muc-dich", missing="Chưa ghi mục đích. Viết vài chữ.")
        if purpose:
            record_read(person, by=request.user, at=at, purpose=purpose[:120])
            shown = person.id_number
        fields = answers.back_into(fields)
        errors = summary(fields)
    context = {**person_present.head(person), "fields": fields, "errors": errors, "shown": shown}
    status = 422 if errors else 200
    return render(request, "dossiers/person_identity.html", context, status=status)


@login_required
@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """What a merge of the two records chosen touches; `gop` merges."""
    at = now()
    permissions.require(request.user, *MAY, at=at)
    keep, gone = _chosen(request)
    answers, differ = Answers(request.POST), bool(keep.id_number and gone.id_number)
    old_number = answers.text("so-cu") == "cu"
    if "gop" not in request.POST:
        check_pair(keep, gone, old_number=True)
        return _confirm(request, keep, gone, at)
    reason = answers.text("ly-do", missing=NO_REASON)
    if answers.errors:
        return _confirm(request, keep, gone, at, answers=answers, status=422)
    try:
        actions.merge_persons(
            by=request.user, at=at, key=key_of(request), keep=keep.pk, gone=gone.pk,
            reason=reason, old_number=old_number and differ,
        )  # fmt: skip
    except NotPermitted:
        raise
    except NumbersDiffer as refusal:
        answers.errors["so-cu"] = sentence(refusal)
        return _confirm(request, keep, gone, at, answers=answers, status=422)
    say(request, _("Đã gộp hai bản ghi của {name}.").format(name=keep.name))
    return redirect("nguoi-nop-chi-tiet", person_id=keep.pk)


def _chosen(request: HttpRequest) -> tuple[Person, Person]:
    """The two records of the form. Raises SamePerson when they are not two."""
    ids = [request.POST.get(name, "") for name in ("giu", "bo")]
    if not all(ids) or ids[0] == ids[1]:
        raise SamePerson
    found = [person_queries.record(one) for one in ids]
    if found[0] is None or found[1] is None:
        raise Http404
    return found[0], found[1]


def _confirm(
    request: HttpRequest, keep: Person, gone: Person, at: datetime, *,
    answers: Answers | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    for one in (keep, gone):
        record_read(one, by=request.user, at=at, purpose=_("xem trước khi gộp hai bản ghi"))
    fields: tuple[Field, ...] = (
        Field("ly-do", _("Vì sao là một người"), "area", hint=_("Giấy tờ đã đối chiếu.")),
    )
    if keep.id_number and gone.id_number:
        answers_to_it = (
            Choice("cu", _("số cũ của cùng một người")), Choice("", _("chưa rõ, không gộp")),
        )  # fmt: skip
        label = _("Số {number} là").format(number=mask(gone.id_number))
        fields = (Field("so-cu", label, "radios", "", choices=answers_to_it), *fields)
    if answers is not None:
        fields = answers.back_into(fields)
    context = {
        "keep": person_present.line(keep), "gone": person_present.line(gone),
        "touches": person_present.touches(gone), "takes": person_present.takes(keep, gone),
        "fields": fields, "errors": summary(fields), "key": key_of(request),
    }  # fmt: skip
    return render(request, "dossiers/merge.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take the merge of this record back; GET lists what goes back."""
    at = now()
    gone = _get(request, person_id, at)
    merged = journal.latest(gone, MERGED_INTO) if gone.merged_into_id else None
    if merged is None:
        raise Http404
    fields: tuple[Field, ...] = (Field("ly-do", _("Vì sao tách"), "area"),)
    general: tuple[FieldError, ...] = ()
    status = 200
    if request.method == "POST":
        answers = Answers(request.POST)
        reason = answers.text("ly-do", missing=NO_REASON)
        if not answers.errors:
            try:
                return _split(request, gone, reason, at)
            except (NotPermitted, refusals.ReasonMissing):
                raise
            except Refused as refusal:
                general, status = (FieldError(sentence(refusal)),), status_of(refusal)
        fields = answers.back_into(fields)
        status = status if general else 422
    record_read(gone, by=request.user, at=at, purpose=_("xem trước khi tách bản ghi"))
    context = {
        "gone": person_present.line(gone), "fields": fields, "errors": general + summary(fields),
        "into": person_queries.record(gone.merged_into_id), "key": key_of(request),
        "back": person_present.back(merged.data),
    }  # fmt: skip
    return render(request, "dossiers/split.html", context, status=status)


def _split(request: HttpRequest, gone: Person, reason: str, at: datetime) -> HttpResponse:
    actions.split(by=request.user, at=at, key=key_of(request), gone=gone.pk, reason=reason)
    say(request, _("Đã tách lại bản ghi của {name}.").format(name=gone.name))
    return redirect("nguoi-nop-chi-tiet", person_id=gone.pk)

"""The page of one act on a dossier: its few questions, what it will do, one button."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import act_forms, effects, queries, refusals, rules, strips
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ACTS, Phase, State
from motcua.dossiers.views import get, head
from motcua.kernel.errors import NotPermitted, Refused
from motcua.kernel.vntime import local
from motcua.people import permissions
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.refusals import sentence, status_of

REFUSED_FIELDS = {
    "to": "den", "signer": "nguoi-ky", "reason": "ly-do", "number": "so", "papers": "giay",
    "amount": "so-tien", "new_due_at": "ngay",
}  # fmt: skip
REFUSED_WHOLE = {"absent-signatory": "cho", "second-supplement": "can-cu"}


@login_required
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The form of one act; done, back to the dossier with one sentence."""
    name = act_forms.BY_ADDRESS.get(slug)
    if name is None:
        raise Http404
    at, form = now(), act_forms.FORMS[name]
    permissions.require(request.user, *ACTS[name].roles, at=at)
    dossier = get(request, code, at)
    fields = partial(form.fields, dossier, request.user, at)
    if request.method == "GET":
        check_possible(name, dossier)
        return show(request, name, dossier, at, fields())
    answers = Answers(request.POST)
    given = form.read(dossier, request.user, at, answers)
    if answers.errors:
        return show(request, name, dossier, at, answers.back_into(fields()), status=422)
    if "kiem-tra" in request.POST:
        return show(request, name, dossier, at, answers.back_into(fields()))
    try:
        done = _do(form, given, request, dossier, at)
    except NotPermitted:
        raise
    except Refused as refusal:
        return _say_no(request, name, dossier, at, (answers, fields(), refusal))
    say(request, _done_words(form, done), **strips.offers(done, name))
    if request.POST.get("ve") == "cho-ky":
        return redirect("cho-ky")
    return redirect("ho-so-chi-tiet", code=code)


def check_possible(name: str, dossier: Dossier) -> None:
    """Refuse a form that could only fail: an old link, or somebody was quicker."""
    state, phase = State(dossier.state), Phase(dossier.phase)
    if not rules.allowed(name, state, phase):
        raise refusals.MoveNotAllowed(
            code=dossier.code, state=state.label, phase=phase.label.lower(),
            act=ACTS[name].label.lower(),
        )  # fmt: skip


def show(
    request: HttpRequest, name: str, dossier: Dossier, at: datetime, fields: tuple[Field, ...],
    *, general: tuple[FieldError, ...] = (), seen: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page of an act, with what was typed and what is wrong with it."""
    context = head(dossier, request.user, at) | {
        "label": _(ACTS[name].label), "fields": fields, "errors": general + summary(fields),
        "key": key_of(request),
        "seen": seen or request.POST.get("da-thay") or dossier.journal_seq,
        "back": request.POST.get("ve", ""), "act_label": "", "effects": effects.lines(name),
    }  # fmt: skip
    return render(request, "dossiers/act.html", context, status=status)


def _say_no(
    request: HttpRequest, name: str, dossier: Dossier, at: datetime,
    tried: tuple[Answers, tuple[Field, ...], Refused],
) -> HttpResponse:  # fmt: skip
    """The same page, the refusal at its field or on top; after a change by another, its state."""
    answers, fields, refusal = tried
    general: tuple[FieldError, ...] = ()
    where = _field_of(fields, refusal)
    if where:
        answers.errors[where] = sentence(refusal)
    else:
        general = (FieldError(sentence(refusal)),)
    seen = ""
    if isinstance(refusal, refusals.Changed):
        dossier = queries.by_code(dossier.code) or dossier
        seen = str(dossier.journal_seq)
    fields = answers.back_into(fields)
    return show(
        request, name, dossier, at, fields, general=general, seen=seen, status=status_of(refusal)
    )


def _field_of(fields: tuple[Field, ...], refusal: Refused) -> str:
    """The field of this page that a refusal speaks of; "" when it is about the whole."""
    wanted = REFUSED_FIELDS.get(getattr(refusal, "field", None) or "")
    wanted = wanted or REFUSED_WHOLE.get(refusal.code, "")
    return wanted if wanted in {field.name for field in fields} else ""


def _do(
    form: act_forms.ActForm, given: dict[str, Any], request: HttpRequest, dossier: Dossier,
    at: datetime,
) -> Dossier:  # fmt: skip
    return form.action(
        by=request.user, at=at, key=key_of(request), dossier_id=dossier.pk, seen=seen_of(request),
        **given,
    )  # fmt: skip


def key_of(request: HttpRequest) -> str:
    """The idempotency key that the page carries; a new one for a new page."""
    return request.POST.get("khoa", "")[:60] or str(uuid7())


def seen_of(request: HttpRequest) -> int | None:
    """Which event of the dossier the officer saw last, as the page carries it."""
    seen = request.POST.get("da-thay", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def _done_words(form: act_forms.ActForm, dossier: Dossier) -> str:
    return _(form.done).format(
        code=dossier.code,
        to=dossier.holder.name if dossier.holder else "",
        due=f"{local(dossier.due_at):%H:%M %d/%m/%Y}",
    )

"""Receiving a dossier on one screen. Every button but the last writes nothing."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.dossiers import (
    actions,
    person_queries,
    printing,
    queries,
    reception_fields,
    reception_form,
    reception_more,
    reception_origin,
)
from motcua.dossiers.refusals import PossibleDuplicate
from motcua.dossiers.rules import State
from motcua.dossiers.views import download, get
from motcua.journal.actions import record_read
from motcua.kernel.errors import NotPermitted, Refused
from motcua.kernel.vntime import local, local_day
from motcua.papers import queries as files
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.clock import now
from motcua.web.refusals import sentence, status_of
from motcua.web.side import MADE_FOR

WRITES = {"ghi", "da-kiem-tra", "sua-ten"}


@login_required
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """The form; `ghi` receives, every other button only checks, searches or fills in."""
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    form = reception_form.Form(request.POST, by=request.user, at=at)
    if request.method == "GET":
        return _show(request, form)
    if form.unseen or not WRITES & set(request.POST):
        form.help_along()
        return _show(request, form)
    form.check()
    if form.wrong:
        return _show(request, form, 422)
    try:
        return _receive(request, form, at)
    except PossibleDuplicate as refusal:
        return _interrupt(request, refusal)
    except NotPermitted:
        raise
    except Refused as refusal:
        form.refuse(refusal)
        return _show(request, form, status_of(refusal))


def _receive(request: HttpRequest, form: reception_form.Form, at: datetime) -> HttpResponse:
    given = form.arguments() | {"duplicate_checked": "da-kiem-tra" in request.POST}
    visit = request.POST.get("luot", "")
    if visit:
        given["after"] = get(request, visit, at).pk
    act = actions.receive_more if visit else actions.receive
    dossier = act(by=request.user, at=at, key=form.key, **given)
    return redirect("da-tiep-nhan", code=dossier.code)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """The form for a further dossier of the same visit; `cung-thu-tuc`: a further set of it.

    By POST, so that nothing personal stands in an address. Writes nothing but the read.
    """
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    dossier = get(request, code, at)
    if request.method == "GET":
        return redirect("tiep-nhan")  # the address typed again, or after a log-in
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"nhận thêm sau hồ sơ {code}")
    form = reception_form.Form(
        reception_more.answers(dossier, same="cung-thu-tuc" in request.POST), by=request.user, at=at
    )
    return render(request, "dossiers/receive.html", form.context())


def _show(request: HttpRequest, form: reception_form.Form, status: int = 200) -> HttpResponse:
    """The form again; what it shows of a known person is a read, and leaves its trace."""
    for person in form.persons:
        record_read(person, by=request.user, at=form.at, purpose=_("tra người nộp khi tiếp nhận"))
    return render(request, "dossiers/receive.html", form.context(), status=status)


def _interrupt(request: HttpRequest, refusal: PossibleDuplicate) -> HttpResponse:
    """One question that can be passed; the journal keeps that it was."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", MADE_FOR, "ghi")
    ]
    context = {"sentence": sentence(refusal), "kept": kept, "code": refusal.values["code"]}
    return render(request, "dossiers/duplicate.html", context, status=409)


@login_required
@require_safe
def find_procedure(request: HttpRequest) -> HttpResponse:
    """The results under the procedure field while somebody types."""
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    return render(
        request,
        "web/parts/results.html",
        reception_fields.results(request.GET.get("thu-tuc", ""), at),
    )


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The part that follows the procedure: papers, due time, fee. Writes nothing."""
    at = now()
    permissions.require(request.user, Role.DESK, at=at)
    form = reception_form.Form(request.POST, by=request.user, at=at)
    form.errors.clear()
    return render(request, "dossiers/parts/of_procedure.html", form.context())


@login_required
@require_safe
def received(request: HttpRequest, code: str) -> HttpResponse:
    """What the citizen is told: code, due time with its proof, the receipt to print.

    Of a visit with several dossiers: all of them, and one receipt.
    """
    at = now()
    dossier = get(request, code, at)
    proof = [line.said for line in queries.proof_of_due(dossier).proof]
    before = reception_origin.proof_line(dossier)
    context: dict[str, Any] = {
        "dossier": dossier,
        "due": local(dossier.due_at),
        "proof": [before, *proof] if before else proof,
        "today": local_day(dossier.due_at) == local_day(at),
        "on_the_spot": dossier.version.on_the_spot,
        "at_desk": dossier.state == State.RECEIVED and dossier.holder_id == request.user.pk,
        "may_add": local_day(dossier.received_at) == local_day(at)
        and request.user.has_role(Role.DESK, on=local_day(at)),
        "visit": person_queries.of_visit(dossier.visit_id) if dossier.visit_id else [],
    }
    return render(request, "dossiers/received.html", context)


@login_required
@require_safe
def visit_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """One receipt for all dossiers of the visit to which this one belongs."""
    at = now()
    dossier = get(request, code, at)
    if dossier.visit_id is None:
        raise Http404
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"in giấy cả lượt của {code}")
    file = printing.visit_receipt(person_queries.visit(dossier.visit_id), by=request.user, at=at)
    return download(files.content(file), "application/pdf", f"{code}-ca-luot.pdf", True)

"""Scans of a dossier's papers: attached, exempt with a reason, downloaded."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import actions, present
from motcua.dossiers.act_views import check_possible, key_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ACTS
from motcua.dossiers.views import download, get, head
from motcua.journal.actions import record_read
from motcua.kernel.errors import BadInput, NotPermitted, Refused
from motcua.papers import queries as files
from motcua.papers import uploads
from motcua.papers.actions import Upload
from motcua.people import permissions
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import FieldError
from motcua.web.refusals import sentence, status_of

LONGEST_REASON = 300


@dataclass
class Given:
    """What came with the form: files and reasons by number of paper, and what is wrong."""

    scans: dict[int, Upload] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    wrong: dict[int, FieldError] = field(default_factory=dict)
    general: list[FieldError] = field(default_factory=list)

    @property
    def errors(self) -> list[FieldError]:
        return self.general + [self.wrong[number] for number in sorted(self.wrong)]


@login_required
@require_http_methods(["GET", "POST"])
def scans(request: HttpRequest, code: str) -> HttpResponse:
    """Attach scans to papers, or say why one is not scanned."""
    at = now()
    permissions.require(request.user, *ACTS["attach"].roles, at=at)
    dossier = get(request, code, at)
    if request.method == "GET":
        check_possible("attach", dossier)
        return _show(request, dossier, at, Given(), 200)
    given = _read(request)
    if given.errors:
        return _show(request, dossier, at, given, 422)
    try:
        _attach(given, request, dossier, at)
    except NotPermitted:
        raise
    except Refused as refusal:
        given.general.append(FieldError(sentence(refusal)))
        return _show(request, dossier, at, given, status_of(refusal))
    say(request, _("Đã ghi bản quét của hồ sơ {code}.").format(code=code))
    return redirect("ho-so-chi-tiet", code=code)


def _show(
    request: HttpRequest, dossier: Dossier, at: datetime, given: Given, status: int
) -> HttpResponse:
    lines = present.paper_lines(dossier)
    for line in lines:
        number = line["paper"].number
        wrong = given.wrong.get(number)
        line |= {"error": wrong.message if wrong else "", "reason": given.reasons.get(number, "")}
    context = head(dossier, request.user, at) | {
        "papers": lines, "errors": given.errors, "key": key_of(request), "act_label": "",
        "kept": bool(given.errors) and bool(given.scans),
    }  # fmt: skip
    return render(request, "dossiers/scans.html", context, status=status)


def _read(request: HttpRequest) -> Given:
    """The files and reasons; each is judged, so that one answer names every fault."""
    given = Given()
    for name, file in request.FILES.items():
        number = _number(name, "tep-")
        if number:
            upload = Upload(file.name or "", file.read(uploads.LIMIT + 1))
            given.scans[number] = upload
            try:
                uploads.check(upload.name, upload.content)
            except BadInput as refusal:
                given.wrong[number] = FieldError(sentence(refusal), f"tep-{number}")
    for name, value in request.POST.items():
        number, reason = _number(name, "mien-"), " ".join(value.split())
        if number and reason:
            given.reasons[number] = reason
            if len(reason) > LONGEST_REASON:
                words = _("Lý do dài {n} chữ cái; ghi gọn trong {most}.")
                words = words.format(n=len(reason), most=LONGEST_REASON)
                given.wrong[number] = FieldError(words, f"mien-{number}")
    if not given.scans and not given.reasons:
        words = _("Chưa chọn tệp nào. Chọn tệp quét, hoặc ghi lý do không quét.")
        given.general.append(FieldError(words))
    return given


def _number(name: str, prefix: str) -> int:
    """The number of the paper that an input is about; 0 when it is about none."""
    rest = name.removeprefix(prefix)
    return int(rest) if rest != name and rest.isdecimal() and len(rest) < 4 else 0


@transaction.atomic
def _attach(given: Given, request: HttpRequest, dossier: Dossier, at: datetime) -> None:
    """All or nothing: a second refusal takes back what came before it."""
    common: dict[str, Any] = {"by": request.user, "at": at, "dossier_id": dossier.pk}
    key = key_of(request)
    if given.scans:
        actions.attach_scans(key=key, scans=given.scans, **common)
    for number, reason in given.reasons.items():
        actions.exempt_scan(key=f"{key}-{number}", number=number, reason=reason, **common)


@login_required
@require_safe
def paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One scan, as a download: never shown inside our own pages."""
    at = now()
    dossier = get(request, code, at)
    found = dossier.papers.filter(number=number).select_related("file").first()
    if found is None or found.file is None:
        raise Http404
    purpose = f"mở bản quét {number} hồ sơ {code}"
    record_read(dossier.applicant, by=request.user, at=at, purpose=purpose)
    return download(files.content(found.file), found.file.mime, found.file.name)

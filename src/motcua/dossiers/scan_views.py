"""Scans of a dossier's papers: attached, exempt with a reason, downloaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import actions, present, queries, refusals, strips
from motcua.dossiers.act_views import check_possible, key_of, seen_of
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
ENDINGS = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif",
}  # fmt: skip


class Scans(Mapping[int, Upload]):
    """The files that came, by number of paper: each is read when asked for, and not kept."""

    def __init__(self) -> None:
        self._files: dict[int, UploadedFile] = {}

    def add(self, number: int, file: UploadedFile) -> None:
        self._files[number] = file

    def __getitem__(self, number: int) -> Upload:
        """No more than it takes to see that a file is too large."""
        file = self._files[number]
        file.seek(0)
        return Upload(file.name or "", file.read(uploads.LIMIT + 1))

    def __iter__(self) -> Iterator[int]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@dataclass
class Given:
    """What came with the form: files and reasons by number of paper, and what is wrong."""

    scans: Scans = field(default_factory=Scans)
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
    given = _read(request, dossier)
    if given.errors:
        return _show(request, dossier, at, given, 422)
    try:
        done = _attach(given, request, dossier, at)
    except NotPermitted:
        raise
    except Refused as refusal:
        given.general.append(FieldError(sentence(refusal)))
        if isinstance(refusal, refusals.Changed):
            dossier = queries.by_code(code) or dossier
            return _show(request, dossier, at, given, status_of(refusal), dossier.journal_seq)
        return _show(request, dossier, at, given, status_of(refusal))
    alone = bool(given.scans) + len(given.reasons) == 1
    offers = strips.offers(done, "attach_scans") if alone else {}
    say(request, _("Đã ghi bản quét của hồ sơ {code}.").format(code=code), **offers)
    return redirect("ho-so-chi-tiet", code=code)


def _show(
    request: HttpRequest, dossier: Dossier, at: datetime, given: Given, status: int, seen: int = 0
) -> HttpResponse:
    lines = present.paper_lines(dossier)
    for line in lines:
        number = line["paper"].number
        wrong = given.wrong.get(number)
        line |= {"error": wrong.message if wrong else "", "reason": given.reasons.get(number, "")}
    context = head(dossier, request.user, at) | {
        "papers": lines, "errors": given.errors, "key": key_of(request), "act_label": "",
        "kept": bool(given.errors) and bool(given.scans),
        "seen": seen or request.POST.get("da-thay") or dossier.journal_seq,
    }  # fmt: skip
    return render(request, "dossiers/scans.html", context, status=status)


def _read(request: HttpRequest, dossier: Dossier) -> Given:
    """The files and reasons; each is judged, so that one answer names every fault."""
    given = Given()
    papers = {paper.number for paper in dossier.papers.all()}
    for name, file in request.FILES.items():
        number = _number(name, "tep-")
        if number in papers:
            given.scans.add(number, file)
            wrong = _wrong(given.scans[number])
            if wrong:
                given.wrong[number] = FieldError(wrong, f"tep-{number}")
        elif number:
            given.general.append(FieldError(sentence(refusals.NoSuchPaper(number=number))))
    for name, value in request.POST.items():
        number, reason = _number(name, "mien-"), " ".join(value.split())
        if number and reason:
            given.reasons[number] = reason
            if len(reason) > LONGEST_REASON:
                words = _("Lý do dài {n} chữ cái; ghi gọn trong {most}.")
                words = words.format(n=len(reason), most=LONGEST_REASON)
                given.wrong[number] = FieldError(words, f"mien-{number}")
    if not given.scans and not given.reasons and not given.errors:
        words = _("Chưa chọn tệp nào. Chọn tệp quét, hoặc ghi lý do không quét.")
        given.general.append(FieldError(words))
    return given


def _wrong(upload: Upload) -> str:
    """What is wrong with a file, in words; "" when nothing is."""
    try:
        uploads.check(upload.name, upload.content)
    except BadInput as refusal:
        return sentence(refusal)
    return ""


def _number(name: str, prefix: str) -> int:
    """The number of the paper that an input is about; 0 when it is about none."""
    rest = name.removeprefix(prefix)
    return int(rest) if rest != name and rest.isdecimal() and len(rest) < 4 else 0


@transaction.atomic
def _attach(given: Given, request: HttpRequest, dossier: Dossier, at: datetime) -> Dossier:
    """All or nothing: a second refusal takes back what came before it.

    The first act is told what the officer saw; the others follow what it wrote.
    """
    common: dict[str, Any] = {"by": request.user, "at": at, "dossier_id": dossier.pk}
    key, seen = key_of(request), seen_of(request)
    if given.scans:
        dossier = actions.attach_scans(key=key, scans=given.scans, seen=seen, **common)
        seen = None
    for number, reason in given.reasons.items():
        exempt = {"number": number, "reason": reason, "seen": seen}
        dossier = actions.exempt_scan(key=f"{key}-{number}", **exempt, **common)
        seen = None
    return dossier


@login_required
@require_safe
def paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One scan, as a download under our own name: never shown inside our pages."""
    at = now()
    dossier = get(request, code, at)
    found = dossier.papers.filter(number=number).select_related("file").first()
    if found is None or found.file is None:
        raise Http404
    purpose = f"mở bản quét {number} hồ sơ {code}"
    record_read(dossier.applicant, by=request.user, at=at, purpose=purpose)
    ending = ENDINGS[found.file.mime]
    return download(files.content(found.file), found.file.mime, f"{code}-giay-{number}.{ending}")

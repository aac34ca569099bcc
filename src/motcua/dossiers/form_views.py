"""The forms of a dossier (biểu mẫu): which were given out, which are due; view, issue, reprint."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import printing
from motcua.dossiers.models import Dossier, IssuedForm
from motcua.dossiers.views import download, get, head
from motcua.journal import queries as journal
from motcua.journal.actions import record_read
from motcua.kernel.vntime import local_day
from motcua.papers import queries as files
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.clock import now
from motcua.web.flash import say

PDF = "application/pdf"
PRINTERS = (Role.DESK, Role.SPECIALIST, Role.LEADER, Role.CLERK)
"""Who gives forms out and prints them again; every officer may view one."""
TITLES: Mapping[str, str | Promise] = {
    "01": gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "01C": gettext_lazy("Giấy tiếp nhận chung của lượt đến"),
    "02": gettext_lazy("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "03": gettext_lazy("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    "04": gettext_lazy("Văn bản xin lỗi và đề nghị gia hạn"),
    "05": gettext_lazy("Thông báo dừng giải quyết hồ sơ"),
    "06": gettext_lazy("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
}
BY_BUTTON = ("02", "03", "04", "05")


@login_required
@require_safe
def form(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """The newest form of a kind as PDF. 01 and 06 are rendered when first asked for.

    02 to 05 are given out by a button on the page of forms; until then this leads there.
    """
    at = now()
    dossier = get(request, code, at)
    if which not in TITLES or which == printing.VISIT:
        raise Http404
    kept = printing.latest(dossier, which) if which in BY_BUTTON else None
    if which in BY_BUTTON and kept is None:
        return redirect("ho-so-bieu-mau", code=code)
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"in mẫu {which} hồ sơ {code}")
    file = kept.file if kept else _first(which)(dossier=dossier, by=request.user, at=at)
    return download(files.content(file), PDF, f"{code}-mau-{which}.pdf", True)


def _first(which: str) -> Any:
    return printing.receipt if which == "01" else printing.control_slip


@login_required
@require_safe
def forms(request: HttpRequest, code: str) -> HttpResponse:
    """What was given out for a dossier, by whom, how often printed; what is due now."""
    at = now()
    dossier = get(request, code, at)
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"xem biểu mẫu hồ sơ {code}")
    given = printing.forms_of(dossier)
    due = printing.due(dossier, journal.events_of(dossier), given)
    kinds = {row.form for row in given}
    context = head(dossier, request.user, at) | {
        "given": [_line(row) for row in given],
        "due": [(which, TITLES[which]) for which in due],
        "first": [(w, TITLES[w]) for w in ("01", "06") if w not in kinds],
        "may_print": request.user.has_role(*PRINTERS, on=local_day(at)),
        "act_label": "",
    }
    return render(request, "dossiers/forms.html", context)


def _line(row: IssuedForm) -> dict[str, Any]:
    number = (row.data or {}).get("number", "")
    return {
        "form": row.form.rstrip("C"), "which": row.form, "seq": row.at_seq, "at": row.at,
        "title": TITLES.get(row.form, row.form), "number": number, "by": row.by.name,
        "prints": row.prints,
    }  # fmt: skip


@login_required
@require_POST
def issue(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """Give a form out: 02 to 05, for what happened to the dossier."""
    at = now()
    dossier = _to_print(request, code, at)
    if which not in BY_BUTTON:
        raise Http404
    purpose = f"lập mẫu {which} hồ sơ {code}"
    record_read(dossier.applicant, by=request.user, at=at, purpose=purpose)
    row = printing.issue(dossier=dossier, form=which, by=request.user, at=at)
    number = (row.data or {}).get("number", "")
    say(request, _("Đã lập mẫu {form}, số {number}.").format(form=which, number=number))
    return redirect("ho-so-bieu-mau", code=code)


@login_required
@require_safe
def issued(request: HttpRequest, code: str, which: str, seq: int) -> HttpResponse:
    """A form that was given out, as it was: viewing counts no print."""
    at = now()
    dossier = get(request, code, at)
    row = _row(dossier, which, seq)
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"xem mẫu {which} hồ sơ {code}")
    return download(files.content(row.file), PDF, f"{code}-mau-{which}.pdf", True)


@login_required
@require_POST
def again(request: HttpRequest, code: str, which: str, seq: int) -> HttpResponse:
    """The same form printed again: marked, counted, its reading noted (in lại)."""
    at = now()
    dossier = _to_print(request, code, at)
    row = _row(dossier, which, seq)
    purpose = f"in lại mẫu {which} hồ sơ {code}"
    record_read(dossier.applicant, by=request.user, at=at, purpose=purpose)
    content = printing.reprint(form=row, by=request.user, at=at)
    return download(content, PDF, f"{code}-mau-{which}-in-lai.pdf", True)


@login_required
@require_safe
def electronic(request: HttpRequest, code: str, which: str, seq: int) -> HttpResponse:
    """The electronic version of a form, ready for signature (biểu mẫu điện tử)."""
    at = now()
    dossier = _to_print(request, code, at)
    row = _row(dossier, which, seq)
    purpose = f"bản điện tử mẫu {which} hồ sơ {code}"
    record_read(dossier.applicant, by=request.user, at=at, purpose=purpose)
    return download(printing.electronic(row), PDF, f"{code}-mau-{which}-dien-tu.pdf")


def _to_print(request: HttpRequest, code: str, at: datetime) -> Dossier:
    permissions.require(request.user, *PRINTERS, at=at)
    return get(request, code, at)


def _row(dossier: Dossier, which: str, seq: int) -> IssuedForm:
    for row in printing.forms_of(dossier):
        if (row.form, row.at_seq) == (which, seq):
            return row
    raise Http404

"""The wrong procedure was picked: what the right one changes, seen before it is confirmed."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import actions, refile_form
from motcua.dossiers.act_views import check_possible, key_of, seen_of
from motcua.dossiers.refusals import Changed
from motcua.dossiers.rules import ACTS
from motcua.dossiers.views import get, head
from motcua.journal.actions import record_read
from motcua.kernel.errors import NotPermitted, Refused
from motcua.people import permissions
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.refusals import status_of


@login_required
@require_http_methods(["GET", "POST"])
def refile(request: HttpRequest, code: str) -> HttpResponse:
    """The form with its preview; `ghi` changes the procedure, every other button only shows."""
    at = now()
    permissions.require(request.user, *ACTS["refile"].roles, at=at)
    dossier = get(request, code, at)
    check_possible("refile", dossier)
    form = refile_form.Form(request.POST, dossier, by=request.user, at=at)
    if "ghi" not in request.POST:
        form.help_along()
        return _show(request, form, at)
    form.check()
    if form.wrong:
        return _show(request, form, at, 422)
    try:
        done = actions.refile(
            by=request.user, at=at, key=key_of(request), dossier_id=dossier.pk,
            seen=seen_of(request), **form.arguments(),
        )  # fmt: skip
    except (NotPermitted, Changed):
        raise
    except Refused as refusal:
        form.refuse(refusal)
        return _show(request, form, at, status_of(refusal))
    name = done.version.short_name
    say(request, _("Đã đổi hồ sơ {code} sang “{name}”. In lại giấy tiếp nhận để trao người nộp.")
        .format(code=code, name=name))  # fmt: skip
    return redirect("ho-so-chi-tiet", code=code)


def _show(
    request: HttpRequest, form: refile_form.Form, at: datetime, status: int = 200
) -> HttpResponse:
    dossier = form.dossier
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"đổi thủ tục {dossier.code}")
    context: dict[str, Any] = head(dossier, request.user, at) | form.context() | {
        "key": key_of(request), "seen": request.POST.get("da-thay") or dossier.journal_seq,
        "act_label": "",
    }  # fmt: skip
    return render(request, "dossiers/refile.html", context, status=status)

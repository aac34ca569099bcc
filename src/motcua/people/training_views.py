"""Bản tập huấn: what it is, going in and coming back, opened and begun anew."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.kernel.vntime import local_day
from motcua.people import actions, queries
from motcua.people.acting import TRAINING
from motcua.people.form_page import key_of
from motcua.people.rules import Role
from motcua.web import clock, flash
from motcua.web.scope import agency_scope


@login_required
@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """Whether there is a copy to practise in, and the ways in and out."""
    at = clock.now()
    agency = request.user.agency
    context = {
        "inside": agency.training_of_id is not None,
        "open": queries.training_copy(agency) is not None,
        "may": request.user.has_role(Role.ADMINISTRATOR, on=local_day(at)),
        "key": key_of(request),
    }
    return render(request, "people/training.html", context)


@login_required
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Work as one's twin from now on, in this session."""
    at = clock.now()
    actions.join_training(by=request.user, at=at, key=key_of(request))
    request.session[TRAINING] = True
    flash.say(request, _("Đang ở bản tập huấn. Làm gì ở đây cũng không vào số liệu nào."))
    return redirect("hom-nay")


@login_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Work as oneself again."""
    request.session.pop(TRAINING, None)
    flash.say(request, _("Đã trở về bản thật."))
    return redirect("hom-nay")


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open the copy, or close it and open a fresh one. The administrator does so on either side."""
    at = clock.now()
    by: Any = getattr(request, "live_officer", None) or request.user
    again = "lam-lai" in request.POST
    with agency_scope(queries.scope_of(by.agency)):
        _open(by, at, key_of(request), again)
    request.session.pop(TRAINING, None)
    flash.say(request, _("Bản tập huấn đã sẵn sàng, chưa có hồ sơ nào."))
    return redirect("tap-huan")


def _open(by: Any, at: datetime, key: str, again: bool) -> None:
    if again:
        actions.reset_training(by=by, at=at, key=key)
    else:
        actions.open_training(by=by, at=at, key=key)

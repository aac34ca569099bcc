"""As whom a request acts: oneself, or one's twin in training; a password to change first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from motcua.people import queries, side
from motcua.people.models import Officer
from motcua.web import flash
from motcua.web.refusals import wants_part

TRAINING = "training"
"""What marks a session that works in the training copy."""
LEAVES_OPEN = ("mat-khau", "dang-xuat", "ngon-ngu")
"""Pages one may open before a password that somebody else chose is changed."""

PUT_OUT_MAY = ("dang-xuat", "tap-huan-ve")


def acting(request: HttpRequest, officer: Officer) -> Officer:
    """The officer whose part the request takes; `request.live_officer` is who is logged in.

    Whose twin is gone is back on the live side: see `put_out`.
    """
    request.put_out = False
    request.live_officer = officer
    if not request.session.get(TRAINING):
        return officer
    twin = None if officer.must_change else queries.twin_of(officer)
    if twin is None:
        del request.session[TRAINING]
        request.put_out = True
        return officer
    return twin


def put_out(request: HttpRequest) -> HttpResponse | None:
    """Say that the twin is gone; what was sent to be done in training is not done live."""
    if not request.put_out:
        return None
    if request.method in side.SAFE:
        flash.say(request, _("Không còn vai trong bản tập huấn: đã trở về bản thật."))
        return None
    if request.path_info in map(reverse, PUT_OUT_MAY):
        return None
    flash.say(
        request,
        _("Không còn vai trong bản tập huấn: đã trở về bản thật. Chưa ghi việc vừa gửi."),
    )
    home = reverse("hom-nay")
    return HttpResponseClientRedirect(home) if wants_part(request) else redirect(home)


def first(request: HttpRequest, officer: Officer) -> HttpResponse | None:
    """Lead to the password page whoever must change theirs; None for everybody else."""
    if not officer.must_change or request.path_info in map(reverse, LEAVES_OPEN):
        return None
    return redirect("mat-khau")

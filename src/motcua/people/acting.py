"""As whom a request acts: oneself, or one's twin in training; a password to change first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from motcua.people import queries
from motcua.people.models import Officer

TRAINING = "training"
"""What marks a session that works in the training copy."""
LEAVES_OPEN = ("mat-khau", "dang-xuat", "ngon-ngu")
"""Pages one may open before a password that somebody else chose is changed."""


def acting(request: HttpRequest, officer: Officer) -> Officer:
    """The officer whose part the request takes; `request.live_officer` is who is logged in."""
    request.live_officer = officer  # type: ignore[attr-defined]
    if not request.session.get(TRAINING):
        return officer
    twin = None if officer.must_change else queries.twin_of(officer)
    if twin is None:
        del request.session[TRAINING]
        return officer
    return twin


def first(request: HttpRequest, officer: Officer) -> HttpResponse | None:
    """Lead to the password page whoever must change theirs; None for everybody else."""
    if not officer.must_change or request.path_info in map(reverse, LEAVES_OPEN):
        return None
    return redirect("mat-khau")

"""Việc vừa làm: what I did last, and the way back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.desk import recent
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.clock import now


@login_required
@require_safe
def recent_acts(request: HttpRequest) -> HttpResponse:
    """My last twenty acts, each undoable or with the reason why not. Nobody else's, no names."""
    at = now()
    permissions.require(request.user, *Role, at=at)
    return render(request, "desk/recent.html", {"acts": recent.acts(request.user, at)})

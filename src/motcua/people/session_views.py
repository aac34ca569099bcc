"""Phiên làm việc: how long it lasts yet, and going on with it. For the script of every page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from motcua.kernel.vntime import local
from motcua.people import sessions
from motcua.web import clock


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """GET asks and renews nothing; POST goes on. Seconds left, the local time of the end."""
    at = clock.now()
    if request.method == "POST":
        sessions.renew(request.session, at)
    ends = sessions.ends_at(request.session)
    left = max(0, int((ends - at).total_seconds()))
    return JsonResponse({"left": left, "until": f"{local(ends):%H:%M}"})

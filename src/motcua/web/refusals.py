"""The one place where a refusal of the rules becomes an HTTP answer (trang từ chối)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from motcua.kernel.errors import BadInput, NotPermitted, Refused
from motcua.kernel.words import say

BAD_REQUEST, TOO_LARGE = 400, 413
FORBIDDEN, CONFLICT, UNPROCESSABLE = 403, 409, 422


def status_of(refusal: Refused) -> int:
    """403: another person may; 422: not understood; 409: the rules or the present state say no."""
    if isinstance(refusal, NotPermitted):
        return FORBIDDEN
    return UNPROCESSABLE if isinstance(refusal, BadInput) else CONFLICT


def sentence(refusal: Refused) -> str:
    """Return the refusal in the reader's language, its values filled in.

    A value that is itself one of our words ("ngày ban hành") is said in that language too.
    """
    message = gettext(refusal.message)
    values = {name: say(v) if isinstance(v, str) else v for name, v in refusal.values.items()}
    return message.format(**values) if values else message


def wants_json(request: HttpRequest) -> bool:
    """True when the client prefers JSON to HTML; a browser never does."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def wants_part(request: HttpRequest) -> bool:
    """True when htmx will swap the answer into a page that is already there."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def answer(request: HttpRequest, refusal: Refused, status: int = 0) -> HttpResponse:
    """Say no: what happened, that nothing was written, what to do, whom to ask."""
    status, message = status or status_of(refusal), sentence(refusal)
    if wants_json(request):
        return JsonResponse({"code": refusal.code, "message": message}, status=status)
    context = {
        "code": refusal.code,
        "message": message,
        "status": status,
        "field": getattr(refusal, "field", None),
        "wrote": request.method not in ("GET", "HEAD") and getattr(refusal, "resend", True),
    }
    return render(request, "web/refused.html", context, status=status)

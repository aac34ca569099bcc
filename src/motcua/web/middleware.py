"""Headers of every answer, and refusals turned into answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from motcua.kernel.errors import Refused
from motcua.web import failpoints
from motcua.web.refusals import answer

Handler = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), "
        "display-capture=(), browsing-topics=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(get_response: Handler) -> Handler:
    """Set the security headers; what a logged-in person sees is kept by no cache.

    A view that set one of these headers itself keeps its own. A request turned away at the door
    has no user.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if hasattr(request, "user") and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("HX-Request",))
        failpoints.reach(failpoints.BEFORE_ANSWER)
        return response

    return middleware


def refusals(get_response: Handler) -> Handler:
    """Answer a Refused raised by a view. Everything else goes on its way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception) if isinstance(exception, Refused) else None

    middleware.process_exception = process_exception  # where Django looks for it
    return middleware

"""What is turned away before anything reads it: bodies too large, text that no database takes."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from motcua.kernel.errors import BadInput
from motcua.web.refusals import BAD_REQUEST, TOO_LARGE, answer

Handler = Callable[[HttpRequest], HttpResponse]
NUL = "\x00"


class NoText(BadInput):
    code = "no-text"
    message = (
        "Địa chỉ hoặc nội dung gửi đến có ký tự rỗng (mã 0), không phải chữ. "
        "Gõ lại thay vì dán, rồi gửi lại."
    )


class BadLength(BadInput):
    code = "bad-length"
    message = "Không đọc được độ dài của nội dung gửi đến. Tải lại trang rồi gửi lại."


class TooMuch(BadInput):
    code = "too-much"
    message = (
        "Nội dung gửi đến nặng {size} MB; trang này nhận đến {limit} MB. "
        "Gửi ít tệp hơn một lần, hoặc viết ngắn lại."
    )


def intake(get_response: Handler) -> Handler:
    """Answer 400 to U+0000 in an address or cookie, 413 to a body too large: the body is not read.

    Stands before the session, which is looked up by a cookie. Values of forms are looked at
    when the form is read anyway, just before the view.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if _has_nul(_address(request)):
            return answer(request, NoText(), BAD_REQUEST)
        return _weigh(request) or get_response(request)

    return middleware


def plain_text(get_response: Handler) -> Handler:
    """Answer 400 to U+0000 in a value of a form. Stands after the CSRF check, which reads it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *_view: object) -> HttpResponse | None:
        if request.method != "POST":
            return None
        typed = (text for name, values in request.POST.lists() for text in (name, *values))
        return answer(request, NoText(), BAD_REQUEST) if _has_nul(typed) else None

    middleware.process_view = process_view  # where Django looks for it
    return middleware


def _address(request: HttpRequest) -> Iterable[str]:
    yield request.path_info
    yield unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode("latin-1")
    yield from request.COOKIES.values()


def _has_nul(texts: Iterable[str]) -> bool:
    return any(NUL in text for text in texts)


def _weigh(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a body that is too large or of no known length; without one, None.

    A missing length is nothing to read: the framework takes the body for empty then.
    """
    stated = request.META.get("CONTENT_LENGTH") or "0"
    if not (stated.isascii() and stated.isdigit()):
        return answer(request, BadLength(), BAD_REQUEST)
    size, limit = int(stated[:18]), _limit(request)
    if size <= limit:
        return None
    refusal = TooMuch(size=_megabytes(size), limit=_megabytes(limit))
    return answer(request, refusal, TOO_LARGE)


def _limit(request: HttpRequest) -> int:
    """Scans are large, and only who has a session sends them."""
    inside = settings.SESSION_COOKIE_NAME in request.COOKIES
    if inside and request.path_info.endswith(settings.SCAN_PATH_END):
        return int(settings.SCAN_BODY_LIMIT_BYTES)
    if inside and request.path_info == settings.TABLE_PATH:
        return int(settings.TABLE_BODY_LIMIT_BYTES)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")

"""What was just done, said once on the page after a redirect (dải báo việc vừa làm)."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, words: str) -> None:
    """Say `words` on the next page: the same verb as the act, the object, what comes next."""
    messages.success(request, words)


def done(request: HttpRequest) -> dict:
    """Context processor: `done`, the words said last, taken when the page first uses them."""
    return {"done": _Once(request)}


class _Once:
    """Reads the messages only if a template asks, so that other pages keep them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._words: str | None = None

    def __str__(self) -> str:
        if self._words is None:
            given = messages.get_messages(self._request)
            self._words = " ".join(str(message) for message in given)
        return self._words

    def __bool__(self) -> bool:
        return bool(str(self))

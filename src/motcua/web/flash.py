"""What was just done, said once on the page after a redirect (dải báo việc vừa làm)."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest


def say(
    request: HttpRequest,
    words: str,
    *,
    undo: tuple[str, str] | None = None,
    link: tuple[str, str] | None = None,
) -> None:
    """Say `words` on the next page: the same verb as the act, the object, what comes next.

    `undo`: the address that takes the act back, and which act of it; `link`: words and address of
    where the act leads, such as the form to print.
    """
    more = {name: given for name, given in (("undo", undo), ("link", link)) if given}
    messages.success(request, words, extra_tags=json.dumps(more) if more else "")


def done(request: HttpRequest) -> dict:
    """Context processor: `done`, the words said last, taken when the page first uses them."""
    return {"done": _Once(request)}


class _Once:
    """Reads the messages only if a template asks, so that other pages keep them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._words: str | None = None
        self._more: dict[str, Any] = {}

    def _read(self) -> None:
        if self._words is None:
            given = list(messages.get_messages(self._request))
            self._words = " ".join(str(message) for message in given)
            if given and given[-1].extra_tags:
                self._more = json.loads(given[-1].extra_tags)

    def __str__(self) -> str:
        self._read()
        return self._words or ""

    def __bool__(self) -> bool:
        return bool(str(self))

    @property
    def undo_url(self) -> str:
        """The address that takes the last act back; "" when it cannot be."""
        self._read()
        return self._more.get("undo", ["", ""])[0]

    @property
    def undo_id(self) -> str:
        self._read()
        return self._more.get("undo", ["", ""])[1]

    @property
    def link(self) -> dict[str, str]:
        """Where the last act leads: `label` and `url`; empty when nowhere."""
        self._read()
        found = self._more.get("link")
        return {"label": found[0], "url": found[1]} if found else {}

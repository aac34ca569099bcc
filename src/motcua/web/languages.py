"""The reader's language (ngôn ngữ): Vietnamese unless a cookie says English.

The msgids are the Vietnamese words themselves; `locale/en` is complete, a test says so.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "ngon-ngu"
COOKIE_AGE = 365 * 24 * 3600
CATALOGUE = Path(__file__).resolve().parent.parent / "locale/en/LC_MESSAGES/django.po"

Handler = Callable[[HttpRequest], HttpResponse]


def language(get_response: Handler) -> Handler:
    """Answer in the language that the browser's cookie names."""
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(COOKIE, "")
        if wanted not in known or wanted == settings.LANGUAGE_CODE:
            wanted = settings.LANGUAGE_CODE
            if translation.get_language() == wanted:
                return get_response(request)  # as it is already: nothing to set and put back
        with translation.override(wanted):
            return get_response(request)

    return middleware


def compile_catalogue(source: Path = CATALOGUE) -> None:
    """Write the .mo beside the .po when that is newer or there is none yet.

    Where the folder cannot be written, pages stay Vietnamese and the log says why.
    """
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    part = compiled.with_suffix(f".{os.getpid()}.part")
    try:
        with source.open("rb") as read, part.open("wb") as written:
            write_mo(written, read_po(read, locale="en"))
        part.replace(compiled)
    except OSError as problem:
        logging.getLogger(__name__).warning("No English: %s", problem)

"""Tùy chọn: keys and language of the officer who asks."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.people import actions
from motcua.people.form_page import form_page
from motcua.people.preferences import KEYS, Preferences
from motcua.web import clock, flash
from motcua.web.forms import Answers, Field
from motcua.web.languages import COOKIE, COOKIE_AGE
from motcua.web.parts import Choice

OFF, ANY = "tat", "chung"
NAMES = {"next_key": "phim-ke-tiep", "receive_key": "phim-tiep-nhan"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Move or switch off F2 and F8, choose the language pages open in."""
    at = clock.now()
    fields = _fields(Preferences.of(request.user.preferences))

    def read(answers: Answers) -> dict[str, Any]:
        chosen = [answers.choice(one.name, one.choices, missing="Chọn một.") for one in fields]
        receive, following, language = ("" if one in (OFF, ANY) else one for one in chosen)
        return {"receive_key": receive, "next_key": following, "language": language}

    def act(given: Any, key: str) -> HttpResponse:
        actions.set_preferences(by=request.user, at=at, key=key, **given)
        flash.say(request, _("Đã ghi tùy chọn."))
        return speak(redirect("tuy-chon"), given["language"])

    return form_page(request, "people/preferences.html", fields, read=read, act=act, names=NAMES)


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """Have the browser ask for pages in the language, when the officer chose one."""
    if language:
        response.set_cookie(
            COOKIE, language, COOKIE_AGE, httponly=True, samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip
    return response


def _fields(now: Preferences) -> tuple[Field, ...]:
    keys = (*(Choice(key, key) for key in KEYS), Choice(OFF, _("tắt")))
    languages = (
        Choice(ANY, _("như đang chọn ở đầu trang")),
        *(Choice(code, name) for code, name in settings.LANGUAGES),
    )
    hint = _("Phím này mở trang từ mọi nơi")
    return (
        Field("phim-tiep-nhan", _("Phím tiếp nhận hồ sơ"), "radios", now.receive_key or OFF, hint,
              choices=keys),
        Field("phim-ke-tiep", _("Phím hồ sơ kế tiếp"), "radios", now.next_key or OFF, hint,
              choices=keys),
        Field("ngon-ngu", _("Ngôn ngữ khi đăng nhập"), "radios", now.language or ANY,
              choices=languages),
    )  # fmt: skip

"""Nội dung đã gõ: what an officer typed is there again when the session ended under their hands.

A form sent after the end of its session is not written. Its fields are kept in a new, nameless
session of the same browser for half an hour (in the table of sessions: nothing personal in an
address, a cookie, the page of the login or a log). The officer whose session ended logs in and
finds the form filled in, with its key; nothing is written until a button is pressed again.
Another officer finds nothing. Files are not kept: the page says to choose them again.

A form of a page older than the last login (another tab) fails the check of its token. When the
browser itself says that our own page sent it, it is shown again in the same way; never on the
other side, live or in training, of the one it was made for (motcua.people.side).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from motcua.kernel.errors import Refused
from motcua.people import side
from motcua.people.acting import TRAINING
from motcua.web import again, clock, refusals
from motcua.web.flash import say
from motcua.web.side import MADE_FOR

KEPT = "typed"
KEPT_FOR = timedelta(minutes=30)
MOST_CHARACTERS = 100_000
ENDED_STATUS = 401
CHECKS = "kiem-tra"
"""The button of every form that writes nothing: sent in place of the one that was pressed."""
PRESSED = {"csrfmiddlewaretoken", MADE_FOR, "ghi", "da-kiem-tra", "sua-ten", "dung-nguoi", "y"}
REOPENED = {
    "tiep-nhan", "ho-so-viec", "tra-ket-qua", "ho-so-ban-quet", "doi-thu-tuc", "ho-so-chung-thuc",
    "phi-dia-gioi-nhan", "chuyen-giao", "khao-sat", "so-nho-ghi", "vang-mat", "vang-mat-lich",
    "can-bo-them", "co-quan-ten", "co-quan-tieu-de", "co-quan-ngay-nghi",
}  # fmt: skip
"""Pages on which people type: their form is kept and shown again. None that asks for a secret.

Should such a page write for that button, the act is refused (motcua.web.again).
"""

View = Callable[..., HttpResponse]
Fields = Iterable[tuple[str, list[str]]]


def keep_or_reopen(request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
    """Before each view, after the check of the form's token (process_view)."""
    ended = getattr(request, "ended", None)
    if ended is None:
        wrong = side.refusal_of(request)
        if wrong is not None:
            return refusals.answer(request, wrong)
        _reopen(request)
        return None
    if refusals.wants_part(request):
        return HttpResponse(status=ENDED_STATUS)  # the page stays; its script says why
    if request.method == "POST" and _name(request) not in ("dang-nhap", "ngon-ngu"):
        return _keep(request, ended)
    return None


def _keep(request: HttpRequest, officer_id: str) -> HttpResponse:
    at, training = clock.now(), bool(request.session.get(TRAINING))
    fields = _without_buttons(request.POST.lists())
    size = sum(len(text) for name, values in fields for text in (name, *values))
    kept = _name(request) in REOPENED and not training and size <= MOST_CHARACTERS
    request.session.flush()
    request.session.set_expiry(KEPT_FOR)
    request.session[KEPT] = {
        "officer": officer_id, "path": request.path, "files": bool(request.FILES),
        "made_for": request.POST.get(MADE_FOR, ""),
        "fields": fields if kept else None, "until": int((at + KEPT_FOR).timestamp()),
    }  # fmt: skip
    back = request.path if kept else reverse("hom-nay")
    return redirect(f"{reverse('dang-nhap')}?next={back}")


def _reopen(request: HttpRequest) -> None:
    """Turn the first visit of the page after the login into the form as it was typed."""
    kept = kept_in(request)
    if not kept or request.method != "GET" or not request.user.is_authenticated:
        return
    if request.path != kept["path"]:
        return
    del request.session[KEPT]
    if clock.now().timestamp() > kept["until"] or kept["officer"] != str(request.user.pk):
        return
    if kept["fields"] is None:
        return
    wrong = side.refusal_for(request, kept["made_for"]) if kept["made_for"] else None
    if wrong is not None:
        say(request, _(wrong.message))
        return
    _show_again(request, kept["fields"], files=kept["files"])


def _show_again(request: HttpRequest, fields: Fields, *, files: bool) -> None:
    typed = QueryDict(mutable=True)
    for name, values in fields:
        typed.setlist(name, values)
    typed[CHECKS] = "1"
    request.method, request.POST = "POST", typed
    again.begin()
    words = _(again.NotPressed.message)
    say(request, words + (" " + _("Chọn lại các tệp.") if files else ""))


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is older than the login (CSRF_FAILURE_VIEW): shown again when ours."""
    own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    match = request.resolver_match
    inside = getattr(request, "user", None) is not None and request.user.is_authenticated
    if not (own and inside and match and _name(request) in REOPENED):
        return csrf_failure(request, reason)
    wrong = side.refusal_of(request)
    if wrong is not None:
        return refusals.answer(request, wrong)
    _show_again(request, _without_buttons(request.POST.lists()), files=bool(request.FILES))
    try:
        return match.func(request, *match.args, **match.kwargs)
    except Refused as refusal:
        return refusals.answer(request, refusal)


def _without_buttons(fields: Fields) -> list[tuple[str, list[str]]]:
    return [(name, values) for name, values in fields if name not in PRESSED]


def kept_in(request: HttpRequest) -> Mapping[str, Any] | None:
    """What this browser's session keeps of a form; None for nothing."""
    kept: Mapping[str, Any] | None = request.session.get(KEPT)
    return kept


def drop_of_others(request: HttpRequest, officer_id: str) -> None:
    """As somebody logs in: what another officer typed goes."""
    request.session.set_expiry(None)
    kept = kept_in(request)
    if kept and kept["officer"] != officer_id:
        del request.session[KEPT]


def notice(request: HttpRequest, at: datetime) -> str:
    """What the page of the login says about a session that has just ended; "" for nothing."""
    kept = kept_in(request)
    if kept and kept["until"] > at.timestamp():
        if kept["fields"] is not None:
            return _(
                "Phiên làm việc đã kết thúc. Chưa ghi. Nội dung đã gõ được giữ 30 phút: "
                "đăng nhập lại để xem và ghi."
            )
        return _("Phiên làm việc đã kết thúc. Chưa ghi việc vừa gửi. Đăng nhập rồi làm lại.")
    if getattr(request, "ended", None) is not None:
        return _("Phiên làm việc đã kết thúc. Đăng nhập lại để làm tiếp.")
    return ""


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "") if match else ""

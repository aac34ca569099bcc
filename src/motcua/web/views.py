"""The palette as a page, the table of keys, and the components with their test data."""

from inspect import getclosurevars
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from motcua.kernel.text import fold, nfc
from motcua.web import specimens
from motcua.web.context import USUAL_KEYS, address
from motcua.web.context import acts as acts_for
from motcua.web.languages import COOKIE, COOKIE_AGE
from motcua.web.refusals import wants_part


@login_required
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Every page this officer may open, grouped, searched without diacritics; nothing is run."""
    wanted = nfc(request.GET.get("tim", ""))
    given = getattr(request, "frame", None) or {}
    dossiers = address("ho-so")
    context = {
        "wanted": wanted,
        "groups": acts_for(
            frozenset(map(str, given.get("roles", ()))), wanted, given.get("keys") or USUAL_KEYS
        ),
        "dossier_search": f"{dossiers}?{urlencode({'tim': wanted})}" if wanted and dossiers else "",
    }
    return render(request, "web/acts.html", context)


@login_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The whole keyboard map as a plain table."""
    moved = (getattr(request, "frame", None) or {}).get("keys", {})
    everywhere, table = _("mọi nơi"), _("bảng, khi đang ở liên kết của một dòng")
    rows = (
        ("F1", everywhere, _("mở trang này")),
        (moved.get("tiep-nhan", "F2"), _("cán bộ tiếp nhận"), _("tiếp nhận một hồ sơ")),
        (moved.get("ho-so-ke-tiep", "F8"), _("cán bộ"), _("mở hồ sơ kế tiếp đang chờ mình")),
        ("Ctrl K", everywhere, _("tìm việc, mã, người, thủ tục")),
        ("Ctrl Enter", _("biểu mẫu"), _("nút chính của trang")),
        ("Enter", _("biểu mẫu tiếp nhận"), _("kiểm tra, chưa ghi gì")),
        ("↑ ↓ Home End", table, _("sang dòng trên, dòng dưới, dòng đầu, dòng cuối")),
        ("↓", _("ô tìm thủ tục, người"), _("xuống danh sách kết quả")),
        ("Space, Shift Space", _("ô chọn của một dòng"), _("chọn một dòng, chọn một đoạn")),
        ("Ctrl P", everywhere, _("in trang đang xem")),
    )
    return render(request, "web/keys.html", {"keys": [row for row in rows if row[0]]})


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Go on in another language, on the page one came from. For everybody."""
    back = request.POST.get("ve", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(back if safe and _opens(back) else "/")
    wanted = request.POST.get("sang", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            COOKIE, wanted, COOKIE_AGE, httponly=True, samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip
    return response


def _opens(url: str) -> bool:
    """Whether an address of ours answers GET: some take only what a form sends."""
    try:
        view: Any = resolve(urlsplit(url).path).func
    except Resolver404:
        return True  # it says itself that there is no such page
    while view is not None:
        methods = getclosurevars(view).nonlocals.get("request_method_list")
        if methods is not None and "GET" not in methods:
            return False
        view = getattr(view, "__wrapped__", None)
    return True


@login_required
@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """Every component with plain, long, empty and wrong data; `?mat-do=calm` for the phone."""
    context = {**specimens.context(), "calm": request.GET.get("mat-do") == "calm"}
    if wants_part(request) and "thu-tuc" in request.GET:
        return render(request, "web/parts/results.html", context | _searched(request))
    return render(request, "web/design.html", context)


def _searched(request: HttpRequest) -> dict:
    wanted = fold(request.GET["thu-tuc"])
    found = [choice for choice in specimens.PROCEDURES if wanted in fold(choice.label)]
    field = specimens.context()["combobox"]
    return {"field": field, "results": found, "searched": True, "radio": "ma-thu-tuc"}

"""Puts the request into the scope of its officer's agency. Without a login there is no scope."""

from django.contrib.auth import logout
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.kernel.errors import NotPermitted
from motcua.kernel.vntime import clock_words, local_day
from motcua.people import queries, sessions
from motcua.web import clock
from motcua.web.refusals import answer
from motcua.web.scope import agency_scope


class NoRole(NotPermitted):
    code = "no-role"
    message = (
        "Hôm nay tài khoản này không có vai trò nào ở {agency}. "
        "Nhờ quản trị của cơ quan phân công, rồi mở lại trang; hoặc đăng xuất."
    )


def scope(get_response):
    def middleware(request):
        officer = request.user
        if not officer.is_authenticated:
            return get_response(request)
        at = clock.now()
        if sessions.is_over(request.session, at):
            logout(request)
            return get_response(request)
        with agency_scope(queries.scope_of(officer.agency)):
            request.frame = _frame(officer, at)
            if not request.frame["roles"] and request.path_info != reverse("dang-xuat"):
                return answer(request, NoRole(agency=request.frame["agency"]))
            return get_response(request)

    return middleware


def _frame(officer, at):
    """What the frame of every page shows of its officer."""
    absence = queries.absence_at(officer.pk, at)
    away = None
    if absence is not None:
        until = clock_words(absence.end)
        away = _("Đang vắng đến {until}").format(until=f"{until}, {local_day(absence.end):%d/%m}")
    return {
        "agency": queries.last_version(officer.agency, local_day(at)).name,
        "officer": officer.name,
        "roles": [role.value for role in officer.roles(local_day(at))],
        "absence": away,
        "watermark": officer.agency.watermark,
    }

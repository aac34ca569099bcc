"""Puts the request into the scope of its officer's agency. Without a login there is no scope."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from motcua.kernel.errors import NotPermitted
from motcua.kernel.vntime import clock_words, local_day
from motcua.people import queries, sessions, typed
from motcua.people.acting import acting, first, put_out
from motcua.people.preferences import Preferences
from motcua.people.staff import request_of
from motcua.web import again, clock
from motcua.web.refusals import answer
from motcua.web.scope import agency_scope


class NoRole(NotPermitted):
    code = "no-role"
    message = (
        "Hôm nay tài khoản này không có vai trò nào ở {agency}. "
        "Nhờ quản trị của cơ quan phân công, rồi mở lại trang; hoặc đăng xuất."
    )


def scope(get_response):
    """Sets `request.user`, and for who is logged in the agency's scope and `request.frame`."""

    def middleware(request):
        at = clock.now()
        officer = sessions.officer_of(request, at)
        request.user = officer or AnonymousUser()
        if officer is None:
            return get_response(request)
        request.user = officer = acting(request, officer)
        with (
            agency_scope(queries.scope_of(officer.agency)),
            request_of(officer, at),
            again.bounds(),
        ):
            request.frame = SimpleLazyObject(lambda: _frame(request, officer, at))
            if not officer.roles(local_day(at)) and request.path_info != reverse("dang-xuat"):
                return answer(request, NoRole(agency=request.frame["agency"]))
            return put_out(request) or first(request, officer) or get_response(request)

    middleware.process_view = typed.keep_or_reopen  # where Django looks for it
    return middleware


def _frame(request, officer, at):
    """What the frame of every page shows of its officer."""
    ends = sessions.ends_at(request.session)
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
        "session": {"ends": ends, "left": int((ends - at).total_seconds()), "url": sessions.ASKS},
        "training": officer.agency.training_of_id is not None,
        "practice": queries.has_training_copy(officer.agency),
        "keys": Preferences.of(officer.preferences).keys(),
    }

"""Puts the request into the scope of its officer's agency. Without a login there is no scope."""

from django.utils.translation import gettext as _

from motcua.kernel.vntime import clock_words, local_day
from motcua.people import queries
from motcua.web.clock import now
from motcua.web.scope import agency_scope


def scope(get_response):
    def middleware(request):
        officer = request.user
        if not officer.is_authenticated:
            return get_response(request)
        with agency_scope(queries.scope_of(officer.agency)):
            request.frame = _frame(officer)
            return get_response(request)

    return middleware


def _frame(officer):
    """What the frame of every page shows of its officer."""
    at = now()
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

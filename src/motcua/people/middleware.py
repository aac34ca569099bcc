"""Puts the request into the scope of its officer's agency. Without a login there is no scope."""

from motcua.people import queries
from motcua.web.scope import agency_scope


def scope(get_response):
    def middleware(request):
        officer = request.user
        if not officer.is_authenticated:
            return get_response(request)
        with agency_scope(queries.scope_of(officer.agency)):
            return get_response(request)

    return middleware

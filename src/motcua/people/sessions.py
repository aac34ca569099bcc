"""Phiên làm việc: ends 4 hours after the last page, and 12 hours after its login at the latest."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from motcua.kernel.vntime import VN
from motcua.people import typed
from motcua.people.models import Officer, Session
from motcua.web import clock

IDLE, LONGEST = timedelta(hours=4), timedelta(hours=12)
RENEWED_EVERY = timedelta(minutes=10)
"""Ordinary pages write nothing: a session is renewed with the first page after ten minutes."""
BEGUN, SEEN = "begun", "seen"
ASKS = "/phien"
"""The address that tells how long a session lasts yet; asking there does not make it longer."""


def begin(request: HttpRequest, **_signal: Any) -> None:
    """Mark when a session began, as the framework logs somebody in."""
    request.session[BEGUN] = request.session[SEEN] = int(clock.now().timestamp())
    typed.drop_of_others(request, request.session[SESSION_KEY])


def officer_of(request: HttpRequest, at: datetime) -> Officer | None:
    """Who is logged in. A session begun under another password ends here.

    One that is over opens nothing more; `request.ended` says whose it was, so that what was typed
    is kept for that officer (motcua.people.typed).
    """
    session = request.session
    if SESSION_KEY not in session:
        return None
    officer: Officer | None = session.officer
    if officer is None or not officer.is_active:
        return None
    if not _same_password(session, officer):
        session.flush()
        return None
    if is_over(session, at, renews=not _asks(request)):
        request.ended = str(officer.pk)
        return None
    return officer


def _same_password(session: Any, officer: Officer) -> bool:
    held = session.get(HASH_SESSION_KEY, "")
    return constant_time_compare(held, officer.get_session_auth_hash())


def _asks(request: HttpRequest) -> bool:
    return request.path_info == ASKS and request.method != "POST"


def ends_at(session: Any) -> datetime:
    """When a running session ends, if no further page is asked for."""
    idle = datetime.fromtimestamp(session[SEEN], VN) + IDLE
    return min(idle, datetime.fromtimestamp(session[BEGUN], VN) + LONGEST)


def renew(session: Any, at: datetime) -> None:
    """Let the time without a page begin anew."""
    session[SEEN] = int(at.timestamp())


def is_over(session: Any, at: datetime, *, renews: bool = True) -> bool:
    """Renew the session of a page asked for now; True when it has ended instead."""
    begun, seen, second = session.get(BEGUN), session.get(SEEN), int(at.timestamp())
    if begun is None or seen is None or second - begun >= LONGEST.total_seconds():
        return True
    if second - seen >= IDLE.total_seconds():
        return True
    if renews and second - seen >= RENEWED_EVERY.total_seconds():
        renew(session, at)
    return False


def clear_expired(at: datetime) -> int:
    """Remove the sessions that ended before `at`; return how many there were."""
    removed, _by_table = Session.objects.filter(expires_at__lt=at).delete()
    return removed

"""Phiên làm việc: ends 4 hours after the last page, and 12 hours after its login at the latest."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, logout
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from motcua.people.models import Officer, Session
from motcua.web import clock

LONGEST = timedelta(hours=12)
RENEWED_EVERY = timedelta(minutes=10)
"""Ordinary pages write nothing: a session is renewed with the first page after ten minutes."""
BEGUN, SEEN = "begun", "seen"


def begin(request: HttpRequest, **_signal: Any) -> None:
    """Mark when a session began, as the framework logs somebody in."""
    request.session[BEGUN] = request.session[SEEN] = int(clock.now().timestamp())


def officer_of(request: HttpRequest, at: datetime) -> Officer | None:
    """Who is logged in. A session that is over, or begun under another password, ends here."""
    session = request.session
    if SESSION_KEY not in session:
        return None
    officer: Officer | None = session.officer
    if officer is None or not officer.is_active:
        return None
    if not _same_password(session, officer):
        session.flush()
        return None
    if is_over(session, at):
        request.user = officer  # who leaves, for those who listen
        logout(request)
        return None
    return officer


def _same_password(session: Any, officer: Officer) -> bool:
    held = session.get(HASH_SESSION_KEY, "")
    return constant_time_compare(held, officer.get_session_auth_hash())


def is_over(session: Any, at: datetime) -> bool:
    """Renew the session of a page asked for now; True when it must end instead."""
    begun, seen, second = session.get(BEGUN), session.get(SEEN), int(at.timestamp())
    if begun is None or seen is None or second - begun >= LONGEST.total_seconds():
        return True
    if second - seen >= settings.SESSION_COOKIE_AGE:
        return True
    if second - seen >= RENEWED_EVERY.total_seconds():
        session[SEEN] = second
    return False


def clear_expired(at: datetime) -> int:
    """Remove the sessions that ended before `at`; return how many there were."""
    removed, _by_table = Session.objects.filter(expires_at__lt=at).delete()
    return removed

"""Phiên làm việc: ends 4 hours after the last page, and 12 hours after its login at the latest."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from motcua.web import clock

LONGEST = timedelta(hours=12)
RENEWED_EVERY = timedelta(minutes=10)
"""Ordinary pages write nothing: a session is renewed with the first page after ten minutes."""
BEGUN, SEEN = "begun", "seen"


def begin(request: HttpRequest, **_signal: Any) -> None:
    """Mark when a session began, as the framework logs somebody in."""
    request.session[BEGUN] = request.session[SEEN] = int(clock.now().timestamp())


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
    removed, _by_table = Session.objects.filter(expire_date__lt=at).delete()
    return removed

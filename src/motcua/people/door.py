"""Cửa đăng nhập: five wrong tries lock a name for a quarter of an hour; all of it is logged.

A name that no account has is locked just the same, so that a lock tells nothing. Many wrong tries
from one address lock the address, for every name.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from motcua.people.models import LoginEvent, Officer
from motcua.people.rules import LoginKind

TRIES, TRIES_OF_ADDRESS = 5, 30
WINDOW = LOCK = timedelta(minutes=15)
BY_ADDRESS = "*"


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: as the proxy says, where one stands in front."""
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if settings.BEHIND_PROXY:
        direct = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or direct
    return direct[:45]


def label_of(name: str) -> str:
    """What the log keeps of a name: itself when an account has it, else a keyed digest."""
    if Officer.across_agencies.filter(login=name).exists():
        return name
    return "?" + salted_hmac("motcua.people.door", name, algorithm="sha256").hexdigest()[:32]


def locked_until(label: str, address: str, at: datetime) -> datetime | None:
    """When this name may be tried again from this address; None when it may be now."""
    locks = LoginEvent.objects.filter(kind=LoginKind.LOCKED, at__gt=at - LOCK, at__lte=at)
    of_name = _still_locked(locks.filter(login=label).order_by("at").last())
    of_address = locks.filter(login=BY_ADDRESS, address=address).order_by("at").last()
    return max((lock.at + LOCK for lock in (of_name, of_address) if lock), default=None)


def _still_locked(lock: LoginEvent | None) -> LoginEvent | None:
    """The lock of a name, unless an administrator lifted it since."""
    if lock is None:
        return None
    lifted = LoginEvent.objects.filter(login=lock.login, kind=LoginKind.UNLOCKED, at__gte=lock.at)
    return None if lifted.exists() else lock


def note(kind: LoginKind, label: str, address: str, at: datetime) -> None:
    LoginEvent.objects.create(kind=kind, login=label, address=address, at=at)


def note_failure(label: str, address: str, at: datetime) -> datetime | None:
    """Log a wrong try. The one too many locks the name or the address: returns until when."""
    note(LoginKind.FAILED, label, address, at)
    tries = LoginEvent.objects.filter(kind=LoginKind.FAILED, at__lte=at)
    counts = {
        label: (tries.filter(login=label, at__gt=_since(label, at)), TRIES),
        BY_ADDRESS: (tries.filter(address=address, at__gt=at - WINDOW), TRIES_OF_ADDRESS),
    }
    too_many = [locked for locked, (found, most) in counts.items() if found.count() >= most]
    for locked in too_many:
        note(LoginKind.LOCKED, locked, address, at)
    return at + LOCK if too_many else None


def _since(label: str, at: datetime) -> datetime:
    """From when on wrong tries count: a login or a lock begins a new count."""
    ends = LoginEvent.objects.filter(
        kind__in=(LoginKind.LOGIN, LoginKind.LOCKED, LoginKind.UNLOCKED)
    )
    last = ends.filter(login=label, at__lte=at).order_by("at").last()
    return max(at - WINDOW, last.at) if last else at - WINDOW

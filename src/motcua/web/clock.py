"""The one place where the time of day is read. Views and commands call it once, at the top."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()

"""What the acts on agencies and their officers share: locks, revisions, dated rows."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F

from motcua.kernel.errors import BadInput
from motcua.kernel.text import nfc
from motcua.people import permissions
from motcua.people.models import Agency
from motcua.people.rules import Role

_MOVED = ("rev", "staff_rev", "journal_seq", "journal_hash", "journal_at")


class Missing(BadInput):
    code = "missing-words"
    message = "Chưa ghi {what}. Nhập rồi ghi lại."


def touch_staff(agency: Any) -> None:
    """Officers, assignments or absences of the agency change: what was cached of them is old.

    Called inside the act, so that the revision and the change are seen together.
    """
    Agency.objects.filter(pk=agency.pk).update(staff_rev=F("staff_rev") + 1)
    agency.staff_rev += 1


def touch_catalogue() -> None:
    """What desks take in changes: what any agency has cached of the catalogue is old.

    Called inside the act. Of every agency, since those below a publisher read what it writes.
    """
    Agency.objects.update(catalogue_rev=F("catalogue_rev") + 1)


def locked(agency: Any) -> Agency:
    """The agency's row as it is now, held until the act ends; dossiers may still be taken in."""
    return Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)


def keep(agency: Agency, *known: Any) -> None:
    """Save the locked agency; what callers hold of it in memory moves along."""
    agency.save()
    for one in known:
        for name in _MOVED:
            setattr(one, name, getattr(agency, name))


def require_administrator(by: Any, at: datetime) -> None:
    """Raise WrongRole unless `by` is an administrator, or nobody: the installation itself."""
    if by is not None:
        permissions.require(by, Role.ADMINISTRATOR, at=at)


def words(text: str, what: str, *, field: str) -> str:
    """The text in NFC. Raises Missing when there is none."""
    found = nfc(text)
    if not found:
        raise Missing(what=what, field=field)
    return found


def isoformat(day: date | None) -> str | None:
    return day.isoformat() if day else None


def values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """The columns of a row as the journal keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name in names
        for value in (getattr(row, name),)
    }

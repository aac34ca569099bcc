"""What the pages of officers ask: the list, one officer with roles, the fields of procedures."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from motcua.kernel.text import fold, nfc
from motcua.people.models import Assignment, Officer, OneTimeCode
from motcua.people.rules import Role

WORKING, CLOSED = "dang-lam", "da-khoa"


def found(wanted: str = "", state: str = WORKING) -> QuerySet[Officer]:
    """Officers of the agency whose name or login has `wanted`, at work, closed or both ("")."""
    rows = Officer.objects.select_related("post")
    if wanted:
        rows = rows.filter(Q(name__icontains=nfc(wanted)) | Q(login__contains=fold(wanted)))
    if state in (WORKING, CLOSED):
        rows = rows.filter(is_active=state == WORKING)
    return rows


def officer(officer_id: UUID) -> Officer | None:
    return Officer.objects.select_related("agency", "post").filter(pk=officer_id).first()


def roles_of(officers: Iterable[Officer], on: date) -> dict[UUID, list[Assignment]]:
    """The assignments that hold on the day or begin later, by officer."""
    rows = Assignment.objects.filter(officer__in=list(officers))
    rows = rows.filter(Q(effective_to=None) | Q(effective_to__gt=on)).order_by("effective_from")
    held: dict[UUID, list[Assignment]] = {}
    for row in rows:
        held.setdefault(row.officer_id, []).append(row)
    return held


def assignments(officer_id: UUID) -> list[Assignment]:
    """All of one officer's, the newest first."""
    rows = Assignment.objects.filter(officer_id=officer_id)
    return list(rows.order_by("-effective_from", "role"))


def logins_taken() -> frozenset[str]:
    """Every login name of this installation: they are unique over all agencies."""
    return frozenset(Officer.across_agencies.values_list("login", flat=True))


def administrators(on: date) -> int:
    """How many may administer the agency on the day."""
    rows = Assignment.objects.filter(role=Role.ADMINISTRATOR, officer__is_active=True)
    rows = rows.filter(Q(effective_to=None) | Q(effective_to__gt=on), effective_from__lte=on)
    return rows.values("officer_id").distinct().count()


def code_waiting(officer_id: UUID, at: datetime) -> OneTimeCode | None:
    """The one-time code of an officer that is not used and has not expired."""
    rows = OneTimeCode.objects.filter(officer_id=officer_id, used_at=None, expires_at__gt=at)
    return rows.order_by("-id").first()


def fields_of_work() -> list[tuple[str, str]]:
    """Code and name of every field of procedures (lĩnh vực) that the agency reads."""
    fields: Any = apps.get_model("procedures", "Field").objects
    return sorted(dict(fields.values_list("code", "name")).items(), key=lambda row: fold(row[1]))

"""The officers of an agency, their roles and absences, kept from one request to the next.

A request reads its agency's row with its session; while `staff_rev` there is what it was, nobody
wrote anything about the staff. Outside a request, and once the request itself has changed
something, `known` gives nothing: then the database is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID

from motcua.kernel.vntime import VN, local_day
from motcua.people.models import Absence, Agency, Assignment, Officer
from motcua.people.rules import Role
from motcua.web import scope


@dataclass(frozen=True, slots=True)
class Staff:
    """Read once, shared by threads: nothing of it is changed. Officers are the active ones."""

    since: datetime
    officers: dict[UUID, Officer]
    assignments: dict[UUID, list[Assignment]]
    absences: tuple[Absence, ...]

    def holds(self, officer_id: UUID, role: Role, on: date) -> bool:
        rows = self.assignments.get(officer_id, ())
        return any(row.role == role and row.covers(on) for row in rows)

    def away(self, at: datetime) -> list[Absence]:
        """The absences that cover the instant, by their end."""
        return [row for row in self.absences if row.start <= at < row.end]


@dataclass(frozen=True, slots=True)
class _Request:
    """The agency's row as the request's session brought it, and its staff at that revision."""

    agency: Agency
    staff_rev: int
    staff: Staff


_request: ContextVar[_Request | None] = ContextVar("motcua_request_of", default=None)


@contextmanager
def request_of(officer: Officer, at: datetime) -> Iterator[Staff]:
    """Within, questions about the officer's agency are answered as of its row, just read."""
    agency = officer.agency
    staff = _staff(agency.pk, agency.staff_rev, local_day(at))
    officer.assignments_ever = staff.assignments.get(officer.pk, [])
    token = _request.set(_Request(agency, agency.staff_rev, staff))
    try:
        yield staff
    finally:
        _request.reset(token)


def fresh_agency() -> Agency | None:
    """The row of the agency in scope, if this request has just read it."""
    request = _request.get()
    if request is None or request.agency.pk != scope.current().agency_id:
        return None
    return request.agency


def known(at: datetime) -> Staff | None:
    """The staff of the agency in scope, if this request knows it and `at` is not before its day."""
    request = _request.get()
    if request is None or request.agency.pk != scope.current().agency_id:
        return None
    same = request.agency.staff_rev == request.staff_rev
    return request.staff if same and at >= request.staff.since else None


def own(officer: Officer) -> Officer:
    """A copy for one request to do with as it likes."""
    mine = copy(officer)
    agency = fresh_agency()
    if agency is not None:
        mine.agency = agency
    return mine


@lru_cache(maxsize=512)
def _staff(agency_id: UUID, staff_rev: int, day: date) -> Staff:
    """Absences that ended before the day are left out: they would grow with history."""
    since = datetime.combine(day, time(), VN)
    rows = Officer.across_agencies.filter(agency_id=agency_id, is_active=True)
    officers = {one.pk: one for one in rows.select_related("post").order_by("name")}
    assignments: dict[UUID, list[Assignment]] = {}
    for row in Assignment.across_agencies.filter(agency_id=agency_id):
        assignments.setdefault(row.officer_id, []).append(row)
    for officer in officers.values():
        officer.assignments_ever = assignments.get(officer.pk, [])
    absences = Absence.across_agencies.filter(agency_id=agency_id, end__gt=since)
    return Staff(
        since, officers, assignments, tuple(absences.select_related("officer").order_by("end"))
    )

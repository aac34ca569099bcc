"""Questions about agencies, officers, calendars and absences."""

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.kernel.calendar import Calendar, build_calendar
from motcua.kernel.vntime import local_day
from motcua.people import staff
from motcua.people.hours import through_time
from motcua.people.models import (
    Absence,
    Agency,
    AgencyVersion,
    Assignment,
    Closure,
    Letterhead,
    Officer,
    WorkingHours,
)
from motcua.people.rules import Role
from motcua.web.scope import Scope


def scope_of(agency: Agency) -> Scope:
    """The agency and the publishers above it, whose reference data it reads."""
    return Scope(agency.pk, _publishers(agency.pk, agency.rev))


@lru_cache(maxsize=4096)
def _publishers(agency_id: UUID, rev: int) -> tuple[UUID, ...]:
    """An agency and all that were ever above it: ended parents still own what they wrote.

    A training copy reads what its live agency and those above that one publish.
    """
    live = Agency.objects.values_list("training_of_id", flat=True).get(pk=agency_id)
    found: list[UUID] = [agency_id, *([live] if live else [])]
    for one in found:
        parents = AgencyVersion.objects.filter(agency_id=one).values_list("parent_id", flat=True)
        found.extend(p for p in parents if p and p not in found)
    return tuple(found)


@lru_cache(maxsize=4096)
def _versions(agency_id: UUID, rev: int) -> tuple[AgencyVersion, ...]:
    rows = AgencyVersion.objects.filter(agency_id=agency_id).select_related("parent")
    return tuple(rows.order_by("effective_from"))


def version_on(agency: Agency, day: date) -> AgencyVersion:
    """What the agency was on `day`. Raises LookupError when it did not exist."""
    for version in reversed(_versions(agency.pk, agency.rev)):
        if version.effective_from <= day and (
            version.effective_to is None or day < version.effective_to
        ):
            return version
    raise LookupError(f"{agency.slug} has no version on {day}")


def last_version(agency: Agency, day: date) -> AgencyVersion:
    """What the agency is on `day`, or was last: one that ended is still called by its name."""
    begun = [v for v in _versions(agency.pk, agency.rev) if v.effective_from <= day]
    if not begun:
        raise LookupError(f"{agency.slug} has no version before {day}")
    return begun[-1]


def agency_by_code(code: str) -> Agency | None:
    """The agency that bears or once bore `code`; never a training copy, which has it too."""
    versions = AgencyVersion.objects.filter(code=code, agency__training_of=None)
    version = versions.order_by("-effective_from").first()
    return version.agency if version else None


def codes_of(agency: Agency) -> list[str]:
    """The codes that the agency and those merged into it bear or once bore, the latest first."""
    every = Q(agency=agency) | Q(agency__merged_into__agency=agency)
    rows = AgencyVersion.objects.filter(every).order_by("-effective_from")
    return list(dict.fromkeys(rows.values_list("code", flat=True)))


def calendar(agency: Agency, unit: str = "desk") -> Calendar:
    """The working calendar of the agency (lịch làm việc), days off and closures included."""
    return _calendar(agency.pk, agency.rev, unit)


@lru_cache(maxsize=1024)
def _calendar(agency_id: UUID, rev: int, unit: str) -> Calendar:
    hours = WorkingHours.across_agencies.filter(agency_id=agency_id, unit=unit)
    rows = hours.order_by("effective_from").values_list("effective_from", "sessions")
    closures = Closure.across_agencies.filter(agency_id=agency_id)
    return build_calendar(
        sessions=through_time(list(rows), unit),
        closures={row.day: row.reason for row in closures},
    )


def officers_with(role: Role, *, on: date) -> QuerySet[Officer]:
    """The officers of the agency who hold `role` on the day."""
    held = Assignment.objects.filter(role=role, effective_from__lte=on).filter(
        Q(effective_to=None) | Q(effective_to__gt=on)
    )
    return Officer.objects.filter(pk__in=held.values("officer_id"), is_active=True).order_by("name")


def staff_with(role: Role, at: datetime) -> list[Officer]:
    """The same on the local day of `at`, with their posts; without a question where it is known."""
    known, day = staff.known(at), local_day(at)
    if known is None:
        return list(officers_with(role, on=day).select_related("post"))
    return [staff.own(o) for o in known.officers.values() if known.holds(o.pk, role, day)]


def officer(officer_id: UUID | str) -> Officer | None:
    """An officer of the agency in scope."""
    return Officer.objects.filter(pk=officer_id, is_active=True).first()


def any_agency() -> Agency | None:
    """A live agency of this installation, when it has one already."""
    return Agency.objects.filter(training_of=None).order_by("pk").first()


def desks() -> list[Agency]:
    """The live agencies that have officers: not those above them, which only publish."""
    staffed = Officer.across_agencies.filter(twin_of=None).values("agency_id")
    return list(Agency.objects.filter(pk__in=staffed, training_of=None).order_by("slug"))


def absence_at(officer_id: UUID, at: datetime) -> Absence | None:
    """The recorded absence of an officer that covers the instant, the longest one first."""
    known = staff.known(at)
    if known is not None:
        return next((row for row in known.away(at)[::-1] if row.officer_id == officer_id), None)
    rows = Absence.objects.filter(officer_id=officer_id, start__lte=at, end__gt=at)
    return rows.order_by("-end").first()


def signs_for(officer: Officer, at: datetime) -> frozenset[UUID]:
    """Whose signature this leader may give at `at`: the own, and that of a leader who is away
    and named this one, or nobody, as stand-in.
    """
    away = [row for row in _away(at) if row.officer_id != officer.pk]
    mine = (row.officer_id for row in away if row.stand_in_id in (None, officer.pk))
    return frozenset({officer.pk, *mine})


def _away(at: datetime) -> list[Absence]:
    """The absences in the agency that cover the instant, with their officers, by their end."""
    known = staff.known(at)
    if known is not None:
        return known.away(at)
    rows = Absence.objects.filter(start__lte=at, end__gt=at)
    return list(rows.select_related("officer").order_by("end"))


def absences_between(officer_id: UUID, start: datetime, end: datetime) -> QuerySet[Absence]:
    rows = Absence.objects.filter(officer_id=officer_id, start__lt=end, end__gt=start)
    return rows.order_by("start")


def present_leaders(at: datetime) -> tuple[list[Officer], list[Absence]]:
    """Leaders who may sign now, and the absences of those who may not."""
    leaders = staff_with(Role.LEADER, at)
    ids = {one.pk for one in leaders}
    away = {row.officer_id: row for row in _away(at) if row.officer_id in ids}
    return [one for one in leaders if one.pk not in away], list(away.values())


def letterhead_on(agency: Agency, day: date) -> Letterhead | None:
    """What heads and seals the agency's papers on `day` (tiêu đề văn bản); None before the first.

    One object for many readers: do not change it. Kept by the agency's revision.
    """
    begun = [row for row in _letterheads(agency.pk, agency.rev) if row.effective_from <= day]
    return begun[-1] if begun else None


@lru_cache(maxsize=1024)
def _letterheads(agency_id: UUID, rev: int) -> tuple[Letterhead, ...]:
    rows = Letterhead.across_agencies.filter(agency_id=agency_id).select_related("seal")
    return tuple(rows.order_by("effective_from"))


def training_copy(agency: Agency) -> Agency | None:
    """The training copy (bản tập huấn) of a live agency that is open now."""
    found = _training_copy(agency.pk, agency.rev)
    return Agency.objects.get(pk=found) if found else None


def has_training_copy(agency: Agency) -> bool:
    """Whether a training copy is open: asked on every page, answered from memory."""
    return _training_copy(agency.pk, agency.rev) is not None


def has_been_training_copy(agency: Agency, copy_id: str) -> bool:
    """Whether `copy_id` is a training copy of this agency, open or closed."""
    copies = Agency.objects.filter(training_of_id=agency.pk)
    return copy_id in {str(pk) for pk in copies.values_list("pk", flat=True)}


@lru_cache(maxsize=4096)
def _training_copy(agency_id: UUID, rev: int) -> UUID | None:
    copies = Agency.objects.filter(training_of_id=agency_id).order_by("-pk")
    return copies.values_list("pk", flat=True).first()


def twin_of(officer: Officer) -> Officer | None:
    """The part of a live officer in the training copy that is open now, with its agency and post.

    None before the officer joined it.
    """
    copy_id = _training_copy(officer.agency_id, officer.agency.rev)
    if copy_id is None:
        return None
    rows = Officer.across_agencies.select_related("agency", "post")
    return rows.filter(agency_id=copy_id, twin_of=officer, is_active=True).first()


def fresh_agency() -> Agency | None:
    """The row of the agency in scope as this request has just read it; None outside a request."""
    return staff.fresh_agency()

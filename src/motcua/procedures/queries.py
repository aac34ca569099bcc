"""Questions about the catalogue."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from motcua.kernel.text import fold
from motcua.kernel.vntime import local_day
from motcua.kernel.words import say
from motcua.people import queries as people
from motcua.procedures import rules
from motcua.procedures.models import Field, NotOffered, Version
from motcua.web import scope


@lru_cache(maxsize=4096)
def version(version_id: UUID) -> Version:
    """A version with its field and procedure. Cached: a version's content never changes."""
    return Version.across_agencies.select_related("field", "procedure").get(pk=version_id)


def in_force(at: datetime) -> QuerySet[Version]:
    """The versions in force at `at`, by field and name."""
    rows = Version.objects.in_force(at).select_related("field", "procedure")
    return rows.order_by("field__name", "name")


def receivable(code: str, at: datetime) -> Version:
    """The version under which a dossier for procedure `code` is received at `at`.

    Raises UnknownProcedure, NotInForce, NotOurs or NotChosen.
    """
    versions = _versions(code)
    if not versions:
        raise rules.UnknownProcedure(code=code)
    for one in versions:
        if one.effective_from <= at and (one.effective_to is None or at < one.effective_to):
            if one.owner != "commune":
                raise rules.NotOurs(name=one.short_name, owner=one.owner_name)
            if one.withheld:
                raise rules.NotChosen(name=one.short_name)
            return one
    raise _not_in_force(versions, at)


def _versions(code: str) -> Sequence[Version]:
    """All versions of the procedure by their beginning, each `withheld` where it is not offered.

    Kept while the request's agency, just read, says that nothing changed in the catalogue.
    """
    agency, now = people.fresh_agency(), scope.current()
    if agency is None:
        return _read_versions(code)
    return _kept_versions(code, now.agency_id, now.publishers, agency.catalogue_rev)


@lru_cache(maxsize=2048)
def _kept_versions(
    code: str, agency_id: UUID, publishers: tuple[UUID, ...], catalogue_rev: int
) -> Sequence[Version]:
    return _read_versions(code)


def _read_versions(code: str) -> Sequence[Version]:
    rows = Version.objects.filter(procedure__code=code).select_related("field", "procedure")
    return tuple(rows.annotate(withheld=Exists(_not_offered())).order_by("effective_from"))


def _not_offered() -> QuerySet[NotOffered]:
    """What the agency in scope does not take in, of the procedure of a version."""
    return NotOffered.objects.filter(procedure=OuterRef("procedure"))


def _not_in_force(versions: Sequence[Version], at: datetime) -> rules.NotInForce:
    last = versions[-1]
    since, on = "", None
    if last.effective_to is not None and last.effective_to <= at:
        since, on = say(" (hết hiệu lực từ {on})"), last.effective_to
    elif last.effective_from > at:
        since, on = say(" (có hiệu lực từ {on})"), versions[0].effective_from
    since = since.format(on=on and f"{local_day(on):%d/%m/%Y}")
    return rules.NotInForce(name=last.short_name, day=f"{local_day(at):%d/%m/%Y}", since=since)


def search(text: str, at: datetime, limit: int = 12) -> list[Version]:
    """Offered versions in force whose name, short name, code or synonyms hold every word of `text`.

    Diacritics do not matter; short names that begin with the text come first.
    """
    folded = fold(text)
    rows = in_force(at).filter(~Exists(_not_offered()), owner="commune")
    for word in folded.split():
        rows = rows.filter(folded__contains=word)
    found = sorted(rows[:200], key=lambda one: _rank(one, folded))
    return found[:limit]


def _rank(one: Version, folded: str) -> tuple[bool, bool, int, str]:
    short = fold(one.short_name)
    return (
        one.procedure.code != folded,
        not short.startswith(folded),
        short.find(folded) if folded in short else 999,
        short,
    )


def fields() -> QuerySet[Field]:
    return Field.objects.order_by("name")


def not_offered() -> set[UUID]:
    """The procedures, by id, that the desk of the agency in scope does not take in."""
    return set(NotOffered.objects.values_list("procedure_id", flat=True))


def every_version() -> QuerySet[Version]:
    """All versions ever, the earliest of each procedure first: for dossiers of past years."""
    return Version.objects.select_related("field", "procedure").order_by("effective_from")


def offered_count(at: datetime) -> tuple[int, int]:
    """How many procedures of the commune's own are offered, and how many are in force."""
    ours = in_force(at).filter(owner="commune").order_by()
    return ours.filter(~Exists(_not_offered())).count(), ours.count()

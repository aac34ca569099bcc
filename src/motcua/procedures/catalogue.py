"""What the pages of the catalogue ask: narrowed lists, and every version of one procedure."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.kernel.text import fold
from motcua.procedures.models import Field, Version


def found(
    at: datetime, *, text: str = "", field: str = "", online: str = "", linkage: str = ""
) -> QuerySet[Version]:
    """The versions in force at `at` that hold every word of `text`; diacritics do not matter."""
    rows = Version.objects.in_force(at).select_related("field", "procedure")
    for word in fold(text).split():
        rows = rows.filter(folded__contains=word)
    exact = {"field__code": field, "online_level": online, "linkage": linkage}
    return rows.filter(**{name: value for name, value in exact.items() if value})


def fields_in_force(at: datetime) -> list[Field]:
    """The fields with at least one procedure in force."""
    held = Version.objects.in_force(at).values("field")
    return list(Field.objects.filter(pk__in=held).order_by("name"))


def versions_of(code: str) -> list[Version]:
    """Every version of the procedures that bear `code`, the newest first."""
    rows = Version.objects.filter(procedure__code=code).select_related("field", "procedure")
    return list(rows.order_by("-effective_from", "pk"))


def one_in_force(versions: list[Version], at: datetime) -> Version | None:
    """The one of these versions that is in force at `at`."""
    for one in versions:
        if one.effective_from <= at and (one.effective_to is None or at < one.effective_to):
            return one
    return None

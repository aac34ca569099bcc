"""Questions about what the counter gave out instead of taking a dossier in, and its paper."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from motcua.dossiers import books
from motcua.dossiers.models import Notice
from motcua.dossiers.printing import mark
from motcua.dossiers.printing_head import Office
from motcua.kernel.text import fold
from motcua.kernel.vntime import VN, local_day
from motcua.papers import actions as files
from motcua.papers.pdf import Form02, Form03, Letterhead, printed, signable
from motcua.procedures import queries as procedures
from motcua.procedures.rules import UnknownProcedure

REMEMBERED = timedelta(days=366)
"""How far back a notice given before is looked for."""


def of_day(day: date) -> QuerySet[Notice]:
    """The notices of a local day, the newest first."""
    start = datetime(day.year, day.month, day.day, tzinfo=VN)
    rows = Notice.objects.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return rows.select_related("by", "version").order_by("-at", "-id")


def by_id(notice_id: UUID) -> Notice | None:
    rows = Notice.objects.select_related("agency", "by", "version__procedure", "file")
    return rows.filter(pk=notice_id).first()


def procedure(code: str, at: datetime) -> Any:
    """The version in force of a procedure, whether the desk takes it in or not: one may decline.

    Raises UnknownProcedure.
    """
    found = procedures.in_force(at).filter(procedure__code=code).first()
    if found is None:
        raise UnknownProcedure(code=code)
    return found


def asked_before(notice: Notice, *, at: datetime) -> Notice | None:
    """The last form 02 the same person was given for the same procedure within a year.

    The same identity number; without one, the same name without diacritics.
    """
    if notice.version is None:
        return None
    rows = Notice.objects.filter(
        at__gt=at - REMEMBERED, at__lte=at, form="02",
        version__procedure=notice.version.procedure_id,
    ).select_related("agency").order_by("-at")  # fmt: skip
    number = notice.who["id_number"]
    if number:
        return rows.filter(who__id_number=number).first()
    named = (row for row in rows.filter(who__id_number="") if _name(row) == _name(notice))
    return next(named, None)


def _name(notice: Notice) -> str:
    return fold(notice.who["name"])


def number_words(notice: Notice) -> str:
    """Its number as printed: "05/PBS-BPTNTKQ"."""
    day = local_day(notice.at)
    series = books.SERIES.on(day)[notice.form]
    return series.words(notice.number, Office(notice.agency, day).symbol)


def paper(notice: Notice) -> Letterhead:
    """The notice as form 02 or 03."""
    office = Office(notice.agency, local_day(notice.at))
    who = {name: notice.who[name] for name in ("address", "phone", "email")}
    common = office.of_desk(notice.at) | who | {
        "number": number_words(notice), "code": "", "regime": books.REGIME.on(office.day),
        "applicant": notice.who["name"], "request": request_of(notice),
        "reason": notice.reason, "contact": notice.by.name, "contact_phone": office.phone,
    }  # fmt: skip
    if notice.form == "02":
        return Form02(**common, items=tuple(notice.items), guide=notice.by.name)
    return Form03(
        **common,
        identity=notice.who["id_number"],
        desk=office.desk,
        submitter=notice.who["name"],
        receiver=notice.by.name,
    )


def request_of(notice: Notice) -> str:
    """What was wanted: the procedure's legal name, with what was typed."""
    name = str(notice.version.name) if notice.version else ""
    return f"{name} ({notice.request})" if name and notice.request else name or notice.request


def first_print(notice: Notice) -> Any:
    """The stored file, rendered when first asked for."""
    if notice.file is not None:
        return notice.file
    content = printed(paper(notice).data())
    with transaction.atomic():
        name = f"{notice.form}-{notice.number}.pdf"
        file = files.store_own(files.Upload(name, content))
        given = Notice.objects.filter(pk=notice.pk, file=None)
        given.update(file=file, prints=F("prints") + 1)
    notice.refresh_from_db(fields=["file", "prints"])
    return notice.file


def reprint(notice: Notice, *, by: Any, at: datetime) -> bytes:
    """The same paper once more, marked and counted (in lại)."""
    first_print(notice)
    Notice.objects.filter(pk=notice.pk).update(prints=F("prints") + 1)
    notice.refresh_from_db(fields=["prints"])
    return printed(paper(notice).data(), mark=mark(notice.prints - 1, by=by, at=at))


def electronic(notice: Notice) -> bytes:
    """PDF/A-2b with an empty field for each signature."""
    return signable(paper(notice).data())

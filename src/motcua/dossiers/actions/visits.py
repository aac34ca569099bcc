"""Several dossiers of one visit (lượt đến), with one receipt.

The first dossier is received as any other; the visit is opened with the second, in its act.
"""

import inspect
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import refusals_counter as refusals
from motcua.dossiers.actions.reception import receive
from motcua.dossiers.models import Dossier, Visit
from motcua.journal.actions import action, record
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.ids import uuid7


@action("dossier.received")
def receive_more(*, by: Any, at: datetime, key: str, after: UUID, **given: Any) -> Dossier:
    """Receive a dossier in the visit of the dossier `after`; `given` is what `receive` takes.

    Who hands it in must be who handed in that one, on the same day: the visit has one receipt.
    Several sets of the same procedure are no duplicates. Raises VisitOver, VisitOfAnother and
    what `receive` raises.
    """
    permissions.require(by, Role.DESK, at=at)
    first = Dossier.objects.select_for_update(of=("self",)).get(pk=after)
    _check(first, given, at)
    visit = _visit_of(first, by=by, at=at)
    dossier: Dossier = inspect.unwrap(receive)(by=by, at=at, key=key, visit=visit, **given)
    return dossier


def _check(first: Dossier, given: dict[str, Any], at: datetime) -> None:
    if local_day(first.received_at) != local_day(at):
        day = f"{local_day(first.received_at):%d/%m/%Y}"
        raise refusals.VisitOver(code=first.code, day=day)
    filer = given.get("filer")
    name = filer.name if filer is not None else given["applicant"].name
    submitter = first.filer["name"] if first.filer else first.applicant.name
    if fold(nfc(name)) != fold(submitter):
        raise refusals.VisitOfAnother(name=submitter, field="name")


def _visit_of(first: Dossier, *, by: Any, at: datetime) -> Visit:
    """The visit of a dossier; opened now if it has none. Its event tells of the first dossier."""
    if first.visit is not None:
        return first.visit
    visit = Visit(
        id=uuid7(), agency_id=first.agency_id, person_id=first.applicant_id,
        at=first.received_at, by=by,
    )  # fmt: skip
    data = {"person": str(visit.person_id), "first": str(first.pk), "code": first.code}
    record(visit, verb="visit.opened", by=by, at=at, key=None, data=data)
    visit.save(force_insert=True)
    Dossier.objects.filter(pk=first.pk).update(visit=visit)
    return visit

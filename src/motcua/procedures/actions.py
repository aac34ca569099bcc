"""Publishing and ending versions of procedures."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.journal.actions import action, record
from motcua.kernel.text import fold
from motcua.people import permissions
from motcua.people.actions import touch_catalogue
from motcua.people.rules import Role
from motcua.procedures.models import Field, NotOffered, Procedure, Version
from motcua.procedures.rules import FieldGroup, Linkage, OnlineLevel
from motcua.procedures.shipped import FieldRow, ProcedureRow, StepRow, steps
from motcua.web import scope

FOREIGN = "tên ghi trong tệp nhập từ hệ thống khác"
NO_CODE = "KHONG-MA-"


@transaction.atomic
def load_catalogue(
    *,
    fields: tuple[FieldRow, ...],
    rows: tuple[ProcedureRow, ...],
    publisher: Any,
    effective_from: datetime,
    effective_to: datetime | None = None,
    at: datetime,
) -> int:
    """Publish a shipped catalogue: one version of each row from `effective_from` on.

    Versions of the same procedures still open are ended there. Returns how many were written.
    """
    known_fields = {f.code: f for f in Field.objects.filter(publisher=publisher)}
    for row in fields:
        if row.code not in known_fields:
            known_fields[row.code] = Field(
                publisher=publisher, code=row.code, name=row.name, group=row.group
            )
            known_fields[row.code].save(force_insert=True)
    procedures = {p.code: p for p in Procedure.objects.filter(publisher=publisher)}
    for row in rows:
        procedure = procedures.get(row.code) or Procedure(publisher=publisher, code=row.code)
        _publish(procedure, row, known_fields[row.field], effective_from, effective_to, at)
    touch_catalogue()
    return len(rows)


def _publish(
    procedure: Procedure,
    row: ProcedureRow,
    field: Field,
    effective_from: datetime,
    effective_to: datetime | None,
    at: datetime,
) -> None:
    is_new = procedure._state.adding
    record(
        procedure,
        verb="procedure.published",
        by=None,
        at=at,
        key=None,
        data={"name": row.name, "from": effective_from.isoformat(), "source": row.source},
    )
    procedure.save(force_insert=is_new)
    if not is_new:
        for old in procedure.versions.filter(effective_to=None):
            old.effective_to = effective_from
            old.save(update_fields=["effective_to"])
    Version(
        publisher_id=procedure.publisher_id,
        procedure=procedure,
        field=field,
        effective_from=effective_from,
        effective_to=effective_to,
        **_content(row),
    ).save(force_insert=True)


def _content(row: ProcedureRow) -> dict[str, Any]:
    searchable = " ".join((row.code, row.short_name, row.name, row.synonyms))
    return {
        "name": row.name,
        "short_name": row.short_name,
        "folded": fold(searchable),
        "term": row.term,
        "term_note": row.term_note,
        "cutoff": row.cutoff,
        "fee": row.fee,
        "fee_note": row.fee_note,
        "channels": list(row.channels),
        "linkage": row.linkage,
        "online_level": row.online_level,
        "owner": row.owner,
        "counted": row.counted,
        "on_the_spot": row.on_the_spot,
        "papers": list(row.papers),
        "steps": [_step(s) for s in (steps(row.steps, row.term) if row.steps else ())],
        "result": row.result,
        "legal_basis": row.legal_basis,
        "decision": row.decision,
        "source": row.source,
    }  # fmt: skip


def _step(row: StepRow) -> dict[str, Any]:
    return {
        "key": row.key, "name": row.name, "kind": row.kind, "role": row.role,
        "minutes": row.minutes, "output": row.output,
    }  # fmt: skip


@action("agency.offers_chosen")
def choose_offers(
    *, by: Any, at: datetime, key: str, offered: Sequence[UUID], of: Sequence[UUID]
) -> Any:
    """Of the procedures `of` (their ids), the desk takes in those of `offered` and no others.

    Procedures outside `of` stay as they are: a page chooses among what it shows. Dossiers that
    were received go on. Returns the agency, on whose chain the event is.
    """
    permissions.require(by, Role.ADMINISTRATOR, at=at)
    agency = type(by.agency)._base_manager.select_for_update().get(pk=by.agency_id)
    shown = Procedure.objects.filter(pk__in=of)
    codes = dict(shown.values_list("pk", "code"))
    held = NotOffered.objects.filter(procedure__in=codes)
    before = set(held.values_list("procedure_id", flat=True))
    after = codes.keys() - set(offered)
    held.exclude(procedure__in=after).delete()
    NotOffered.objects.bulk_create(
        NotOffered(agency_id=agency.pk, procedure_id=one) for one in sorted(after - before)
    )
    data = {
        "taken_up": sorted(codes[one] for one in before - after),
        "left_out": sorted(codes[one] for one in after - before),
    }
    record(agency, verb="agency.offers_chosen", by=by, at=at, key=key, data=data)
    agency.rev += 1
    agency.catalogue_rev += 1
    agency.save()
    return agency


def note_foreign(
    *, publisher: Any, code: str, name: str, field: str, step_rows: Sequence[StepRow], at: datetime
) -> Version:
    """A procedure that only dossiers of another system name: kept apart, offered to nobody.

    Its one version is not in force on any day, and no count of the catalogue has it. Found again
    by its code, or without one by its name (the code made of that says that it is none).
    """
    code = code or f"{NO_CODE}{sha256(fold(name).encode()).hexdigest()[:10]}"
    known = Version.objects.filter(publisher=publisher, procedure__code=code).first()
    if known is not None:
        return known
    apart = Field.objects.filter(name=field).first() or _field_apart(publisher)
    procedure = Procedure(publisher=publisher, code=code)
    data = {"name": name, "source": FOREIGN}
    record(procedure, verb="procedure.noted", by=None, at=at, key=None, data=data)
    procedure.save(force_insert=True)
    version = Version(
        publisher=publisher, procedure=procedure, field=apart, name=name or code,
        short_name=(name or code)[:80], folded=fold(f"{code} {name}"), effective_from=at,
        effective_to=at, linkage=Linkage.NONE, online_level=OnlineLevel.UNKNOWN, counted=False,
        steps=[_step(one) for one in step_rows], source=FOREIGN,
    )  # fmt: skip
    version.save(force_insert=True)
    return version


def _field_apart(publisher: Any) -> Field:
    known = Field.objects.filter(publisher=publisher, code="chua-ro").first()
    if known is not None:
        return known
    made = Field(
        publisher=publisher, code="chua-ro", name="Chưa rõ lĩnh vực", group=FieldGroup.OFFICE
    )
    made.save(force_insert=True)
    return made


def scope_publisher(agency: Any) -> scope.Scope:
    """The scope in which a publisher writes its own reference data."""
    return scope.Scope(agency.pk, (agency.pk,))

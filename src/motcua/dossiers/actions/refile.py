"""The wrong procedure was picked: the dossier goes on under the right one, its receipt kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import certifying, rules
from motcua.dossiers import refusals_counter as refusals
from motcua.dossiers.actions._common import (
    enter,
    keep,
    locked,
    need_reason,
    recompute_due,
)
from motcua.dossiers.actions.papers import is_again
from motcua.dossiers.actions.reception import check_papers, term_for
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.rules import Money, PaperAs, PaperIn, Phase, State
from motcua.journal.actions import action
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import local_day
from motcua.procedures import queries as procedures


@action("dossier.refiled")
def refile(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    procedure: str,
    papers: Sequence[PaperIn],
    reason: str,
    term: str = "",
    seen: int | None = None,
) -> Dossier:
    """Change the procedure of a dossier not yet submitted for signature to the code `procedure`.

    The version is the one in force when the dossier was received; code and receipt stay. Term,
    due time, fee and checklist are anew: `papers` are all that stay, besides those with a scan.
    What was paid above the new fee is given back in this act (`refund` of its event, đồng). An
    opinion given under the wrong procedure does not count. A new form 01 is due. Raises
    SameProcedure, CertifiedAlready while an entry stands in a certification book (its fee is that
    of the wrong procedure), and what `receive` raises of the procedure and its papers.
    """
    dossier = locked(dossier_id, "refile", by=by, at=at, seen=seen)
    _check_not_certified(dossier)
    reason, was = nfc(need_reason(reason)), dossier.version
    version = procedures.receivable(procedure, dossier.received_at)
    if version.procedure_id == was.procedure_id:
        raise refusals.SameProcedure(
            code=dossier.code, name=was.short_name, field="procedure"
        )  # fmt: skip
    taken = check_papers(version, papers)
    dossier.version, dossier.term = version, term_for(version, term)
    _move_due(dossier, at)
    refund = _move_fee(dossier)
    _back_to_assessing(dossier, at)
    data = _data(dossier, was, reason) | _papers(dossier, taken)
    if refund:
        data["refund"] = refund
    return keep(dossier, verb="refiled", by=by, at=at, key=key, data=data)


def _check_not_certified(dossier: Dossier) -> None:
    entry = certifying.of_dossier(dossier.pk).filter(void="").first()
    if entry is not None:
        raise refusals.CertifiedAlready(code=dossier.code, number=entry.number, book=entry.book)


def _move_due(dossier: Dossier, at: datetime) -> None:
    """The due time by the new term; what was promised in an extension is not taken back."""
    promised = dossier.due_at
    extensions, dossier.extensions = dossier.extensions, 0
    recompute_due(dossier)
    dossier.extensions = extensions
    if extensions:
        dossier.due_at = max(promised, dossier.first_due_at)
    if at <= dossier.first_due_at:
        dossier.late_phase = ""


def _move_fee(dossier: Dossier) -> int:
    """Owe the fee of the version; return what was paid too much, in đồng."""
    dossier.fee_owed = dossier.version.fee or 0
    refund = max(0, dossier.fee_paid - dossier.fee_owed)
    dossier.fee_paid -= refund
    owed = dossier.fee_owed - dossier.fee_paid
    dossier.money = Money.OWED if owed else Money.PAID if dossier.fee_owed else Money.NONE
    return refund


def _back_to_assessing(dossier: Dossier, at: datetime) -> None:
    phase, since = Phase(dossier.phase), dossier.step_since
    undone = phase is Phase.ASSESSED
    dossier.step = 0  # the steps are those of the other procedure
    enter(
        dossier, state=State(dossier.state), phase=Phase.ASSESSING if undone else phase, at=at
    )  # fmt: skip
    dossier.step_since = at if undone else since


def _data(dossier: Dossier, was: Any, reason: str) -> dict[str, Any]:
    version = dossier.version
    return {
        "from": was.procedure.code,
        "from_name": was.short_name,
        "reason": reason,
        "procedure": version.procedure.code,
        "procedure_name": version.short_name,
        "version": str(version.pk),
        "field": version.field.code,
        "group": version.field.group,
        "linkage": version.linkage,
        "online_level": version.online_level,
        "term": dossier.term,
        "due_on": local_day(dossier.due_at).isoformat(),
        "due_at": dossier.due_at.isoformat(),
        "fee_owed": dossier.fee_owed,
        "fee_paid": dossier.fee_paid,
    }


def _papers(dossier: Dossier, taken: Sequence[PaperIn]) -> dict[str, Any]:
    """Make the rows of papers what was `taken`; what the event says of them."""
    rows = list(dossier.papers.order_by("number"))
    named = {fold(paper.name): paper for paper in taken}
    kept = [row for row in rows if fold(row.name) in named or row.file_id]
    gone = [row for row in rows if row not in kept]
    for row in kept:
        paper = named.pop(fold(row.name), None)
        if paper is not None:
            row.how, row.quantity = paper.how, paper.quantity
    last = max((row.number for row in rows), default=0)
    new = [
        Paper(
            agency_id=dossier.agency_id, dossier=dossier, number=last + n, name=nfc(p.name),
            how=p.how, quantity=p.quantity, original=p.original, note=p.note,
        )
        for n, p in enumerate(named.values(), 1)
    ]  # fmt: skip
    Paper.objects.bulk_update(kept, ["how", "quantity"])
    Paper.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Paper.objects.bulk_create(new)
    data: dict[str, Any] = {
        "papers": len(kept) + len(new),
        "paper_names": [[p.name, PaperAs(p.how).value, p.quantity] for p in kept + new],
        "taken_out": [[p.name, p.how, p.quantity] for p in gone],
    }
    return data | _digitised(dossier, kept + new)


def _digitised(dossier: Dossier, rows: Sequence[Paper]) -> dict[str, Any]:
    digitised = rules.is_digitised(
        (PaperAs(p.how), bool(p.file_id) and p.confirmed, p.exemption) for p in rows
    )
    if digitised == dossier.digitised:
        return {}
    dossier.digitised = digitised
    return {"digitised": digitised, "again": is_again(dossier)}

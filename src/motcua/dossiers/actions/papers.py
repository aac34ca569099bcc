"""Scans of papers: stored, confirmed, or exempt with a reason (TT 01/2023/TT-VPCP Đ.8)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import refusals, rules
from motcua.dossiers.actions._common import keep, locked, need_reason
from motcua.dossiers.models import Dossier, DossierFact, Paper
from motcua.dossiers.rules import PaperAs
from motcua.journal.actions import action
from motcua.kernel.text import nfc
from motcua.papers import actions as files


@action("dossier.attach_scans")
def attach_scans(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    scans: Mapping[int, files.Upload],
    confirmed: bool = True,
    seen: int | None = None,
) -> Dossier:
    """Store scans by number of paper; `confirmed`: the officer compared them with the papers."""
    dossier = locked(dossier_id, "attach", by=by, at=at, seen=seen)
    papers = {paper.number: paper for paper in dossier.papers.all()}
    before = [_as_it_was(_paper(papers, number)) for number in scans]
    stored = []
    for number, upload in scans.items():
        paper = _paper(papers, number)
        paper.file = files.store(upload)
        paper.confirmed = confirmed
        stored.append([number, paper.file.sha256])
    Paper.objects.bulk_update([papers[n] for n in scans], ["file", "confirmed"])
    data: dict[str, Any] = {"files": stored, "confirmed": confirmed, "papers_before": before}
    return _kept(dossier, papers, "attach_scans", by=by, at=at, key=key, data=data)


@action("dossier.exempt_scan")
def exempt_scan(
    *,
    by: Any,
    at: datetime,
    key: str,
    dossier_id: UUID,
    number: int,
    reason: str,
    seen: int | None = None,
) -> Dossier:
    """Say why a paper is not scanned (only shown, secret…: TT 03/2025/TT-VPCP Đ.5)."""
    dossier = locked(dossier_id, "attach", by=by, at=at, seen=seen)
    papers = {paper.number: paper for paper in dossier.papers.all()}
    paper = _paper(papers, number)
    before = [_as_it_was(paper)]
    paper.exemption = nfc(need_reason(reason))
    paper.save(update_fields=["exemption"])
    data = {"paper": number, "reason": paper.exemption, "papers_before": before}
    return _kept(dossier, papers, "exempt_scan", by=by, at=at, key=key, data=data)


def _as_it_was(paper: Paper) -> list[Any]:
    """What a scan or its exemption changes of a paper, so that it can be undone."""
    file = str(paper.file_id) if paper.file_id else None
    return [paper.number, file, paper.confirmed, paper.exemption]


def _paper(papers: dict[int, Paper], number: int) -> Paper:
    if number not in papers:
        raise refusals.NoSuchPaper(number=number, field="papers")
    return papers[number]


def is_again(dossier: Dossier) -> bool:
    """Whether papers came in on paper after the dossier was digitised, or asked for by law."""
    if dossier.supplements:
        return True
    return DossierFact.objects.filter(pk=dossier.pk).exclude(reopened_day=None).exists()


def _kept(
    dossier: Dossier, papers: dict[int, Paper], verb: str, *, by: Any, at: datetime, key: str,
    data: dict[str, Any],
) -> Dossier:  # fmt: skip
    digitised = rules.is_digitised(
        (PaperAs(p.how), bool(p.file_id) and p.confirmed, p.exemption) for p in papers.values()
    )
    if digitised != dossier.digitised:
        data["digitised"] = dossier.digitised = digitised
        data["again"] = is_again(dossier)
    return keep(dossier, verb=verb, by=by, at=at, key=key, data=data)

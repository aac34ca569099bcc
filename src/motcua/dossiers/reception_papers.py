"""The procedure of a form and what follows from it: checklist of papers, due time, fee."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import rules
from motcua.dossiers.reception_fields import HOW, speaks_of
from motcua.dossiers.rules import PaperAs, PaperIn
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.terms import parse_term
from motcua.kernel.text import group_digits
from motcua.kernel.vntime import clock_words, day_said, local
from motcua.people import queries as people
from motcua.procedures import queries as procedures
from motcua.web.parts import Clock, Paper
from motcua.web.refusals import sentence


def chosen_version(data: dict[str, Any], at: datetime) -> tuple[Any, str]:
    """The version chosen, or the only one that a search finds; and why what was chosen is none.

    A search that no longer speaks of the version chosen under it lets the choice go.
    """
    typed = data.get("thu-tuc", "").strip()
    code = data.get("ma-thu-tuc", "").strip()
    version, refused = _receivable(code, at)
    if version is not None and typed and not speaks_of(typed, version):
        data["ma-thu-tuc"], code, version = "", "", None
    if code or not typed:
        return version, refused
    found = procedures.search(typed, at, limit=2)
    return _receivable(found[0].procedure.code if len(found) == 1 else "", at)


def _receivable(code: str, at: datetime) -> tuple[Any, str]:
    if not code:
        return None, ""
    try:
        return procedures.receivable(code, at), ""
    except Refused as refusal:
        return None, sentence(refusal)


class Checklist:
    """The papers of a version as the form has them: `giay-<n>` how it came, `so-ban-<n>` copies."""

    def __init__(self, data: dict[str, Any], version: Any) -> None:
        self.data = data
        self.required: list[tuple[int, dict[str, Any]]] = list(
            enumerate(version.papers if version else [], 1)
        )
        self.wrong: set[int] = set()

    def mark_all(self) -> None:
        self.data |= {f"giay-{n}": "co" for n, _paper in self.required}

    def chosen(self, number: int) -> str:
        found: str = self.data.get(f"giay-{number}", "")
        return found

    def is_open(self) -> bool:
        return any(not self.chosen(number) for number, _paper in self.required)

    def blame(self) -> str:
        """Lead to the first paper of the checklist that is not there."""
        missing = [n for n, _p in self.required if self.chosen(n) in ("thieu", "")]
        self.wrong = set(missing or [n for n, _p in self.required])
        return f"giay-{min(self.wrong)}-1"

    def taken(self, held: PaperAs, others: Sequence[str]) -> list[PaperIn]:
        """Papers as the action takes them; `held` is how those came that are there."""
        papers = []
        for number, paper in self.required:
            chosen = self.chosen(number)
            how = held if chosen == "co" else HOW.get(chosen)
            if how is None and paper.get("required", True):
                how = PaperAs.MISSING
            if how is not None:
                copies = self.data.get(f"so-ban-{number}", "1").strip()
                amount = int(copies) if copies.isdecimal() and len(copies) < 4 else 1
                papers.append(PaperIn(paper["name"], how, amount))
        return papers + [PaperIn(line, held) for line in others]

    def lines(self) -> list[Paper]:
        return [
            Paper(
                id=str(number), name=paper["name"], chosen=self.chosen(number),
                copies=self.data.get(f"so-ban-{number}", "1"), note=paper.get("note", ""),
                error=_("Đánh dấu cách có giấy này.") if number in self.wrong else "",
            )
            for number, paper in self.required
        ]  # fmt: skip


def outlook(
    version: Any, data: dict[str, Any], *, by: Any, at: datetime, started: datetime | None = None
) -> Clock | None:
    """The due time a dossier that began at `started` (now) would get, with its proof."""
    if version is None:
        return None
    try:
        term = parse_term(version.term or data.get("thoi-han", ""))
    except BadInput:
        return None
    due = rules.due(
        started=started or at, term=term, cutoff=version.parsed_cutoff,
        calendar=people.calendar(by.agency),
    )  # fmt: skip
    same = local(due.at).date() == local(at).date()
    day = _("hôm nay") if same else day_said(due.day)
    words = f"{clock_words(due.at)} {day}"
    proof = tuple(line.said for line in due.proof)
    return Clock("today" if same else "running", words, due.at, proof)


def fee_words(version: Any) -> str:
    if version is None:
        return ""
    if version.fee is None:
        return _("chưa có nguồn")
    return _("{n} đồng").format(n=group_digits(version.fee))

"""A further dossier of the same visit: the answers that the form begins with."""

from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.reception_person import as_answers
from motcua.dossiers.rules import PaperAs
from motcua.kernel.text import fold

CHOSEN = {PaperAs.DATA: "du-lieu", PaperAs.EXEMPT: "mien"}


def answers(dossier: Dossier, *, same: bool) -> dict[str, Any]:
    """The person and who files for them; with `same`, the procedure and its papers too."""
    found: dict[str, Any] = as_answers(dossier) | {
        "luot": dossier.code, "kenh": dossier.channel, "nhan-kq": dossier.return_by,
    }  # fmt: skip
    return found | _same_set(dossier) if same else found


def _same_set(dossier: Dossier) -> dict[str, Any]:
    version = dossier.version
    rows = {fold(paper.name): paper for paper in dossier.papers.all()}
    found: dict[str, Any] = {
        "ma-thu-tuc": version.procedure.code, "thu-tuc": version.short_name,
        "thoi-han": "" if version.term else dossier.term,
    }  # fmt: skip
    for number, asked in enumerate(version.papers, 1):
        paper = rows.pop(fold(asked["name"]), None)
        if paper is not None:
            found[f"giay-{number}"] = CHOSEN.get(PaperAs(paper.how), "co")
            found[f"so-ban-{number}"] = str(paper.quantity)
    found["giay-khac"] = "\n".join(paper.name for paper in rows.values())
    return found

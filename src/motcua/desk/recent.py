"""Việc vừa làm: an officer's last acts, newest first, each with its undoing or why not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from motcua.dossiers import after, present
from motcua.journal import queries as journal
from motcua.web.refusals import sentence

MOST = 20
DOSSIER = "dossiers.dossier"
OTHERS = {
    "absence": gettext_lazy("Vắng mặt"),
    "agency": gettext_lazy("Cơ quan"),
    "officer": gettext_lazy("Cán bộ"),
    "survey": gettext_lazy("Phiếu khảo sát"),
    "period": gettext_lazy("Kỳ báo cáo"),
    "person": gettext_lazy("Người nộp"),
    "visit": gettext_lazy("Lượt đến"),
    "notice": gettext_lazy("Phiếu trả lời tại quầy"),
}
"""What an act is about when it is not about a dossier, by the first part of its verb."""


@dataclass(frozen=True, slots=True)
class Recent:
    """One act: `url` of what it is about, `code` of the dossier to undo, or why not."""

    title: str
    label: str
    url: str
    at: datetime
    seq: int
    code: str
    why: str


def acts(officer: Any, at: datetime) -> list[Recent]:
    """The last twenty; whatever the length of the journal, the same few statements."""
    # Identifiers made in one millisecond are in no order.
    found = journal.acts_of(officer)[:MOST]
    events = sorted(found, key=lambda event: (event.at, event.seq), reverse=True)
    reasons = after.why_not_undone(events, by=officer, at=at)
    return [_recent(event, why) for event, why in zip(events, reasons, strict=True)]


def _recent(event: Any, why: Any) -> Recent:
    of_dossier = event.subject_type == DOSSIER
    label = event.subject_label
    return Recent(
        title=_title(event.verb),
        label=label,
        url=reverse("ho-so-chi-tiet", args=[label]) if of_dossier else "",
        at=event.at,
        seq=event.seq,
        code="" if why is not None else label,
        why=sentence(why) if why is not None else "",
    )


def _title(verb: str) -> str:
    room, _dot, name = verb.partition(".")
    if room == "dossier":
        return present.title_of(name)
    return str(OTHERS.get(room, gettext_lazy("Các sổ")))

"""What the strip after an act offers: taking it back, and the form that goes out with it."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.dossiers import undoing
from motcua.dossiers.models import Dossier

FORM_OF = {"ask_supplement": "02", "refuse": "03", "extend": "04", "withdraw": "05", "stop": "05"}
"""The form that tells the citizen of an act (TT 03/2025/TT-VPCP, Phụ lục I)."""


def offers(dossier: Dossier, verb: str) -> dict[str, Any]:
    """What `flash.say` is given after the act `verb` (without its room) on the dossier."""
    found: dict[str, Any] = {}
    if f"dossier.{verb}" in undoing.UNDOABLE:
        found["undo"] = (reverse("hoan-tac", args=[dossier.code]), str(dossier.journal_seq))
    form = FORM_OF.get(verb)
    url = _forms(dossier.code) if form else ""
    if url:
        found["link"] = (_("In mẫu {form} cho người nộp").format(form=form), url)
    return found


def _forms(code: str) -> str:
    """The page of the dossier's forms; "" while there is none."""
    try:
        return reverse("ho-so-bieu-mau", args=[code])
    except NoReverseMatch:
        return ""

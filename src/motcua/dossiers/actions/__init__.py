"""Everything that changes a dossier. One call: one transaction, one event, one fact row.

Every action takes keyword-only `by`, `at`, `key`; a repeated key returns the first result. It
raises a Refused (see `refusals`), and then nothing was written.
"""

from motcua.dossiers.actions.certify import certify, void_certification
from motcua.dossiers.actions.closing import correct, finish, hand_over, resolve_on_the_spot
from motcua.dossiers.actions.forward import (
    hand_forwarded,
    note_forwarded,
    send_forwarded,
    take_forwarded,
)
from motcua.dossiers.actions.importing import import_dossier, update_imported
from motcua.dossiers.actions.notices import ask_completion, decline
from motcua.dossiers.actions.papers import attach_scans, exempt_scan
from motcua.dossiers.actions.persons_merge import merge_persons, split
from motcua.dossiers.actions.reassign import reassign_all
from motcua.dossiers.actions.reception import receive
from motcua.dossiers.actions.refile import refile
from motcua.dossiers.actions.side import (
    ask_fee,
    ask_supplement,
    extend,
    stop,
    take_fee,
    take_supplement,
    withdraw,
)
from motcua.dossiers.actions.undo import undo
from motcua.dossiers.actions.visits import receive_more
from motcua.dossiers.actions.work import (
    approve,
    assess,
    assign,
    number_and_seal,
    refuse,
    return_for_rework,
    submit,
)

__all__ = [
    "approve", "ask_completion", "ask_fee", "ask_supplement", "assess", "assign", "attach_scans",
    "certify", "correct", "decline", "exempt_scan", "extend", "finish", "hand_forwarded",
    "hand_over", "import_dossier", "merge_persons", "note_forwarded", "number_and_seal",
    "reassign_all", "receive", "receive_more", "refile", "refuse", "resolve_on_the_spot",
    "return_for_rework", "send_forwarded", "split", "stop", "submit", "take_fee", "take_forwarded",
    "take_supplement", "undo", "update_imported", "void_certification", "withdraw",
]  # fmt: skip

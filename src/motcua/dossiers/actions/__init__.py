"""Everything that changes a dossier. One call: one transaction, one event, one fact row.

Every action takes keyword-only `by`, `at`, `key`; a repeated key returns the first result. It
raises a Refused (see `refusals`), and then nothing was written.
"""

from motcua.dossiers.actions.closing import correct, finish, hand_over, resolve_on_the_spot
from motcua.dossiers.actions.papers import attach_scans, exempt_scan
from motcua.dossiers.actions.reception import receive
from motcua.dossiers.actions.side import (
    ask_fee,
    ask_supplement,
    extend,
    stop,
    take_fee,
    take_supplement,
    withdraw,
)
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
    "approve", "ask_fee", "ask_supplement", "assess", "assign", "attach_scans", "correct",
    "exempt_scan", "extend", "finish", "hand_over", "number_and_seal", "receive", "refuse",
    "resolve_on_the_spot", "return_for_rework", "stop", "submit", "take_fee", "take_supplement",
    "withdraw",
]  # fmt: skip

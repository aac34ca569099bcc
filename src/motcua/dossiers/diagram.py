"""The states of a dossier as a diagram and a table, made from the one table of acts. Pure.

`python -m motcua.dossiers.diagram > docs/rooms/dossiers.md` writes the page; a test fails when
the page in the repository is out of date.
"""

from collections.abc import Iterator

from motcua.dossiers.rules import ACTS, PAUSED, Act, Phase, State, moves

RESUMED_BY = {State.SUPPLEMENT: "take_supplement", State.PAYMENT: "take_fee"}
HEAD = """\
# dossiers: hồ sơ thủ tục hành chính

This page is generated from `motcua.dossiers.rules.ACTS`; change that table, then run
`python -m motcua.dossiers.diagram > docs/rooms/dossiers.md` with `src` on the path.

States are the ten national ones. Nothing leads to states 1 and 3 yet: they come with the portal.
A pause (states 5 and 6) ends where it began.
"""


def mermaid() -> str:
    """The Mermaid state diagram: every state that something leads to, every move, by its acts."""
    lines = ["stateDiagram-v2"]
    edges = list(_edges())
    met = {state for edge in edges for state in edge[:2]}
    lines += [f"    s{state.value}: {state.value} {state.label}" for state in State if state in met]
    lines.append(f"    [*] --> s{State.RECEIVED.value}: Tiếp nhận")
    for before, after, labels in edges:
        lines.append(f"    s{before.value} --> s{after.value}: {', '.join(labels)}")
    ends = [state for state in State if state in met and not moves()[state]]
    lines += [f"    s{state.value} --> [*]" for state in ends]
    return "\n".join(lines)


def _edges() -> Iterator[tuple[State, State, list[str]]]:
    for before, afters in moves().items():
        for after in (state for state in State if state in afters):
            labels = [
                act.label for act in ACTS.values() if before in act.before and act.after is after
            ]
            resuming = RESUMED_BY.get(before)
            if not labels and resuming is not None:
                labels = [ACTS[resuming].label]
            yield before, after, labels


def table() -> str:
    """Every act as a row: what it is, from which states and phases, to which, by whom."""
    rows = [
        "| Act | | From | While | To | Who |",
        "|---|---|---|---|---|---|",
    ]
    rows += [_row(name, act) for name, act in ACTS.items()]
    return "\n".join(rows)


def _row(name: str, act: Act) -> str:
    before = ", ".join(s.label for s in State if s in act.before)
    while_ = ", ".join(p.label for p in Phase if act.phases and p in act.phases) or "any"
    who = ", ".join(role.label for role in act.roles)
    return f"| {act.label} | `{name}` | {before} | {while_} | {_after(name, act)} | {who} |"


def _after(name: str, act: Act) -> str:
    if name in RESUMED_BY.values():
        return "where the pause began" if act.before <= PAUSED else "the same; out of a pause"
    return act.after.label if act.after is not None else "the same"


def page() -> str:
    """The whole page of the documentation."""
    return f"{HEAD}\n```mermaid\n{mermaid()}\n```\n\n{table()}\n"


if __name__ == "__main__":
    print(page(), end="")

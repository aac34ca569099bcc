"""The states as people read them in the documentation."""

import re
from pathlib import Path

from motcua.dossiers import diagram
from motcua.dossiers.rules import ACTS, State, moves

PAGE = Path(__file__).parents[4] / "docs" / "rooms" / "dossiers.md"


def test_the_page_in_the_repository_is_the_one_the_rules_make():
    written = PAGE.read_text(encoding="utf-8")
    assert written == diagram.page(), "python -m motcua.dossiers.diagram > docs/rooms/dossiers.md"


def test_the_diagram_draws_exactly_the_moves_and_names_the_act_of_each():
    drawn = re.findall(r"^    s(\d+) --> s(\d+): (.+)$", diagram.mermaid(), re.MULTILINE)
    known = {(before.value, to.value) for before, after in moves().items() for to in after}
    labels = {act.label for act in ACTS.values()}

    assert {(before, after) for before, after, _ in drawn} == known
    assert len(drawn) == len(known)
    assert all(set(names.split(", ")) <= labels for *_, names in drawn)


def test_nothing_leaves_what_is_withdrawn_stopped_or_handed_over():
    ends = set(re.findall(r"^    s(\d+) --> \[\*\]$", diagram.mermaid(), re.MULTILINE))
    assert ends == {State.WITHDRAWN.value, State.STOPPED.value, State.RETURNED.value}


def test_the_table_has_one_row_for_each_act():
    rows = diagram.table().splitlines()[2:]
    assert [re.findall(r"`(\w+)`", row) for row in rows] == [[name] for name in ACTS]

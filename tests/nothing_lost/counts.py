"""The reckoning after a break-down, and its numbers printed at the end of the run."""

from collections import Counter
from typing import Any

import pytest

PROPERTY = "đếm"


def reckon(office: Any, desks: Any) -> str:
    """Every acknowledged dossier is there once under its key, nothing else is; in one sentence."""
    held = office.run("tests.nothing_lost.tally")
    keys = Counter(key for key, _code in held["received"])
    codes = Counter(held["dossiers"])
    code_of = dict(held["received"])
    given = desks.acknowledged
    lost = [f"{key}: {code}" for key, code in given.items() if code_of.get(key) != code]
    twice = [key for key, times in keys.items() if times > 1]
    twice += [code for code, times in codes.items() if times > 1]
    assert not lost, f"{len(lost)} acknowledged and not there, such as {lost[:3]}"
    assert not twice, f"{len(twice)} there twice, such as {twice[:3]}"
    assert set(desks.sent) == set(given), "a request was never answered"
    assert len(codes) == len(desks.sent) + 1, "a dossier that nobody sent (one was there before)"
    assert held["facts"] == len(codes) and held["papers"] == len(codes)
    assert held["faults"] == []
    return f"đã xác nhận {len(given)}, có {len(codes) - 1}, trùng {len(twice)}"


@pytest.fixture
def tell(record_property: Any, request: Any) -> Any:
    """Put a sentence with numbers into the summary of the run."""

    def note(words: str) -> None:
        record_property(PROPERTY, f"{request.node.name}: {words}")

    return note


def pytest_terminal_summary(terminalreporter: Any) -> None:
    told = [
        value
        for report in terminalreporter.stats.get("passed", ())
        for name, value in getattr(report, "user_properties", ())
        if name == PROPERTY
    ]
    if told:
        terminalreporter.section("nothing lost")
    for words in told:
        terminalreporter.line(words)

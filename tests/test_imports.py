"""What the import contracts of pyproject.toml cannot say: single names, calls, texts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "motcua"
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now"}
MAY_READ_CLOCK = {SOURCE / "web" / "clock.py"}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def names_taken_from(module: str, tree: ast.Module) -> set[str]:
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }


def clock_reads(tree: ast.Module) -> list[str]:
    """Calls such as `datetime.now()`, `dt.date.today()`, with their lines."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    texts = [(node.lineno, ast.unparse(node.func)) for node in calls]
    return [f"{line}: {text}" for line, text in texts if _last_two(text) in CLOCKS]


def _last_two(text: str) -> str:
    return ".".join(text.split(".")[-2:])


def test_models_of_other_rooms_take_only_the_base_class_from_the_journal():
    taken = {
        str(path.relative_to(ROOT)): names_taken_from("motcua.journal.models", tree)
        for path, tree in modules()
        if path.name == "models.py" and path.parent.name != "journal"
    }
    assert {path: names for path, names in taken.items() if names - {"Journaled"}} == {}
    assert any(taken.values())


def test_the_time_of_day_is_read_in_one_place():
    reads = {
        str(path.relative_to(ROOT)): clock_reads(tree)
        for path, tree in modules()
        if path not in MAY_READ_CLOCK
    }
    assert {path: found for path, found in reads.items() if found} == {}


@pytest.mark.parametrize(
    "call", ["datetime.now(UTC)", "dt.datetime.now()", "date.today()", "timezone.now()"]
)
def test_a_reading_of_the_clock_is_noticed(call):
    assert clock_reads(ast.parse(f"at = {call}"))


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_lock_files_hold_hashes_and_no_address(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = re.findall(r"^[a-z0-9].*==.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 0


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_what_is_asked_for_is_what_is_locked(name):
    wanted = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    locked = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").lower()
    asked = re.findall(r"^([A-Za-z][\w.-]*)(?:\[\w+\])?==(\S+)", wanted, re.MULTILINE)
    missing = [f"{n}=={v}" for n, v in asked if f"\n{n.lower()}=={v} " not in f"\n{locked}"]
    assert asked
    assert missing == []


def test_what_runs_in_a_commune_is_locked_the_same_for_the_tests():
    runtime, dev = (
        set(re.findall(r"^[a-z0-9]\S+==\S+", (ROOT / "requirements" / n).read_text(), re.MULTILINE))
        for n in ("runtime.txt", "dev.txt")
    )
    assert runtime <= dev


def test_every_runtime_dependency_has_its_reason():
    wanted = (ROOT / "requirements" / "runtime.in").read_text(encoding="utf-8")
    reasons = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z][\w-]*)", wanted, re.MULTILINE)
    assert [name for name in names if f"| {name} |" not in reasons] == []

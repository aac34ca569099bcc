"""`./motcua test`: every check, one after another, and at the end what failed.

All stages run even when one fails. A stage that cannot run here (no PostgreSQL, no Chromium) says
why, and fails the whole where CI is set: what was not run was not proved.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests import chromium, postgres

ROOT = Path(__file__).resolve().parents[1]
WORKERS = "2"
STAGE_SECONDS = 900
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed)\b")


def _tool(name: str, *words: str) -> list[str]:
    return [sys.executable, "-m", name, *words]


def _pytest(*words: str) -> list[str]:
    return _tool("pytest", "-q", "--color=no", *words)


@dataclass(frozen=True, slots=True)
class Stage:
    """`lacking` returns why the stage cannot run on this machine, or None."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    lacking: Callable[[], str | None] = lambda: None
    tests: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    stage: Stage
    state: str
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)


def _no_postgres() -> str | None:
    return None if postgres.binaries() else "no PostgreSQL: sudo apt-get install -y postgresql"


def _no_chromium() -> str | None:
    return None if chromium.binary() else "no Chromium: sudo apt-get install -y chromium"


# What asks no database, or asks it only to fill a page: once is enough.
ONE_ENGINE = (
    "src/motcua/kernel", "tests/test_english.py", "tests/test_words.py", "tests/test_launcher.py",
    "tests/test_imports.py", "src/motcua/papers/tests/test_pdf.py",
    "src/motcua/papers/tests/test_pdf_kinds.py", "src/motcua/papers/tests/test_pdf_signable.py",
    "src/motcua/papers/tests/test_pdf_content.py",
)  # fmt: skip
STAGES = [
    Stage("lint", _tool("ruff", "check", ".")),
    Stage("format", _tool("ruff", "format", "--check", ".")),
    Stage("types", _tool("mypy")),
    Stage("imports", [sys.executable, "-c", LINT_IMPORTS]),
    Stage("templates", _tool("djlint", "src", "--lint", "--quiet")),
    Stage(
        "migrations",
        _tool("django", "makemigrations", "--check", "--dry-run"),
        {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    ),
    Stage("SQLite", _pytest("-n", WORKERS, "-m", "not browser"), tests=True),
    Stage(
        "PostgreSQL",
        _pytest("-n", WORKERS, "-m", "not browser", *(f"--ignore={path}" for path in ONE_ENGINE)),
        {"MOTCUA_TEST_DATABASE": "postgresql"},
        _no_postgres,
        tests=True,
    ),
    Stage("browser", _pytest("-m", "browser"), {}, _no_chromium, tests=True),
]


def main(argv: list[str]) -> int:
    """All stages; or, with arguments, pytest alone with them.

    That is on SQLite, or where MOTCUA_TEST_DATABASE=postgresql is set, on PostgreSQL.
    """
    if argv:
        if not any(Path(word.partition("::")[0]).exists() for word in argv):
            os.chdir(ROOT)
        command = _tool("pytest", f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", *argv)
        chosen = {k: v for k, v in os.environ.items() if k == "MOTCUA_TEST_DATABASE"}
        return subprocess.run(command, env=_environment(chosen), check=False).returncode
    os.chdir(ROOT)
    return _summary([_run(stage) for stage in STAGES])


def _environment(extra: dict[str, str]) -> dict[str, str]:
    """Each run makes its own data folder (tests/settings.py): none of the user's is touched."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
    return inherited | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"} | extra


def _run(stage: Stage) -> Result:
    print(f"\n=== {stage.name} ===", flush=True)
    reason = stage.lacking()
    if reason:
        print(f"not run: {reason}")
        return Result(stage, f"not run ({reason})", 0)
    begun = time.monotonic()
    counts: dict[str, int] = {}
    process = subprocess.Popen(
        stage.command,
        env=_environment(stage.environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = threading.Timer(STAGE_SECONDS, _give_up, [process])
    watch.start()
    try:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            if stage.tests and " in " in line:
                counts = {name: int(n) for n, name in _COUNT.findall(line)} or counts
        code = process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise
    finally:
        watch.cancel()
    state = "ok" if code == 0 else "failed"
    return Result(stage, state, time.monotonic() - begun, counts)


def _give_up(process: subprocess.Popen[str]) -> None:
    """A stage that hangs is stopped and counts as failed: the others still run."""
    print(f"stopped after {STAGE_SECONDS} s", flush=True)
    process.terminate()


def _summary(results: list[Result]) -> int:
    print("\n=== summary ===")
    for result in results:
        print(f"{result.stage.name:<12}{result.seconds:7.1f} s  {result.state}")
    print(f"{'together':<12}{sum(r.seconds for r in results):7.1f} s")
    failed = [r.stage.name for r in results if r.state == "failed"]
    unproved = [r.stage.name for r in results if r.state.startswith("not run")]
    if failed:
        print("Failed: " + ", ".join(failed))
    if unproved:
        print("Not run: " + ", ".join(unproved))
    print(_closing_line(results))
    return 1 if failed or (unproved and os.environ.get("CI")) else 0


def _closing_line(results: list[Result]) -> str:
    """Tests of all lanes; a failed stage without a failed test counts as one."""
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for result in results:
        bad = sum(n for name, n in result.counts.items() if name.startswith(("failed", "error")))
        total["passed"] += result.counts.get("passed", 0)
        total["failed"] += max(bad, result.state == "failed")
        total["skipped"] += sum(result.counts.get(name, 0) for name in ("skipped", "xfailed"))
    line = f"{total['passed']} passed, {total['failed']} failed"
    return line + (f", {total['skipped']} skipped" if total["skipped"] else "")

"""Commands run as a person runs them, and what is said of a refusal."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def motcua(*words: str, cwd: Path | None = None, **settings: str):
    """Runs `python -m motcua.cli` as the launcher does."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "motcua.cli", *words],
        cwd=cwd,
        env=environment() | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def environment() -> dict[str, str]:
    """The environment without what the tests set for themselves."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}


def assert_one_sentence(result, code: int, *parts: str) -> None:
    """Nothing on stdout, one line (Vietnamese, or with its English line) and no traceback."""
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) <= 2
    for part in parts:
        assert part in result.stderr

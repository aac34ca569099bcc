"""The launcher itself, from a copy in a folder with blanks: set-up, or why it cannot be."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import ROOT, assert_one_sentence, environment


@pytest.fixture
def copy() -> Iterator[Path]:
    """The launcher and its lock files in a folder of their own, with an environment made ready."""
    folder = Path(tempfile.mkdtemp(prefix="một cửa "))
    folder.chmod(0o755)
    shutil.copy(ROOT / "motcua", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    (folder / "src").symlink_to(ROOT / "src")
    yield folder
    shutil.rmtree(folder)


def launch(folder: Path, *words: str, cwd: Path | None = None, user: int | None = None, **env: str):
    return subprocess.run(
        [folder / "motcua", *words],
        cwd=cwd or "/",
        env=environment() | env,
        user=user,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def make_ready(folder: Path) -> None:
    """What set-up leaves: an environment that can import the libraries, and its stamp."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    stamp = subprocess.run(
        'printf "%s %s" "$(sha256sum <requirements/runtime.txt)" "$(readlink -f .venv/bin/python)"',
        shell=True,
        cwd=folder,
        capture_output=True,
        check=True,
    )
    (folder / ".venv" / "motcua-runtime.stamp").write_bytes(stamp.stdout)


DUE = ["due", "--received", "2024-02-07T16:10", "--term", "3 ngày làm việc"]


def test_a_ready_copy_runs_at_once_from_any_folder(copy, tmp_path):
    make_ready(copy)
    result = launch(copy, *DUE, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "17:00" in result.stdout
    assert result.stderr == ""


def test_modules_beside_the_user_do_not_reach_the_command(copy, tmp_path):
    make_ready(copy)
    (tmp_path / "argparse.py").write_text("raise SystemExit('the wrong argparse')")
    assert launch(copy, *DUE, cwd=tmp_path).returncode == 0


def test_a_changed_lock_file_calls_for_set_up(copy):
    make_ready(copy)
    with (copy / "requirements" / "runtime.txt").open("a") as lock:
        lock.write("\n# changed\n")
    result = launch(copy, *DUE, MOTCUA_PYTHON="/bin/false")
    assert_one_sentence(result, 1, "Cần Python 3.11 trở lên", "3.11 or later")


def test_an_old_python_is_one_sentence_in_both_languages(copy):
    old = copy / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 1\necho Python 3.9.2\n')
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    result = launch(copy, *DUE, MOTCUA_PYTHON=str(old))
    assert_one_sentence(result, 1, "Cần Python 3.11 trở lên", "3.11 or later")
    assert not (copy / ".venv").exists()


def test_a_read_only_folder_is_one_sentence(copy):
    copy.chmod(0o555)
    someone = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    python = "/usr/bin/python3" if someone else sys.executable
    result = launch(copy, *DUE, user=someone, MOTCUA_PYTHON=python)
    copy.chmod(0o755)
    assert_one_sentence(result, 1, str(copy), "cannot be written")


def test_libraries_that_cannot_be_had_are_told_with_what_to_do(copy):
    make_ready(copy)
    lock = copy / "requirements" / "runtime.txt"
    lock.write_text(f"no-such-library-of-motcua==1.0 --hash=sha256:{'0' * 64}\n")
    result = launch(
        copy, *DUE, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(copy), MOTCUA_PYTHON=sys.executable
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "kiểm tra mạng" in result.stderr
    assert not (copy / ".venv" / "motcua-runtime.stamp").exists()

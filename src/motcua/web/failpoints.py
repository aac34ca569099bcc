"""Điểm ngắt: named windows of an act at which a test kills this process, as a power cut would.

In ordinary running `reach` is a call that does nothing. It kills only when three things hold as
the process starts: the variable MOTCUA_TEST_FAILPOINTS is "kill"; the data folder holds a folder
`failpoints`, which no command of ours makes; systemd did not start the process (INVOCATION_ID is
not set), as it starts an installed service. A test arms a window by putting a file with its name
into that folder; the process that reaches it takes the file away and is gone.
"""

import os
import signal
import time
from pathlib import Path

VARIABLE, WANTED, FOLDER = "MOTCUA_TEST_FAILPOINTS", "kill", "failpoints"
MASTER, PAUSE = "master", "pause"
"""What may stand in a file: also kill the process above, gunicorn's master; or only wait."""
PAUSE_SECONDS = 1.5

BEFORE_TRANSACTION = "before-transaction"
BEFORE_EVENT = "before-event"
AFTER_EVENT = "after-event"
BEFORE_COMMIT = "before-commit"
AFTER_COMMIT = "after-commit"
BEFORE_ANSWER = "before-answer"
WINDOWS = (
    BEFORE_TRANSACTION, BEFORE_EVENT, AFTER_EVENT, BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER,
)  # fmt: skip


def armed_folder() -> Path | None:
    """The folder in which windows are armed; None wherever people work."""
    if os.environ.get(VARIABLE) != WANTED or "INVOCATION_ID" in os.environ:
        return None
    folder = Path(os.environ.get("MOTCUA_DATA", "")) / FOLDER
    return folder if folder.is_dir() else None


_folder = armed_folder()


def reach(window: str) -> None:
    """Say that an act has come to `window`. Nothing happens, except to a process under test."""
    if _folder is not None:
        _die_if_armed(_folder / window)


def _die_if_armed(file: Path) -> None:
    try:
        wanted = file.read_text(encoding="ascii")
        file.unlink()  # whoever takes it away is the one that dies
    except FileNotFoundError:
        return
    if wanted == PAUSE:
        time.sleep(PAUSE_SECONDS)
        return
    if wanted == MASTER:
        os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)

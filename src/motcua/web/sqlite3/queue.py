"""Whose turn it is to write: one thread of a process waits for the others of the machine.

Two files beside the database are locked in this order: `-next` by who is next, `-turn` by who
writes. Who is next is alone in waiting for the turn, so no process overtakes another twice. A
process that dies, however it dies, gives up its locks.
"""

import fcntl
import os
import sqlite3
import threading
import time
from collections import defaultdict

PAUSE_SECONDS = 0.0004
_here: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def _forget() -> None:
    """A new process has none of the threads that held a lock."""
    _here.clear()


os.register_at_fork(after_in_child=_forget)


def busy() -> sqlite3.OperationalError:
    """What SQLite itself says when it waited too long."""
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
    return error


class Turn:
    """The turn to write to the database file `path`, from its making to `end`.

    Raises sqlite3.OperationalError when it has not come after `patience` seconds.
    """

    def __init__(self, path: str, patience: float) -> None:
        until = time.monotonic() + patience
        self._lock = _here[path]
        if not self._lock.acquire(timeout=patience):
            raise busy()
        try:
            following = _locked(f"{path}-next", until)
            try:
                self._file = _locked(f"{path}-turn", until)
            finally:
                os.close(following)
        except BaseException:
            self._lock.release()
            raise

    def end(self) -> None:
        os.close(self._file)
        self._lock.release()


def _locked(path: str, until: float) -> int:
    """An open descriptor of the file, locked; closing it gives the lock up."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
            except BlockingIOError:
                if time.monotonic() > until:
                    raise busy() from None
                time.sleep(PAUSE_SECONDS)
    except BaseException:
        os.close(descriptor)
        raise

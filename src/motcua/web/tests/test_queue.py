"""The queue before SQLite's one writer: one at a time, and nobody waits for the dead."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from motcua.web.outage import SQLITE_BUSY
from motcua.web.sqlite3.queue import Turn

HOLD = """
import sys, time
from motcua.web.sqlite3.queue import Turn
turn = Turn(sys.argv[1], 10)
print("mine", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "base.sqlite3")


@pytest.fixture
def holder(path):
    """Another process whose turn it is."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout.readline() == "mine\n"
    yield process
    process.kill()
    process.wait()


def test_who_waits_too_long_is_told_what_sqlite_would_say(path, holder):
    begun = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="database is locked") as caught:
        Turn(path, 0.2)
    assert caught.value.sqlite_errorcode in SQLITE_BUSY
    assert time.monotonic() - begun < 5


def test_within_one_process_too_the_wait_has_an_end(path):
    turn = Turn(path, 1)
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        Turn(path, 0.1)
    turn.end()
    Turn(path, 1).end()


def test_a_process_that_is_killed_gives_up_its_turn(path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    Turn(path, 5).end()


def test_two_bases_do_not_wait_for_each_other(path, holder, tmp_path):
    Turn(str(tmp_path / "other.sqlite3"), 0.5).end()


def test_threads_write_one_after_another_and_each_has_its_turn(path):
    writing, most, turns = [], [], []

    def write(number):
        for _ in range(20):
            turn = Turn(path, 20)
            writing.append(number)
            most.append(len(writing))
            time.sleep(0.001)
            writing.remove(number)
            turns.append(number)
            turn.end()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert sorted(turns) == sorted(list(range(6)) * 20)


def test_a_child_process_does_not_wait_for_its_parents_threads(path, tmp_path):
    turn = Turn(str(tmp_path / "parent.sqlite3"), 1)
    child = os.fork()
    if not child:
        try:
            Turn(path, 0.5).end()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    turn.end()

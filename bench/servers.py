"""The two servers that a measurement compares: `./motcua serve` and the minimal framework app.

Both run under gunicorn with the settings of `motcua.serve`, on the same database.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench import load
from bench.scratch import ChildFailed, Scratch

START_SECONDS = 60
OURS = ("motcua.cli", "serve", "--port")
MINIMAL = ("bench.minimal",)
_TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server of this machine; stopped when `stack` closes."""

    def __init__(
        self, scratch: Scratch, command: tuple[str, ...], ready: str, stack: ExitStack
    ) -> None:
        self.port = _free_port()
        log = stack.enter_context((scratch.folder / f"log-{self.port}").open("w+"))
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command, str(self.port)],
            env=scratch.environment,
            cwd=scratch.folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=_end_with_parent,
        )
        stack.callback(self.stop)
        self._wait(ready, Path(log.name))

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self, path: str, log: Path) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                connection = load.Connection(self.port)
                status = connection.ask(load.get(path, self.port))[0]
                connection.close()
                if status in ("200", "302"):
                    return
            except OSError:
                time.sleep(0.05)
        raise ChildFailed(f"the server did not answer:\n{log.read_text()[-2000:]}")

    def workers(self) -> list[int]:
        """The processes that answer: the children of gunicorn's master that hold threads."""
        return [pid for pid in _children(self.process.pid) if _threads(pid) > 1]


def cpu_seconds(pid: int) -> float:
    """What a process and its children have computed so far; 0 for none."""
    if not pid:
        return 0.0
    ticks = sum(_ticks(pid, 4)) + sum(sum(_ticks(child, 2)) for child in _children(pid))
    return ticks / _TICK


def memory(pid: int) -> float:
    """The share of the machine's memory that is this process's own (PSS), in MB."""
    for row in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if row.startswith("Pss:"):
            return int(row.split()[1]) / 1024
    return 0.0


def _ticks(pid: int, columns: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []  # it has just ended; its parent carries its time on
    return [int(word) for word in text.rpartition(")")[2].split()[11 : 11 + columns]]


def _children(pid: int) -> list[int]:
    return list(_children_of(pid))


def _children_of(pid: int) -> Iterator[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    yield from map(int, text.split())


def _threads(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def _end_with_parent() -> None:
    death_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(death_signal, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((load.HOST, 0))
        return int(probe.getsockname()[1])

"""A throw-away PostgreSQL server from Debian's packages: durable like a real one, gone afterwards.

It ends with this process, however the process ends.
"""

import atexit
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

START_SECONDS = 30


def binaries() -> Path | None:
    """The folder of the newest server binaries on this machine, None when there are none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def url() -> str:
    """The address of the server of this run: started once, found again by pytest's workers."""
    if "MOTCUA_TEST_SERVER" not in os.environ:
        server = Server()
        atexit.register(server.stop)
        os.environ["MOTCUA_TEST_SERVER"] = server.start()
    return os.environ["MOTCUA_TEST_SERVER"]


class Server:
    """One cluster in a temporary folder, reached by password over a free loopback port."""

    def __init__(self) -> None:
        folder = binaries()
        if folder is None:
            raise FileNotFoundError("No PostgreSQL server: sudo apt-get install postgresql")
        self.folder = folder
        self.home = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Returns the address, once the server answers."""
        password, port = secrets.token_hex(16), free_port()
        (self.home / "password").write_text(password)
        identity = _identity()
        if identity:
            for path in (self.home, self.home / "password"):
                os.chown(path, identity["user"], identity["group"])
        self._initialise(identity)
        self.launch(port)
        return f"postgresql://motcua:{password}@127.0.0.1:{port}/postgres"

    def launch(self, port: int) -> None:
        """Run the server on its data; returns once it answers."""
        log = (self.home / "log").open("ab")
        self.process = subprocess.Popen(
            [self.folder / "postgres", "-D", self.home / "data", "-p", str(port)]
            + ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.home}"],
            cwd=self.home,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=end_with_parent,
            **_identity(),
        )
        self._wait(port)

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def _initialise(self, identity: dict[str, Any]) -> None:
        subprocess.run(
            [self.folder / "initdb", "-D", self.home / "data", "-U", "motcua", "--no-sync"]
            + ["-A", "scram-sha-256", "--pwfile", self.home / "password"]
            + ["-E", "UTF8", "--locale", "C.UTF-8"],
            cwd=self.home,
            check=True,
            stdout=subprocess.DEVNULL,
            **identity,
        )

    def _wait(self, port: int) -> None:
        ready = [self.folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        until = time.monotonic() + START_SECONDS
        while subprocess.run(ready, check=False).returncode:
            if time.monotonic() > until or (self.process and self.process.poll() is not None):
                log = (self.home / "log").read_text(errors="replace")
                self.stop()
                raise RuntimeError(f"PostgreSQL did not start:\n{log}")
            time.sleep(0.1)


def _identity() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: it is started as an account without rights."""
    if os.geteuid():
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def end_with_parent() -> None:
    """For a child process: SIGINT to it as this one ends, however it ends."""
    death_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(death_signal, signal.SIGINT)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

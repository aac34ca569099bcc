"""An office to break: `./motcua serve` in processes of its own, and its database."""

import atexit
import json
import os
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from motcua.web import failpoints
from tests import postgres
from tests.nothing_lost.clients import BOUNDARY, TOKEN, Answer, ask, multipart

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 40
ON_POSTGRESQL = os.environ.get("MOTCUA_TEST_DATABASE") == "postgresql"


def _new_database(server_url: str, like: str = "") -> str:
    """The address of a new database of a running PostgreSQL server: empty, or a copy."""
    import psycopg

    name, template = f"office_{secrets.token_hex(4)}", like.rpartition("/")[2] or "template1"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server_url.rpartition("/")[0] + f"/{name}"


def _environment(folder: Path, database: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
    kept.pop("INVOCATION_ID", None)  # a runner of tests may itself be a service
    given = {
        "MOTCUA_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "motcua.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONUTF8": "1",
        failpoints.VARIABLE: failpoints.WANTED,
    }
    return kept | given | ({"MOTCUA_DATABASE": database} if database else {})


def _run(module: str, environment: dict[str, str], folder: Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", module], env=environment, cwd=folder, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@cache
def _built(server_url: str) -> tuple[Path, str, dict[str, str]]:
    """A commune that every office begins as: its folder, database, and what it is known by."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / failpoints.FOLDER).mkdir()
    database = _new_database(server_url) if server_url else ""
    known = _run("tests.nothing_lost.build", _environment(folder, database), folder)
    return folder, database, known


class Office:
    """A commune with its server; on SQLite without `server_url`. Close it with `stop`."""

    def __init__(self, folder: Path, server_url: str = "") -> None:
        like, database, known = _built(server_url)
        shutil.copytree(like, folder, dirs_exist_ok=True)
        self.folder, self.port = folder, postgres.free_port()
        self.database = _new_database(server_url, database) if server_url else ""
        self.environment = _environment(folder, self.database)
        self.session, self.first_code = known["session"], known["code"]
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, module: str, **changed: str) -> Any:
        """What `python -m module` prints about this office, read as JSON."""
        return _run(module, self.environment | changed, self.folder)

    def start(self) -> None:
        """Serve; returns once a page is answered. What is said goes into the file `log`."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motcua.cli", "serve", "--port", str(self.port)],
                env=self.environment, cwd=self.folder, stdout=log, stderr=log,
                preexec_fn=postgres.end_with_parent,
            )  # fmt: skip
        self.wait_for(self._answers, "the server does not answer")

    def _answers(self) -> bool:
        assert self.is_up(), f"the server ended:\n{self.log()[-3000:]}"
        return self.get("/phim-tat").status == 200

    def stop(self) -> None:
        """Ask it to end, as systemd does, and wait."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill_all()
        self.process = None

    def kill_all(self) -> None:
        """SIGKILL to the master and every worker at once: what a power switch does to them."""
        assert self.process
        for pid in (self.process.pid, *children(self.process.pid)):
            kill(pid)
        self.process.wait()

    def start_again(self) -> None:
        """After the master is gone: its workers end by themselves, then the port is free."""
        if self.process:
            self.process.wait(15)
        until = time.monotonic() + START_SECONDS
        while _listens(self.port):
            assert time.monotonic() < until, "a worker outlives its master"
            time.sleep(0.05)
        self.start()

    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def workers(self) -> list[int]:
        """The processes that answer: the children of gunicorn's master that hold threads."""
        if not self.is_up():
            return []
        assert self.process
        return [pid for pid in children(self.process.pid) if threads(pid) > 1]

    def arm(self, window: str, whom: str = "") -> Path:
        """Let the next process that comes to `window` die there; returns the file that goes."""
        file = self.folder / failpoints.FOLDER / window
        file.write_text(whom, encoding="ascii")
        return file

    def limit_files(self, size: int) -> None:
        """Let no file of the server grow beyond `size` bytes: what a full disk refuses."""
        assert self.process
        for pid in (self.process.pid, *children(self.process.pid)):
            _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))

    def get(self, path: str) -> Answer:
        """A page as the desk officer gets it; status 0 when no answer came."""
        return ask(self.port, self.session, "GET", path)

    def post(self, path: str, fields: dict[str, str], accept: str = "text/html") -> Answer:
        """A form sent by the desk officer."""
        return ask(self.port, self.session, "POST", path, fields, accept=accept)

    def upload(self, path: str, name: str, content: bytes) -> Answer:
        """A PDF sent as the only file of a form, with the same key each time."""
        return ask(
            self.port, self.session, "POST", path, accept="text/html",
            body=multipart({"csrfmiddlewaretoken": TOKEN, "khoa": "scan"}, name, content),
            kind=f"multipart/form-data; boundary={BOUNDARY}",
        )  # fmt: skip

    def execute(self, statements: str) -> None:
        """Change the PostgreSQL database behind the server's back."""
        import psycopg

        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(statements)

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def wait_for(self, condition: Any, what: str) -> None:
        until = time.monotonic() + START_SECONDS
        while not condition():
            assert time.monotonic() < until, f"{what}:\n{self.log()[-3000:]}"
            time.sleep(0.02)


class Database(postgres.Server):
    """A PostgreSQL server that can be killed and started again on its data and its port."""

    url = ""

    def start(self) -> str:
        self.url = super().start()
        return self.url

    def backends(self) -> list[int]:
        """The processes that serve a connection, not those of the server itself."""
        assert self.process
        return [pid for pid in children(self.process.pid) if b"motcua" in _title(pid)]

    def kill(self) -> None:
        """SIGKILL to the postmaster and all its children."""
        assert self.process
        for pid in (self.process.pid, *children(self.process.pid)):
            kill(pid)
        self.process.wait()

    def start_again(self) -> None:
        """On the same port and data: it recovers from its log."""
        (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)
        self.launch(int(urlsplit(self.url).port or 0))


def children(pid: int) -> list[int]:
    """The child processes of a process that runs."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def threads(pid: int) -> int:
    """How many threads a process has; 0 when it has ended."""
    try:
        return len(list(Path(f"/proc/{pid}/task").iterdir()))
    except OSError:
        return 0


def _title(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it was quicker


def _listens(port: int) -> bool:
    wanted = f":{port:04X} "
    rows = Path("/proc/net/tcp").read_text().splitlines()
    return any(wanted in row[:25] and " 0A " in row[:45] for row in rows)


def open_office(folder: Path, stack: ExitStack) -> Office:
    """An office on the engine of this lane, serving; it ends with `stack`."""
    office = Office(folder, postgres.url() if ON_POSTGRESQL else "")
    stack.callback(office.stop)
    office.start()
    return office

"""A database that lives as long as a measurement: SQLite in a temporary folder, or PostgreSQL.

No environment of the user's reaches it: neither the data folder nor the database of the desk.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import motcua
from tests import postgres

ENGINES = ("sqlite", "postgresql")
_PATHS = (Path(motcua.__file__).parents[1], Path(__file__).parents[1])


class ChildFailed(RuntimeError):
    """A part of a measurement ended with an error; the message is what it said."""


class Servers:
    """The PostgreSQL server of this run, started when first asked for."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack, self._url, self.pid = stack, "", 0

    def database(self) -> str:
        """The address of a new, empty database."""
        if not self._url:
            server = postgres.Server()
            self._stack.callback(server.stop)
            self._url = server.start()
            self.pid = server.process.pid if server.process else 0
        import psycopg

        name = f"bench_{secrets.token_hex(4)}"
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url.rpartition("/")[0] + f"/{name}"


def available() -> tuple[str, ...]:
    """The engines that this machine can measure."""
    return ENGINES if postgres.binaries() else ENGINES[:1]


class Scratch:
    """One empty database with its folder, gone when `stack` closes."""

    def __init__(self, engine: str, servers: Servers, stack: ExitStack) -> None:
        self.engine = engine
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-bench-")))
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
        self.environment = kept | {
            "MOTCUA_DATA": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "motcua.settings",
            "PYTHONPATH": os.pathsep.join(map(str, _PATHS)),
            "PYTHONUTF8": "1",
        }
        if engine == "postgresql":
            self.environment["MOTCUA_DATABASE"] = servers.database()

    def run(self, module: str, *words: str, given: Any = None) -> Any:
        """Run `python -m module` on this database; it reads `given` and prints, both as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            env=self.environment,
            cwd=self.folder,
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ChildFailed(f"{module} {' '.join(words)}\n{done.stderr.strip()}")
        return json.loads(done.stdout)

"""A whole copy of the database while others write to it, and back again. Both engines."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from motcua.kernel.errors import Refused

SQLITE, POSTGRESQL = "sqlite", "postgresql"
MEMBER = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}
DATABASE = "motcua.sqlite3"
DEBIAN_CLIENTS = Path("/usr/lib/postgresql")


class NoClient(Refused):
    code = "no-database-client"
    message = (
        "Không tìm thấy lệnh {name} của PostgreSQL. Chạy: sudo apt-get install -y "
        "postgresql-client, rồi chạy lại."
    )


class ClientFailed(Refused):
    code = "database-client-failed"
    message = "Lệnh {name} của PostgreSQL không làm được: {why}"


class NotWhole(Refused):
    code = "database-not-whole"
    message = "Bản sao cơ sở dữ liệu trong {path} không nguyên vẹn: {why}. Chưa dùng bản này."


def engine() -> str:
    """Which of the two this installation keeps its data in."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def take(into: Path) -> None:
    """Write a consistent copy of the database as it stands now to the file `into`.

    Nobody waits for it: SQLite's readers stop no writer (WAL), pg_dump reads one snapshot.
    """
    if engine() == SQLITE:
        _copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), into)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(into))
    into.chmod(0o600)
    with into.open("rb") as file:
        os.fsync(file.fileno())


def put_back(taken: Path, folder: Path) -> None:
    """Make `taken` the database: the file in `folder`, or the empty PostgreSQL database."""
    if engine() == SQLITE:
        shutil.move(taken, folder / DATABASE)
        return
    _run(
        "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
        "--dbname", settings.DATABASES["default"]["NAME"], str(taken),
    )  # fmt: skip


def check(path: Path, kind: str) -> None:
    """Raise NotWhole when a copy cannot be read through."""
    if kind == POSTGRESQL:
        done = _call("pg_restore", "--list", str(path))
        if done.returncode:
            raise NotWhole(path=path, why=_last_line(done.stderr))
        return
    try:
        with _reading(path) as copy:
            said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise NotWhole(path=path, why=said)


def is_empty() -> bool:
    """Whether the PostgreSQL database that is named holds no table yet."""
    return not connection.introspection.table_names()


def _copy_sqlite(source: Path, into: Path) -> None:
    with _reading(source) as live, contextlib.closing(sqlite3.connect(into)) as copy:
        live.backup(copy)
        # A copy stands alone, without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as one:
        yield one


def _run(name: str, *words: str) -> None:
    done = _call(name, *words)
    if done.returncode:
        raise ClientFailed(name=name, why=_last_line(done.stderr))


def _call(name: str, *words: str) -> Any:
    return subprocess.run(
        [_client(name), *words], env=os.environ | _address(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def _client(name: str) -> str:
    """The newest there is: it reads older servers, not the other way round."""
    found = list(DEBIAN_CLIENTS.glob(f"*/bin/{name}"))
    if found:
        return str(max(found, key=lambda path: int(path.parts[-3])))
    on_path = shutil.which(name)
    if on_path is None:
        raise NoClient(name=name)
    return on_path


def _address() -> dict[str, str]:
    """By environment: a password among the arguments would be seen by everybody on the machine."""
    given = settings.DATABASES["default"]
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    told = {name: str(given[key]) for key, name in names.items() if given.get(key)}
    return told | {"PGDATABASE": str(given["NAME"]), "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"}


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["?"])[-1]

"""Installations of their own for tests of commands: a data folder, and on PostgreSQL a database."""

import gzip
import os
import secrets
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import postgres
from tests.commands import motcua

FIXTURES = Path(__file__).parent / "fixtures"
ON_POSTGRESQL = os.environ.get("MOTCUA_TEST_DATABASE") == "postgresql"


@dataclass(frozen=True)
class Place:
    """Where one installation keeps what it has."""

    folder: Path
    database: str

    @property
    def settings(self) -> dict[str, str]:
        told = {"MOTCUA_DATA": str(self.folder)}
        return told | ({"MOTCUA_DATABASE": self.database} if self.database else {})

    def run(self, *words: str) -> Any:
        return motcua(*words, **self.settings)

    def done(self, *words: str) -> str:
        """What a command says that must go well."""
        result = self.run(*words)
        assert result.returncode == 0, result.stderr + result.stdout
        return result.stdout

    def connect(self) -> Any:
        """A bare connection, as somebody outside the application has it."""
        if self.database:
            return psycopg.connect(self.database, autocommit=True)
        return sqlite3.connect(self.folder / "motcua.sqlite3", isolation_level=None)


@pytest.fixture
def new_place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Makes places that hold nothing yet."""
    made: list[str] = []

    def make(name: str) -> Place:
        if not ON_POSTGRESQL:
            return Place(tmp_path / name, "")
        server, base = postgres.url(), f"{name}_{secrets.token_hex(4)}"
        with psycopg.connect(server, autocommit=True) as one:
            one.execute(f"CREATE DATABASE {base}")
        made.append(base)
        return Place(tmp_path / name, urlsplit(server)._replace(path=f"/{base}").geturl())

    yield make
    if made:
        with psycopg.connect(postgres.url(), autocommit=True) as one:
            for base in made:
                one.execute(f"DROP DATABASE {base} WITH (FORCE)")


@pytest.fixture
def first_release(new_place: Callable[[str], Place]) -> Place:
    """An installation of the first release, as it was left: see fixtures/make_first_release.py."""
    place = new_place("cu")
    place.folder.mkdir()
    if not place.database:
        with sqlite3.connect(place.folder / "motcua.sqlite3") as base:
            base.executescript(_read("first_release.sql.gz"))
        base.close()
        return place
    words = ["psql", "--quiet", "--set", "ON_ERROR_STOP=1", place.database]
    script = _read("first_release.postgresql.sql.gz")
    subprocess.run(words, input=script, text=True, check=True, stdout=subprocess.DEVNULL)
    return place


def _read(name: str) -> str:
    return gzip.decompress((FIXTURES / name).read_bytes()).decode()


@pytest.fixture
def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

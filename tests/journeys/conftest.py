"""The running commune (`live`), and people who walk through it (`walk`).

`whole` is a commune with something behind every address, only looked at; `visitor` looks.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import django; django.setup(); from tests.journeys.app import main; main({})"

Walk = Callable[..., Page]


@dataclass(frozen=True)
class Live:
    """The commune as it runs: where, with which dossiers, and how to look into its database."""

    url: str
    dossiers: dict[str, list[str]]
    token: str
    sessions: dict[str, str]
    database: str
    addresses: dict[str, str] = field(default_factory=dict)
    empty: dict[str, str] = field(default_factory=dict)

    def ask(self, sql: str, *given: Any) -> Any:
        """The first value that a query of the database gives, read only."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            row = connection.execute(sql, given).fetchone()
        return row[0] if row else None

    def events(self) -> int:
        """How much the journal holds: equal before and after what writes nothing."""
        return int(self.ask("select count(*) from journal_event"))

    def state(self, code: str) -> str:
        return str(self.ask("select state from dossiers_dossier where code = ?", code))


@contextmanager
def running(arguments: str = "") -> Iterator[Live]:
    """A fresh commune in a process and a folder of its own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
    environment = inherited | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(arguments)], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout
    line = process.stdout.readline()
    if not line:
        pytest.fail("The application did not start: see its words above")
    yield Live(**json.loads(line))
    process.stdin.close()
    process.wait(timeout=10)


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A commune for each module of journeys, so that none lives off what another signed."""
    with running() as commune:
        yield commune


@pytest.fixture(scope="session")
def whole() -> Iterator[Live]:
    """A commune with something behind every address, for all who only look."""
    with running("whole=True") as commune:
        yield commune


@pytest.fixture(scope="module")
def visitor(browser: Browser, whole: Live) -> Iterator[Visitor]:
    """Who looks at every page, as anybody who may; what its pages complain of fails the test."""
    with Visitor.of(browser, whole) as one:
        yield one


@pytest.fixture
def walk(context: Callable[..., BrowserContext], live: Live) -> Walk:
    """A page of an officer who is logged in: `walk("desk", viewport=NARROW)`."""

    def begin(role: str = "", **options: Any) -> Page:
        one = context(base_url=live.url, **options)
        if role:
            cookie = {"name": "sessionid", "value": live.sessions[role], "url": live.url}
            one.add_cookies([cookie])
        return one.new_page()

    return begin

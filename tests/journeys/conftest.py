"""The running commune (`live`), and people who walk through it (`walk`)."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import django; django.setup(); from tests.journeys.app import main; main()"

Walk = Callable[..., Page]


@dataclass(frozen=True)
class Live:
    """The commune as it runs: where, with which dossiers, and how to look into its database."""

    url: str
    dossiers: dict[str, list[str]]
    token: str
    sessions: dict[str, str]
    database: str

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


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A fresh commune for each module of journeys, in a process and a folder of its own."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
    environment = inherited | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout
    line = process.stdout.readline()
    if not line:
        pytest.fail("The application did not start: see its words above")
    yield Live(**json.loads(line))
    process.stdin.close()
    process.wait(timeout=10)


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

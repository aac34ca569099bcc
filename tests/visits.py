"""Pages as an officer gets them: a client logged in, a clock that stands where it is put."""

import datetime as dt
import html
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers import actions
from tests import world as worlds
from tests.world import World, at

KEY = "00000000-0000-7000-8000-000000000001"


class StandingClock:
    """The time of day that views read; it moves only when told."""

    def __init__(self, moment: str) -> None:
        self.moment = at(moment)

    def set(self, moment: str) -> None:
        self.moment = at(moment)

    def now(self) -> dt.datetime:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> StandingClock:
    """Monday 2 March 2026, 08:00, until set otherwise."""
    standing = StandingClock("2026-03-02 08:00")
    monkeypatch.setattr(timezone, "now", standing.now)
    return standing


@pytest.fixture
def visit(world: World, clock: StandingClock) -> Callable[..., Client]:
    """A client of an officer: `visit("desk")`, or of any officer given."""

    def login(who: Any) -> Client:
        client = Client()
        client.force_login(getattr(world, who) if isinstance(who, str) else who)
        return client

    return login


@pytest.fixture
def other(world: World) -> SimpleNamespace:
    """Another commune, with a dossier of its own."""
    there = worlds.build("xa-khac", "H99.99.98", world.province)
    with there.scope():
        return SimpleNamespace(world=there, dossier=there.receive())


def words(response: Any) -> str:
    """What a page says, without its markup, blanks collapsed."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(bare).split())


def value(response: Any, name: str) -> str:
    """The value that an input of the page carries."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', response.content.decode())
    assert found, f"no input {name} on the page"
    return html.unescape(found[1])


def assigned(world: World) -> Any:
    """A dossier that the specialist of the commune holds since Monday, 08:00."""
    dossier = world.receive()
    return actions.assign(
        by=world.desk, at=at("2026-03-02 08:00"), key=world.key(), dossier_id=dossier.pk,
        to=world.specialist,
    )  # fmt: skip

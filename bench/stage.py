"""What the HTTP measurements share: a filled database on each engine, and both servers on it."""

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from bench import load, servers
from bench.result import Line, line
from bench.scratch import Scratch, Servers

TARGET_SHARE = 0.3
WARM, PATIENCE, FEWEST = 48, 10, 5
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_COOKIE = re.compile(rb"[Ss]et-[Cc]ookie: *(csrftoken=[^;]+)")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: of the list, of the dossiers to move, of each round, by hand."""

    dossiers: int = 100_000
    moves: int = 900
    rounds: int = 3
    seconds: float = 1.5
    repeats: int = 60
    hand: float = 20.0


QUICK = Size(dossiers=5_000, moves=200, rounds=2, seconds=0.4, repeats=15, hand=8.0)


@dataclass(slots=True)
class Client:
    """Somebody at a form: the cookies and the token that every POST of theirs carries."""

    port: int
    cookies: str
    token: str
    known: dict[str, Any]

    @classmethod
    def at(cls, port: int, path: str, known: dict[str, Any], cookies: str = "") -> "Client":
        connection = load.Connection(port)
        status, head, body = connection.ask(load.get(path, port, cookies))
        connection.close()
        token, cookie = _TOKEN.search(body), _COOKIE.search(head)
        if not (token and cookie):
            raise ConnectionError(f"{path} gave no form but {status}")
        both = "; ".join(filter(None, (cookies, cookie[1].decode())))
        return cls(port, both, token[1].decode(), known)

    def post(self, path: str, fields: dict[str, str]) -> bytes:
        given = {"csrfmiddlewaretoken": self.token} | fields
        return load.post(path, self.port, self.cookies, given)


@dataclass(slots=True)
class Side:
    """One server under load: what came back, and what it cost."""

    server: servers.Server
    clients: Sequence[Iterator[bytes]]
    sample: load.Sample = field(default_factory=load.Sample)
    app_seconds: float = 0.0
    database_seconds: float = 0.0

    def cost(self) -> tuple[float, float]:
        """Milliseconds of computing of the server and of the database, for one good answer."""
        count = len(self.sample.times) or 1
        return 1000 * self.app_seconds / count, 1000 * self.database_seconds / count


Race = tuple[Side, Side]


class Stage:
    """One engine with its database and the two servers, made when first asked for."""

    def __init__(self, engine: str, size: Size, pool: Servers, stack: ExitStack) -> None:
        self.engine, self.size, self._pool, self._stack = engine, size, pool, stack

    @cached_property
    def scratch(self) -> Scratch:
        return Scratch(self.engine, self._pool, self._stack)

    def tenfold(self) -> "Stage":
        """Another database of this engine with ten times the dossiers, and its two servers."""
        size = replace(self.size, dossiers=10 * self.size.dossiers)
        return Stage(self.engine, size, self._pool, self._stack)

    def empty(self) -> Scratch:
        """Another database of this engine, with nothing in it."""
        return Scratch(self.engine, self._pool, self._stack)

    @cached_property
    def known(self) -> dict[str, Any]:
        """What the clients have to know of the communes (bench.commune)."""
        say(f"{self.engine}: {self.size.dossiers} dossiers …")
        words = (str(self.size.dossiers), str(self.size.moves))
        return dict(self.scratch.run("bench.commune", *words))

    @cached_property
    def minimal_rows(self) -> list[str]:
        return list(self.scratch.run("bench.minimal.fill", "1000"))

    @cached_property
    def ours(self) -> servers.Server:
        _ = self.known, self.minimal_rows
        return servers.Server(self.scratch, servers.OURS, "/dang-nhap", self._stack)

    @cached_property
    def minimal(self) -> servers.Server:
        _ = self.known, self.minimal_rows
        return servers.Server(self.scratch, servers.MINIMAL, "/nhan", self._stack)

    def race(
        self, ours: Sequence[Iterator[bytes]], minimal: Sequence[Iterator[bytes]], good: str = "302"
    ) -> Race:
        """Load both servers in turns, the same number of clients and seconds each.

        First a few requests of each that are not counted: connections open, caches fill.
        """
        sides = Side(self.ours, ours), Side(self.minimal, minimal)
        for side in sides:
            warm = WARM // len(side.clients)
            load.drive(side.server.port, side.clients, good=good, seconds=PATIENCE, most=warm)
        for _ in range(self.size.rounds):
            for side in sides:
                self._load(side, good)
        return sides

    def _load(self, side: Side, good: str) -> None:
        app, database = self._spent(side)
        side.sample.add(
            load.drive(
                side.server.port, side.clients, good=good, seconds=self.size.seconds, most=5000
            )
        )
        after = self._spent(side)
        side.app_seconds += after[0] - app
        side.database_seconds += after[1] - database

    def _spent(self, side: Side) -> tuple[float, float]:
        pid = self._pool.pid if self.engine == "postgresql" else 0
        return servers.cpu_seconds(side.server.process.pid), servers.cpu_seconds(pid)

    def alternate(self, calls: Sequence[Callable[[], float]]) -> list[list[float]]:
        """The milliseconds that each call returns, turn by turn, until the time for it is over."""
        taken: list[list[float]] = [[] for _ in calls]
        until = time.monotonic() + PATIENCE
        for turn in range(self.size.repeats):
            if turn >= FEWEST and time.monotonic() > until:
                break
            for call, times in zip(calls, taken, strict=True):
                times.append(call())
        return taken


def compare(name: str, one: Race, eight: Race, clients: int) -> list[Line]:
    """The four lines of an act over HTTP: p50 alone, throughput, p99 together, computing."""
    ours, minimal = one[0].sample, one[1].sample
    many, many_minimal = eight[0].sample, eight[1].sample
    app, database = eight[0].cost()
    least_app, least_database = eight[1].cost()
    note = f"p50 of {len(ours.times)}, one client; target 4 ms{_bad(ours)}"
    rate = f"{len(many.times)} good, {clients} clients; target 450/s, {TARGET_SHARE} of the limit"
    return [
        line(f"{name}.c1", ours.percentile(0.5), "ms", minimal.percentile(0.5), note),
        line(f"{name}.c{clients}", many.rate, "requests/s", many_minimal.rate, rate + _bad(many)),
        line(f"{name}.c{clients}.p99", many.percentile(0.99), "ms", many_minimal.percentile(0.99),
             f"p50 {many.percentile(0.5):.1f} ms; target 50 ms"),
        line(f"{name}.cpu", app + database, "ms/request", least_app + least_database,
             f"app {app:.2f} + database {database:.2f}; limit {least_app:.2f} + "
             f"{least_database:.2f}; moves less than time on a busy machine"),
    ]  # fmt: skip


def _bad(sample: load.Sample) -> str:
    if not sample.failed:
        return ""
    return "; FAILED " + ", ".join(f"{count} × {what}" for what, count in sample.failed.items())


def say(words: str) -> None:
    """Progress, where it does not mix with the result."""
    print(words, file=sys.stderr, flush=True)

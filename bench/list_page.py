"""A page of 50 of a long list, and of one ten times as long, beside raw SQL in a plain table."""

import time
from collections.abc import Callable
from statistics import median
from urllib.parse import urlencode

from bench import load
from bench.result import Line, line
from bench.stage import Stage

NAME = "list_page"
NOTE = "p50 over HTTP, one client; limit: raw keyset SQL, 50 rows in a plain template"
PAGES = {
    "first": "target 6 ms",
    "deep": "target: as the first",
    "open": "only what is open",
    "due": "by due time",
    "name": "by a name that many bear",
    "rare": "by a name that few bear",
    "code": "by the end of a code, deep in history",
    "today": "the officer's day, 60 rows",
}
GROWTH = 1.3


def run(stage: Stage) -> list[Line]:
    """Every page of both lists and the raw pages first and deep, turn by turn."""
    rungs = (stage, stage.tenfold())
    calls = [call for rung in rungs for pair in _pages(rung) for call in pair]
    taken = [median(times) for times in stage.alternate(calls)]
    measured = list(zip(taken[::2], taken[1::2], strict=True))
    lines: list[Line] = []
    for place, rung in enumerate(rungs):
        few = [value for value, _limit in measured[: len(PAGES)]]
        for number, (which, what) in enumerate(PAGES.items()):
            value, limit = measured[place * len(PAGES) + number]
            grown = f"; {value / few[number]:.2f} times the shorter list, target {GROWTH}"
            note = f"{what}; {NOTE}; {rung.size.dossiers} dossiers (rows written in bulk)"
            name = f"{NAME}.{stage.engine}.{rung.size.dossiers}.{which}"
            lines.append(line(name, value, "ms", limit, note + grown * bool(place)))
    return lines


def _pages(stage: Stage) -> list[tuple[Callable[[], float], Callable[[], float]]]:
    known = stage.known["list"]
    raw = {"agency": known["agency"]}
    deep = raw | {"at": known["after_at"], "id": known["after_id"]}
    ours = {
        "first": "/ho-so",
        "deep": f"/ho-so?{urlencode({'sau': known['after']})}",
        "open": "/ho-so?loai=dang-mo",
        "due": "/ho-so?sap=han",
        "name": f"/ho-so?{urlencode({'tim': 'nguyen van'})}",
        "rare": f"/ho-so?{urlencode({'tim': known['rare']})}",
        "code": f"/ho-so?{urlencode({'tim': known['end']})}",
        "today": "/hom-nay",
    }
    return [
        (
            _page(stage.ours.port, ours[which], known["session"]),
            _page(stage.minimal.port, f"/trang?{urlencode(deep if which == 'deep' else raw)}"),
        )
        for which in PAGES
    ]


def _page(port: int, path: str, cookies: str = "") -> Callable[[], float]:
    """One page over a connection of its own, opened before the clock starts."""
    request = load.get(path, port, cookies)

    def call() -> float:
        connection = load.Connection(port)
        start = time.perf_counter()
        status = connection.ask(request)[0]
        taken = 1000 * (time.perf_counter() - start)
        connection.close()
        if status != "200":
            raise ConnectionError(f"{path} gave {status}")
        return taken

    return call

"""A page of 50 of a long list, first and deep, and the officer's day, beside raw SQL in a table."""

import time
from collections.abc import Callable
from statistics import median
from urllib.parse import urlencode

from bench import load
from bench.result import Line, line
from bench.stage import Stage

NAME = "list_page"
NOTE = "p50 over HTTP, one client; limit: raw keyset SQL, 50 rows in a plain template"


def run(stage: Stage) -> list[Line]:
    """The same list four ways, turn by turn, and the raw page first and deep."""
    known = stage.known["list"]
    place = {"at": known["after_at"], "id": known["after_id"]}
    raw = {"agency": known["agency"]}
    pages = {
        "first": (f"/ho-so?{urlencode({})}", f"/trang?{urlencode(raw)}", "target 6 ms"),
        "deep": (f"/ho-so?{urlencode({'sau': known['after']})}",
                 f"/trang?{urlencode(raw | place)}", "target: as the first"),
        "open": ("/ho-so?loai=dang-mo", f"/trang?{urlencode(raw)}", "only what is open"),
        "name": (f"/ho-so?{urlencode({'tim': 'van do'})}", f"/trang?{urlencode(raw)}",
                 "by words of the name"),
        "today": ("/hom-nay", f"/trang?{urlencode(raw)}", "the officer's day, 60 rows"),
    }  # fmt: skip
    ports = stage.ours.port, stage.minimal.port
    calls = [
        call
        for ours, limit, _note in pages.values()
        for call in (_page(ports[0], ours, known["session"]), _page(ports[1], limit))
    ]
    taken = [median(times) for times in stage.alternate(calls)]
    note = f"{NOTE}; {stage.size.dossiers} dossiers (rows written in bulk, not by actions)"
    return [
        line(f"{NAME}.{stage.engine}.{which}", value, "ms", limit, f"{pages[which][2]}; {note}")
        for which, value, limit in zip(pages, taken[::2], taken[1::2], strict=True)
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

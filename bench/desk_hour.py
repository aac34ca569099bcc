"""What a hand at the desk feels of an hour of work by others: from the click to the page.

Somebody receives dossiers in Chromium, in turns while nobody else works, while an hour of a busy
desk is replayed in seconds, and while eight busy desks work in their own time (bench.replay).
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from bench import load
from bench.replay import PER_CITIZEN
from bench.result import Line, line
from bench.stage import Size, Stage, say

NAME = "desk_hour"
CITIZENS, COMMUNES, TURNS = 60, 8, 2
"""Citizens of an hour at a busy desk, how many desks, how many turns."""
PACES = {"hour": CITIZENS / Size().hand, "eight": COMMUNES * CITIZENS / 3600}
"""Citizens a second: one desk's hour within a turn, and eight desks in their own time."""
PATIENCE = 30_000
FIRST, FIRST_BY_HAND = 500_000, 700_000


@dataclass(slots=True)
class Turn:
    """What the hand waited for in one turn, and what the others did meanwhile."""

    hand: load.Sample = field(default_factory=load.Sample)
    others: load.Sample = field(default_factory=load.Sample)
    dossiers: int = 0

    def add(self, other: "Turn") -> None:
        self.hand.add(other.hand)
        self.others.add(other.others)
        self.dossiers += other.dossiers


def run(stage: Stage) -> list[Line]:
    """Median and p95 of the hand at each pace of the others, beside the same without them."""
    if why := _lacking():
        say(f"{why}: desk_hour is not measured")
        return []
    seconds = stage.size.hand
    paces = {pace: max(1, round(rate * seconds)) for pace, rate in PACES.items()}
    quiet, turns = Turn(), {pace: Turn() for pace in paces}
    with _hand(stage) as hand, ThreadPoolExecutor(1) as pool:
        hand.dossier(lambda: False, load.Sample())
        for number in range(TURNS):
            quiet.add(hand.work(pool.submit(time.sleep, seconds)))
            for place, (pace, citizens) in enumerate(paces.items(), number * len(paces)):
                first = FIRST + place * 10_000
                replay = pool.submit(_replay, stage, seconds, citizens, first)
                turns[pace].add(hand.work(replay))
                turns[pace].others.add(replay.result())
    return [
        one
        for pace, citizens in paces.items()
        for one in _lines(
            f"{NAME}.{stage.engine}.{pace}", quiet, turns[pace], citizens * PER_CITIZEN, seconds
        )
    ]


def _lacking() -> str:
    """What this machine lacks to have a hand; "" when nothing."""
    if not (find_spec("playwright") and find_spec("pytest")):
        return "no Playwright here (./motcua test sets it up)"
    from tests import chromium

    return "" if chromium.binary() else "no Chromium here (sudo apt-get install -y chromium)"


def _lines(name: str, quiet: Turn, busy: Turn, planned: int, seconds: float) -> list[Line]:
    others, hand = busy.others, busy.hand
    failed = ", ".join(f"{n} × {what}" for what, n in others.failed.items())
    note = (
        f"{len(hand.times)} steps of {busy.dossiers} dossiers by hand, {len(quiet.hand.times)} in "
        f"quiet; meanwhile {len(others.times)} of {TURNS * planned} requests good in {TURNS} × "
        f"{seconds:.0f} s, p50 {others.percentile(0.5):.0f} ms, p99 "
        f"{others.percentile(0.99):.0f} ms, " + (f"FAILED {failed}" if failed else "none failed")
    )
    what = "click to page, Chromium on the same cores; limit: the same hand in quiet"
    return [
        line(name, hand.percentile(0.5), "ms", quiet.hand.percentile(0.5), note),
        line(f"{name}.p95", hand.percentile(0.95), "ms", quiet.hand.percentile(0.95), what),
    ]


def _replay(stage: Stage, seconds: float, citizens: int, first: int) -> load.Sample:
    """The hour of the others, in a process of its own."""
    words = (str(stage.ours.port), str(seconds), str(citizens), str(first))
    told = stage.scratch.run("bench.replay", *words, given=stage.known["communes"])
    sample = load.Sample(times=told["times"])
    sample.failed.update(told["failed"])
    return sample


class Hand:
    """An officer of the first commune at the pages; every step is clicked and waited for."""

    def __init__(self, page: Any) -> None:
        self.page, self.number = page, FIRST_BY_HAND

    def work(self, others: "Future[Any]") -> Turn:
        """Receive until the others are done; the first dossier of a turn does not count."""
        turn = Turn()
        self.dossier(others.done, load.Sample())
        while not others.done():
            self.dossier(others.done, turn.hand)
            turn.dossiers += 1
        return turn

    def dossier(self, over: Callable[[], bool], sample: load.Sample) -> None:
        """One citizen, received and sent on; what is waited for after the end does not count."""
        self.number += 1
        for act, there in self._steps():
            begun = time.perf_counter()
            act()
            self.page.locator(there).first.wait_for()
            if not over():
                sample.times.append(1000 * (time.perf_counter() - begun))

    def _steps(self) -> Iterator[tuple[Callable[[], Any], str]]:
        """What is pressed, and what is there when the page has come."""
        page = self.page
        yield lambda: page.goto("/hom-nay"), "a[data-primary]"
        yield lambda: page.locator("main a[data-primary]").click(), "#o-thu-tuc"
        page.locator("#o-thu-tuc").fill("1.000894")
        yield lambda: page.locator("#o-thu-tuc").press("Enter"), "#hen-tra"
        page.locator("#o-so-dinh-danh").fill(f"8{self.number:011}")
        page.locator("#o-ho-ten").fill("Nguyễn Thị Tay")
        page.get_by_role("button", name="Đủ tất cả").click()
        page.locator("input[value=co]:checked").first.wait_for()
        yield lambda: page.locator("button[name=ghi]").click(), "#tin .done"
        yield lambda: page.get_by_role("link", name="Chuyển xử lý").click(), "#viec"
        yield lambda: page.locator("main form button[data-primary]").click(), "#moi-nhat"
        yield lambda: page.goto("/ho-so"), "main table a"


@contextmanager
def _hand(stage: Stage) -> Iterator[Hand]:
    """A browser with the officer logged in; gone at the end."""
    from playwright.sync_api import Error, sync_playwright

    from tests import chromium

    address = f"http://{load.HOST}:{stage.ours.port}"
    name, _, value = stage.known["communes"][0]["session"].partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.binary(), args=chromium.ARGUMENTS
        )
        context = browser.new_context(base_url=address, viewport=chromium.WIDE, locale="vi-VN")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        try:
            yield Hand(page)
        except Error as problem:
            raise ConnectionError(f"by hand, at “{page.title()}”: {problem.message}") from problem
        finally:
            browser.close()

"""Debian's Chromium for the journeys, and the accessibility check (axe) they make.

A journey is marked `browser`, takes `page` (or `narrow_page`, `plain_page`) and `live_server`.
"""

import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 360, "height": 740}
RULE_SETS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]

SCRIPTING = """() => {
    const part = document.createElement("div");
    part.innerHTML = "<noscript><b></b></noscript>";
    return !part.querySelector("b");
}"""

NewContext = Callable[..., BrowserContext]


def binary() -> Path | None:
    """Debian's Chromium, None when it is not installed."""
    path = Path("/usr/bin/chromium")
    return path if path.exists() else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = binary()
    if path is None:
        pytest.fail("No Chromium: sudo apt-get install chromium")
    # Playwright's own loop runs in this thread, so Django takes the tests for asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        # Without Chromium's own sandbox: root and containers lack it, and the pages are ours.
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(browser: Browser) -> Iterator[NewContext]:
    """Makes contexts: `context(viewport=NARROW, java_script_enabled=False)`. Closed after the test.

    A page that writes an error into the console, or asks another host, fails the test.
    """
    made: list[BrowserContext] = []
    faults: list[str] = []

    def new(**options: Any) -> BrowserContext:
        one = browser.new_context(**{"viewport": WIDE, "locale": "vi-VN"} | options)
        one.set_default_timeout(10_000)
        one.on("console", lambda message: console_fault(faults, message))
        one.on("weberror", lambda error: faults.append(str(error.error)))
        one.on("request", lambda request: foreign_fault(faults, request.url))
        made.append(one)
        return one

    yield new
    for one in made:
        one.close()
    assert not faults, "\n".join(faults)


def console_fault(faults: list[str], message: Any) -> None:
    """Note an error of the console; that an answer was a refusal is none."""
    refused_page = "the server responded with a status of 4" in message.text
    if message.type == "error" and not refused_page:
        faults.append(f"console: {message.text}")


def foreign_fault(faults: list[str], url: str) -> None:
    """Note that a page asks another host."""
    if not url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:")):
        faults.append(f"asked another host: {url}")


@pytest.fixture
def page(context: NewContext) -> Page:
    """A page 1280 px wide."""
    return context().new_page()


@pytest.fixture
def narrow_page(context: NewContext) -> Page:
    """A page of a phone, 360 px wide."""
    return context(viewport=NARROW).new_page()


@pytest.fixture
def plain_page(context: NewContext) -> Page:
    """A page without JavaScript."""
    return context(java_script_enabled=False).new_page()


# What axe cannot decide by itself, and why it stands: (rule, what it says) -> reason.
EXPLAINED = {
    ("color-contrast", "contains only non-text characters"): "an arrow drawn in ink or muted,"
    " whose contrast on every ground the test of the style sheet computes",
    ("color-contrast", "partially overlaps"): "words of the design's page beside a bar that"
    " sticks; they pass under it whole as the page is scrolled",
    ("color-contrast", "element contains an image node"): "words of a chart, in ink on the page"
    " beside the bars; the same are in the table under it",
}
AXE = """([kinds, colours]) => axe.run({runOnly: kinds,
    rules: {"target-size": {enabled: true}, "color-contrast": {enabled: colours}},
    resultTypes: ["violations", "incomplete"]}).then(found => {
  const why = node => (node.any[0] || node.all[0] || node.none[0] || {}).message || "";
  const told = kind => found[kind].flatMap(rule =>
    rule.nodes.map(node => [rule.id, why(node), node.html.slice(0, 300)]));
  return {violations: told("violations"), incomplete: told("incomplete")}; })"""


def axe(page: Page, *, colours: bool = True) -> list[str]:
    """Accessibility faults of the page as it stands: rule, what it says, element. Empty is right.

    What axe leaves undecided is a fault too, unless EXPLAINED says why it stands. The script is
    evaluated by the browser's debugger, so a content policy need not allow it. A page without
    JavaScript cannot be asked: check the same address in an ordinary page. Without `colours` the
    contrast is not computed, which takes most of the time, and a language changes no colour.
    """
    assert page.evaluate(SCRIPTING), "axe runs only in a page with JavaScript"
    page.evaluate(_script())
    found = page.evaluate(AXE, [RULE_SETS, colours])
    undecided = [one for one in found["incomplete"] if not _explained(one[0], one[1])]
    return [": ".join(one) for one in found["violations"]] + [
        "undecided: " + ": ".join(one) for one in undecided
    ]


def _explained(rule: str, words: str) -> bool:
    return any(rule == known and part in words for known, part in EXPLAINED)


def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways at its width."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))

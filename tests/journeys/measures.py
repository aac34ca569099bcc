"""What is measured on a page as it stands: each returns what is wrong, nothing when all is well.

The limits are those of the design: targets of 32 px (48 in the calm room of phones), room for the
marks of Vietnamese capitals, states told by words and shapes, no text lost when it is set wider.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.chromium import NARROW, axe, overflows

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def ask(page: Page, what: str, given: object = None) -> Any:
    """Call a function of measures.js in the page."""
    return page.evaluate(f"given => {{ {SCRIPT}; return {what}(given); }}", given)


def least_target(page: Page) -> int:
    """The side of a target in px: by the room, and 32 where a mouse points."""
    calm = page.evaluate("document.documentElement.className") == "calm"
    return 48 if calm and page.evaluate("innerWidth") < 640 else 32


def _filled(page: Page) -> int:
    """One, but where every part of the design is shown beside the others."""
    return 99 if page.url.endswith("/thiet-ke") else 1


def faults(page: Page, *, colours: bool = True) -> dict[str, object]:
    """What is wrong with the page at its width."""
    return {
        "axe": axe(page, colours=colours),
        "sideways": overflows(page),
        "cut off": ask(page, "cut"),
        "tight": ask(page, "tight"),
        "state without words or shape": ask(page, "wordless"),
        "more than one filled button": ask(page, "filled") > _filled(page),
        "small targets": ask(page, "small", least_target(page)),
        "overlapping targets": ask(page, "overlapping"),
        "moved from its place": ask(page, "moved"),
    }


def faults_when_changed(page: Page) -> dict[str, object]:
    """What goes wrong when a reader changes the page: zoom, spacing, colours, motion.

    400 % of a desk screen is 320 css px. The page is left at the width of a phone.
    """
    found: dict[str, object] = {}
    ask(page, "wider")
    found["cut off when spaced"] = ask(page, "cut")
    page.set_viewport_size({"width": 320, "height": 256})
    found["sideways at 400 % when spaced"] = overflows(page)
    found["cut off at 400 % when spaced"] = ask(page, "cut")
    ask(page, "asSet")
    found["sideways at 400 %"] = overflows(page)
    page.set_viewport_size(NARROW)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found["not seen in forced colours"] = ask(page, "faded")
    found["moves though asked not to"] = ask(page, "moving")
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return found


def wrong(found: dict[str, object]) -> dict[str, object]:
    """Only what is wrong."""
    return {what: where for what, where in found.items() if where}

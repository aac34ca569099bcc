"""Where the focus is: every stop of Tab on every page is seen, has a ring, comes in order."""

import pytest

from tests.chromium import NARROW
from tests.journeys.measures import ask
from tests.journeys.pixels import painted
from tests.journeys.visitor import OPENED, PAGES, Visitor, roles_of

pytestmark = pytest.mark.browser
MOST = 400
BAR = {"width": 1280, "height": 420}


def walked(visitor: Visitor, key: str = "Tab") -> list[str]:
    """What is wrong with the stops of the page, from one end to the other."""
    page = visitor.page
    ask(page, "begin", key != "Tab")
    for _pressed in range(MOST):
        page.keyboard.press(key)
        if page.evaluate(ROUND):
            return list(ask(page, "walked"))
    return [f"never left after {MOST} keys"]


# Past the last stop the focus is nowhere, or at the first again.
ROUND = """() => document.activeElement === document.body
  || document.activeElement === window.stops[0]"""


@pytest.mark.parametrize("name", PAGES)
def test_tab_stops_everywhere_in_order_in_view_with_a_ring(visitor, name):
    visitor.see(name)
    assert walked(visitor) == []
    visitor.see(name, size=NARROW)
    assert walked(visitor) == []


@pytest.mark.parametrize("name", ["ho-so-chi-tiet", "cho-ky", "ho-so", "hom-nay", "tiep-nhan"])
def test_no_bar_that_sticks_covers_the_focus_going_back(visitor, name):
    visitor.see(name, size=BAR)
    assert walked(visitor, "Shift+Tab") == []


RINGED = ["a[href]", "main button", "main input[type=text]", "main input[type=radio]", "summary"]


@pytest.mark.parametrize("selector", RINGED)
def test_a_ring_changes_what_is_painted(visitor, selector):
    visitor.see("tiep-nhan")
    page = visitor.page
    one = page.locator(selector).locator("visible=true").last
    one.evaluate("one => { one.scrollIntoView({block: 'center'}); document.activeElement.blur(); }")
    box = one.bounding_box()
    around = {
        "x": max(box["x"] - 12, 0), "y": max(box["y"] - 12, 0),
        "width": box["width"] + 24, "height": box["height"] + 24,
    }  # fmt: skip
    before = painted(page, around)
    one.evaluate("one => one.focus({focusVisible: true, preventScroll: true})")
    after = painted(page, around)
    # From white a ratio of 3 : 1 is a fall of 107 of 255.
    changed = sum(
        was - now > 107
        for row, other in zip(before, after, strict=True)
        for was, now in zip(row, other, strict=True)
    )
    assert changed >= 2 * 2 * (box["width"] + box["height"]) * 0.8, "2 px all round"


def test_every_page_was_walked():
    assert len(PAGES) > 60 and all(roles_of(OPENED[name]) for name in PAGES)

"""Room for the marks of Vietnamese capitals and for the longest names, wherever words stand."""

import pytest
from playwright.sync_api import Locator, Page

from tests.chromium import NARROW, overflows
from tests.journeys.measures import ask
from tests.journeys.pixels import painted
from tests.journeys.visitor import PAGES

pytestmark = pytest.mark.browser
HARD = "Ẳ Ẫ Ễ Ộ Ự ỵ g – Thửa đất số 12, Phường Thuỷ Xuân, Nguyễn Thị Ngọc Ẩn"
LONG = " ".join(["Ẳ", "Ẫ", "Ễ", "Ộ", "Ự", "ỵ", "g"] * 7)  # 49 syllables
# Words of the page give way to the test's own, in whatever holds words by itself.
PUT = """words => {
  const fixed = '.code, .unseen, kbd, svg, time, .nowrap, .number, .masked, .figure b';
  const own = one => [...one.childNodes].filter(part => part.nodeType === 3
    && part.data.trim() && !one.closest(fixed));
  const holders = 'main :is(h1, h2, h3, td, th, button, .button, label, legend, summary, dd, dt,'
    + ' caption, p, li, span)';
  for (const one of document.querySelectorAll(holders)) own(one).forEach(part => {
    part.data = words; });
  for (const one of document.querySelectorAll('main :is(input:not([type]), input[type=text],'
    + ' input[type=search], textarea)')) one.value = words;
}"""
LOW = """() => [...document.querySelectorAll('main :is(input:not([type]), input[type=text],'
    + ' input[type=search], button, .button, .tag)')]
  .filter(one => one.checkVisibility())
  .filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.outerHTML)"""


@pytest.mark.parametrize("name", PAGES)
def test_the_hardest_words_and_the_longest_names_are_shown_whole(visitor, name):
    page = visitor.page
    found: dict[str, object] = {}
    visitor.see(name)
    for words, size in ((HARD, None), (LONG, None), (LONG, NARROW)):
        if size:
            page.set_viewport_size(size)
        page.evaluate(PUT, words)
        kind = f"{words[:9]} {'360' if size else '1280'}"
        found[f"{kind}: cut off"] = ask(page, "cut")
        found[f"{kind}: too low"] = page.evaluate(LOW)
        found[f"{kind}: sideways"] = overflows(page)
    assert not {what: where for what, where in found.items() if where}


def ink(page: Page, one: Locator) -> int:
    """How many rows of the element hold ink of its words: the height of what is painted."""
    edge = one.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)")
    box = one.bounding_box()
    box |= {"y": box["y"] + edge, "height": box["height"] - 2 * edge}
    rows = [row[4:60] for row in painted(page, box)]
    ground = rows[0][-1]
    return sum(any(abs(point - ground) > 90 for point in row) for row in rows)


PUT_INTO = """one => { one.scrollIntoView({block: 'center'}); one.style.textAlign = 'left';
  if (one.matches('input')) one.value = 'Ẳ Ộg'; else one.textContent = 'Ẳ Ộg'; }"""
WITH_ROOM = "one => { one.style.overflow = 'visible'; one.style.paddingBlock = '20px'; }"


@pytest.mark.parametrize("holder", ["h1", "button", "input[type=text]", ".tag", "td"])
def test_the_top_of_a_marked_capital_is_painted(visitor, holder):
    page = visitor.page
    visitor.see("thiet-ke")
    one = page.locator(f"main {holder} >> visible=true").first
    one.evaluate(PUT_INTO)
    usual = ink(page, one)
    one.evaluate(WITH_ROOM)
    assert 15 < usual == ink(page, one)

"""Every page as it looks: accessible, narrow, legible, light, and nobody else's."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.chromium import NARROW, WIDE, axe, overflows
from tests.journeys.conftest import Live, Walk

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
LIGHTEST, FEWEST = 60_000, 7

PAGES = {
    "dang-nhap": ("", "/dang-nhap"),
    "hom-nay": ("desk", "/hom-nay"),
    "hom-nay-trong": ("statistician", "/hom-nay"),
    "tiep-nhan": ("desk", "/tiep-nhan"),
    "ho-so": ("desk", "/ho-so"),
    "ho-so-loc": ("desk", "/ho-so?tim=khong+co&tu=31/2/2026"),
    "chi-tiet": ("desk", "/ho-so/{fresh}"),
    "chi-tiet-tre": ("leader", "/ho-so/{late}"),
    "chi-tiet-dung": ("desk", "/ho-so/{paused}"),
    "da-tiep-nhan": ("desk", "/ho-so/{fresh}/da-tiep-nhan"),
    "nhat-ky": ("desk", "/ho-so/{done}/nhat-ky"),
    "dinh-danh": ("desk", "/ho-so/{fresh}/dinh-danh"),
    "ban-quet": ("desk", "/ho-so/{fresh}/ban-quet"),
    "viec": ("specialist", "/ho-so/{assessing}/viec/tham-dinh"),
    "viec-bo-sung": ("desk", "/ho-so/{fresh}/viec/yeu-cau-bo-sung"),
    "tra-ket-qua": ("desk", "/ho-so/{done}/viec/tra-ket-qua"),
    "cho-ky": ("leader", "/cho-ky?chon=het"),
    "cho-ky-trong": ("leader", "/cho-ky?trong=1"),
    "cho-ky-the": ("leader", "/cho-ky/{late}"),
    "vang-mat": ("leader", "/vang-mat"),
    "thu-tuc": ("desk", "/thu-tuc"),
    "thu-tuc-chi-tiet": ("desk", "/thu-tuc/1.000689"),
    "so-lieu": ("statistician", "/so-lieu"),
    "so-lieu-ky": ("statistician", "/so-lieu/2026"),
    "so-nho": ("statistician", "/so"),
    "khao-sat": ("desk", "/khao-sat"),
    "lenh": ("desk", "/lenh"),
    "khong-duoc": ("clerk", "/tiep-nhan"),
    "khong-thay": ("desk", "/ho-so/khong-co"),
}


def opened(walk: Walk, live: Live, name: str, **options: object) -> Page:
    role, path = PAGES[name]
    page = walk(role, **options)
    page.goto(path.format(**{stage: codes[-1] for stage, codes in live.dossiers.items()}))
    return page


CLIPPED = """() => [...document.querySelectorAll('main *, header *')]
  .filter(one => /[ẲẪỄỘỰỵ]/.test(one.textContent) && !one.closest('.unseen')
    && getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1)
  .map(one => one.outerHTML)"""
TIGHT = """() => [...document.querySelectorAll(
    'main :is(p, td, th, h1, h2, h3, button, label, a, dd)')]
  .filter(one => one.offsetParent && !one.closest('.figure, .ticket-number, .number-xl'))
  .filter(one => parseFloat(getComputedStyle(one).lineHeight)
    < 1.4 * parseFloat(getComputedStyle(one).fontSize) - 0.01)
  .map(one => one.outerHTML)"""
SMALL = """least => [...document.querySelectorAll(
    'button, .button, select, input, textarea, summary, nav a, .tools a')]
  .filter(one => one.offsetParent && !one.matches('[type=hidden], [tabindex="-1"]'))
  .filter(one => { const box = (one.closest('label') || one).getBoundingClientRect();
    return box.height + .5 < least || box.width + .5 < 24; })
  .map(one => one.outerHTML)"""
WORDLESS = """() => [...document.querySelectorAll('.tag, .clock, .step')]
  .filter(one => !one.textContent.trim() || !one.querySelector('svg'))
  .map(one => one.outerHTML)"""
FILLED = """() => [...document.querySelectorAll('main :is(button, a).primary')]
  .filter(one => one.offsetParent).length"""


def faults(page: Page, target: int) -> dict[str, object]:
    """What is wrong with the page at its width; nothing, when all is well."""
    return {
        "axe": axe(page),
        "sideways": overflows(page),
        "clipped": page.evaluate(CLIPPED),
        "tight": page.evaluate(TIGHT),
        "state without words or shape": page.evaluate(WORDLESS),
        "more than one filled button": page.evaluate(FILLED) > 1,
        "small targets": page.evaluate(SMALL, target),
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_fits_its_screen_and_has_room_for_marks(walk, live, name):
    page = opened(walk, live, name)
    assert not {k: v for k, v in faults(page, 32).items() if v}
    page.set_viewport_size(NARROW)
    calm = page.evaluate("document.documentElement.className") == "calm"
    assert not {k: v for k, v in faults(page, 48 if calm else 32).items() if v}
    page.set_viewport_size({"width": 320, "height": 640})
    assert not overflows(page)


@SIZES
def test_the_faults_of_a_reception_are_accessible_too(walk, live, size):
    page = walk("desk", viewport=size)
    page.goto("/tiep-nhan")
    page.locator("#o-thu-tuc").fill("nhận cha mẹ con")
    page.locator("#o-so-dinh-danh").fill("00109000007")
    page.keyboard.press("Control+Enter")
    page.locator(".errors").wait_for()
    assert page.evaluate("document.activeElement.className") == "errors"
    assert page.title().startswith("Lỗi: ")
    assert axe(page) == []
    assert not overflows(page)
    for link in page.locator(".errors a").all():
        assert page.locator(link.get_attribute("href")).count() == 1


@SIZES
def test_the_review_before_signing_is_accessible(walk, live, size):
    page = walk("leader", viewport=size)
    page.goto("/cho-ky?chon=het")
    page.get_by_role("button", name="Xem lại và ký hồ sơ đã chọn").click()
    page.get_by_role("button", name=re.compile(r"Ký \d hồ sơ")).wait_for()
    assert axe(page) == []
    assert not overflows(page)
    assert page.evaluate(SMALL, 48 if size == NARROW else 32) == []


def test_reception_shows_whole_without_scrolling_on_a_desk_screen(walk, live):
    page = walk("desk")
    page.goto("/tiep-nhan")
    page.locator("#o-thu-tuc").fill("1.001193")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Đủ tất cả").wait_for()
    button = page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").bounding_box()
    assert button["y"] + button["height"] <= 800


def sent(page: Page) -> Iterator[int]:
    """What each request of a cold page cost on the wire, in bytes."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    costs: list[int] = []
    client.on("Network.loadingFinished", lambda done: costs.append(done["encodedDataLength"]))
    page.reload()
    page.wait_for_load_state("networkidle")
    yield from costs


@pytest.mark.parametrize(
    "name", ["dang-nhap", "hom-nay", "tiep-nhan", "ho-so", "chi-tiet", "cho-ky", "cho-ky-the"]
)
def test_a_page_is_light_and_asks_for_little(walk, live, name):
    costs = list(sent(opened(walk, live, name)))
    assert 2 <= len(costs) <= FEWEST
    assert sum(costs) <= LIGHTEST, sum(costs)


def test_a_record_opens_from_its_row_by_keyboard(walk, live):
    page = walk("desk")
    page.goto("/ho-so")
    page.locator("tbody a").first.focus()
    page.keyboard.press("ArrowDown")
    code = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{code}")


def test_a_printed_dossier_has_no_controls_and_says_who_printed(walk, live):
    page = opened(walk, live, "chi-tiet")
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    assert page.get_by_text("Người in: Cán bộ tiếp nhận").is_visible()
    assert page.get_by_text("Được tiếp nhận", exact=True).first.is_visible()

"""Every page that an officer may open, as it looks: in both languages, wide and narrow, full,
empty and with what was entered wrong; accessible, light, and nobody else's.

The addresses are those of the permission test: a new page is looked at without a line here.
"""

import re

import pytest
from playwright.sync_api import Page

from tests.chromium import NARROW, WIDE, axe, overflows
from tests.journeys.conftest import Live, Walk
from tests.journeys.measures import ask, faults, faults_when_changed, wrong
from tests.journeys.visitor import FILES, OPENED, PAGES, Visitor, roles_of

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
# In bytes on the wire and in requests, of a browser that has nothing yet.
LIGHTEST, FEWEST = 100_000, 6
CALM_LIGHTEST = 60_000

# What the addresses alone do not show: who, where, at which stage.
STATES = {
    "hom-nay-trong": ("statistician", "/hom-nay"),
    "hom-nay-lanh-dao": ("leader", "/hom-nay"),
    "hom-nay-chuyen-mon": ("specialist", "/hom-nay"),
    "hom-nay-quan-tri": ("administrator", "/hom-nay"),
    "ho-so-loc": ("desk", "/ho-so?tim=khong+co"),
    "chi-tiet-tre": ("leader", "/ho-so/{late}"),
    "chi-tiet-dung": ("desk", "/ho-so/{paused}"),
    "chi-tiet-xong": ("desk", "/ho-so/{done}"),
    "nhat-ky-xong": ("desk", "/ho-so/{done}/nhat-ky"),
    "bieu-mau-bo-sung": ("desk", "/ho-so/{paused}/bieu-mau"),
    "viec-tham-dinh": ("specialist", "/ho-so/{assessing}/viec/tham-dinh"),
    "viec-bo-sung": ("desk", "/ho-so/{fresh}/viec/yeu-cau-bo-sung"),
    "viec-tra-ket-qua": ("desk", "/ho-so/{done}/viec/tra-ket-qua"),
    "chung-thuc": ("desk", "/ho-so/{fresh}/viec/chung-thuc"),
    "cho-ky-het": ("leader", "/cho-ky?chon=het"),
    "cho-ky-trong": ("leader", "/cho-ky?trong=1"),
    "cho-ky-the": ("leader", "/cho-ky/{late}"),
    "thu-tuc-dai": ("desk", "/thu-tuc/1.000689"),
    "so-lieu-trong": ("desk", "/so-lieu/2020"),
}
# What the permission test is about is not yet there to be opened: a refusal is looked at.
NOT_YET = {"ho-so-giay", "ho-so-chung-thuc", "tra-ket-qua", "thiet-lap-con-dau-hinh",
           "thiet-lap-so-du-tep"}  # fmt: skip
REFUSED = {
    "khong-duoc": ("clerk", "/tiep-nhan"),
    "ho-so-loc-sai": ("desk", "/ho-so?tim=khong+co&tu=31/2/2026"),
    "khong-thay": ("desk", "/ho-so/khong-co"),
}


Statuses = tuple[int, ...]


def everywhere(page: Page) -> dict[str, object]:
    """What is wrong from a desk's screen down to a phone, and as a reader may change it.

    The page is left at the width of a phone.
    """
    found = faults(page) | faults_when_changed(page)
    return found | {f"at 360: {what}": where for what, where in faults(page).items()}


def looked_at(
    visitor: Visitor, path: str, who: str, statuses: Statuses = (200,)
) -> dict[str, object]:
    """What is wrong with the page of a path in both languages."""
    answer = visitor.open(path, who)
    calm = visitor.page.evaluate("document.documentElement.className") == "calm"
    visitor.page.wait_for_load_state("networkidle")
    found: dict[str, object] = {
        "status": answer.status not in statuses and answer.status,
        "heavy": sum(visitor.costs) > (CALM_LIGHTEST if calm else LIGHTEST) and visitor.costs,
        "asks for much": len(visitor.costs) > FEWEST and visitor.costs,
        "asks for nothing": not visitor.costs,
        "no key to the next dossier": bool(who)
        and not visitor.page.locator("[data-key=F8]").count(),
    }
    found |= everywhere(visitor.page)
    visitor.open(path, who, language="en", size=NARROW)
    english = faults(visitor.page, colours=False)
    visitor.page.set_viewport_size(WIDE)
    wide = faults(visitor.page, colours=False)
    english |= {f"at 1280: {what}": where for what, where in wide.items()}
    found |= {f"in English: {what}": where for what, where in english.items()}
    return wrong(found | {"said in the console": list(visitor.faults)})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_fits_its_screen_and_has_room_for_marks(visitor, whole, name):
    role = roles_of(OPENED[name])[0]
    statuses = (404, 409) if name in NOT_YET else (200,)
    assert not looked_at(visitor, whole.addresses[name], whole.sessions[role], statuses)


@pytest.mark.parametrize("name", STATES)
def test_a_page_in_another_state_is_as_good(visitor, whole, name):
    role, path = STATES[name]
    path = path.format(**{stage: codes[-1] for stage, codes in whole.dossiers.items()})
    assert not looked_at(visitor, path, whole.sessions[role])


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_as_good(visitor, whole, name):
    role, path = REFUSED[name]
    assert not looked_at(visitor, path, whole.sessions[role], (403, 404, 422))


def test_the_login_is_as_good(visitor):
    assert not looked_at(visitor, "/dang-nhap", "")


@pytest.mark.parametrize("name", [name for name in PAGES if not OPENED[name].about])
def test_a_page_of_a_commune_where_nothing_happened_says_so_and_is_as_good(visitor, whole, name):
    role = roles_of(OPENED[name])[0]
    visitor.open(whole.addresses[name], whole.empty[role], size=NARROW)
    assert not wrong(faults(visitor.page))


def test_what_is_no_page_is_the_file_that_it_says(visitor):
    kinds = {name: visitor.weighed(name, roles_of(OPENED[name])[0])[0] for name in FILES}
    assert kinds == FILES


def test_no_role_gets_a_page_that_is_heavier(visitor):
    visitor.see("phim-tat")
    visitor.page.wait_for_load_state("networkidle")
    kind, page = visitor.weighed("phim-tat", roles_of(OPENED["phim-tat"])[0])
    shared = sum(visitor.costs) - page
    assert kind == "text/html" and shared > 0
    heavy = {
        (name, role): weight
        for name in PAGES
        for role in roles_of(OPENED[name])
        if (weight := shared + visitor.weighed(name, role)[1]) > LIGHTEST
    }
    assert heavy == {}


# What was entered wrong

FORM = "main form[method=post]:has(input[type=text], input:not([type]), textarea)"
EMPTIED = """selector => { const form = document.querySelector(selector);
  form.querySelectorAll('input[type=text], input[type=search], input:not([type]), textarea')
    .forEach(one => { one.value = ''; });
  (form.querySelector('[data-primary]') || form.querySelector('[type=submit]')).click(); }"""


# Forms that ask for something: they come back with errors, whatever else answers.
ASKING = {"tiep-nhan", "tra-loi", "can-bo-them", "co-quan-ten", "ho-so-dinh-danh"}


@pytest.mark.parametrize("name", PAGES)
def test_a_form_sent_empty_comes_back_with_errors_that_are_as_good(visitor, name):
    page = visitor.page
    visitor.see(name)
    if not page.locator(FORM).count() or name == "thiet-ke":  # whose forms lead nowhere
        return
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.evaluate(EMPTIED, FORM)
    page.wait_for_load_state("networkidle")
    errors = page.locator(".errors").count()
    assert errors or name not in ASKING
    if errors:
        assert page.title().startswith("Lỗi: ")
        assert page.evaluate("document.activeElement.className") == "errors"
        for link in page.locator(".errors a").all():
            assert page.locator(link.get_attribute("href") or "none").count() == 1
    found = wrong(faults(page))
    page.set_viewport_size(NARROW)
    assert not found | wrong({f"at 360: {what}": where for what, where in faults(page).items()})


# What only journeys reach


@SIZES
def test_the_faults_of_a_reception_are_accessible_too(walk: Walk, live: Live, size):
    page = walk("desk", viewport=size)
    page.goto("/tiep-nhan")
    page.locator("#o-thu-tuc").fill("nhận cha mẹ con")
    page.locator("#o-so-dinh-danh").fill("00109000007")
    page.keyboard.press("Control+Enter")
    page.locator(".errors").wait_for()
    assert page.evaluate("document.activeElement.className") == "errors"
    assert page.title().startswith("Lỗi: ")
    assert not wrong(faults(page))


@SIZES
def test_the_review_before_signing_is_accessible(walk: Walk, live: Live, size):
    page = walk("leader", viewport=size)
    page.goto("/cho-ky?chon=het")
    page.get_by_role("button", name="Xem lại và ký hồ sơ đã chọn").click()
    page.get_by_role("button", name=re.compile(r"Ký \d hồ sơ")).wait_for()
    assert axe(page) == []
    assert not overflows(page)
    assert ask(page, "small", 48 if size == NARROW else 32) == []


def test_reception_shows_whole_without_scrolling_on_a_desk_screen(walk: Walk, live: Live):
    page = walk("desk")
    page.goto("/tiep-nhan")
    page.locator("#o-thu-tuc").fill("1.001193")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Đủ tất cả").wait_for()
    button = page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").bounding_box()
    assert button and button["y"] + button["height"] <= 800


def test_a_record_opens_from_its_row_by_keyboard(walk: Walk, live: Live):
    page = walk("desk")
    page.goto("/ho-so")
    page.locator("tbody a").first.focus()
    page.keyboard.press("ArrowDown")
    code = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{code}")

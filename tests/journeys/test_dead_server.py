"""The server itself dies under somebody's form: what was typed stays, and is received once."""

import pytest
from playwright.sync_api import expect

from motcua.web import failpoints
from tests.nothing_lost.office import Office

pytestmark = pytest.mark.browser
LOST = "Mất kết nối khi đang gửi."
NAME = "Nguyễn Thị Ngọc Ẩn"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """`./motcua serve` on a data folder of its own."""
    made = Office(tmp_path_factory.mktemp("office") / "data")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def open_desk(browser, office):
    """A page of the desk; a console that tells of the dead server is no fault here."""
    made = []

    def begin(**options):
        url = f"http://127.0.0.1:{office.port}"
        made.append(browser.new_context(base_url=url, locale="vi-VN", **options))
        made[-1].add_cookies([{"name": "sessionid", "value": office.session, "url": url}])
        return made[-1].new_page()

    yield begin
    for one in made:
        one.close()


PATIENCE = 20_000
"""Milliseconds: a server that was killed has to start again."""


def fill(page, number):
    page.goto("/tiep-nhan")
    page.locator("#o-thu-tuc").fill("khai sinh")
    page.locator("#o-ho-ten").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=ma-thu-tuc]").first.check()
    page.locator("#o-so-dinh-danh").fill(number)
    page.locator("#o-ho-ten").fill(NAME)
    page.get_by_role("button", name="Đủ tất cả").click()


def received(office, number):
    held = office.run("tests.nothing_lost.tally")
    assert held["faults"] == []
    return held["numbers"].count(number)


@pytest.mark.parametrize("window", [failpoints.BEFORE_COMMIT, failpoints.AFTER_COMMIT])
def test_a_server_that_dies_while_it_receives_leaves_the_form_and_the_retry_receives_once(
    open_desk, office, window
):
    page, number = open_desk(), f"00109044460{failpoints.WINDOWS.index(window)}"
    fill(page, number)
    office.arm(window, failpoints.MASTER)
    page.keyboard.press("Control+Enter")
    lost, done = page.get_by_text(LOST), page.get_by_text("Đã tiếp nhận").first
    expect(lost.or_(done)).to_be_visible(
        timeout=PATIENCE
    )  # the browser may send again, to another worker
    office.start_again()
    if lost.is_visible():
        assert page.locator("#o-ho-ten").input_value() == NAME
        page.get_by_role("button", name="Thử lại").click()
    expect(done).to_be_visible(timeout=PATIENCE)
    assert received(office, number) == 1


def test_a_server_that_is_gone_leaves_the_form_and_the_retry_receives_once(open_desk, office):
    page, number = open_desk(), "001090444608"
    fill(page, number)
    office.kill_all()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(LOST)).to_be_visible(timeout=PATIENCE)
    assert page.locator("#o-ho-ten").input_value() == NAME
    office.start_again()
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Đã tiếp nhận").first).to_be_visible(timeout=PATIENCE)
    assert received(office, number) == 1


def test_without_the_script_loading_again_sends_what_was_typed_with_its_key(open_desk, office):
    page = open_desk(java_script_enabled=False)
    page.goto("/tiep-nhan")
    key = page.locator("input[name=khoa]").first.input_value()
    page.locator("#o-so-dinh-danh").fill("001090444609")
    page.locator("#o-ho-ten").fill(NAME)
    office.kill_all()
    page.locator("form.receive button[name=kiem-tra]").last.click(no_wait_after=True)
    while not page.url.startswith("chrome-error:"):
        page.wait_for_timeout(50)
    office.start_again()
    page.reload()  # the browser's own page offers it; it asks before it sends again
    assert page.locator("#o-ho-ten").input_value() == NAME
    assert page.locator("#o-so-dinh-danh").input_value() == "001090444609"
    assert page.locator("input[name=khoa]").first.input_value() == key

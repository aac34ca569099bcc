"""A line that breaks: what was typed stays, and the dossier is received once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Live

pytestmark = pytest.mark.browser
LOST = "Mất kết nối. Chưa ghi."


@pytest.fixture
def walk(browser: Browser, live: Live) -> Iterator[Callable[[str], Page]]:
    """As everywhere, but a console that tells of the broken line is no fault here."""
    made = []

    def begin(role: str) -> Page:
        made.append(browser.new_context(base_url=live.url, locale="vi-VN"))
        cookie = {"name": "sessionid", "value": live.sessions[role], "url": live.url}
        made[-1].add_cookies([cookie])
        return made[-1].new_page()

    yield begin
    for one in made:
        one.close()


def filled(page: Page, number: str) -> Page:
    page.goto("/tiep-nhan")
    page.locator("#o-thu-tuc").fill("nhận cha mẹ con")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đủ tất cả")).to_be_visible()
    page.locator("#o-so-dinh-danh").fill(number)
    page.locator("#o-ho-ten").fill("Nguyễn Thị Ngọc Ẩn")
    page.get_by_role("button", name="Đủ tất cả").click()
    return page


def of(live, number):
    return live.ask(
        "select count(*) from dossiers_dossier d join dossiers_person p on p.id = d.applicant_id"
        " where p.id_number = ?", number,
    )  # fmt: skip


def test_offline_is_told_before_sending_and_the_retry_receives_once(walk, live):
    page = filled(walk("desk"), "001090444401")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tin")).to_contain_text(LOST)
    assert page.locator("#o-ho-ten").input_value() == "Nguyễn Thị Ngọc Ẩn"
    assert of(live, "001090444401") == 0
    page.context.set_offline(False)
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Đã tiếp nhận")).to_be_visible()
    assert of(live, "001090444401") == 1


def test_an_answer_lost_on_its_way_keeps_the_form_and_the_retry_writes_nothing_more(walk, live):
    page = filled(walk("desk"), "001090444402")
    lost = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/tiep-nhan", lose_the_answer)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tin")).to_contain_text(LOST)
    assert lost == [302] and of(live, "001090444402") == 1, "the office has it already"
    assert page.locator("#o-ho-ten").input_value() == "Nguyễn Thị Ngọc Ẩn"
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Đã tiếp nhận")).to_be_visible()
    assert of(live, "001090444402") == 1


def test_an_impatient_double_click_receives_once(walk, live):
    page = filled(walk("desk"), "001090444403")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").dblclick()
    expect(page.get_by_text("Đã tiếp nhận")).to_be_visible()
    assert of(live, "001090444403") == 1


def test_an_opinion_typed_offline_stays_on_the_page_of_the_act(walk, live):
    page = walk("specialist")
    code = live.dossiers["assessing"][0]
    page.goto(f"/ho-so/{code}/viec/tham-dinh")
    page.locator("#o-y-kien").fill("Đủ điều kiện")
    before = live.events()
    page.route("**/viec/tham-dinh", lambda route: route.abort("internetdisconnected"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tin")).to_contain_text(LOST)
    assert page.locator("#o-y-kien").input_value() == "Đủ điều kiện"
    assert live.events() == before

"""A line that breaks: what was typed stays, and the dossier is received once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Live

pytestmark = pytest.mark.browser
LOST = "Mất kết nối. Chưa ghi."
UNSURE = "Chưa rõ đã ghi chưa: bấm Thử lại, không ghi hai lần."
NAME = "Nguyễn Thị Ngọc Ẩn"


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
    page.locator("#o-ho-ten").fill(NAME)
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
    assert page.locator("#o-ho-ten").input_value() == NAME
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
    expect(page.locator("#tin")).to_contain_text("Mất kết nối khi đang gửi. " + UNSURE)
    assert lost == [302] and of(live, "001090444402") == 1, "the office has it already"
    assert page.locator("#o-ho-ten").input_value() == NAME
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
    expect(page.locator("#tin")).to_contain_text(UNSURE)
    assert page.locator("#o-y-kien").input_value() == "Đủ điều kiện"
    assert live.events() == before


def once(page: Page, answer: Callable[[Route], None]) -> None:
    """Give this answer to the first form that is sent; the next ones reach the office."""
    given = []

    def give(route: Route) -> None:
        if route.request.method == "POST" and not given:
            given.append(True)
            answer(route)
        else:
            route.continue_()

    page.route("**/tiep-nhan", give)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_that_answers_for_a_dead_server_leaves_the_form(walk, live, status):
    number = f"0010904445{status}"[-12:]
    page = filled(walk("desk"), number)
    once(page, lambda route: route.fulfill(status=status, body="<h1>Bad Gateway</h1>"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tin")).to_contain_text("Máy chủ chưa trả lời được. " + UNSURE)
    assert page.locator("#o-ho-ten").input_value() == NAME and of(live, number) == 0
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Đã tiếp nhận")).to_be_visible()
    assert of(live, number) == 1


def test_the_words_of_our_own_page_of_an_outage_are_said_beside_the_form(walk, live):
    page = filled(walk("desk"), "001090444410")
    ours = '<section class="refused"><p class="lead">Đĩa máy chủ đã đầy. <b>Chưa ghi gì.</b></p>'
    once(page, lambda route: route.fulfill(status=503, body=ours, content_type="text/html"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tin")).to_contain_text("Đĩa máy chủ đã đầy. Chưa ghi gì.")
    assert page.locator("#o-ho-ten").input_value() == NAME


def test_an_answer_that_takes_too_long_is_told_and_the_retry_receives_once(walk, live):
    page = walk("desk")
    page.add_init_script("""document.addEventListener("htmx:beforeRequest", (event) => {
        if (event.target.matches("form.receive")) event.detail.xhr.timeout = 400; });""")
    filled(page, "001090444411")
    once(page, lambda route: route.fetch(max_redirects=0) and None)  # written, never answered
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tin")).to_contain_text(UNSURE)
    assert page.locator("#o-ho-ten").input_value() == NAME
    assert of(live, "001090444411") == 1
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Đã tiếp nhận")).to_be_visible()
    assert of(live, "001090444411") == 1


# The end of the session


def test_a_session_that_ended_while_typing_gives_the_form_back_after_the_login(walk, live):
    page = filled(walk("desk"), "001090444413")
    ended = {"name": "sessionid", "value": live.sessions["ended"], "url": live.url}
    page.context.add_cookies([ended])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Phiên làm việc đã kết thúc. Chưa ghi.")).to_be_visible()
    assert "001090444413" not in page.url and of(live, "001090444413") == 0
    page.get_by_label("Tên đăng nhập").fill("xa-thu-desk")
    page.get_by_label("Mật khẩu", exact=True).fill("mật khẩu thử")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator("#o-ho-ten")).to_have_value(NAME)
    expect(page.locator("#tin")).to_contain_text("Chưa ghi: xem lại rồi bấm nút ghi.")
    assert of(live, "001090444413") == 0
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã tiếp nhận")).to_be_visible()
    assert of(live, "001090444413") == 1


def test_the_end_is_said_beforehand_and_one_button_goes_on(walk, live):
    page = walk("desk")
    page.clock.install()
    page.goto("/tiep-nhan")
    page.locator("#o-ho-ten").fill(NAME)
    soon = {"left": 240, "until": "12:30"}

    def answer(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json=soon)
        else:
            route.continue_()

    page.route("**/phien", answer)
    page.clock.fast_forward("03:54:00")
    expect(page.locator("#tin")).to_be_empty()
    page.clock.fast_forward("00:02:00")
    expect(page.locator("#tin")).to_contain_text("Phiên làm việc kết thúc lúc 12:30.")
    page.get_by_role("button", name="Làm tiếp").click()
    expect(page.locator("#tin")).to_contain_text("Phiên làm việc kéo dài đến 12:30.")
    assert page.locator("#o-ho-ten").input_value() == NAME


def test_a_session_at_its_twelfth_hour_says_that_it_cannot_go_on(walk, live):
    page = walk("ending")
    page.goto("/tiep-nhan")
    page.get_by_role("button", name="Làm tiếp").click()
    expect(page.locator("#tin")).to_contain_text("không kéo dài thêm được")

"""The script of the pages: keys that do not fight Vietnamese, sending once, a lost line told."""

import pytest
from playwright.sync_api import expect

from motcua.web.tests.test_pages import HOST, serve

pytestmark = pytest.mark.browser
LINKS = """() => { window.pressed = []; document.addEventListener('click', event => {
  const one = event.target.closest('a, button');
  if (!one) return;
  window.pressed.push(one.dataset.key || one.textContent.trim());
  event.preventDefault();
}); }"""


@pytest.fixture
def desk(page):
    serve(page).goto(f"{HOST}/thiet-ke")
    page.evaluate(LINKS)
    return page


def pressed(page):
    return page.evaluate("window.pressed")


def test_keys_press_what_is_on_the_page_even_from_inside_a_field(desk):
    desk.locator("#o-thu-tuc-ten").focus()
    for key in ("F1", "Control+k"):
        desk.keyboard.press(key)
    assert pressed(desk) == ["F1", "Ctrl K"]


@pytest.mark.parametrize("key", ["F2", "F4", "F8", "F9"])
def test_a_key_presses_the_link_that_the_officer_gave_it(desk, key):
    desk.evaluate(
        """key => { document.querySelectorAll('[data-key]').forEach(one => delete one.dataset.key);
        document.querySelector('main a').dataset.key = key; }""",
        key,
    )
    for one in ("F2", "F4", "F8", "F9"):
        desk.keyboard.press(one)
    assert pressed(desk) == [key]


def test_no_letter_digit_or_bracket_does_anything(desk):
    desk.locator("main").focus()
    for key in "wjkgdsfrx[]1234567890z/?":
        desk.keyboard.press(key)
    desk.keyboard.press("Shift+F2")
    desk.keyboard.press("Control+Shift+k")
    desk.keyboard.press("Alt+k")
    assert pressed(desk) == []


def test_keys_rest_while_a_word_is_being_composed(desk):
    desk.evaluate("""() => { for (const more of [{isComposing: true}, {keyCode: 229}])
      document.body.dispatchEvent(new KeyboardEvent('keydown',
        {key: 'F1', bubbles: true, ...more})); }""")
    assert pressed(desk) == []


def test_an_input_method_that_presses_backspace_leaves_the_right_word(desk):
    field = desk.locator("#o-dien-thoai")
    field.focus()
    for before, after in (("a", ""), ("a", "â"), ("n", "n")):
        desk.keyboard.type(before)
        if after:
            desk.keyboard.press("Backspace")
            desk.keyboard.insert_text(after)
    assert field.input_value() == "aân"
    assert pressed(desk) == []


def test_control_enter_presses_the_primary_button_of_the_form(desk):
    desk.locator("#o-thu-tuc-ten").focus()
    desk.keyboard.press("Control+Enter")
    assert pressed(desk) == ["Tiếp nhận và in giấy hẹn"]


def test_enter_in_a_field_checks_and_never_commits(desk):
    desk.locator("#o-thu-tuc-ten").focus()
    desk.keyboard.press("Enter")
    assert pressed(desk) == ["Kiểm tra"]


def test_arrows_move_between_the_links_of_the_rows(desk):
    desk.get_by_role("link", name="000.99.99.H57-261123-0007").focus()
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.textContent") == "000.99.99.H57-261123-0001"
    desk.keyboard.press("End")
    assert desk.evaluate("document.activeElement.textContent") == "000.99.99.H57-261123-0012"


def test_ticks_are_counted_and_shift_ticks_a_range(desk):
    count = desk.locator("[data-count]")
    boxes = desk.locator("tbody .tick input")
    boxes.nth(0).click()
    assert count.text_content() == "Đã chọn 2"
    boxes.nth(3).click(modifiers=["Shift"])
    assert count.text_content() == "Đã chọn 4"


def test_all_papers_are_marked_and_stay_visible(desk):
    desk.get_by_role("button", name="Đủ tất cả").click()
    assert desk.locator(".paper input[value=co]:checked").count() == 3


def test_the_search_swaps_results_and_leaves_the_field_alone(desk):
    field = desk.locator("#o-thu-tuc")
    field.fill("")
    field.press_sequentially("chứng")
    expect(desk.locator("#o-thu-tuc-kq input")).to_have_count(1)
    assert field.input_value() == "chứng"
    assert desk.evaluate("document.activeElement.id") == "o-thu-tuc"
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.value") == "2.000815"


def test_focus_goes_to_the_summary_of_errors(page):
    serve(page).goto(f"{HOST}/thiet-ke")
    expect(page.locator(".errors")).to_be_focused()


SENDS = """() => { window.sent = 0; document.addEventListener('submit', event => {
  if (!event.defaultPrevented) { window.sent += 1; event.preventDefault(); } }); }"""


@pytest.fixture
def sender(page):
    serve(page).goto(f"{HOST}/thiet-ke")
    page.evaluate(SENDS)
    return page


def test_a_form_is_sent_once_and_a_slow_answer_is_said_on_the_button(sender):
    button = sender.get_by_role("button", name="Vắng từ bây giờ")
    button.click()
    button.click()
    assert sender.evaluate("window.sent") == 1
    busy = sender.get_by_role("button", name="Đang ghi…")
    busy.wait_for()
    assert busy.get_attribute("aria-disabled") == "true"


def test_a_lost_line_is_told_nothing_is_sent_and_the_form_is_kept(sender):
    sender.locator("#o-dien-thoai").fill("0912")
    sender.context.set_offline(True)
    sender.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    told = sender.locator("#tin .lost")
    assert "Mất kết nối. Chưa ghi." in told.text_content()
    assert sender.evaluate("window.sent") == 0
    assert sender.locator("#o-dien-thoai").input_value() == "0912"
    sender.context.set_offline(False)
    told.get_by_role("button", name="Thử lại").click()
    assert sender.evaluate("window.sent") == 1

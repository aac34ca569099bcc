"""From the counter to the citizen's hand and the survey, through six people's pages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import NARROW
from tests.journeys.conftest import Live, Walk

pytestmark = pytest.mark.browser
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def receive(page: Page, number: str) -> str:
    """Received at the desk and sent on; returns its code."""
    page.goto("/tiep-nhan")
    page.get_by_label("Thủ tục").first.fill("nhận cha mẹ con")
    page.get_by_label("Thủ tục").first.press("Enter")
    expect(page.get_by_text("1. Tờ khai theo mẫu").first).to_be_visible()
    page.get_by_label("Số định danh").first.fill(number)
    page.get_by_label("Họ và tên").first.fill("Nguyễn Thị Ngọc Ẩn")
    press(page, "Đủ tất cả")
    expect(page.locator("input[value=co]:checked")).to_have_count(2)
    press(page, "Tiếp nhận và in giấy hẹn")
    page.wait_for_url("**/da-tiep-nhan")
    expect(page.get_by_text("Hẹn trả 17:00, thứ Hai, 09/03/2026").first).to_be_visible()
    code = page.url.split("/")[-2]
    follow(page, "Chuyển xử lý")
    press(page, "Chuyển xử lý")
    expect(page.get_by_text(f"Đã chuyển hồ sơ {code} cho").first).to_be_visible()
    return code


def assess(page: Page, code: str) -> None:
    page.goto(f"/ho-so/{code}")
    follow(page, "Ghi ý kiến thẩm định")
    page.get_by_role("textbox", name="Ý kiến thẩm định").fill("Đủ điều kiện, đúng bản chính")
    press(page, "Ghi ý kiến thẩm định")
    follow(page, "Trình ký")
    page.get_by_label("Phó Chủ tịch").check()
    press(page, "Trình ký")
    expect(page.get_by_text(f"Đã trình hồ sơ {code} cho Phó Chủ tịch.").first).to_be_visible()


def sign(page: Page, code: str) -> None:
    """Three taps on a phone: tick, review, sign."""
    page.goto("/cho-ky")
    page.locator("li").filter(has_text=code).locator("label").tap()
    page.get_by_role("button", name="Xem lại và ký hồ sơ đã chọn").tap()
    page.get_by_role("button", name="Ký 1 hồ sơ").tap()
    expect(page.get_by_text("Đã ký 1 hồ sơ.").first).to_be_visible()


def finish(page: Page, code: str) -> None:
    page.goto(f"/ho-so/{code}")
    follow(page, "Vào số, đóng dấu")
    page.get_by_label("Số văn bản kết quả").fill("125/TLKS")
    press(page, "Vào số, đóng dấu")
    follow(page, "Chuyển kết quả về Một cửa")
    press(page, "Chuyển kết quả về Một cửa")
    expect(page.get_by_text("về Một cửa.", exact=False).first).to_be_visible()


def hand_over(page: Page, code: str) -> str:
    """The fee is taken, then the result handed over with a survey form; returns its token."""
    page.goto(f"/ho-so/{code}")
    follow(page, "Thu phí")
    expect(page.get_by_label("Số tiền đã thu")).to_have_value("12000")
    press(page, "Thu phí")
    follow(page, "Trả kết quả")
    press(page, "Trả kết quả")
    told = page.get_by_text("Mã phiếu khảo sát").inner_text()
    return re.search(r"khảo sát: (\w+)", told)[1]


def enter_survey(page: Page, token: str) -> None:
    page.goto("/khao-sat")
    page.get_by_label("Mã phiếu").fill(token)
    for group in page.get_by_role("group").all():
        group.get_by_role("radio").first.check()
    press(page, "Ghi phiếu")
    expect(page.get_by_text(f"Đã ghi phiếu {token}.").first).to_be_visible()


@SCRIPT
def test_a_dossier_goes_from_the_counter_to_the_survey(walk: Walk, live: Live, script: bool):
    options = {"java_script_enabled": script}
    phone = {"viewport": NARROW, "has_touch": True, "is_mobile": True, **options}
    code = receive(walk("desk", **options), f"00109033330{int(script)}")
    assess(walk("specialist", **options), code)
    sign(walk("deputy", **phone), code)
    finish(walk("clerk", **options), code)
    token = hand_over(walk("desk", **options), code)
    enter_survey(walk("statistician", **options), token)
    assert live.state(code) == "10"
    verbs = live.ask(
        "select group_concat(substr(verb, 9), ' ') from (select verb from journal_event"
        " where subject_label = ? order by seq)", code,
    )  # fmt: skip
    assert (
        verbs == "received assign assess submit approve number_and_seal finish take_fee hand_over"
    )


@SCRIPT
def test_a_leader_signs_the_whole_queue_with_three_taps(walk: Walk, live: Live, script: bool):
    page = walk("leader" if script else "deputy", viewport=NARROW, has_touch=True, is_mobile=True,
                java_script_enabled=script)  # fmt: skip
    codes = live.dossiers["signing" if script else "batch"]
    page.goto("/cho-ky")
    page.get_by_role("link", name=re.compile(r"Chọn cả \d hồ sơ")).tap()
    page.get_by_role("button", name="Xem lại và ký hồ sơ đã chọn").tap()
    page.get_by_role("button", name=re.compile(r"Ký \d hồ sơ")).tap()
    expect(page.get_by_text(re.compile(r"Đã ký \d hồ sơ\.")).first).to_be_visible()
    for code in codes:
        phase = live.ask("select phase from dossiers_dossier where code = ?", code)
        assert phase == "approved"


@SCRIPT
def test_the_login_opens_the_day_and_keeps_the_name_after_a_mistake(walk: Walk, script: bool):
    page = walk(java_script_enabled=script)
    page.goto("/ho-so")
    page.get_by_label("Tên đăng nhập").fill("xa-thu-desk")
    page.get_by_label("Mật khẩu", exact=True).fill("sai")
    press(page, "Đăng nhập")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("xa-thu-desk")
    page.get_by_label("Mật khẩu", exact=True).fill("mật khẩu thử")
    press(page, "Đăng nhập")
    expect(page.get_by_role("heading", name="Hồ sơ", exact=True)).to_be_visible()

"""Pages as paper: what it is about, when and by whom it was printed, and nothing to press."""

import re
import subprocess

import pytest

from tests.journeys.visitor import OPENED, Visitor, roles_of

pytestmark = pytest.mark.browser
PAPERS = {
    "ho-so-chi-tiet": "H99.99.99-", "ho-so-nhat-ky": "H99.99.99-", "da-tiep-nhan": "H99.99.99-",
    "hom-nay": "Hôm nay", "cuoi-ngay": "04/03/2026", "so-chung-thuc": "2026", "ho-so": "H99.99.99-",
    "so-theo-doi": "04/03/2026", "so-lieu-ky": "2026", "phi-dia-gioi-chi-tiet": "Cấp đổi",
    "can-bo": "xa-thu-desk", "nguoi-nop-chi-tiet": "Nguyễn Thị Ẩn", "viec-vua-lam": "hồ sơ",
}  # fmt: skip


def printed(visitor: Visitor, path: str) -> str:
    """The words of the page as Chromium prints it."""
    path_of = f"{path}/page.pdf"
    visitor.page.pdf(path=path_of, format="A4")
    return subprocess.run(
        ["pdftotext", "-layout", path_of, "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout


@pytest.mark.parametrize("name", PAPERS)
def test_a_printed_page_says_what_when_and_who_and_leads_nowhere(visitor, whole, name, tmp_path):
    visitor.see(name)
    page = visitor.page
    buttons = page.locator("button:visible, .button:visible").all_inner_texts()
    nav = page.locator("header .main-nav a").all_inner_texts()
    assert len(nav) >= 3
    words = printed(visitor, str(tmp_path))
    assert PAPERS[name] in words
    name_of = page.locator(".tools .who").inner_text().strip().split("\n")[0]
    assert re.search(rf"Người in: {name_of}, \d\d:\d\d[^\n]*04/03/2026", words), words[-400:]
    page.emulate_media(media="print")
    assert page.locator("nav:visible, button:visible, .button:visible").count() == 0, buttons
    assert page.locator(".main-nav:visible").count() == 0
    assert not {"Mục lục", "Tìm, lệnh", "Đăng xuất", "English"} & set(re.split(r"\s{2,}", words))
    page.emulate_media(media="screen")


def test_states_keep_their_words_and_shapes_on_paper(visitor, whole):
    visitor.open(f"/ho-so/{whole.dossiers['late'][0]}", whole.sessions["leader"])
    page = visitor.page
    page.emulate_media(media="print")
    for state in page.locator(".tag, .clock").all():
        assert state.inner_text().strip() and state.locator("svg").first.is_visible()
    assert page.locator(".clock.late").first.is_visible()
    page.emulate_media(media="screen")


def test_what_is_printed_may_be_opened():
    assert all(roles_of(OPENED[name]) for name in PAPERS)

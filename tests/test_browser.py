"""The journeys' own tools: a browser that works, and a check that finds what is wrong."""

import pytest
from django.urls import reverse

from tests.chromium import axe, overflows

GOOD = """<!doctype html><html lang="vi"><head><title>Một cửa</title></head><body><main>
<h1>Hồ sơ</h1><form><label for="n">Họ và tên</label><input id="n"></form></main></body></html>"""


@pytest.mark.browser
def test_axe_passes_a_sound_page_and_names_a_button_without_a_name(page):
    page.set_content(GOOD)
    assert axe(page) == []
    page.set_content(GOOD.replace("<form>", "<form><button></button>"))
    assert [fault.split(":")[0] for fault in axe(page)] == ["button-name"]


@pytest.mark.browser
def test_a_page_wider_than_a_phone_is_noticed(narrow_page):
    narrow_page.set_content(GOOD)
    assert not overflows(narrow_page)
    narrow_page.set_content(GOOD.replace("<h1>", '<h1 style="width: 500px">'))
    assert overflows(narrow_page)


@pytest.mark.browser
def test_a_page_without_javascript_runs_none(plain_page):
    plain_page.set_content(GOOD + "<script>document.title = 'ran'</script>")
    assert plain_page.title() == "Một cửa"
    with pytest.raises(AssertionError, match="only in a page with JavaScript"):
        axe(plain_page)


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["page", "narrow_page"])
def test_the_login_page_is_accessible_and_fits_its_screen(kind, request, live_server):
    page = request.getfixturevalue(kind)
    answer = page.goto(live_server.url + reverse("dang-nhap"))
    assert answer.status == 200
    assert page.get_by_label("Mật khẩu").is_visible()
    assert axe(page) == []
    assert not overflows(page)


@pytest.mark.browser
def test_the_login_page_is_whole_without_javascript(plain_page, live_server):
    plain_page.goto(live_server.url + reverse("dang-nhap"))
    assert plain_page.get_by_label("Mật khẩu").is_visible()

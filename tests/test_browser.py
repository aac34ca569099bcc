"""The journeys' own tools: a browser that works, and a check that finds what is wrong."""

import pytest

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

"""Vietnamese input methods over every text field: what is typed stands there, and no act fires.

Some compose (iBus, macOS, Windows, phones); others press Backspace and type anew (UniKey, OpenKey,
EVKey), by Telex or by VNI. A field that rewrites what is typed, or a key that means something to
the page, breaks one of them.
"""

import pytest
from playwright.sync_api import Page

from tests.journeys.keys import backspacing, composing, stages

pytestmark = pytest.mark.browser
WORDS = "Nguyễn Thị Ẩn đường"
TELEX = stages("Nguyeenx Thij Aanr dduwowngf", "telex")
VNI = stages("Nguyen64 Thi5 An63 duong7792", "vni")  # many add the marks at the end
WAYS = {
    "composed": lambda page: composing(page, TELEX),
    "telex": lambda page: backspacing(page, TELEX),
    "vni": lambda page: backspacing(page, VNI),
}
TEXTS = """() => [...document.querySelectorAll('main :is(textarea, input:not([type]),'
    + ' input[type=text], input[type=search])')]
  .filter(one => one.checkVisibility()).map(one => one.id)"""
OPEN = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"

FORMS = {
    "reception": ("desk", "/tiep-nhan"),
    "answer": ("desk", "/tiep-nhan/tra-loi"),
    "certification": ("desk", "/ho-so/{fresh}/viec/chung-thuc"),
    "another procedure": ("desk", "/ho-so/{fresh}/viec/doi-thu-tuc"),
    "elsewhere": ("desk", "/phi-dia-gioi/nhan"),
    "people": ("desk", "/nguoi-nop"),
    "dossiers": ("desk", "/ho-so"),
    "palette": ("desk", "/lenh"),
} | {
    act: (role, f"/ho-so/{{{stage}}}/viec/{act}")
    for act, role, stage in (
        ("tham-dinh", "specialist", "assessing"), ("tra-lai", "leader", "late"),
        ("tu-choi", "leader", "late"), ("giai-quyet-ngay", "desk", "fresh"),
        ("yeu-cau-bo-sung", "desk", "fresh"), ("nhan-bo-sung", "desk", "paused"),
        ("yeu-cau-phi", "desk", "fresh"), ("thu-phi", "desk", "fresh"), ("rut", "desk", "fresh"),
        ("dung", "desk", "fresh"), ("gia-han", "leader", "late"), ("dinh-chinh", "clerk", "done"),
        ("tra-ket-qua", "desk", "done"),
    )
}  # fmt: skip


def test_the_streams_spell_the_words_as_hands_do():
    assert TELEX[-1] == VNI[-1] == WORDS
    assert "Nguyê" in TELEX and "Nguyên" in TELEX and "Nguyễn Thị Ẩn đư" in TELEX
    assert "Nguyen" in VNI and "Nguyen" not in TELEX and VNI[-4].endswith("duơng")


@pytest.mark.parametrize("name", FORMS)
def test_every_field_holds_what_an_input_method_writes(walk, live, name):
    role, path = FORMS[name]
    page: Page = walk(role)
    answer = page.goto(path.format(**{stage: codes[-1] for stage, codes in live.dossiers.items()}))
    assert answer and answer.status == 200
    there, before = page.url, live.events()
    page.evaluate(OPEN)
    fields = page.evaluate(TEXTS)
    assert fields, "no text field on the page"
    for field in fields:
        one = page.locator(f"[id='{field}']")
        for way, write in WAYS.items():
            one.fill("")
            one.focus()
            write(page)
            assert one.input_value() == WORDS, (field, way)
            assert page.evaluate("document.activeElement.id") == field
    page.wait_for_timeout(400)  # a search answers 250 ms after the last letter
    assert page.evaluate("document.activeElement.id") == fields[-1]
    assert page.locator(f"[id='{fields[-1]}']").input_value() == WORDS
    assert page.url == there
    assert live.events() == before


@pytest.mark.parametrize("way", WAYS)
def test_results_come_while_typing_and_the_focus_stays_in_the_search(walk, live, way):
    page = walk("desk")
    page.goto("/tiep-nhan")
    field = page.locator("#o-thu-tuc")
    field.focus()
    with page.expect_response("**/tiep-nhan/thu-tuc**"):
        WAYS[way](page)
    page.wait_for_timeout(300)
    assert field.input_value() == WORDS
    assert page.evaluate("document.activeElement.id") == "o-thu-tuc"

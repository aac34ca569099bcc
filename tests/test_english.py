"""English is complete: every word has its translation, and no page forgets to use it."""

import ast
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from motcua.kernel.vntime import WEEKDAYS
from motcua.people.models import Officer
from motcua.procedures.models import Version
from tests import english
from tests.test_permissions import RULES, ask

HELD = re.compile(r"\{[^}]*\}|%\([a-z_]+\)s|<[^>]+>")
SEEN = ("aria-label", "placeholder", "title", "alt")


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    return english.catalogue()


def test_every_word_is_said_in_english(said):
    assert sorted(text for text in english.msgids() if not said.get(text)) == []


def test_nothing_is_translated_that_nobody_says(said):
    assert sorted(set(said) - english.msgids()) == []


def test_what_stands_in_a_sentence_stands_in_its_translation(said):
    broken = [
        text for text, other in said.items()
        if sorted(HELD.findall(text)) != sorted(HELD.findall(other))
    ]  # fmt: skip
    assert broken == []


def test_no_sentence_is_glued_where_no_translator_finds_it():
    found = [
        (str(path.relative_to(english.ROOT)), line, words)
        for path in english.said_in()
        if "models" not in path.parts and path.name != "models.py"  # labels of the journal
        for line, words in english.glued(ast.parse(path.read_text()))
    ]
    assert found == []


class Texts(HTMLParser):
    """What a page says: its texts, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(" ".join(data.split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in SEEN and value]


class Ours:
    """Tells Vietnamese words of ours in a text: whole, filled in, or with figures around them."""

    def __init__(self, said: dict[str, str], data: set[str]) -> None:
        ours = [t for t, other in said.items() if other != t and english.is_said(t)]
        ours = [t for t in ours if t not in data]
        self.whole = {t for t in ours if not HELD.search(t)}
        long = [t for t in ours if english.VIETNAMESE.search(_plain(t)) and _long(t)]
        parts = "|".join(map(_pattern, long))
        self.begun, self.days = re.compile(f"(?:{parts})"), tuple(WEEKDAYS)
        self.data = data

    def heard_in(self, text: str) -> bool:
        if text in self.data or not english.VIETNAMESE.search(text):
            return False
        words = text.strip(FIGURES)
        weekday = any(day in text for day in self.days)
        return weekday or {text, words} & self.whole != set() or bool(self.begun.match(text))


FIGURES = "0123456789 .,:;()–-/%\u00a0"


def _plain(text: str) -> str:
    return HELD.sub("", text)


def _long(text: str) -> bool:
    """Words enough that no name begins with them by chance."""
    return len(re.findall(r"\w+", _plain(text))) >= 5


def _pattern(text: str) -> str:
    return ".+?".join(map(re.escape, HELD.split(text)))


def test_the_test_hears_words_whole_filled_in_and_among_figures(said):
    ours = Ours(said, set())
    for text in ("Hôm nay", "54 hồ sơ", "Hồ sơ thuộc thẩm quyền: tiếp nhận: 54 hồ sơ",
                 "17:00, thứ Tư, 25/11/2026"):  # fmt: skip
        assert ours.heard_in(text), text
    for text in ("Nguyễn Văn An", "Today", "UBND xã Thử Nghiệm", "54 dossiers"):
        assert not ours.heard_in(text), text


def test_words_inside_a_tag_of_a_template_are_gathered():
    text = """{% include "x.html" with caption=_("Năm sổ") empty=_('Không có') %}
    {{ a|default:_("Chưa") }}{% chart a _("Trễ") %}{% translate "Vắng" %}"""
    assert {*english.of_template(text)} == {"Năm sổ", "Không có", "Chưa", "Trễ", "Vắng"}


# The page of components shows samples, in the language they were written in.
PAGES = [name for name, rule in RULES.items() if not rule.post and name != "thiet-ke"]


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_has_no_vietnamese_words_of_ours(world, visit, said, name):
    rule = RULES[name]
    about = rule.about(world) if rule.about else ""
    client = visit(sorted(rule.roles)[0].value)
    client.cookies["ngon-ngu"] = "en"
    answer: Any = ask(client, name, about)
    if answer.status_code == 302:
        answer = client.get(answer.url)
    _has_no_words_of_ours(answer, said)


ASKED = (
    ("statistician", "/so-lieu/hoi?hoi=tre+han&khi=nam+nay"),
    ("statistician", "/so-lieu/hoi?hoi=tiep+nhan&khi=nam+nay"),
    ("desk", "/so-theo-doi?tu-ngay=24/11/2026&den-ngay=24/11/2026"),
    ("desk", "/khong-co-trang-nay"),
)


@pytest.mark.parametrize(("role", "url"), ASKED)
def test_an_answer_in_english_has_no_vietnamese_words_of_ours(world, visit, said, role, url):
    client = visit(role)
    client.cookies["ngon-ngu"] = "en"
    answer = client.get(url, follow=True)
    assert answer.status_code in (200, 404)
    _has_no_words_of_ours(answer, said)


def _has_no_words_of_ours(answer: Any, said: dict[str, str]) -> None:
    if "html" not in answer.get("Content-Type", ""):
        return
    page = Texts()
    page.feed(answer.content.decode())
    ours = Ours(said, _data())
    assert [text for text in page.found if ours.heard_in(text)] == []


def _data() -> set[str]:
    """Names that happen to be words of ours: of officers, posts, fields, procedures, steps."""
    officers = Officer.across_agencies.values_list("name", "post__title")
    versions = Version.across_agencies.values_list("name", "short_name", "field__name")
    steps = {
        f"{number}. {step.name}"
        for version in Version.across_agencies.all()
        for number, step in enumerate(version.step_list, 1)
    }
    return {name for row in (*officers, *versions) for name in row if name} | steps

"""English is complete: every word has its translation, and no page forgets to use it."""

import ast
import re
from html.parser import HTMLParser
from typing import Any

import pytest

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


# The page of components shows samples, in the language they were written in.
PAGES = [name for name, rule in RULES.items() if not rule.post and name != "thiet-ke"]


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_has_no_vietnamese_words_of_ours(world, visit, said, name):
    rule = RULES[name]
    about = rule.about(world) if rule.about else ""
    client = visit(sorted(rule.roles)[0].value)
    client.cookies["ngon-ngu"] = "en"
    answer: Any = ask(client, name, about)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return
    page = Texts()
    page.feed(answer.content.decode())
    ours = {text for text, other in said.items() if other != text and english.is_said(text)}
    assert [text for text in page.found if text in ours - _data()] == []


def _data() -> set[str]:
    """Names that happen to be words of ours too: of officers, posts, fields, procedures."""
    officers = Officer.across_agencies.values_list("name", "post__title")
    versions = Version.across_agencies.values_list("name", "short_name", "field__name")
    return {name for row in (*officers, *versions) for name in row if name}

"""Rules for every template of the project: what the content policy and Vietnamese readers need."""

import re
from pathlib import Path

import pytest

import motcua

ROOT = Path(motcua.__file__).parent
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
NAMES = [str(path.relative_to(ROOT)) for path in TEMPLATES]
OPENING = re.compile(
    r"<([a-z][a-z0-9]*)((?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|\{%.*?%\}|\{\{.*?\}\})*)>", re.S
)
LABELLED_ALREADY = {"hidden", "submit", "button"}
CAPITALS = re.compile(r"(?:\b[A-ZÀ-ỸĐ]{2,}\b[ ,]*){4,}")


def faults(source: str) -> list[str]:
    """What is wrong with one template, in words."""
    found = []
    for tag, attributes in OPENING.findall(source):
        found += _of_tag(tag, attributes)
        if tag in ("input", "select", "textarea") and not _labelled(tag, attributes, source):
            found.append(f"<{tag}{attributes}> has no label")
    words = re.sub(r"<[^>]*>|\{#.*?#\}", " ", source, flags=re.S)
    found += [f"capitals: {run.group().strip()}" for run in CAPITALS.finditer(words)]
    return found


def _of_tag(tag: str, attributes: str) -> list[str]:
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", '""', attributes)
    found = []
    if re.search(r"\sstyle\s*=", bare):
        found.append(f"<{tag}> has an inline style")
    if re.search(r"\s(on[a-z]+|hx-on[a-z:-]*)\s*=", bare):
        found.append(f"<{tag}> has an inline handler")
    if re.search(r"\s(placeholder|accesskey|maxlength)\s*=", bare):
        found.append(f"<{tag}> has a placeholder, an accesskey or a maxlength")
    if tag == "script" and not re.search(r"\ssrc\s*=", bare):
        found.append("an inline script")
    if tag == "style":
        found.append("an inline style sheet")
    if tag == "button" and not re.search(r"\stype\s*=", bare):
        found.append("a button without a type")
    if tag == "img" and not re.search(r"\salt\s*=", bare):
        found.append("an image without alt")
    return found


def _labelled(tag: str, attributes: str, source: str) -> bool:
    kind = re.search(r"\stype=\"([a-z]+)\"", attributes)
    if kind and kind.group(1) in LABELLED_ALREADY or "aria-label" in attributes:
        return True
    identity = re.search(r"\sid=\"([^\"]+)\"", attributes)
    if identity and f'for="{identity.group(1)}"' in source:
        return True
    around = source[: source.find(f"<{tag}{attributes}>")]
    return around.rfind("<label") > around.rfind("</label")


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_keeps_the_rules(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('<p style="color:red">x</p>', "<p> has an inline style"),
        ('<a href="/" onclick="x()">x</a>', "<a> has an inline handler"),
        ('<div hx-on:click="x()">x</div>', "<div> has an inline handler"),
        ("<script>x()</script>", "an inline script"),
        ("<style>p{}</style>", "an inline style sheet"),
        ("<button>Lưu</button>", "a button without a type"),
        ('<img src="/x.png">', "an image without alt"),
        ('<label>x</label><input name="a">', '<input name="a"> has no label'),
        ('<label><input placeholder="a"></label>',
         "<input> has a placeholder, an accesskey or a maxlength"),
        ("<h1>TRANG CHỦ ỦY BAN NHÂN DÂN</h1>", "capitals: TRANG CHỦ ỦY BAN NHÂN DÂN"),
    ],
)  # fmt: skip
def test_each_fault_is_found(source, fault):
    assert fault in faults(source)


def test_sound_markup_passes():
    assert faults('<label for="a">Tên</label><input id="a" name="on-time=1">') == []
    assert faults('<label><input type="radio" name="a"> UBND xã</label>') == []

"""The style sheet and the script: contrast of every pair used, weight, and what must never be."""

import gzip
import re
from pathlib import Path

import pytest

import motcua.web

STATIC = Path(motcua.web.__file__).parent / "static" / "web"
CSS = (STATIC / "app.css").read_text(encoding="utf-8")
JS = (STATIC / "app.js").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", CSS))

TEXT, CONTROL = 4.5, 3.0
GROUNDS = ("surface", "page", "sunk")
PAIRS = [
    *((text, ground, TEXT)
      for text in ("ink", "muted", "accent", "accent-dark", "danger", "warn", "ok", "pause")
      for ground in GROUNDS),
    *(("control", ground, CONTROL) for ground in GROUNDS),
    *((name, f"{name}-tint", TEXT) for name in ("accent", "danger", "warn", "ok", "pause")),
    *(("ink", f"{name}-tint", TEXT) for name in ("accent", "danger", "warn", "ok", "pause")),
    ("surface", "accent", TEXT), ("surface", "accent-dark", TEXT), ("surface", "board", TEXT),
    ("focus-ring", "surface", CONTROL), ("focus-ring", "page", CONTROL),
    ("focus-glow", "accent", CONTROL), ("focus-ring", "focus-glow", CONTROL),
]  # fmt: skip


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The WCAG 2 ratio of two colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_ratios():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_text_reads_and_controls_stand_out(text, ground, least):
    assert contrast(COLOURS[text], COLOURS[ground]) >= least


def test_rules_use_tokens_not_colours_of_their_own():
    rules = CSS.split("/* Ground */", 1)[1].split("@media print", 1)[0]
    assert set(re.findall(r"#[0-9A-Fa-f]{3,6}\b", rules)) <= {"#fff"}


def test_the_sheet_and_the_script_stay_light():
    assert len(gzip.compress(CSS.encode(), 9)) <= 12_000
    assert len(gzip.compress(JS.encode(), 9)) <= 8_000


def test_letters_are_never_capitalised_spaced_or_set_too_tight():
    assert "text-transform" not in CSS
    assert "letter-spacing" not in CSS
    assert "justify;" not in CSS
    heights = {float(h) for h in re.findall(r"line-height: ([\d.]+)", CSS)}
    assert min(heights) >= 1.3
    numbers = re.findall(r"([^{}]+)\{[^}]*line-height: 1\.3\b", CSS)
    assert all("figure" in rule or "number" in rule for rule in numbers)


def test_focus_is_never_taken_away_from_what_can_be_used():
    without = re.findall(r"([^{}]+)\{[^}]*outline: 0", CSS)
    assert [rule.strip() for rule in without] == ["main:focus-visible"]


def test_the_script_evaluates_nothing_and_never_rewrites_what_is_typed():
    assert not re.search(r"\beval\b|new Function|innerHTML|setAttribute\(\"style", JS)
    assert not re.search(r"\.value\s*=[^=]", JS)
    assert "beforeunload" not in JS

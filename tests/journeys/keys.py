"""Hands on a keyboard: every key is counted; Ctrl+Enter is two.

The time of a practised hand is predicted by the keystroke-level model of Card, Moran and Newell:
0.28 s a key and 1.35 s each time the mind decides what comes next.
"""

import unicodedata

from playwright.sync_api import Page

KEY, DECISION = 0.28, 1.35
ENDING = {"Enter", "Tab"}
POINTED = """for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
  addEventListener(kind, () => sessionStorage.setItem('pointed',
    Number(sessionStorage.getItem('pointed') || 0) + 1), true);"""


class Keys:
    """Presses keys on whatever has the focus, and never points at anything."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0
        self.decisions = 0
        page.add_init_script(POINTED)

    @property
    def seconds(self) -> float:
        """How long a practised hand is predicted to take, in seconds."""
        return KEY * self.count + DECISION * self.decisions

    def pointed(self) -> int:
        """How often something was pointed at, on all pages of this window."""
        return int(self.page.evaluate("Number(sessionStorage.getItem('pointed') || 0)"))

    def type(self, text: str, telex: str = "") -> None:
        """Type the text; `telex` is what the hand types for it where it is Vietnamese."""
        for letter in text:
            self.page.keyboard.type(letter)
        self.count += len(telex or text)
        self.decisions += 1

    def press(self, *keys: str) -> None:
        """Press keys. One that ends a field is part of typing; any other is decided upon."""
        for key in keys:
            self.page.keyboard.press(key)
            self.count += key.count("+") + 1
            self.decisions += key not in ENDING

    def go(self, key: str, there: str, *, decided: bool = False) -> None:
        """Press a key that leads to another answer, and wait until `there` has the focus."""
        self.press(key)
        self.decisions += decided
        self.page.wait_for_function(
            "there => document.activeElement.name === there"
            " || (document.activeElement.textContent || '').trim() === there",
            arg=there,
        )


def unikey(page: Page, stages: list[str]) -> None:
    """Type as UniKey does: what changed is taken back by Backspace and typed anew."""
    shown = ""
    for stage in stages:
        same = 0
        while same < min(len(shown), len(stage)) and shown[same] == stage[same]:
            same += 1
        for _letter in shown[same:]:
            page.keyboard.press("Backspace")
        page.keyboard.insert_text(stage[same:])
        shown = stage


# What a key does to the letters before it: the last letter that takes the mark is changed.
TELEX = {
    "a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "d": {"d": "đ"},
    "w": {"u": "ư", "o": "ơ", "a": "ă"},
}  # fmt: skip
VNI = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"u": "ư", "o": "ơ"}, "9": {"d": "đ"}}
TONES = {"telex": dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True)),
         "vni": dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))}  # fmt: skip
MARKED = "âêôơăư"


def stages(keys: str, method: str) -> list[str]:
    """What stands in the field after each key of an input method, from the first to the last."""
    shown, found = "", []
    for key in keys:
        shown = _after(shown, key, method)
        found.append(shown)
    return found


def _after(shown: str, key: str, method: str) -> str:
    head, blank, word = shown.rpartition(" ")
    marks, tone = (TELEX if method == "telex" else VNI).get(key, {}), TONES[method].get(key)
    for place in range(len(word) - 1, -1, -1):
        letter = word[place].lower()
        if letter in marks and not (key == "d" and place):
            changed = marks[letter]
            changed = changed.upper() if word[place].isupper() else changed
            return head + blank + word[:place] + changed + word[place + 1 :]
    if tone and word:
        place = _bearer(word)
        bearing = unicodedata.normalize("NFC", word[place] + tone)
        return head + blank + word[:place] + bearing + word[place + 1 :]
    return shown + key


def _bearer(word: str) -> int:
    """Where the tone goes: on the last letter with a mark, else on the last vowel."""
    low = word.lower()
    places = [at for at, letter in enumerate(low) if letter in MARKED]
    return places[-1] if places else max(at for at, letter in enumerate(low) if letter in "aeiouy")


def backspacing(page: Page, shown: list[str]) -> None:
    """Type through an input method that presses Backspace and types anew (UniKey, OpenKey)."""
    unikey(page, shown)


def composing(page: Page, shown: list[str]) -> None:
    """Type through an input method that composes each word, which a blank ends (iBus, macOS)."""
    client = page.context.new_cdp_session(page)
    word = ""
    for stage in shown:
        if stage.endswith(" "):
            client.send("Input.insertText", {"text": word + " "})
            continue
        word = stage.rpartition(" ")[2]
        place = {"selectionStart": len(word), "selectionEnd": len(word)}
        client.send("Input.imeSetComposition", {"text": word} | place)
    client.send("Input.insertText", {"text": word})
    client.detach()

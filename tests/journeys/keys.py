"""Hands on a keyboard: every key is counted; Ctrl+Enter is two."""

from playwright.sync_api import Page


class Keys:
    """Presses keys on whatever has the focus, and never points at anything."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def type(self, text: str, telex: str = "") -> None:
        """Type the text; `telex` is what the hand types for it where it is Vietnamese."""
        for letter in text:
            self.page.keyboard.type(letter)
        self.count += len(telex or text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += key.count("+") + 1

    def go(self, key: str, there: str) -> None:
        """Press a key that leads to another answer, and wait until `there` has the focus."""
        self.press(key)
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

"""Words that no journal, log or digest may see: passwords and one-time codes."""

import secrets

LETTERS = "BCGHKMNPQTV234579"
"""No two look alike, and no input method (Telex, VNI) makes another letter of them."""
GROUPS, GROUP = 3, 4


class Secret:
    """A word that shows itself only when asked; in digests of an act's arguments it is dots."""

    def __init__(self, words: str) -> None:
        self._words = words

    def reveal(self) -> str:
        return self._words

    def __str__(self) -> str:
        return "•••"

    __repr__ = __str__


def new_code() -> Secret:
    """A one-time code (mã dùng một lần): three groups of four, 49 bits."""
    drawn = ["".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS)]
    return Secret("-".join(drawn))


def typed_code(text: str) -> str:
    """A code as it was given out, from what was typed: blanks, dashes and case do not count."""
    bare = "".join(letter for letter in text.upper() if letter.isalnum())
    return "-".join(bare[at : at + GROUP] for at in range(0, len(bare), GROUP))

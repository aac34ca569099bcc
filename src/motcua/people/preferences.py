"""Tùy chọn of an officer: what is stored, read back whole whatever is missing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KEYS = ("F2", "F4", "F8", "F9")
"""Keys that browsers, Windows and UniKey leave free."""
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Preferences:
    """An empty key is switched off; an empty language leaves it to the browser's choice."""

    receive_key: str = "F2"
    next_key: str = "F8"
    language: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Preferences":
        usual = cls()
        return cls(
            str(stored.get("receive_key", usual.receive_key)),
            str(stored.get("next_key", usual.next_key)),
            str(stored.get("language", usual.language)),
        )

    def stored(self) -> dict[str, str]:
        return {
            "receive_key": self.receive_key,
            "next_key": self.next_key,
            "language": self.language,
        }

    def keys(self) -> dict[str, str]:
        """The key of each page that has one that can be moved."""
        return {"tiep-nhan": self.receive_key, "ho-so-ke-tiep": self.next_key}

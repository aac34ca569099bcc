"""Words in the reader's language. The law's words are Vietnamese; the frame brings a translator.

Without one, and in everything that is printed or kept, words stay as the law has them.
"""

from collections.abc import Callable

_translators: list[Callable[[str], str]] = []
_languages: list[Callable[[], str | None]] = []


def say(words: str) -> str:
    """The words as the reader wants them; the same Vietnamese ones without a translator."""
    return _translators[-1](words) if words and _translators else words


def either(vi: str, en: str) -> str:
    """Of a sentence made in both languages, the one of the reader."""
    return en if _languages and _languages[-1]() == "en" else vi


def speak_through(translator: Callable[[str], str], language: Callable[[], str | None]) -> None:
    """From now on `say` asks this translator, and `either` which language is read."""
    _translators[:] = [translator]
    _languages[:] = [language]

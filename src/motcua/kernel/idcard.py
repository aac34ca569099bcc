"""The code on an identity card (mã QR trên thẻ căn cước) as a reader types it into a field.

number|old number|name|birth ddmmyyyy|sex|address|issue ddmmyyyy, as cards issued from 2021 carry
it. The reader is a keyboard: what it types may come mangled by an input method or a layout. What
cannot be right is told as a doubt, never mended silently.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from motcua.kernel.errors import BadInput
from motcua.kernel.labelled import Labelled
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import FIRST_YEAR, LAST_YEAR

__all__ = ["BadCard", "Card", "Doubt", "looks_like_card", "read_card"]

BARS = "|¦‖｜~"
"""Shift and backslash is "|" on most layouts, "~" on the British one."""
_BARS = re.compile(f"[{re.escape(BARS)}]")
_FEWEST_BARS = 3
_NUMBER = re.compile(r"[0-9]{12}")
_OLD_NUMBER = re.compile(r"[0-9]{9}")
_WITHOUT_BARS = re.compile(
    r"([0-9]{12})([0-9]{9})?([^0-9]{2,200}?)([0-9]{8})(?:Nam|Nữ|Nu)(.{0,300})"
)
_ISSUE_DAY = re.compile(r"[0-9]{8}$")
# What the digit row types on the Vietnamese layout (TCVN 6064); marks join the letter before.
_LAYOUT_LETTERS = {"ă": "1", "â": "2", "ê": "3", "ô": "4", "đ": "0"}
_LAYOUT_MARKS = {"\u0300": "5", "\u0309": "6", "\u0303": "7", "\u0301": "8", "\u0323": "9"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|kr|ph|pl|qu|th|tr|[bcdghklmnpqrstvxyw])?"
    r"[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_TWICE_MARKED = re.compile(r"[\u0300\u0301\u0303\u0309\u0323]")


class BadCard(BadInput):
    code = "bad-card"
    message = (
        "Không đọc được mã trên thẻ căn cước. Chưa ghi. Tắt bộ gõ tiếng Việt rồi quét lại, "
        "hoặc gõ 12 số trên thẻ."
    )


class Doubt(Labelled):
    """What of a card read as text may be wrong: a look at the card settles it."""

    NAME = "name", "Họ tên có thể sai dấu. Đối chiếu với thẻ."
    NUMBER = "number", "Năm sinh không khớp với số định danh. Đối chiếu với thẻ."
    BIRTH = "birth", "Không đọc được ngày sinh. Gõ như trên thẻ."
    BARS = "bars", "Mã thẻ mất dấu ngăn. Đối chiếu từng ô với thẻ."
    OLD_NUMBER = "old_number", "Không đọc được số chứng minh cũ. Ô này đã bỏ qua."


@dataclass(frozen=True, slots=True)
class Card:
    """A card as read. `number` is 12 digits, `old_number` 9 or "", `birth` canonical or ""."""

    number: str
    old_number: str
    name: str
    birth: str
    address: str
    doubts: tuple[Doubt, ...] = ()


def looks_like_card(text: str) -> bool:
    """Say whether a text typed into the field of the number is a code of a card, or a piece."""
    typed = nfc(text)
    return len(_BARS.findall(typed)) >= _FEWEST_BARS or bool(_WITHOUT_BARS.match(typed))


def read_card(text: str) -> Card:
    """Take the code of a card apart. Raises BadCard when not even the number can be read."""
    parts = _parts(text)
    doubts: list[Doubt] = []
    if len(parts) < 4:
        parts = _without_bars(text)
        doubts.append(Doubt.BARS)
    number = _digits(parts[0])
    if not _NUMBER.fullmatch(number):
        raise BadCard(field="id_number")
    old = _digits(parts[1])
    if old and not _OLD_NUMBER.fullmatch(old):
        old = ""
        doubts.append(Doubt.OLD_NUMBER)
    name = nfc(_mended(parts[2]))
    birth = _birth(_digits(parts[3]))
    if not is_plausible_name(name):
        doubts.append(Doubt.NAME)
    if not birth:
        doubts.append(Doubt.BIRTH)
    elif not _agree(number, birth):
        doubts.append(Doubt.NUMBER)
    address = nfc(_mended(parts[5])) if len(parts) > 5 else ""
    return Card(number, old, name, birth, address, tuple(doubts))


def _parts(text: str) -> list[str]:
    """The fields between the bars; line ends at the end are the reader's Enter."""
    return [part.strip() for part in _BARS.split(text.strip())]


def _without_bars(text: str) -> list[str]:
    """The fields told apart by what they hold. Raises BadCard."""
    match = _WITHOUT_BARS.fullmatch(nfc(_BARS.sub("", text)))
    if match is None:
        raise BadCard(field="id_number")
    number, old, name, birth, rest = match.groups()
    return [number, old or "", name, birth, "", _ISSUE_DAY.sub("", rest)]


def _digits(text: str) -> str:
    """The digits of a field, read back from the letters of the Vietnamese layout."""
    typed = "".join(text.split())
    if typed.isascii():
        return typed
    found = ""
    for char in unicodedata.normalize("NFC", typed.lower()):
        found += _digit(char)
    return found


def _digit(char: str) -> str:
    """One letter with its marks as the keys that typed it: "ồ" was 4, then 5."""
    if char in _LAYOUT_LETTERS:
        return _LAYOUT_LETTERS[char]
    decomposed = unicodedata.normalize("NFD", char)
    tones = "".join(_LAYOUT_MARKS[mark] for mark in decomposed if mark in _LAYOUT_MARKS)
    rest = "".join(mark for mark in decomposed if mark not in _LAYOUT_MARKS)
    base = unicodedata.normalize("NFC", rest)
    return _LAYOUT_LETTERS.get(base, base) + tones


def _mended(text: str) -> str:
    """The text, read again where its UTF-8 was taken for a Western code page."""
    for page in ("cp1252", "latin-1"):
        try:
            return text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _birth(digits: str) -> str:
    """A canonical birth date of ddmmyyyy; month or day may be 00 where they are not known."""
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return ""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if not month:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def _agree(number: str, birth: str) -> bool:
    """Whether digits 4 to 6 of the number tell the year of birth (NĐ 70/2024/NĐ-CP Đ.3)."""
    return birth[:4] == f"{19 + int(number[3]) // 2}{number[4:6]}"


def is_plausible_name(name: str) -> bool:
    """Whether a name looks as a name on a card does: Vietnamese syllables, with their marks.

    Names of other peoples may look odd, and a name may have no marks: that is a doubt, no error.
    """
    words = name.split()
    if len(words) < 2 or any(_is_odd(word) for word in words):
        return False
    return name.casefold() != fold(name)


def _is_odd(word: str) -> bool:
    if not all(char.isalpha() for char in word):
        return True
    lowered = unicodedata.normalize("NFD", word.lower())
    return len(_TWICE_MARKED.findall(lowered)) > 1 or not _SYLLABLE.fullmatch(fold(word))

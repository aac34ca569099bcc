"""Vietnamese text (chữ Việt): one form, folding, sorting, masking, numbers in words."""

import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), 0x7F])
"""What is neither a letter nor a blank; PostgreSQL takes no U+0000, a workbook none of them."""
_DROPPED = _INVISIBLE | _CONTROLS
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTERS = {
    ("a", "\u0306"): "a1",
    ("a", "\u0302"): "a2",
    ("e", "\u0302"): "e1",
    ("o", "\u0302"): "o1",
    ("o", "\u031b"): "o2",
    ("u", "\u031b"): "u1",
}
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
BILLION = 10**9


def nfc(text: str) -> str:
    """Return the text in NFC, without invisible and control characters, blanks as single spaces.

    Tabs and line ends are blanks.
    """
    if text.isascii() and text.isprintable():  # most of what a form sends
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_DROPPED)).split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the text for searching: lower case, no diacritics, đ as d, blanks collapsed."""
    decomposed = unicodedata.normalize("NFD", nfc(text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def sort_key(text: str) -> str:
    """Return a key whose plain (byte) order is Vietnamese dictionary order.

    Syllable by syllable: letters a ă â b c d đ e ê … o ô ơ … u ư …, then the tone: ngang,
    huyền, hỏi, ngã, sắc, nặng. Numbers compare by value. The key is ASCII letters and digits
    only, so it can be a stored column that every database sorts alike.
    """
    key: list[str] = []
    word = tone = ""
    for unit in _units(text):
        if unit[0] == "tone":
            tone = unit[1]
        elif unit[0] == "letter":
            word += unit[1]
        elif word:
            key.append(word + "0" + (tone or "0"))
            word = tone = ""
    return "".join(key)


def name_key(full_name: str) -> str:
    """Return the sort key of a person's name: given name (the last word), then the whole."""
    words = nfc(full_name).split()
    return sort_key(words[-1]) + sort_key(" ".join(words)) if words else ""


def mask(id_number: str) -> str:
    """Hide the middle of an identity number: 079112341234 is "0791••••1234".

    Shorter numbers show less: from nine digits two and three, below that only the last two.
    """
    number = "".join(id_number.split())
    length = len(number)
    head, tail = (4, 4) if length >= 12 else (2, 3) if length >= 9 else (0, 2 if length > 4 else 0)
    return number[:head] + "•" * (length - head - tail) + number[length - tail :]


def group_digits(number: int) -> str:
    """Write a whole number with dots: 4210546000 is "4.210.546.000"."""
    return f"{number:,}".replace(",", ".")


def number_words(number: int) -> str:
    """Write a whole number in words as state papers do: 1005 "một nghìn không trăm lẻ năm"."""
    if number < 0:
        return "âm " + number_words(-number)
    return " ".join(_read(number, full=False)) or _DIGITS[0]


def money_words(amount: int) -> str:
    """Write an amount of đồng in words: 8000 is "tám nghìn đồng"."""
    return f"{number_words(amount)} đồng"


def _read(number: int, *, full: bool) -> list[str]:
    """Read below a billion in groups of three; `full` says that something stands before."""
    if number >= BILLION:
        above, rest = divmod(number, BILLION)
        return [*_read(above, full=full), "tỷ", *_read(rest, full=True)]
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words += _group(group, full=full or bool(words))
            words += [_SCALES[power]] if power else []
    return words


def _group(group: int, *, full: bool) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return words + (["lẻ"] if ones and words else []) + ([_DIGITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    if ones == 5:
        return [*words, "lăm"]
    return words + ([_DIGITS[ones]] if ones else [])


def _units(text: str) -> list[tuple[str, str]]:
    """Split into letters, tones and breaks; the last unit is always a break."""
    units: list[tuple[str, str]] = []
    number = ""
    for char in unicodedata.normalize("NFD", nfc(text).lower()) + " ":
        if char.isdecimal():
            number += str(unicodedata.decimal(char))
            continue
        if number:
            plain = number.lstrip("0") or "0"
            units.append(("letter", f"1{min(len(plain), 9)}{plain}"))
            number = ""
        units += _unit(char, units)
    return units


def _unit(char: str, before: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if char in _TONES:
        return [("tone", _TONES[char])]
    if unicodedata.combining(char):
        _change_letter(char, before)
        return []
    if char == "đ":
        return [("letter", "d1")]
    if "a" <= char <= "z":
        return [("letter", char + "0")]
    if char.isalpha():
        return [("letter", f"z9{ord(char):06x}")]
    return [("break", "")]


def _change_letter(mark: str, before: list[tuple[str, str]]) -> None:
    """Turn the last letter into its marked sister; a tone may stand between (ậ is ạ and ^)."""
    for index in range(len(before) - 1, -1, -1):
        kind, letter = before[index]
        if kind == "letter":
            before[index] = (kind, _LETTERS.get((letter[0], mark), letter))
            return

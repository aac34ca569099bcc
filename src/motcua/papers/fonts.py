"""The serif face of official papers (phông chữ văn bản).

Nghị định 30/2020/NĐ-CP, Phụ lục I asks for Times New Roman. Tinos and Liberation Serif 2 have the
same widths and the whole Vietnamese alphabet. Liberation Serif 1.07 carries the same family name
and lacks most letters with two marks, so a face is taken only after its glyphs were looked at.
"""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FACES = ("Regular", "Bold", "Italic", "BoldItalic")

_DEBIAN = Path("/usr/share/fonts/truetype")
PLACES: tuple[tuple[str, Path], ...] = (
    ("Tinos", _DEBIAN / "croscore"),
    ("Liberation Serif", _DEBIAN / "liberation2"),
    ("Liberation Serif", _DEBIAN / "liberation"),
)
"""Families with the metrics of Times and the directories Debian puts them in, best first."""


@dataclass(frozen=True, slots=True)
class FontChoice:
    """A serif family and the directory holding its faces (None: built into the PDF engine)."""

    family: str
    path: Path | None


EMBEDDED = FontChoice("Libertinus Serif", None)


@cache
def serif() -> FontChoice:
    """The face for official papers on this machine, looked for once per process."""
    return choose(PLACES)


def choose(places: Iterable[tuple[str, Path]]) -> FontChoice:
    """The first family of `places` whose four faces hold all of Vietnamese, else `EMBEDDED`."""
    for family, directory in places:
        stem = family.replace(" ", "")
        if all(_complete(directory / f"{stem}-{face}.ttf") for face in FACES):
            return FontChoice(family, directory)
    return EMBEDDED


def vietnamese_letters() -> frozenset[str]:
    """Every letter of Vietnamese that ASCII does not have, both cases, composed (NFC)."""
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    made = {unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in tones} | {"đ"}
    return frozenset(letter for low in made for letter in (low, low.upper()) if letter > "\x7f")


def _complete(file: Path) -> bool:
    try:
        missing = {ord(letter) for letter in vietnamese_letters()} - set(_characters(file))
    except (OSError, struct.error, ValueError):
        return False
    return not missing


def _characters(file: Path) -> Iterator[int]:
    """Code points of the basic plane that the TrueType `file` has a glyph for."""
    data = file.read_bytes()
    cmap = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * index + 4)
        start = cmap + offset
        if struct.unpack_from(">H", data, start) == (4,):
            yield from _segments(data, start)


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"no {tag.decode()} table")


def _segments(data: bytes, start: int) -> Iterator[int]:
    """The code points of a format 4 subtable (segments of start, end, delta, range offset)."""
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = start + 14
    starts = ends + 2 * segments + 2
    deltas, ranges = starts + 2 * segments, starts + 4 * segments
    for index in range(segments):
        first, last, delta, shift = (
            struct.unpack_from(">H", data, base + 2 * index)[0]
            for base in (starts, ends, deltas, ranges)
        )
        for code in range(first, last + 1):
            glyph = code
            if shift:
                place = ranges + 2 * index + shift + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", data, place)
            if (glyph + delta) & 0xFFFF and (glyph or not shift):
                yield code

"""What a PDF could do when it is opened: looked for in its plain objects and its packed ones.

Pure. Not a parser of PDF: it reads names wherever they stand, and refuses what it cannot unpack.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_BITE = 64 * 1024


class Unreadable(ValueError):
    """Objects are packed in a way that is not known here, or into too much."""


def _name(names: str, then: str = "(?![A-Za-z0-9])") -> re.Pattern[bytes]:
    return re.compile(f"/(?:{names}){then}".encode())


_LONG = _name("JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|Rendition|Encrypt")
"""Names long enough to be looked for in the bytes of pictures too: chance does not write them."""
_SHORT = _name("JS|AA|XFA")
"""Names that chance writes into a large picture: looked for outside the bodies of streams."""
_SHORT_WITH_VALUE = _name("JS|AA|XFA", r"\s*(?:<<|\[\s*\(|\d{1,9}\s+\d{1,5}\s+R\b)")
"""The same with the value that an action has: chance does not write these either."""
_OBJECTS = _name("ObjStm|First", r"(?![A-Za-z0-9])(?!\s+\d+\s+\d+\s+R)")
"""What only the dictionary of an object stream has; outlines have /First as a reference."""

_STREAM = re.compile(rb"stream(?<!endstream)[ \t]*(?:\r\n|\n|\r)")
_FILTERS = re.compile(
    rb"/(?:\w+Decode|Crypt|Fl|LZW|A85|AHx|RL|CCF|DCT|DecodeParms|DP|Predictor|FFilter)(?!\w)"
)
_INDIRECT = re.compile(rb"/Filter\s*(?:\[\s*)?\d")
_FLATE = re.compile(rb"/(?:Filter|F)\s*(?:\[\s*)?/(?:FlateDecode|Fl)(?!\w)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands before a stream, from the end of the last one, and where its body lies."""

    head: bytes
    start: int
    end: int


def is_active(pdf: bytes, *, room: int) -> bool:
    """Whether a PDF holds code, a sending form, an embedded file or a lock.

    Names may be written with #xx. Raises Unreadable for packed objects that cannot be unpacked,
    or into more than `room` bytes in all.
    """
    whole = _plain(pdf)
    if _LONG.search(whole) or _SHORT_WITH_VALUE.search(whole):
        return True
    for part in _parts(pdf):
        if _SHORT.search(part.head):
            return True
        if _OBJECTS.search(_plain(pdf[part.start : part.end])):
            raise Unreadable  # an object stream hidden inside what looks like another stream
        if _OBJECTS.search(part.head):
            body = _unpacked(pdf, part, room)
            room -= len(body)
            if _LONG.search(body) or _SHORT.search(body):
                return True
    return False


def _parts(pdf: bytes) -> Iterator[_Part]:
    """Every stream in turn, and at the end what stands after the last one."""
    done = 0
    while found := _STREAM.search(pdf, done):
        end = pdf.find(b"endstream", found.end())
        end = len(pdf) if end < 0 else end
        yield _Part(_plain(pdf[done : found.start()]), found.end(), end)
        done = min(end + len(b"endstream"), len(pdf))
    yield _Part(_plain(pdf[done:]), len(pdf), len(pdf))


def _unpacked(pdf: bytes, part: _Part, room: int) -> bytes:
    """The objects of an object stream, as plain bytes. Raises Unreadable."""
    filters = _FILTERS.findall(part.head)
    if not filters and b"/Filter" not in part.head:
        return _plain(pdf[part.start : part.end])
    if len(filters) != 1 or _INDIRECT.search(part.head) or not _FLATE.search(part.head):
        raise Unreadable
    return _plain(_inflated(pdf, part.start, room))


def _inflated(pdf: bytes, start: int, room: int) -> bytes:
    unpack, body = zlib.decompressobj(), bytearray()
    for place in range(start, len(pdf), _BITE):
        try:
            body += unpack.decompress(pdf[place : place + _BITE], room + 1 - len(body))
        except zlib.error:
            raise Unreadable from None
        if len(body) > room:
            raise Unreadable
        if unpack.eof:
            return bytes(body)
    raise Unreadable


def _plain(body: bytes) -> bytes:
    if b"#" not in body:
        return body
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), body)

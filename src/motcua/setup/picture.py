"""A picture of a seal (.png) as it may be kept: small, whole, and nothing in it but the picture.

Pure. The picture is written anew from its own lines: what else the file carried stays behind.
"""

import struct
import zlib

from motcua.kernel.errors import BadInput
from motcua.kernel.words import say

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 1024 * 1024
LEAST, MOST = 80, 2000
KEPT = (b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"IDAT", b"IEND")
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


class NotASeal(BadInput):
    code = "not-a-seal"
    message = (
        "Hình con dấu chưa dùng được: {what}. Chọn tệp .png vuông vắn, mỗi cạnh 80 đến 2000 điểm, "
        "đến 1 MB."
    )


def cleaned(content: bytes) -> bytes:
    """The picture alone. Raises NotASeal, saying what is wrong."""
    if len(content) > MOST_BYTES:
        what = say("nặng {size} kB").format(size=len(content) // 1024)
        raise NotASeal(what=what, field="file")
    if not content.startswith(SIGNATURE):
        raise NotASeal(what="không phải ảnh PNG", field="file")
    chunks = _chunks(content)
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND":
        raise NotASeal(what="tệp ảnh bị cắt hoặc hỏng", field="file")
    _check_lines(chunks[0][1], b"".join(data for name, data in chunks if name == b"IDAT"))
    return SIGNATURE + b"".join(_written(name, data) for name, data in chunks if name in KEPT)


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], len(SIGNATURE)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(data) < length or check != struct.pack(">I", zlib.crc32(name + data)):
            raise NotASeal(what="tệp ảnh bị cắt hoặc hỏng", field="file")
        found.append((name, data))
        at += 12 + length
        if name == b"IEND":
            break
    return found


def _check_lines(head: bytes, packed: bytes) -> None:
    """As many bytes of picture as its size says, no more: a small file may unpack to gigabytes."""
    if len(head) != 13:
        raise NotASeal(what="tệp ảnh bị cắt hoặc hỏng", field="file")
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if not (LEAST <= width <= MOST and LEAST <= height <= MOST):
        what = say("cỡ {width} × {height} điểm").format(width=width, height=height)
        raise NotASeal(what=what, field="file")
    if colour not in CHANNELS or interlaced or depth not in (1, 2, 4, 8, 16):
        raise NotASeal(what="kiểu PNG này không dùng được", field="file")
    wanted = height * (1 + (width * depth * CHANNELS[colour] + 7) // 8)
    reader = zlib.decompressobj()
    try:
        lines = reader.decompress(packed, wanted + 1)
    except zlib.error:
        raise NotASeal(what="tệp ảnh bị cắt hoặc hỏng", field="file") from None
    if len(lines) != wanted:
        raise NotASeal(what="tệp ảnh bị cắt hoặc hỏng", field="file")


def _written(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

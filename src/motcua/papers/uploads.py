"""What an uploaded file really is. Pure: bytes in, a verdict out; nothing is trusted by name."""

import re
import zlib

from motcua.kernel.errors import BadInput

LIMIT = 20 * 1024 * 1024
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
NAMES = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
    "tif": "image/tiff", "tiff": "image/tiff",
}  # fmt: skip
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_BITE = 64 * 1024


class TooLarge(BadInput):
    code = "upload-too-large"
    message = (
        "Tệp “{name}” nặng {size} MB; nhận đến {limit} MB. Quét lại ở 200–300 dpi, "
        "hoặc tách thành nhiều tệp."
    )


class Empty(BadInput):
    code = "upload-empty"
    message = "Tệp “{name}” trống. Quét hoặc chọn lại tệp."


class WrongKind(BadInput):
    code = "upload-wrong-kind"
    message = (
        "Tệp “{name}” không phải PDF, JPG, PNG hay TIFF (nội dung không khớp). "
        "Lưu lại thành một trong các dạng đó rồi tải lên."
    )


class NotWhatItSays(BadInput):
    code = "upload-not-what-it-says"
    message = (
        "Tệp “{name}” có tên là {said} nhưng nội dung là {found}. "
        "Lưu lại đúng dạng rồi tải lên; chưa lưu tệp này."
    )


class ActiveContent(BadInput):
    code = "upload-active-content"
    message = (
        "Tệp “{name}” là PDF có mã chạy được hoặc tệp nhúng. In lại thành PDF thường rồi tải lên."
    )


def check(name: str, content: bytes) -> str:
    """The MIME type of an acceptable file. Raises BadInput otherwise."""
    if not content:
        raise Empty(name=name, field="file")
    if len(content) > LIMIT:
        size = f"{len(content) / 1024 / 1024:.1f}".replace(".", ",")
        raise TooLarge(name=name, size=size, limit=LIMIT // 1024 // 1024, field="file")
    found = next((mime for start, mime in SIGNATURES if content.startswith(start)), None)
    if found is None:
        raise WrongKind(name=name, field="file")
    said = NAMES.get(name.rpartition(".")[2].lower()) if "." in name else found
    if said is not None and said != found:
        raise NotWhatItSays(name=name, said=said, found=found, field="file")
    if said is None:
        raise WrongKind(name=name, field="file")
    if found == "application/pdf" and _is_active(content):
        raise ActiveContent(name=name, field="file")
    return found


def _is_active(pdf: bytes) -> bool:
    """Whether a PDF holds code or files: in its plain objects, or in packed ones.

    Names may be written with #xx. What unpacks into more than the limit is taken for hostile.
    """
    if _names_active(pdf):
        return True
    room = LIMIT
    for start in _PACKED.finditer(pdf):
        body = _unpacked(pdf, start.end(), room + 1)
        room -= len(body)
        if room < 0 or _names_active(body):
            return True
    return False


def _unpacked(pdf: bytes, start: int, most: int) -> bytes:
    """The deflated stream that begins at `start`, as far as it can be read, up to `most` bytes."""
    unpack, body = zlib.decompressobj(), b""
    for place in range(start, len(pdf), _BITE):
        try:
            body += unpack.decompress(pdf[place : place + _BITE], most - len(body))
        except zlib.error:
            break
        if unpack.eof or len(body) >= most:
            break
    return body


def _names_active(body: bytes) -> bool:
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), body) if b"#" in body else body
    return _ACTIVE.search(plain) is not None

"""What an uploaded file really is. Pure: bytes in, a verdict out; nothing is trusted by name."""

from motcua.kernel.errors import BadInput
from motcua.papers import pdf_content

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
        "Tệp “{name}” là PDF có mật khẩu, mã chạy được, biểu mẫu gửi đi hoặc tệp nhúng. "
        "In lại thành PDF thường rồi tải lên."
    )


class CannotLookInside(BadInput):
    code = "upload-cannot-look-inside"
    message = (
        "Tệp “{name}” là PDF nén theo cách không kiểm tra được. "
        "In lại thành PDF thường rồi tải lên."
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
    if found == "application/pdf":
        _check_pdf(name, content)
    return found


def _check_pdf(name: str, content: bytes) -> None:
    try:
        active = pdf_content.is_active(content, room=LIMIT)
    except pdf_content.Unreadable:
        raise CannotLookInside(name=name, field="file") from None
    if active:
        raise ActiveContent(name=name, field="file")

"""Files as exports look: made here, all names invented."""

import io
from typing import Any

import openpyxl

HEAD = ("STT", "Tên thủ tục hành chính", "Mã hồ sơ", "Trạng thái", "Chủ hồ sơ", "Ngày nhận",
        "Ngày hẹn trả", "Ngày kết thúc xử lý", "Ngày trả kết quả")  # fmt: skip


def row(code: str, state: str = "Đã trả kết quả", **changed: Any) -> dict[str, Any]:
    """A marriage of Monday 2 March 2026, handed over two days later."""
    ended = state in ("Đã trả kết quả", "Đã xử lý xong")
    return {
        "Tên thủ tục hành chính": "Thủ tục Kết hôn", "Mã hồ sơ": f"H99.99.99-{code}",
        "Trạng thái": state, "Chủ hồ sơ": "Nguyễn Thử A", "Ngày nhận": "02/03/2026 08:05:00",
        "Ngày hẹn trả": "05/03/2026 17:00:00",
        "Ngày kết thúc xử lý": "04/03/2026 15:40:22" if ended else None,
        "Ngày trả kết quả": "05/03/2026 08:00:00" if state == "Đã trả kết quả" else None,
    } | changed  # fmt: skip


def csv(*rows: dict[str, Any], encoding: str = "utf-8", mark: str = ";", head: Any = None) -> bytes:
    head = head or list(dict.fromkeys([*HEAD, *(name for one in rows for name in one)]))
    lines = [mark.join(head)]
    lines += [mark.join(str(one.get(name) or "") for name in head) for one in rows]
    return "\n".join(lines).encode(encoding)


def xlsx(*rows: dict[str, Any], before: Any = (), after: Any = (), head: Any = None) -> bytes:
    """A workbook; `before` and `after` are whole rows around the table."""
    head = head or list(dict.fromkeys([*HEAD, *(name for one in rows for name in one)]))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    for line in before:
        sheet.append(line)
    sheet.append(head)
    for one in rows:
        sheet.append([one.get(name) for name in head])
    for line in after:
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

"""What an event is, as bytes, and how a chain, a seal and a fault in them are told. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from motcua.kernel import chain
from motcua.kernel.errors import Refused


class ClockWentBack(Refused):
    code = "clock-went-back"
    message = (
        "Giờ máy ({at}) sớm hơn việc đã ghi trước đó ({last}). Chưa ghi. "
        "Chỉnh lại đồng hồ của máy chủ rồi làm lại."
    )


class KeyReused(Refused):
    code = "key-reused"
    message = "Lượt gửi này đã dùng cho việc khác. Chưa ghi. Tải lại trang rồi làm lại."


def moment(at: datetime) -> str:
    """An instant as it is hashed: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_hash(event: Mapping[str, Any]) -> str:
    """The hash of an event's content and of the hash before it (`prev`)."""
    content = {name: event[name] for name in CONTENT}
    return chain.link(event["prev"], content)


CONTENT = (
    "agency", "subject_type", "subject_id", "subject_label", "seq", "verb", "at", "by", "key",
    "asked", "data",
)  # fmt: skip


def read_leaf(read: Mapping[str, Any]) -> str:
    """The hash of one recorded read, a leaf of the day's seal."""
    return chain.link(chain.GENESIS, dict(read))


def seal_hash(
    *, prev: str, agency: str, day: str, at: str, events: int, reads: int, root: str
) -> str:
    """The hash of a seal; `at`: when it was put, see `moment`."""
    content = {
        "agency": agency, "day": day, "at": at, "events": events, "reads": reads, "root": root,
    }  # fmt: skip
    return chain.link(prev, content)

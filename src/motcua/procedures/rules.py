"""What a procedure's version says. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.clock import Resume
from motcua.kernel.errors import Refused
from motcua.kernel.labelled import Labelled
from motcua.kernel.law import Dated


class Linkage(Labelled):
    """Liên thông: whether and how a procedure crosses agencies."""

    NONE = "none", "Không liên thông"
    SAME_LEVEL = "same_level", "Liên thông ngang cấp"
    INTER_LEVEL = "inter_level", "Liên thông giữa các cấp"
    GROUP_BIRTH = "group_birth", "Nhóm khai sinh, thường trú, thẻ BHYT"
    GROUP_DEATH = "group_death", "Nhóm khai tử, xóa thường trú, mai táng phí"


OWN = (Linkage.NONE, Linkage.SAME_LEVEL)


class FieldGroup(Labelled):
    """The four fields of the survey annex."""

    JUSTICE = "justice", "Tư pháp"
    LAND = "land", "Đất đai"
    SOCIAL = "social", "Lao động, TBXH"
    OFFICE = "office", "Văn phòng - Thống kê"


class OnlineLevel(Labelled):
    """Mức độ dịch vụ công: levels until 2022-08-15 and in the reports after; then NĐ 42/2022."""

    NONE = "none", "Không trực tuyến"
    LEVEL_2 = "2", "Mức độ 2"
    LEVEL_3 = "3", "Mức độ 3"
    LEVEL_4 = "4", "Mức độ 4"
    PARTIAL = "partial", "Một phần"
    FULL = "full", "Toàn trình"
    UNKNOWN = "unknown", "Chưa rõ"


class StepKind(Labelled):
    RECEIVE = "receive", "Tiếp nhận"
    ASSESS = "assess", "Thẩm định"
    SIGN = "sign", "Ký duyệt"
    SEAL = "seal", "Vào số, đóng dấu"
    RETURN = "return", "Trả kết quả"


# NĐ 61/2018/NĐ-CP Đ.19.4: the term begins again when the papers are complete; since
# NĐ 118/2025/NĐ-CP Đ.17.3 the clock starts with the complete dossier, so a later pause continues.
RESUME_AFTER_SUPPLEMENT: Dated[Resume] = Dated(
    "NĐ 61/2018/NĐ-CP Đ.19.4; NĐ 118/2025/NĐ-CP Đ.17.3",
    {date(2018, 6, 21): Resume.RESTART, date(2025, 7, 1): Resume.CONTINUE},
)


class UnknownProcedure(Refused):
    code = "unknown-procedure"
    message = (
        "Không có thủ tục “{code}” trong danh mục. Gõ vài chữ của tên, ví dụ “khai sinh”, "
        "rồi chọn trong danh sách."
    )


class NotInForce(Refused):
    code = "procedure-not-in-force"
    message = (
        "Thủ tục “{name}” không có hiệu lực ngày {day}{since}. Chưa ghi. "
        "Chọn thủ tục đang có hiệu lực trong danh mục."
    )


class NotOurs(Refused):
    code = "procedure-of-another-owner"
    message = (
        "Thủ tục “{name}” do {owner} tiếp nhận trên hệ thống riêng. Chưa ghi. "
        "Hướng dẫn người nộp sang nơi đó."
    )


class NotChosen(Refused):
    code = "procedure-not-chosen"
    message = (
        "Thủ tục “{name}” chưa được chọn để tiếp nhận ở cơ quan này. Chưa ghi. "
        "Nhờ quản trị chọn ở Thiết lập, mục Danh mục thủ tục."
    )


OWNERS = {
    "commune": "Ủy ban nhân dân cấp xã",
    "police": "Công an cấp xã",
    "military": "Ban Chỉ huy quân sự cấp xã",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the internal process, with its allotted working time in minutes."""

    key: str
    name: str
    kind: StepKind
    role: str
    minutes: int
    output: str


def read_steps(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(
        Step(
            key=row["key"],
            name=row["name"],
            kind=StepKind(row["kind"]),
            role=row["role"],
            minutes=int(row["minutes"]),
            output=row.get("output", ""),
        )
        for row in rows
    )


def step_after(steps: Sequence[Step], index: int) -> int | None:
    """The index of the step after `index`, or None at the end."""
    return index + 1 if index + 1 < len(steps) else None


def first_of_kind(steps: Sequence[Step], kind: StepKind) -> int | None:
    return next((i for i, step in enumerate(steps) if step.kind is kind), None)

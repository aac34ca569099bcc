"""Roles and kinds. Rights come from dated assignments of these, never from titles."""

from dataclasses import dataclass
from datetime import date, timedelta

from motcua.kernel.labelled import Labelled


class Role(Labelled):
    DESK = "desk", "Cán bộ tiếp nhận"
    SPECIALIST = "specialist", "Công chức chuyên môn"
    LEADER = "leader", "Lãnh đạo"
    CLERK = "clerk", "Văn thư"
    STATISTICIAN = "statistician", "Người làm báo cáo"
    ADMINISTRATOR = "administrator", "Quản trị"


class LoginKind(Labelled):
    """What happened at the door (nhật ký đăng nhập)."""

    LOGIN = "login", "Đăng nhập"
    FAILED = "failed", "Sai tên hoặc mật khẩu"
    LOCKED = "locked", "Khóa tạm sau nhiều lần sai"
    TURNED_AWAY = "turned-away", "Từ chối khi đang khóa tạm"
    UNLOCKED = "unlocked", "Bỏ khóa tạm"
    LOGOUT = "logout", "Đăng xuất"


class AgencyKind(Labelled):
    COMMUNE = "commune", "Ủy ban nhân dân cấp xã"
    DISTRICT = "district", "Ủy ban nhân dân cấp huyện"
    PROVINCE = "province", "Ủy ban nhân dân cấp tỉnh"
    MINISTRY = "ministry", "Bộ, cơ quan ngang bộ"


NO_TIME = timedelta(microseconds=1)
"""How long a cancelled absence lasts: an absence ends after it begins, and this one is nobody's."""


class AbsenceKind(Labelled):
    MEETING = "meeting", "Họp"
    FIELD = "field", "Đi cơ sở"
    LEAVE = "leave", "Nghỉ phép"


class PostGroup(Labelled):
    """Whose satisfaction row of the survey annex a post belongs to (phụ lục khảo sát)."""

    JUSTICE = "justice", "Công chức Tư pháp - hộ tịch"
    OFFICE = "office", "Công chức Văn phòng - Thống kê"
    SOCIAL = "social", "Công chức Văn hóa - xã hội"
    LAND = "land", "Công chức Địa chính - Xây dựng, Nông nghiệp và Môi trường"
    LEADER = "leader", "Lãnh đạo"
    OTHER = "other", "Vị trí khác"


@dataclass(frozen=True, slots=True)
class OfficerIn:
    """An officer as typed or as a row of a file: post title, its group, roles from `since` on.

    `fields` are codes of fields of procedures (lĩnh vực); none means all.
    """

    name: str
    login: str
    post: str
    group: PostGroup
    roles: tuple[Role, ...]
    since: date
    fields: tuple[str, ...] = ()
    source: str = ""

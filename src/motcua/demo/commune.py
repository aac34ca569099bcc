"""Xã mẫu: an openly invented commune, set up through the doors an installation uses.

Xã Minh Họa, huyện Thí Dụ, tỉnh Hư Cấu exist nowhere ("illustration", "example", "fiction");
their codes begin with H99, which no province has; officers are called by their posts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from motcua.demo.catalogue import Catalogue
from motcua.kernel.vntime import VN
from motcua.people import actions as people
from motcua.people import queries
from motcua.people.rules import AgencyKind, PostGroup, Role
from motcua.procedures import actions as procedures
from motcua.procedures import shipped
from motcua.web.scope import Scope, agency_scope

SLUG = "minh-hoa"
NAME, PLACE = "Ủy ban nhân dân xã Minh Họa", "Minh Họa"
WATERMARK = "Dữ liệu mẫu – hư cấu"
PASSWORD = "xa-minh-hoa-2023"  # printed on purpose: the demo has nothing to hide
SOURCE = "Dữ liệu mẫu, hư cấu"
FOUNDED_ON = date(2022, 1, 4)
TWO_TIER_ON = date(2025, 7, 1)
TWO_TIER_SOURCE = "Mô hình chính quyền địa phương hai cấp từ 01/7/2025 (áp dụng cho xã mẫu)"
CODES = ("H99", "H99.99", "H99.99.99")  # province, district, commune since 2025
FIRST_CODE = "000.99.99.H99"
HOURS = "hue"
HOURS_SOURCE = "Giờ làm việc của một tỉnh có thật, mượn cho xã mẫu"

DESK, SPECIALIST = Role.DESK, Role.SPECIALIST
POSTS: dict[str, tuple[str, str, PostGroup, tuple[Role, ...]]] = {
    # key: login, title, group of the survey annex, roles beside the desk
    "justice": ("tu-phap", "Công chức Tư pháp – Hộ tịch", PostGroup.JUSTICE, (SPECIALIST,)),
    "office": (
        "van-phong", "Công chức Văn phòng – Thống kê", PostGroup.OFFICE,
        (SPECIALIST, Role.STATISTICIAN),
    ),
    "social": ("van-hoa", "Công chức Văn hóa – Xã hội", PostGroup.SOCIAL, (SPECIALIST,)),
    "land": (
        "dia-chinh", "Công chức Địa chính – Xây dựng – Nông nghiệp và Môi trường",
        PostGroup.LAND, (SPECIALIST,),
    ),
    "clerk": ("van-thu", "Cán bộ Văn thư – Lưu trữ", PostGroup.OTHER, (SPECIALIST, Role.CLERK)),
    "chair": ("chu-tich", "Chủ tịch Ủy ban nhân dân xã", PostGroup.LEADER, (Role.LEADER,)),
    "deputy": ("pho-chu-tich", "Phó Chủ tịch Ủy ban nhân dân xã", PostGroup.LEADER, (Role.LEADER,)),
    "admin": ("quan-tri", "Quản trị hệ thống", PostGroup.OTHER, (Role.ADMINISTRATOR,)),
}  # fmt: skip


@dataclass(slots=True)
class Commune:
    """The commune, the province that publishes for it, and its officers by post."""

    agency: Any
    district: Any
    province: Any
    officers: dict[str, Any]

    def scope(self) -> Any:
        """The commune's scope, as its agencies stand now."""
        return agency_scope(queries.scope_of(self.agency))

    def all_agencies(self) -> tuple[Any, ...]:
        return self.province, self.district, self.agency


def order_of(post: str) -> tuple[int, str]:
    """Where a post stands in lists."""
    known = list(POSTS)
    return (known.index(post) if post in known else len(known), post)


def instant(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VN)


def set_up(catalogue: Catalogue, desk: Sequence[str]) -> Commune:
    """Found the agencies, publish the catalogue of 2023, take the officers on."""
    at = instant(FOUNDED_ON)
    province = _found("tinh-hu-cau", AgencyKind.PROVINCE, "Hư Cấu", CODES[0], None, at)
    district = _found("huyen-thi-du", AgencyKind.DISTRICT, "Thí Dụ", CODES[1], province, at)
    agency = people.found_agency(
        slug=SLUG, kind=AgencyKind.COMMUNE, name=NAME, place=PLACE, code=FIRST_CODE,
        parent=district, effective_from=FOUNDED_ON, source=SOURCE, at=at, watermark=WATERMARK,
    )  # fmt: skip
    _publish_2023(province, catalogue, at)
    with agency_scope(queries.scope_of(agency)):
        for unit in ("desk", "office"):
            people.set_hours(
                by=None, at=at, key=f"hours-{unit}", agency=agency, unit=unit, sessions=HOURS,
                on=FOUNDED_ON, source=HOURS_SOURCE,
            )  # fmt: skip
        officers = {post: _officer(agency, post, desk, at) for post in _posts(desk)}
    return Commune(agency, district, province, officers)


def _found(slug: str, kind: AgencyKind, place: str, code: str, parent: Any, at: datetime) -> Any:
    tier = "tỉnh" if kind is AgencyKind.PROVINCE else "huyện"
    return people.found_agency(
        slug=slug, kind=kind, name=f"Ủy ban nhân dân {tier} {place}", place=place, code=code,
        parent=parent, effective_from=FOUNDED_ON, source=SOURCE, at=at, watermark=WATERMARK,
    )  # fmt: skip


def _posts(desk: Sequence[str]) -> list[str]:
    return [*POSTS, *(post for post in desk if post not in POSTS)]


def _officer(agency: Any, post: str, desk: Sequence[str], at: datetime) -> Any:
    number = post.removeprefix("desk")
    otherwise = (f"mot-cua-{number}", f"Cán bộ Một cửa số {number}", PostGroup.OTHER, ())
    login, title, group, roles = POSTS.get(post, otherwise)
    if post in desk:
        roles = (DESK, *roles)
    return people.add_officer(
        agency=agency, login=login, name=title, post_code=post, post_title=title, group=group,
        roles=roles, effective_from=FOUNDED_ON, source=SOURCE, at=at, password=PASSWORD,
    )  # fmt: skip


def _publish_2023(province: Any, catalogue: Catalogue, at: datetime) -> None:
    """Rows whose code lives on end when the next catalogue replaces them; the others that day."""
    later = {row.code for row in shipped.catalogue("current")}
    ends = instant(TWO_TIER_ON, 0)
    with agency_scope(procedures.scope_publisher(province)):
        for lives_on, end in ((True, None), (False, ends)):
            rows = tuple(row for row in catalogue.rows if (row.code in later) is lives_on)
            procedures.load_catalogue(
                fields=tuple(catalogue.fields), rows=rows, publisher=province,
                effective_from=instant(FOUNDED_ON, 0), effective_to=end, at=at,
            )  # fmt: skip


def become_two_tier(commune: Commune) -> None:
    """From 2025-07-01 the commune stands directly under the province, with today's catalogue."""
    with agency_scope(Scope(commune.province.pk, (commune.province.pk,))):
        procedures.load_catalogue(
            fields=shipped.fields(), rows=shipped.catalogue("current"),
            publisher=commune.province, effective_from=instant(TWO_TIER_ON, 0),
            at=instant(date(2025, 6, 30), 16),
        )  # fmt: skip
    with agency_scope(Scope(commune.district.pk, (commune.district.pk,))):
        people.end_agency(
            agency=commune.district, on=TWO_TIER_ON, source=TWO_TIER_SOURCE,
            at=instant(TWO_TIER_ON, 7, 30),
        )  # fmt: skip
    with commune.scope():
        people.change_agency(
            by=None, at=instant(TWO_TIER_ON, 7, 30), key="two-tier", agency=commune.agency,
            kind=AgencyKind.COMMUNE, name=NAME, place=PLACE, code=CODES[2],
            parent=commune.province, effective_from=TWO_TIER_ON, source=TWO_TIER_SOURCE,
        )  # fmt: skip

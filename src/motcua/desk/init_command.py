"""./motcua init: a real installation without demo data.

The agency's code is required and never has a default: it is given by the authority (mã định danh,
QĐ 20/2020/QĐ-TTg as amended by QĐ 09/2025/QĐ-TTg). Screens for all this come with the wizard.
"""

import argparse
import secrets
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from motcua.kernel.calendar import session_rules
from motcua.kernel.errors import BadInput
from motcua.kernel.numbering import agency_code_is_valid
from motcua.kernel.text import fold
from motcua.kernel.vntime import VN
from motcua.people import actions, queries
from motcua.people.rules import AgencyKind, PostGroup, Role
from motcua.procedures import shipped
from motcua.procedures.actions import load_catalogue
from motcua.web.clock import now
from motcua.web.scope import agency_scope


class AlreadySetUp(BadInput):
    code = "already-set-up"
    message = (
        "Thư mục dữ liệu này đã có cơ quan “{name}”. Chưa ghi gì. "
        "Chọn thư mục khác bằng --data, hoặc chạy ./motcua serve."
    )


class BadCode(BadInput):
    code = "bad-agency-code"
    message = (
        "Mã định danh “{text}” không đúng dạng. Nhập mã được cấp, ví dụ dạng H57.12.34 "
        "hoặc 000.12.34.H57."
    )


class BadOfficer(BadInput):
    code = "bad-officer"
    message = "“{text}” không đúng dạng tên-đăng-nhập:Họ và tên:vai trò,vai trò. Vai trò: {roles}."


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    at = now()
    _check(options)
    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    existing = queries.any_agency()
    if existing is not None:
        raise AlreadySetUp(name=existing.slug)
    with transaction.atomic():
        agency = _found(options, at)
        accounts = _people(options, agency, at)
    print(f"Đã lập {options.name}, mã {options.code}, với danh mục thủ tục kèm theo.")
    for login, password in accounts:
        print(f"  tài khoản {login}, mật khẩu {password} (chỉ hiện lần này)")
    print("Tiếp theo: ./motcua serve")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="motcua init",
        description="Lập cơ quan thật: tên, mã định danh, giờ làm việc, người dùng đầu tiên.",
    )
    parser.add_argument("--name", required=True, help="tên cơ quan, ví dụ “UBND xã …”")
    parser.add_argument("--place", required=True, help="địa danh ghi trên văn bản")
    parser.add_argument("--code", required=True, help="mã định danh được cấp; không có mặc định")
    parser.add_argument("--parent", required=True, help="cơ quan cấp trên, ví dụ “UBND tỉnh …”")
    parser.add_argument("--parent-code", required=True, help="mã định danh của cấp trên")
    parser.add_argument("--since", default="2025-07-01", help="có từ ngày (năm-tháng-ngày)")
    parser.add_argument("--sessions", default="default", help="bộ giờ làm việc: default, hue")
    parser.add_argument("--source", default="", help="căn cứ thành lập")
    parser.add_argument("--admin", default="quantri", help="tên đăng nhập quản trị")
    parser.add_argument(
        "--officer", action="append", default=[], metavar="LOGIN:TÊN:VAI TRÒ",
        help="thêm người dùng; vai trò: " + ", ".join(role.value for role in Role),
    )  # fmt: skip
    return parser


def _check(options: argparse.Namespace) -> None:
    for text in (options.code, options.parent_code):
        if not agency_code_is_valid(text):
            raise BadCode(text=text)
    session_rules(options.sessions, "desk")
    for text in options.officer:
        _officer(text)


def _found(options: argparse.Namespace, at: datetime) -> Any:
    since = date.fromisoformat(options.since)
    source = options.source or "nhập khi lập cơ quan"
    parent = actions.found_agency(
        slug="cap-tren", kind=AgencyKind.PROVINCE, name=options.parent, place=options.parent,
        code=options.parent_code, parent=None, effective_from=since, source=source, at=at,
    )  # fmt: skip
    start = datetime(since.year, since.month, since.day, tzinfo=VN)
    with agency_scope(queries.scope_of(parent)):
        load_catalogue(
            fields=shipped.fields(), rows=shipped.catalogue("current"), publisher=parent,
            effective_from=start, at=at,
        )  # fmt: skip
    return actions.found_agency(
        slug=fold(options.name).replace(" ", "-")[:60], kind=AgencyKind.COMMUNE,
        name=options.name, place=options.place, code=options.code, parent=parent,
        effective_from=since, source=source, at=at,
    )  # fmt: skip


def _people(options: argparse.Namespace, agency: Any, at: datetime) -> list[tuple[str, str]]:
    since = date.fromisoformat(options.since)
    rows = [(options.admin, "Quản trị", (Role.ADMINISTRATOR,))]
    rows += [_officer(text) for text in options.officer]
    accounts = []
    with agency_scope(queries.scope_of(agency)):
        actions.set_hours(
            by=None, at=at, key="hours-desk", agency=agency, unit="desk",
            sessions=options.sessions, on=since, source=options.source,
        )  # fmt: skip
        for login, name, roles in rows:
            password = secrets.token_urlsafe(9)
            actions.add_officer(
                agency=agency, login=login, name=name, post_code=login, post_title=name,
                group=PostGroup.OTHER, roles=roles, effective_from=since,
                source="nhập khi lập cơ quan", at=at, password=password,
            )  # fmt: skip
            accounts.append((login, password))
    return accounts


def _officer(text: str) -> tuple[str, str, tuple[Role, ...]]:
    parts = [part.strip() for part in text.split(":")]
    known = {role.value for role in Role}
    roles = parts[2].split(",") if len(parts) == 3 else []
    if not all(parts) or not roles or not set(roles) <= known:
        raise BadOfficer(text=text, roles=", ".join(sorted(known)))
    return parts[0], parts[1], tuple(Role(role) for role in roles)

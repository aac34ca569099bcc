"""./motcua init: a real installation without demo data; the wizard at /thiet-lap goes on from it.

The agency's code is required and never has a default: it is given by the authority (mã định danh,
QĐ 20/2020/QĐ-TTg as amended by QĐ 09/2025/QĐ-TTg). On a terminal what is missing is asked for.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from motcua.kernel.calendar import WorkPlace
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.numbering import agency_code_is_valid, canonical_agency_code
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import VN, local_day
from motcua.people import actions, queries
from motcua.people.hours import named_hours
from motcua.people.naming import login_is_valid
from motcua.people.rules import AgencyKind, PostGroup, Role
from motcua.people.secret import Secret, new_code
from motcua.procedures import queries as procedures
from motcua.procedures import shipped
from motcua.procedures.actions import choose_offers, load_catalogue
from motcua.setup.options import Parser
from motcua.web.clock import now
from motcua.web.ids import uuid7
from motcua.web.scope import agency_scope

SOURCE = "nhập khi lập cơ quan"
OURS = frozenset({"secret", "motcua.sqlite3", "motcua.sqlite3-wal", "motcua.sqlite3-shm"})


class AlreadySetUp(BadInput):
    code = "already-set-up"
    message = (
        "Thư mục dữ liệu này đã có cơ quan “{name}”. Chưa ghi gì. "
        "Chọn thư mục khác bằng --data, hoặc chạy ./motcua serve."
    )


class FolderInUse(BadInput):
    code = "folder-in-use"
    message = "Thư mục {folder} đã có {found}. Chưa ghi gì. Chọn thư mục trống bằng --data."


class BadCode(BadInput):
    code = "bad-agency-code"
    message = (
        "Mã định danh “{text}” không đúng dạng. Nhập mã được cấp, ví dụ dạng H57.12.34 "
        "hoặc 000.12.34.H57."
    )


class BadOfficer(BadInput):
    code = "bad-officer"
    message = "“{text}” không đúng dạng tên-đăng-nhập:Họ và tên:vai trò,vai trò. Vai trò: {roles}."


class BadLogin(BadInput):
    code = "bad-login"
    message = "Tên đăng nhập “{text}” chưa đúng: 3 đến 40 chữ không dấu, bắt đầu bằng chữ cái."


class BadDay(BadInput):
    code = "bad-day"
    message = "“{text}” không phải ngày. Ghi năm-tháng-ngày, ví dụ 2025-07-01."


class Missing(BadInput):
    code = "options-missing"
    message = "Còn thiếu {names}. Ghi thêm, hoặc chạy ./motcua init ở cửa sổ lệnh để được hỏi."


def _code(text: str) -> str:
    if not agency_code_is_valid(text):
        raise BadCode(text=text)
    return text


def _words(text: str) -> str:
    if not nfc(text):
        raise BadInput("Chưa nhập gì. Nhập rồi nhấn Enter.")
    return nfc(text)


def _login(text: str) -> str:
    if not login_is_valid(text):
        raise BadLogin(text=text)
    return text


def _hours(text: str) -> str:
    for unit in WorkPlace:
        named_hours(text, unit)
    return text


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know: its option, what is asked, how an answer is read, what Enter means."""

    option: str
    words: str
    read: Callable[[str], str] = _words
    default: str | None = None


QUESTIONS = (
    Question("name", "Tên cơ quan, ví dụ “UBND xã …”"),
    Question("place", "Địa danh ghi trên văn bản (tên xã)"),
    Question("code", "Mã định danh được cấp, ví dụ dạng H57.12.34 (bắt buộc)", _code),
    Question("parent", "Cơ quan cấp trên, ví dụ “UBND tỉnh …”"),
    Question("admin", "Tên đăng nhập của quản trị", _login, "quantri"),
    Question("admin_name", "Họ và tên người quản trị"),
    Question("sessions", "Giờ làm việc: default, hue, hoặc như 07:30-11:30 13:30-17:00", _hours,
             "default"),
)  # fmt: skip


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    at = now()
    folder = Path(settings.DATA)
    _refuse_used(folder)
    _complete(options)
    _check(options)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    existing = next(iter(queries.desks()), None) or queries.any_agency()
    if existing is not None:
        raise AlreadySetUp(name=queries.last_version(existing, local_day(at)).name)
    with transaction.atomic():
        agency = _found(options, at)
        accounts = _people(options, agency, at)
    _tell(options, accounts)
    return 0


def _parser() -> Parser:
    parser = Parser(
        prog="./motcua init",
        description="Lập cơ quan thật: tên, mã định danh, giờ làm việc, người quản trị đầu tiên. "
        "Thiếu gì thì hỏi, khi chạy ở cửa sổ lệnh.",
    )
    for one in QUESTIONS:
        parser.add_argument(f"--{one.option.replace('_', '-')}", help=one.words)
    parser.add_argument("--kind", default="commune", choices=[k.value for k in AgencyKind],
                        help="loại cơ quan (mặc định: xã)")  # fmt: skip
    parser.add_argument("--parent-code", help="mã của cấp trên; mặc định: phần đầu của --code")
    parser.add_argument("--since", default="2025-07-01", help="có từ ngày (năm-tháng-ngày)")
    parser.add_argument("--source", default="", help="căn cứ thành lập")
    parser.add_argument("--offer", default="all", choices=["all", "none"],
                        help="thủ tục tiếp nhận lúc đầu: mọi thủ tục kèm theo, hay chưa thủ tục "
                        "nào; chọn lại lúc nào cũng được ở /thiet-lap")  # fmt: skip
    parser.add_argument(
        "--officer", action="append", default=[], metavar="LOGIN:TÊN:VAI TRÒ",
        help="thêm người dùng; vai trò: " + ", ".join(role.value for role in Role),
    )  # fmt: skip
    return parser


def _refuse_used(folder: Path) -> None:
    found = sorted(one.name for one in folder.iterdir()) if folder.exists() else []
    if "demo.json" in found:
        raise AlreadySetUp(name="dữ liệu mẫu")
    strange = [name for name in found if name not in OURS]
    if strange and "motcua.sqlite3" not in found:
        raise FolderInUse(folder=folder, found=", ".join(strange[:3]))


def _complete(options: argparse.Namespace) -> None:
    """Ask for what is missing on a terminal; elsewhere name it, and take what has a default."""
    missing = [one for one in QUESTIONS if getattr(options, one.option) is None]
    if missing and sys.stdin.isatty():
        print("Nhấn Enter để lấy chữ trong ngoặc vuông. Ctrl-C: thôi, chưa ghi gì.")
        for one in missing:
            setattr(options, one.option, _ask(one))
        return
    needed = [one for one in missing if one.default is None]
    if needed:
        raise Missing(names=", ".join(f"--{one.option.replace('_', '-')}" for one in needed))
    for one in missing:
        setattr(options, one.option, one.default)


def _ask(one: Question) -> str:
    while True:
        tail = f" [{one.default}]" if one.default else ""
        try:
            typed = input(f"{one.words}{tail}: ").strip() or one.default or ""
        except EOFError:
            raise Refused("Chưa trả lời hết; chưa ghi gì.") from None
        try:
            return one.read(typed)
        except BadInput as refusal:
            print(refusal)


def _check(options: argparse.Namespace) -> None:
    for one in QUESTIONS:
        setattr(options, one.option, one.read(getattr(options, one.option)))
    options.parent_code = _code(
        options.parent_code or canonical_agency_code(options.code).partition(".")[0]
    )
    if canonical_agency_code(options.parent_code) == canonical_agency_code(options.code):
        raise BadInput("Mã của cơ quan trùng mã của cấp trên ({code}).", code=options.code)
    try:
        options.since = date.fromisoformat(options.since)
    except ValueError:
        raise BadDay(text=options.since) from None
    logins = [options.admin, *(_officer(text)[0] for text in options.officer)]
    twice = next((login for login in logins if logins.count(login) > 1), None)
    if twice:
        raise BadInput("Tên đăng nhập “{login}” ghi hai lần.", login=twice)


def _found(options: argparse.Namespace, at: datetime) -> Any:
    since, source = options.since, options.source or SOURCE
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
        slug=fold(options.name).replace(" ", "-")[:60], kind=AgencyKind(options.kind),
        name=options.name, place=options.place, code=options.code, parent=parent,
        effective_from=since, source=source, at=at,
    )  # fmt: skip


def _people(options: argparse.Namespace, agency: Any, at: datetime) -> list[tuple[str, Secret]]:
    rows = [(options.admin, options.admin_name, (Role.ADMINISTRATOR,))]
    rows += [_officer(text) for text in options.officer]
    with agency_scope(queries.scope_of(agency)):
        for unit in WorkPlace:
            actions.set_hours(
                by=None, at=at, key=f"init-hours-{unit}", agency=agency, unit=unit,
                sessions=options.sessions, on=options.since, source=options.source or SOURCE,
            )  # fmt: skip
        officers = [_officer_of(agency, row, options.since, at) for row in rows]
        if options.offer == "none":
            _offer_nothing(officers[0], at)
        return [(one.login, _code_for(one, officers[0], at)) for one in officers]


def _officer_of(
    agency: Any, row: tuple[str, str, tuple[Role, ...]], since: date, at: datetime
) -> Any:
    login, name, roles = row
    return actions.add_officer(
        agency=agency, login=login, name=name, post_code=login, post_title=roles[0].label,
        group=PostGroup.LEADER if Role.LEADER in roles else PostGroup.OTHER, roles=roles,
        effective_from=min(since, at.astimezone(VN).date()), source=SOURCE, at=at,
        must_change=True,
    )  # fmt: skip


def _code_for(officer: Any, administrator: Any, at: datetime) -> Secret:
    """A one-time code instead of a password: what a terminal showed opens nothing tomorrow."""
    code, key = new_code(), str(uuid7())
    if officer == administrator:
        actions.give_console_code(by=None, at=at, key=key, officer_id=officer.pk, code=code)
    else:
        actions.give_code(by=administrator, at=at, key=key, officer_id=officer.pk, code=code)
    return code


def _offer_nothing(administrator: Any, at: datetime) -> None:
    every = sorted(procedures.in_force(at).values_list("procedure_id", flat=True))
    choose_offers(by=administrator, at=at, key="init-offers", offered=[], of=every)


def _officer(text: str) -> tuple[str, str, tuple[Role, ...]]:
    parts = [nfc(part) for part in text.split(":")]
    known = {role.value for role in Role}
    roles = parts[2].split(",") if len(parts) == 3 else []
    if not all(parts) or not roles or not set(roles) <= known:
        raise BadOfficer(text=text, roles=", ".join(sorted(known)))
    return _login(parts[0]), parts[1], tuple(Role(role) for role in roles)


def _tell(options: argparse.Namespace, accounts: list[tuple[str, Secret]]) -> None:
    print(f"Đã lập {options.name}, mã {options.code}, với danh mục thủ tục kèm theo.")
    print("Mã dùng một lần, trong 24 giờ, chỉ hiện lần này; dùng để tự đặt mật khẩu:")
    for login, code in accounts:
        print(f"  tài khoản {login}   mã {code.reveal()}")
    print("Tiếp theo: ./motcua serve, mở trang, chọn “Có mã dùng một lần”, rồi mở Thiết lập.")

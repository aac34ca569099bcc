"""./motcua import FILE --kind dossiers: open dossiers and last year's register of another system.

The file is checked whole before a row is written: with a row refused nothing is, unless
--good-only. Exit 1 when rows were refused.
"""

import json
import sys
from argparse import Namespace
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import VN, local_day
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.setup import opening, snapshot, tables
from motcua.setup.opening import Plan
from motcua.setup.options import Parser
from motcua.web.clock import now
from motcua.web.scope import agency_scope

KINDS = ("dossiers",)
REFUSED = 1


class NoAdministrator(Refused):
    code = "no-administrator"
    message = "{name} chưa có quản trị nào; ghi --by TÊN-ĐĂNG-NHẬP của người nhập."


def main(argv: list[str]) -> int:
    """Check, and without --dry-run write; the answer as words or as JSON on standard output."""
    options = _parser().parse_args(argv)
    at = now()
    as_of = _instant(options.as_of) if options.as_of else at
    content = _content(options.file)
    agency = _agency(options)
    name = options.file.name
    with agency_scope(people.scope_of(agency)) if agency is not None else nullcontext():
        plan = opening.check(
            name, content, agency=agency, code=options.agency or "", as_of=as_of, at=at
        )
        told = _write(plan, options, agency, at, as_of)
    if options.format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _say(plan, told, options)
    return REFUSED if plan.reading.refused else 0


def _parser() -> Parser:
    parser = Parser(
        prog="./motcua import",
        description="Đưa hồ sơ của hệ thống khác vào: kiểm cả tệp rồi mới ghi.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp .xlsx hoặc .csv")
    parser.add_argument("--kind", required=True, choices=KINDS, help="loại dữ liệu")
    parser.add_argument("--agency", help="mã định danh của đơn vị; mặc định: đơn vị ở đây")
    parser.add_argument("--as-of", metavar="INSTANT", help="lúc chốt số liệu của tệp")
    parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm, không ghi")
    parser.add_argument("--good-only", action="store_true", help="ghi dòng đúng, bỏ dòng sai")
    parser.add_argument("--by", metavar="LOGIN", help="quản trị đứng tên lần nhập")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    return parser


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            "--as-of “{text}” không phải thời điểm; ghi như 2026-03-05T17:00.", text=text
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=VN)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(tables.MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("Không mở được tệp {path}: {why}.", path=path, why=error.strerror) from None


def _agency(options: Namespace) -> Any:
    """The agency imported into; None only in a dry run, where it need not exist."""
    here = (
        snapshot.engine() != snapshot.SQLITE or (Path(settings.DATA) / snapshot.DATABASE).exists()
    )
    agency = None
    if here:
        agency = people.agency_by_code(options.agency) if options.agency else _only()
    if agency is None and not options.dry_run:
        raise opening.NoAgency(code=options.agency or "…")
    if agency is None and not options.agency:
        raise BadInput("Ghi --agency MÃ: chưa có đơn vị nào ở đây.")
    return agency


def _only() -> Any:
    """The one live agency that has dossiers: not those above it, which only publish."""
    found = people.desks()
    if len(found) > 1:
        raise BadInput("Ở đây có nhiều đơn vị; ghi --agency MÃ.")
    return found[0] if found else None


def _write(
    plan: Plan, options: Namespace, agency: Any, at: datetime, as_of: datetime
) -> dict[str, Any]:
    if options.dry_run or (plan.reading.refused and not options.good_only):
        return plan.as_json()
    done, by = opening.Written(), _administrator(options, agency, at)
    every = len(plan.new) + len(plan.changed)
    for done in opening.write(plan, by=by, at=at, as_of=as_of):
        if sys.stderr.isatty():
            reached = done.created + done.updated
            print(f"\r  {reached} / {every}", end="", file=sys.stderr, flush=True)
    if every and sys.stderr.isatty():
        print(file=sys.stderr)
    return plan.as_json(created=done.created, updated=done.updated, unchanged=plan.unchanged)


def _administrator(options: Namespace, agency: Any, at: datetime) -> Any:
    rows = people.officers_with(Role.ADMINISTRATOR, on=local_day(at))
    rows = rows.select_related("post", "agency")
    if options.by:
        rows = rows.filter(login=options.by)
    found = rows.first()
    if found is None:
        raise NoAdministrator(name=agency.slug)
    return found


def _say(plan: Plan, told: dict[str, Any], options: Namespace) -> None:
    print(f"{plan.name}: {told['accepted']} hồ sơ nhận được, {told['refused']} dòng bị từ chối, "
          f"{told['ignored']} dòng bỏ qua.")  # fmt: skip
    for one in told["refusals"]:
        print(f"  từ chối  {one['message']}")
    for one in told["warnings"]:
        print(f"  lưu ý    {one['message']}")
    if options.dry_run:
        print("Chỉ kiểm, chưa ghi gì.")
    elif plan.reading.refused and not options.good_only:
        print("Chưa ghi gì. Sửa các dòng bị từ chối, hoặc thêm --good-only để ghi các dòng đúng.")
    else:
        print(f"Đã ghi {told['created']} hồ sơ mới, cập nhật {told['updated']}, "
              f"giữ nguyên {told['unchanged']}.")  # fmt: skip

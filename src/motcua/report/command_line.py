"""What `./motcua report` and `./motcua records` share: arguments, the agency, the output."""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

from motcua.kernel.errors import BadInput
from motcua.people import queries as people
from motcua.report import tables
from motcua.web.scope import Scope


class NoAgency(BadInput):
    code = "agency-none"
    message = "Dữ liệu chưa có đơn vị cấp xã nào. Chạy ./motcua demo hoặc ./motcua init trước."


class WhichAgency(BadInput):
    code = "agency-which"
    message = "Dữ liệu có nhiều đơn vị. Thêm --agency với một trong: {slugs}."


class UnknownAgency(BadInput):
    code = "agency-unknown"
    message = "Không có đơn vị “{given}”. Chọn một trong: {slugs}."


class Parser(argparse.ArgumentParser):
    """Says what it did not understand in one sentence, as BadInput."""

    def error(self, message: str) -> NoReturn:
        found = re.search(r"--?[\w-]+|(?<=arguments: ).*", message)
        name = found[0] if found else message
        if "required" in message or "expected" in message:
            raise BadInput("Thiếu giá trị của {name}. Xem: ./{prog} --help.", **self._said(name))
        raise BadInput(
            "Không hiểu “{name}” trong câu lệnh. Xem: ./{prog} --help.", **self._said(name)
        )

    def _said(self, name: str) -> dict[str, str]:
        return {"name": name, "prog": self.prog}


def parser(prog: str, description: str) -> Parser:
    made = Parser(prog=f"motcua {prog}", description=description, allow_abbrev=False)
    made.add_argument(
        "--period", required=True, metavar="KỲ",
        help="2023, 2023-Q1, 2023-03, 2023-H1, 2023-9M hoặc TỪ_NGÀY/ĐẾN_NGÀY",
    )  # fmt: skip
    made.add_argument("--format", default="json", metavar="DẠNG", help="json")
    made.add_argument("--out", metavar="TỆP", help="ghi vào tệp; không có thì in ra màn hình")
    made.add_argument("--agency", metavar="ĐƠN_VỊ", help="tên gọn hoặc mã của xã, khi có nhiều xã")
    return made


def require_json(given: str) -> None:
    """Raises BadInput for any format but json."""
    if given in ("docx", "pdf", "xlsx"):
        raise BadInput("Dạng {given} sẽ có ở phiên bản sau; nay dùng --format json.", given=given)
    if given != "json":
        raise BadInput("Không có dạng “{given}”; dùng --format json.", given=given)


def scope_of(given: str | None) -> Scope:
    """The scope of the commune asked for, or of the only one. Raises BadInput."""
    found = list(tables.communes())
    if not found:
        raise NoAgency()
    slugs = ", ".join(one.slug for one in found)
    if given is not None:
        by_code = people.agency_by_code(given)
        found = [one for one in found if one.slug == given or one == by_code]
        if not found:
            raise UnknownAgency(given=given, slugs=slugs)
    if len(found) > 1:
        raise WhichAgency(slugs=slugs)
    return people.scope_of(found[0])


def write(document: dict[str, Any], out: str | None) -> None:
    """Print the document, or write it to `out`, as JSON that is the same each time."""
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        Path(out).write_text(text, encoding="utf-8")

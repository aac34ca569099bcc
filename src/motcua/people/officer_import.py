"""Reading a list of officers from XLSX: every row is checked before one is written."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any, TypeVar

from django.core import signing
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from motcua.kernel.errors import BadInput
from motcua.kernel.labelled import Labelled
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import parse_day
from motcua.people.naming import login_is_valid, propose_login
from motcua.people.rules import OfficerIn, PostGroup, Role
from motcua.web.sheets import CellError, Line, Table

NAME, LOGIN, POST, GROUP = "Họ và tên", "Tên đăng nhập", "Chức danh", "Nhóm vị trí"
ROLES, WORK, SINCE = "Vai trò", "Lĩnh vực", "Từ ngày"
COLUMNS = (NAME, LOGIN, POST, GROUP, ROLES, WORK, SINCE)
NEEDED = (NAME, POST, ROLES, SINCE)
SHEET, HELP = "Cán bộ", "Hướng dẫn"
SALT, LIFE_SECONDS = "motcua.people.officer_import", 3600
LONGEST = {NAME: 120, POST: 200}
MOST = 500

Kind = TypeVar("Kind", bound=Labelled)


class PreviewIsOld(BadInput):
    code = "preview-is-old"
    message = "Bản xem trước đã quá một giờ hoặc bị sửa. Chọn lại tệp để kiểm tra lại."


@dataclass
class Checked:
    """The rows of a file as officers, and everything that is wrong with them."""

    rows: list[OfficerIn] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def check(table: Table, *, work: Sequence[tuple[str, str]], taken: frozenset[str]) -> Checked:
    """Check all rows. `work`: code and name of the fields; `taken`: logins that are in use."""
    checked = Checked()
    if not table.lines:
        checked.errors.append(CellError(table.sheet, 0, NAME, _("Tệp không có dòng nào.")))
    if len(table.lines) > MOST:
        words = _("Tệp có {n} dòng; nhận đến {most}. Tách tệp.").format(
            n=len(table.lines), most=MOST
        )
        checked.errors.append(CellError(table.sheet, table.lines[MOST].number, NAME, words))
        return checked
    given: dict[str, int] = {}
    for line in table.lines:
        _Row(table.sheet, line, checked, work).read(taken, given)
    return checked


class _Row:
    """One row being read; notes errors as it goes."""

    def __init__(
        self, sheet: str, line: Line, checked: Checked, work: Sequence[tuple[str, str]]
    ) -> None:
        self.sheet, self.line, self.checked, self.work = sheet, line, checked, work
        self.good = True

    def read(self, taken: frozenset[str], given: dict[str, int]) -> None:
        name = self.words(NAME)
        post = self.words(POST)
        login = self.login(name, taken, given)
        group = self.one(GROUP, PostGroup) or PostGroup.OTHER
        roles = self.many(ROLES, {fold(one.label): one for one in Role} | dict(_by_value(Role)))
        names = {fold(text): code for code, text in self.work}
        fields = self.many(WORK, names | {fold(code): code for code, _text in self.work})
        since = self.day(SINCE)
        if not roles and self.text(ROLES) == "":
            self.wrong(ROLES, _("Chưa ghi vai trò. Ghi một trong: {known}.").format(
                known=_labels(Role)))  # fmt: skip
        if self.good and since is not None:
            one = OfficerIn(name, login, post, group, tuple(roles), since, tuple(fields))
            self.checked.rows.append(one)

    def text(self, column: str) -> str:
        return self.line.cells.get(column, "")

    def wrong(self, column: str, message: str) -> None:
        self.good = False
        self.checked.errors.append(CellError(self.sheet, self.line.number, column, message))

    def words(self, column: str) -> str:
        text = self.text(column)
        if not text:
            self.wrong(column, _("Ô trống. Ghi {what}.").format(what=column.lower()))
        elif len(text) > LONGEST[column]:
            self.wrong(column, _("Dài {length} chữ; nhận đến {most}. Viết ngắn lại.").format(
                length=len(text), most=LONGEST[column]))  # fmt: skip
        return text

    def login(self, name: str, taken: frozenset[str], given: dict[str, int]) -> str:
        typed = self.text(LOGIN)
        text = typed.lower()
        if not text:
            text = propose_login(name, {*taken, *given})
        elif not login_is_valid(text):
            self.wrong(LOGIN, _(
                "“{text}” không đúng dạng. Ghi 3 đến 40 chữ không dấu, chữ số; đầu là chữ cái."
            ).format(text=typed))  # fmt: skip
        elif text in taken:
            self.wrong(LOGIN, _("“{text}” đã có người dùng. Chọn tên khác.").format(text=text))
        elif text in given:
            self.wrong(LOGIN, _("“{text}” trùng với dòng {row}. Chọn tên khác.").format(
                text=text, row=given[text]))  # fmt: skip
        given.setdefault(text, self.line.number)
        return text

    def one(self, column: str, kind: type[Kind]) -> Kind | None:
        text = self.text(column)
        known = {fold(one.label): one for one in kind} | dict(_by_value(kind))
        if text and fold(text) not in known:
            self.wrong(column, _("Không có “{text}”. Ghi một trong: {known}.").format(
                text=text, known=_labels(kind)))  # fmt: skip
        return known.get(fold(text))

    def many(self, column: str, known: Mapping[str, Any]) -> list[Any]:
        """The values of a cell, between semicolons or lines; commas too where that is enough."""
        found = []
        for text in _split(self.text(column), known):
            if fold(text) in known:
                found.append(known[fold(text)])
            else:
                self.wrong(column, _("Không có “{text}”. Xem trang Hướng dẫn của tệp mẫu.").format(
                    text=text))  # fmt: skip
        return list(dict.fromkeys(found))

    def day(self, column: str) -> date | None:
        text = self.text(column)
        if not text:
            self.wrong(column, _("Ô trống. Ghi ngày, ví dụ 01/10/2026."))
            return None
        try:
            return parse_day(text)
        except BadInput:
            self.wrong(column, _("“{text}” không phải là ngày. Ghi như 01/10/2026.").format(
                text=text))  # fmt: skip
            return None


def _split(text: str, known: Mapping[str, Any]) -> list[str]:
    if fold(text) in known:
        return [text]
    parts = [nfc(part) for part in re.split(r"[;\n]", text)]
    if not all(fold(part) in known for part in parts if part):
        parts = [nfc(part) for part in re.split(r"[;,\n]", text)]
    return [part for part in parts if part]


def _by_value(kind: type[Kind]) -> list[tuple[str, Kind]]:
    return [(fold(one.value), one) for one in kind]


def _labels(kind: type[Labelled]) -> str:
    return "; ".join(one.label for one in kind)


def pack(rows: Sequence[OfficerIn]) -> str:
    """The checked rows, signed, for the form that writes them: nobody alters them between."""
    plain = [
        [one.name, one.login, one.post, one.group, list(one.roles), one.since.isoformat(),
         list(one.fields)]
        for one in rows
    ]  # fmt: skip
    return signing.dumps(plain, salt=SALT, compress=True)


def unpack(text: str) -> tuple[OfficerIn, ...]:
    """Raises PreviewIsOld when it is not what was packed within the hour."""
    try:
        plain = signing.loads(text, salt=SALT, max_age=LIFE_SECONDS)
    except signing.BadSignature as problem:
        raise PreviewIsOld() from problem
    return tuple(
        OfficerIn(name, login, post, PostGroup(group), tuple(Role(role) for role in roles),
                  date.fromisoformat(since), tuple(fields))
        for name, login, post, group, roles, since, fields in plain
    )  # fmt: skip


def template(work: Sequence[tuple[str, str]]) -> bytes:
    """The file to fill in: the head, and a second sheet with what may be written."""
    stream = BytesIO()
    book = Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1})
    sheet, helping = book.add_worksheet(SHEET), book.add_worksheet(HELP)
    for at, name in enumerate(COLUMNS):
        sheet.write_string(0, at, name, head)
        sheet.set_column(at, at, 28, book.add_format({"num_format": "@"}))
    sheet.freeze_panes(1, 1)
    columns: list[tuple[str, list[str]]] = [
        (GROUP, [one.label for one in PostGroup]),
        (ROLES, [one.label for one in Role]),
        (WORK, [name for _code, name in work]),
        (_("Cách ghi"), _how()),
    ]
    for at, (name, values) in enumerate(columns):
        helping.write_string(0, at, name, head)
        helping.set_column(at, at, 50)
        for row, words in enumerate(values, 1):
            helping.write_string(row, at, words)
    book.close()
    return stream.getvalue()


def _how() -> list[str]:
    say: Callable[[str], str] = _
    return [
        say("Mỗi người một dòng ở trang Cán bộ."),
        say("Nhiều vai trò, lĩnh vực: cách nhau bằng dấu chấm phẩy."),
        say("Lĩnh vực bỏ trống: mọi lĩnh vực."),
        say("Tên đăng nhập bỏ trống: lấy tên gọi và chữ đầu của họ, đệm, không dấu."),
        say("Từ ngày: bắt buộc, ghi như 01/10/2026."),
    ]

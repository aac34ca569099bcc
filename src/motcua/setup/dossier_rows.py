"""From the sheets of a file to dossiers as other systems tell them: each accepted or refused.

No database. Whatever is refused or worth knowing names sheet, row and column.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import FINISHED, PAUSED, Channel, State
from motcua.kernel.errors import BadInput
from motcua.kernel.numbering import canonical_agency_code, parse_code
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import local_day
from motcua.setup import rules
from motcua.setup.rules import NAMES, Header, Unreadable, When
from motcua.setup.tables import Sheet

LONGEST_CODE, LONGEST_NAME = 40, 200
PAGES = frozenset({50, 100, 500, 1_000, 5_000, 10_000})
FEW = 2
NOT_YET = frozenset({State.REGISTERED, State.NOT_RECEIVED})
RANK = {
    State.REGISTERED: 0, State.NOT_RECEIVED: 1, State.RECEIVED: 2, State.IN_PROGRESS: 3,
    State.SUPPLEMENT: 3, State.PAYMENT: 3, State.WITHDRAWN: 4, State.STOPPED: 4, State.DONE: 4,
    State.RETURNED: 5,
}  # fmt: skip
_PROCEDURE = re.compile(r"\d\.\d{6}(?!\d)")
_HANDLERS = re.compile(r";|##")

REASONS = {
    "missing-code": _("Dòng không có mã hồ sơ. Bổ sung mã như phần mềm cũ đã cấp."),
    "bad-code": _("Mã hồ sơ “{text}” dài quá 40 chữ hoặc có ký tự lạ."),
    "other-agency": _("Mã “{text}” là của đơn vị khác. Chỉ nhập hồ sơ của {own}."),
    "code-in-future": _("Mã “{text}” mang ngày {day}, sau lúc chốt số liệu {as_of}."),
    "missing-state": _("Chưa có trạng thái hồ sơ."),
    "unknown-state": _("Trạng thái “{text}” không có trong mười trạng thái."),
    "unknown-channel": _("Kênh nộp “{text}” không rõ. Ghi trực tiếp, trực tuyến hoặc bưu chính."),
    "missing-receipt": _("Chưa có ngày nhận hồ sơ."),
    "missing-finish": _("Hồ sơ đã xong mà không có ngày kết thúc xử lý."),
    "missing-owner": _("Chưa có tên chủ hồ sơ."),
    "missing-procedure": _("Chưa có tên hoặc mã thủ tục."),
    "not-a-day": _("“{text}” không phải ngày. Ghi như 27/3/2026 08:05."),
    "no-such-day": _("“{text}” không phải ngày có thật."),
    "month-before-day": _("“{text}” ghi tháng trước ngày. Ghi lại ngày trước tháng."),
    "error-cell": _("Ô báo lỗi “{text}” ở chỗ phải là ngày. Sửa công thức rồi nhập lại."),
    "receipt-in-future": _("Ngày nhận {text} sau lúc chốt số liệu {as_of}."),
    "finish-in-future": _("Ngày kết thúc {text} sau lúc chốt số liệu {as_of}."),
    "finish-before-receipt": _("Ngày kết thúc {text} trước ngày nhận {received}."),
    "contradiction": _("Mã {text} có ở dòng {others} với nội dung khác. Giữ một dòng đúng."),
    "no-due": _("Hồ sơ đang mở không có ngày hẹn trả, danh mục cũng không có thời hạn. Ghi hẹn."),
    "never-due": _("Không có ngày hẹn trả và thời hạn; coi như xong đúng hạn."),
    "received-here": _("Hồ sơ {text} do chính cơ quan này tiếp nhận ở đây. Không nhập đè."),
    "worked-on-here": _("Hồ sơ {text} đã được làm tiếp ở đây sau lần nhập trước. Giữ như ở đây."),
    "went-back": _("Tệp này cũ hơn: hồ sơ {text} ở đây đã sang “{state}”. Giữ như ở đây."),
    "duplicate": _("Trùng hệt dòng {others}. Bỏ qua."),
    "superseded": _("Dòng {others} có trạng thái sau của hồ sơ {text}. Bỏ qua dòng này."),
    "skipped": _("Bỏ qua {count} dòng không phải hồ sơ (tổng, số thứ tự cột, chữ ký): {rows}."),
    "other-sheet": _("Trang “{text}” cũng có bảng hồ sơ; chỉ nhập trang “{own}”."),
    "looks-cut": _("Tệp có đúng {count} hồ sơ: có thể chỉ là một trang của danh sách. Xem lại."),
    "finish-may-be-return": _("Mẫu này có thể ghi ngày trả ở cột “Ngày kết thúc xử lý”. Xem lại."),
    "odd-code": _("Mã “{text}” không theo dạng mã hồ sơ; giữ nguyên như trong tệp."),
    "unknown-procedure": _("Danh mục không có thủ tục “{text}”; vẫn nhận, ghi ngoài danh mục."),
    "due-differs": _("Hẹn trả trong tệp là {text}, tính theo thời hạn là {ours}. Giữ theo tệp."),
    "no-due-printed": _("Tệp không có ngày hẹn trả; tính theo thời hạn của danh mục: {ours}."),
    "no-closing-day": _("Không có ngày rút hoặc dừng; lấy {ours}."),
    "no-pause-day": _("Không có ngày tạm dừng; tính tạm dừng từ {ours}."),
    "bad-id-number": _("Số định danh không đủ 9 hoặc 12 chữ số; bỏ số, vẫn nhận hồ sơ."),
    "unknown-officer": _("Không có cán bộ “{text}” ở đây; hồ sơ về cán bộ tiếp nhận."),
    "counted-only": _("{count} hồ sơ mới đăng ký hoặc không được tiếp nhận: đếm, không ghi."),
}


class NoHeader(BadInput):
    code = "no-header"
    message = (
        "Không thấy bảng hồ sơ trong “{name}”: cần dòng tiêu đề có “Mã hồ sơ” và “Trạng thái”. "
        "Tải tệp mẫu, hoặc đặt lại tên cột."
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or worth knowing: `row` as in the file (0: the whole file)."""

    reason: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Where, then what, in the reader's language."""
        return self.place + self.what

    @property
    def what(self) -> str:
        return str(REASONS[self.reason]).format(**self.values)

    @property
    def place(self) -> str:
        parts = [str(_("trang “{name}”")).format(name=self.sheet)] if self.sheet else []
        parts += [str(_("dòng {row}")).format(row=self.row)] if self.row else []
        parts += [str(_("cột “{name}”")).format(name=self.column)] if self.column else []
        place = ", ".join(parts)
        return f"{place[:1].upper()}{place[1:]}: " if place else ""

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row or None, "column": self.column or None, "reason": self.reason,
                "message": self.message}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One dossier as the file tells it. Instants are +07:00; personal numbers only if open."""

    row: int
    code: str
    state: State
    channel: Channel
    procedure_code: str
    procedure_name: str
    field: str
    owner: str
    received: When | None
    submitted: When | None
    due: When | None
    same_day: bool
    paused: When | None
    finished: When | None
    returned: When | None
    term: str
    handler: str
    receiver: str
    unit: str
    id_number: str
    phone: str
    address: str

    @property
    def digest(self) -> str:
        """Equal for equal content, wherever the row stands."""
        told = {name: str(getattr(self, name)) for name in self.__slots__ if name != "row"}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def sameness(self) -> tuple[Any, ...]:
        """What no later state of a dossier changes."""
        return (self.received, fold(self.owner), self.procedure_code, fold(self.procedure_name))


@dataclass(slots=True)
class Reading:
    """What a file gave: good rows, refused ones, ignored ones, and what is worth knowing."""

    sheet: str = ""
    good: list[Told] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    ignored: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def read(name: str, sheets: Sequence[Sheet], *, own: Iterable[str], as_of: datetime) -> Reading:
    """Read the one table of dossiers among the sheets. Raises NoHeader.

    `own` are the codes that the agency and those merged into it bear or bore.
    """
    found = [(sheet, header) for sheet in sheets if (header := rules.find_header(sheet.rows))]
    found = [one for one in found if all(need in one[1].columns for need in rules.NEEDED)]
    if not found:
        raise NoHeader(name=name)
    sheet, header = max(found, key=lambda one: len(one[1].columns))
    reading = Reading(sheet.name)
    for other, _header in found:
        if other is not sheet:
            reading.warnings.append(
                Finding("other-sheet", values={"text": other.name, "own": sheet.name})
            )
    reader = _Reader(reading, header, tuple(own), as_of)
    for number, cells in sheet.rows:
        if number > header.row:
            reader.take(number, cells)
    reader.finish()
    return reading


class _Reader:
    """Goes through the rows of one table."""

    def __init__(
        self, reading: Reading, header: Header, own: tuple[str, ...], as_of: datetime
    ) -> None:
        self.reading, self.header, self.own, self.as_of = reading, header, own, as_of
        self.canonical = {canonical_agency_code(code) for code in own}
        self.skipped: list[int] = []
        self.rows: list[Told] = []

    def take(self, number: int, cells: Sequence[Any]) -> None:
        texts = {name: _cell(cells, index) for name, index in self.header.columns.items()}
        if _is_no_dossier(texts, cells):
            self.skipped.append(number)
            return
        wrong: list[Finding] = []
        told = self._told(number, texts, wrong)
        self.reading.refused += wrong
        if not wrong:
            self.rows.append(told)

    def finish(self) -> None:
        self._once_each()
        if self.skipped:
            shown = ", ".join(map(str, self.skipped[:10])) + ("…" if len(self.skipped) > 10 else "")
            self._warn("skipped", count=len(self.skipped), rows=shown)
        count = len(self.rows)
        if count in PAGES:
            self._warn("looks-cut", count=count)
        columns = self.header.columns
        if columns.get("receiver") == 2 and "finished" in columns:
            self._warn("finish-may-be-return", column=self._label("finished"))

    def _warn(self, reason: str, row: int = 0, column: str = "", **values: Any) -> None:
        self.reading.warnings.append(Finding(reason, self.reading.sheet, row, column, values))

    def _label(self, name: str) -> str:
        index = self.header.columns.get(name)
        return nfc(self.header.labels[index]) if index is not None else NAMES.get(name, name)

    def _told(self, number: int, texts: dict[str, Any], wrong: list[Finding]) -> Told:
        def say(reason: str, name: str, **values: Any) -> None:
            values = {"text": _short(texts.get(name)), **values}
            wrong.append(Finding(reason, self.reading.sheet, number, self._label(name), values))

        def words(name: str, most: int = LONGEST_NAME) -> str:
            return nfc(_text(texts.get(name)))[:most]

        def moment(name: str) -> When | None:
            if rules.plain(texts.get(name)) in (*rules.SAME_DAY, *rules.NO_DUE):
                return None
            try:
                return rules.when(texts.get(name))
            except Unreadable as problem:
                say(problem.args[0], name)
                return None

        code = self._code(number, words("code", 200), say)
        state, channel = State.REGISTERED, Channel.IMPORT
        if not words("state"):
            say("missing-state", "state")
        try:
            state = rules.state_of(words("state")) if words("state") else state
        except Unreadable:
            say("unknown-state", "state")
        try:
            channel = rules.channel_of(words("channel"))
        except Unreadable:
            say("unknown-channel", "channel")
        open_now = state not in FINISHED and state not in NOT_YET
        told = Told(
            row=number, code=code, state=state, channel=channel,
            procedure_code=_procedure_code(texts.get("procedure_code")),
            procedure_name=words("procedure_name", 400), field=words("field"),
            owner=words("owner") or words("submitter"),
            received=moment("received"), submitted=moment("submitted"), due=moment("due"),
            same_day=rules.plain(texts.get("due")) in rules.SAME_DAY,
            paused=moment("paused") if state in PAUSED else None, finished=moment("finished"),
            returned=moment("returned"), term=words("term", 60),
            handler=_HANDLERS.split(words("handler"))[0].strip(), receiver=words("receiver"),
            unit=words("unit"),
            id_number=re.sub(r"\D", "", words("id_number")) if open_now else "",
            phone=words("phone", 20) if open_now else "",
            address=words("address", 300) if open_now else "",
        )  # fmt: skip
        unread = {one.column for one in wrong}
        self._check(told, lambda reason, name, **more: (
            None if self._label(name) in unread else say(reason, name, **more)))  # fmt: skip
        return told

    def _code(self, number: int, text: str, say: Any) -> str:
        if not text:
            say("missing-code", "code")
            return ""
        if len(text) > LONGEST_CODE or not re.fullmatch(r"[\w./\-–]+", text):
            say("bad-code", "code")
            return text
        try:
            parts = parse_code(text)
            agency = canonical_agency_code(parts.agency)
        except BadInput:
            self._warn("odd-code", number, self._label("code"), text=text)
            return text
        if self.canonical and agency not in self.canonical:
            say("other-agency", "code", own=", ".join(self.own))
        elif parts.day > local_day(self.as_of):
            say("code-in-future", "code", day=f"{parts.day:%d/%m/%Y}", as_of=_moment(self.as_of))
        return text.upper().replace("–", "-")

    def _check(self, told: Told, say: Any) -> None:
        if not told.owner:
            say("missing-owner", "owner")
        if not told.procedure_code and not told.procedure_name:
            say("missing-procedure", "procedure_name")
        if told.received is None and told.state not in NOT_YET:
            say("missing-receipt", "received")
        if told.state in (State.DONE, State.RETURNED) and told.finished is None:
            say("missing-finish", "finished")
        as_of = _moment(self.as_of)
        if told.received and told.received.at > self.as_of:
            say("receipt-in-future", "received", text=_moment(told.received.at), as_of=as_of)
        if told.finished and told.finished.at > self.as_of:
            say("finish-in-future", "finished", text=_moment(told.finished.at), as_of=as_of)
        if told.finished and told.received and _before(told.finished, told.received):
            say("finish-before-receipt", "finished", text=_moment(told.finished.at),
                received=_moment(told.received.at))  # fmt: skip

    def _once_each(self) -> None:
        """One row a dossier: exact repetitions and earlier states fall out, contradictions both."""
        by_code: dict[str, list[Told]] = defaultdict(list)
        for one in self.rows:
            by_code[one.code].append(one)
        for code, rows in by_code.items():
            distinct: dict[str, Told] = {}
            for one in rows:
                first = distinct.setdefault(one.digest, one)
                if first is not one:
                    self._ignore("duplicate", one, first.row)
            kept = self._latest(code, list(distinct.values()))
            self.reading.good += [kept] if kept else []

    def _latest(self, code: str, rows: list[Told]) -> Told | None:
        rows.sort(key=lambda one: RANK[one.state])
        last = rows[-1]
        ranks = [RANK[one.state] for one in rows]
        if len(set(ranks)) == len(rows) and len({one.sameness for one in rows}) == 1:
            for one in rows[:-1]:
                self._ignore("superseded", one, last.row)
            return last
        for one in rows:
            others = ", ".join(str(two.row) for two in rows if two is not one)
            values = {"text": code, "others": others}
            self.reading.refused.append(
                Finding("contradiction", self.reading.sheet, one.row, self._label("code"), values)
            )
        return None

    def _ignore(self, reason: str, one: Told, other: int) -> None:
        values = {"text": one.code, "others": other}
        self.reading.ignored.append(
            Finding(reason, self.reading.sheet, one.row, self._label("code"), values)
        )


def _is_no_dossier(texts: dict[str, Any], cells: Sequence[Any]) -> bool:
    if rules.is_numbering(cells) or (rules.is_total(cells) and not _looks_coded(texts)):
        return True
    filled = sum(one is not None for one in cells)
    return filled <= FEW and not _looks_coded(texts)


def _looks_coded(texts: dict[str, Any]) -> bool:
    return bool(re.search(r"\d{4}", _text(texts.get("code"))))


def _cell(cells: Sequence[Any], index: int) -> Any:
    return cells[index] if index < len(cells) else None


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _short(value: Any) -> str:
    return nfc(_text(value))[:60]


def _procedure_code(value: Any) -> str:
    """1.001190 in a numeric cell is 1.00119; a code may be followed by its agency's."""
    if isinstance(value, float | int):
        return f"{value:.6f}"
    found = _PROCEDURE.search(_text(value))
    return found[0] if found else nfc(_text(value))[:LONGEST_CODE]


def _before(one: When, other: When) -> bool:
    if one.day_only or other.day_only:
        return one.at.date() < other.at.date()
    return one.at < other.at


def _moment(at: datetime) -> str:
    return f"{at.astimezone(rules.VN):%H:%M %d/%m/%Y}"

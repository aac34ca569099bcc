"""What a list of dossiers from another system says: labels, states, channels, times. Pure.

Header spellings are data (`LABELS`): a system seen for the first time adds a spelling, no code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.dossiers.rules import Channel, State
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import VN

HEADER_WITHIN = 40
ENOUGH_LABELS = 3
EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=VN)
FIRST_SERIAL, LAST_SERIAL = 25569, 73050  # 1970 to 2099

LABELS: dict[str, tuple[str, ...]] = {
    "number": ("stt", "tt", "so tt", "so thu tu", "no"),
    "code": ("ma ho so", "so giay to (ma ho so)", "so hieu giay to (ma ho so)", "so bien nhan",
             "so ho so", "ma so ho so", "ma hs"),
    "procedure_name": ("ten thu tuc hanh chinh", "noi dung ho so", "thu tuc", "loai ho so",
                       "thu tuc hanh chinh", "ten tthc", "dich vu cong", "ten thu tuc"),
    "procedure_code": ("ma thu tuc", "ma tthc", "matthc", "ma so tthc", "ma thu tuc hanh chinh"),
    "field": ("linh vuc", "linh vuc tthc"),
    "owner": ("chu ho so", "ho ten chu ho so", "ten chu ho so", "to chuc/ca nhan",
              "to chuc, ca nhan", "ho va ten", "citizenname"),
    "submitter": ("nguoi nop", "ten nguoi nop", "nguoi nop ho so"),
    "id_number": ("so cccd chu ho so", "so giay to", "cccd/cmnd/ho chieu", "so dinh danh", "cccd"),
    "address": ("dia chi", "dia chi chu ho so"),
    "phone": ("so dien thoai", "sdt", "dien thoai"),
    "unit": ("don vi tiep nhan", "co quan tiep nhan"),
    "handler": ("can bo dang xu ly", "chuyen vien thu ly", "nguoi dang giu", "can bo xu ly",
                "don vi/ca nhan giai quyet"),
    "receiver": ("nguoi tiep nhan", "can bo tiep nhan"),
    "channel": ("loai tiep nhan", "hinh thuc tiep nhan", "hinh thuc nop", "kenh tiep nhan",
                "kenh nop"),
    "submitted": ("ngay nop ho so", "ngay nop"),
    "received": ("ngay nhan", "ngay tiep nhan", "ngay nhan ho so"),
    "due": ("ngay hen tra", "han xu ly", "han tra", "ngay hen tra kq", "han giai quyet",
            "ngay hen tra ket qua"),
    "paused": ("ngay yeu cau bo sung", "ngay tam dung", "ngay dung"),
    "finished": ("ngay ket thuc xu ly", "ngay co ket qua", "ngay hoan thanh"),
    "returned": ("ngay nhan ket qua", "ngay tra", "ngay tra ket qua"),
    "state": ("trang thai", "trang thai ho so", "tinh trang"),
    "term": ("thoi han", "thoi han giai quyet"),
}  # fmt: skip
NEEDED = ("code", "state")
NAMES = {
    "code": "Mã hồ sơ", "procedure_name": "Tên thủ tục", "procedure_code": "Mã thủ tục",
    "owner": "Chủ hồ sơ", "submitter": "Người nộp", "id_number": "Số định danh",
    "channel": "Kênh", "submitted": "Ngày nộp", "received": "Ngày nhận", "due": "Ngày hẹn trả",
    "paused": "Ngày tạm dừng", "finished": "Ngày kết thúc xử lý", "returned": "Ngày trả kết quả",
    "state": "Trạng thái", "handler": "Cán bộ đang xử lý", "unit": "Đơn vị tiếp nhận",
    "term": "Thời hạn", "field": "Lĩnh vực",
}  # fmt: skip
STATES: dict[State, tuple[str, ...]] = {
    State.REGISTERED: ("moi dang ky", "ho so dang ky moi truc tuyen", "cho tiep nhan",
                       "receiving"),
    State.RECEIVED: ("duoc tiep nhan", "ho so moi tiep nhan", "da tiep nhan", "moi tiep nhan",
                     "new"),
    State.NOT_RECEIVED: ("khong duoc tiep nhan", "khong tiep nhan", "tu choi tiep nhan",
                         "tu choi", "denied"),
    State.IN_PROGRESS: ("dang xu ly", "chuyen phong chuyen mon", "cho xu ly", "cho ky duyet",
                        "cho thuc hien lien thong", "da nhan ket qua lien thong", "processing"),
    State.SUPPLEMENT: ("yeu cau bo sung giay to", "cho bo sung ho so", "cho bo sung",
                       "yeu cau bo sung", "da bo sung - cho tiep nhan", "da qua han bo sung",
                       "waiting"),
    State.PAYMENT: ("yeu cau thuc hien nghia vu tai chinh", "cho thuc hien nvtc", "cho nop phi",
                    "paying"),
    State.WITHDRAWN: ("cong dan yeu cau rut ho so", "cong dan rut ho so", "da rut ho so",
                      "rut ho so", "cancelled"),
    State.STOPPED: ("dung xu ly", "ho so khong xu ly duoc", "unresolved"),
    State.DONE: ("da xu ly xong", "cho tra ket qua", "da xong, cho tra", "releasing"),
    State.RETURNED: ("da tra ket qua", "da tra", "done"),
}  # fmt: skip
CHANNELS: dict[Channel, tuple[str, ...]] = {
    Channel.COUNTER: ("truc tiep", "1", "tai quay"),
    Channel.ONLINE: ("truc tuyen", "nop truc tuyen", "qua mang", "2"),
    Channel.POST: ("qua buu chinh cong ich", "buu chinh cong ich", "bcci", "buu chinh",
                   "qua bcci", "3"),
}  # fmt: skip
TOTALS = ("tong", "tong so", "tong cong", "cong", "trong do")
SAME_DAY = ("tra ngay", "trong ngay")
NO_DUE = ("ho so khong co ngay hen tra", "khong co ngay hen tra", "khong hen")
ERRORS = ("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!")

_STATE_OF = {words: state for state, all_of in STATES.items() for words in all_of}
_STATE_OF |= {state.value: state for state in State}
_CHANNEL_OF = {words: channel for channel, all_of in CHANNELS.items() for words in all_of}
_LABEL_OF = {words: name for name, all_of in LABELS.items() for words in all_of}
_DAY = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?")
_DAY_TIME = re.compile(_DAY + r"(?:[ ,]+(\d{1,2})[:hg](\d{2})?(?::(\d{2}))?)?", re.IGNORECASE)
_TIME_DAY = re.compile(r"(\d{1,2})[:hg](\d{2})?(?::(\d{2}))?[ ,]+(?:ngay )?" + _DAY, re.IGNORECASE)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})")
_NUMBERING = re.compile(r"\(?\d{1,2}\)?(\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Which column holds what: `columns` by canonical name; `row` is its number in the file."""

    row: int
    columns: dict[str, int]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """An instant as a cell gave it; `day_only` when it gave no time of day."""

    at: datetime
    day_only: bool


class Unreadable(ValueError):
    """A cell that cannot be what its column wants; `args[0]` is the reason's code."""


def plain(value: object) -> str:
    """A label or a word as compared: no diacritics, blanks collapsed, "(*)", ":" and "." off."""
    text = fold(str(value or "")).replace("–", "-")
    return re.sub(r"\s*/\s*", "/", text.replace("(*)", "").strip(" :.*"))


def find_header(rows: Sequence[tuple[int, Sequence[object]]]) -> Header | None:
    """The row among the first forty that holds most known labels; None when none holds enough."""
    best: Header | None = None
    for number, cells in rows[:HEADER_WITHIN]:
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            name = _LABEL_OF.get(plain(cell)) if isinstance(cell, str) else None
            if name is not None:
                columns.setdefault(name, index)
        if len(columns) >= ENOUGH_LABELS and (best is None or len(columns) > len(best.columns)):
            best = Header(number, columns, tuple(str(one or "") for one in cells))
    return best


def is_numbering(cells: Sequence[object]) -> bool:
    """A row of column numbers, (1) (2) (3), under a header."""
    filled = [str(one) for one in cells if one is not None]
    return len(filled) >= ENOUGH_LABELS and all(_NUMBERING.fullmatch(one) for one in filled)


def is_total(cells: Sequence[object]) -> bool:
    """A row of totals, of a group, or of signatures: no dossier."""
    words = [plain(one) for one in cells if isinstance(one, str)]
    return any(one in TOTALS or one.startswith(("tong so", "tong cong", "tong:")) for one in words)


def state_of(text: str) -> State:
    """One of the ten national states, from the words of any system. Raises Unreadable."""
    found = _STATE_OF.get(plain(text))
    if found is None:
        raise Unreadable("unknown-state")
    return found


def channel_of(text: str) -> Channel:
    """How it was filed; without words it came with the import. Raises Unreadable."""
    if not plain(text):
        return Channel.IMPORT
    found = _CHANNEL_OF.get(plain(text))
    if found is None:
        raise Unreadable("unknown-channel")
    return found


def when(value: object) -> When | None:
    """A cell as an instant in Vietnamese time; None when empty. Raises Unreadable.

    Days before months, always: 07/02/2026 is 7 February. Also a time before its day, ISO, the
    serial numbers of Excel, yyyyMMddHHmmss.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        # Excel keeps instants as fractions of a day: 08:05:00 may come as 08:04:59.999.
        whole = value.replace(microsecond=0) + timedelta(seconds=value.microsecond >= 500_000)
        return When(whole.replace(tzinfo=VN), whole.time() == time(0))
    if isinstance(value, date):
        return When(datetime.combine(value, time(), VN), True)
    if isinstance(value, int | float):
        return _serial(float(value))
    return _written(nfc(str(value)))


def _serial(number: float) -> When:
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        at = EXCEL_EPOCH + timedelta(seconds=round(number * 86400))
        return When(at, number == int(number))
    if number == int(number) and (match := _COMPACT.fullmatch(str(int(number)))):
        return _made(match.groups())
    raise Unreadable("not-a-day")


def _written(text: str) -> When:
    if plain(text) in ERRORS or text.lower() in ERRORS:
        raise Unreadable("error-cell")
    if match := _TIME_DAY.fullmatch(text):
        hour, minute, second, day, month, year = match.groups()
        return _made((year, month, day, hour, minute, second))
    if match := _DAY_TIME.fullmatch(text):
        day, month, year, hour, minute, second = match.groups()
        return _made((year, month, day, hour, minute, second))
    if match := (_ISO.fullmatch(text) or _COMPACT.fullmatch(text)):
        return _made(match.groups())
    raise Unreadable("not-a-day")


def _made(parts: Sequence[str | None]) -> When:
    year, month, day, hour, minute, second = (int(one or 0) for one in parts)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=VN)
    except ValueError:
        month_first = 1 <= day <= 12 < month <= 31
        raise Unreadable("month-before-day" if month_first else "no-such-day") from None
    return When(at, parts[3] is None)

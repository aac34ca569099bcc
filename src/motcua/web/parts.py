"""What the components of the design system are given (thành phần giao diện).

Plain frozen data, made by views. Templates only read attributes, so any object with the same
names serves as well. Words arrive finished: no component counts, compares or formats dates
beyond writing them.
"""

from dataclasses import dataclass
from datetime import datetime

RUNNING, TODAY, LATE, PAUSED, DONE, STOPPED = (
    "running",
    "today",
    "late",
    "paused",
    "done",
    "stopped",
)


@dataclass(frozen=True, slots=True)
class Link:
    """A way to somewhere; `count` is said in brackets, `key` is the key that opens it."""

    label: str
    url: str
    count: int | None = None
    key: str = ""
    note: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """A button that posts to `url`. `label` is verb and object, never "OK"."""

    label: str
    url: str = ""
    name: str = ""
    value: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A due time in words (hạn). `kind` is one of the six shapes; `due` an aware instant.

    `words` hold the absolute time: "Còn 4 giờ · hạn 17:00 hôm nay". `proof` are the lines
    of the calculation, `url` a page with the same lines.
    """

    kind: str
    words: str
    due: datetime | None = None
    proof: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work (bước). `kind` is done, running, late, waiting or stopped."""

    name: str
    who: str
    kind: str
    allotted: str = ""
    used: str = ""
    ended: datetime | None = None
    note: str = ""
    current: bool = False
    parallel: tuple["Step", ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal (nhật ký). `day_only` when the hour is not known."""

    title: str
    who: str
    at: datetime
    day_only: bool = False
    text: str = ""
    before: str = ""
    after: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is text, number or date; `sort` the name in ?sap=, empty when fixed."""

    label: str
    kind: str = "text"
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a link, a clock or a state; plain strings need no Cell."""

    text: str
    url: str = ""
    clock: Clock | None = None
    state: int | None = None
    code: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: the first cell is its head. `id` and `name` serve the box of a batch."""

    cells: tuple[Cell | str, ...]
    id: str = ""
    name: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart. `odd` is drawn in ink and carries its `word`."""

    label: str
    value: int
    url: str = ""
    odd: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio or option. `note` is a second line: code, term, fee."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the checklist of papers (thành phần hồ sơ). `chosen` is a value of PAPERS."""

    id: str
    name: str
    chosen: str = ""
    copies: str = "1"
    form: str = ""
    note: str = ""
    error: str = ""


PAPERS = (
    Choice("co", "có đủ"),
    Choice("thieu", "thiếu"),
    Choice("du-lieu", "dùng dữ liệu"),
    Choice("mien", "miễn"),
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of an upload (trang quét), with the verdict on its sharpness."""

    id: str
    name: str
    url: str
    clear: bool = True
    verdict: str = "Rõ"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a batch act would do to one dossier: allowed, or not and why."""

    name: str
    url: str
    allowed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a check. `kind` is late (must be mended), today (worth a look) or done."""

    kind: str
    severity: str
    sentence: str
    left: Link | None = None
    right: Link | None = None
    place: str = ""
    remedy: str = ""
    acts: tuple[Act, ...] = ()

"""The body of a table of rows, written in Python: a page of fifty rows holds 300 cells, and a
template would cost more than all else on it.

Whatever comes from outside is escaped here, as a template would.
"""

import html
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.kernel import vntime
from motcua.web.parts import DONE, PAUSED, RUNNING, STOPPED, TODAY, Clock, Row

STATES = {
    1: (gettext_lazy("Mới đăng ký"), TODAY),
    2: (gettext_lazy("Được tiếp nhận"), RUNNING),
    3: (gettext_lazy("Không được tiếp nhận"), STOPPED),
    4: (gettext_lazy("Đang xử lý"), RUNNING),
    5: (gettext_lazy("Chờ bổ sung"), PAUSED),
    6: (gettext_lazy("Chờ nộp phí"), PAUSED),
    7: (gettext_lazy("Xin rút"), TODAY),
    8: (gettext_lazy("Dừng xử lý"), STOPPED),
    9: (gettext_lazy("Đã xong, chờ trả"), DONE),
    10: (gettext_lazy("Đã trả kết quả"), DONE),
}


def escape(value: Any) -> str:
    """As the framework's conditional_escape, at a fifth of its time."""
    if isinstance(value, Promise):
        value = str(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return html.escape(str(value))


def body(rows: Iterable[Row], columns: Sequence[Any], batch: str = "") -> SafeString:
    """The lines of a table; the first cell of each is its head. `batch` names the boxes."""
    opened = [_opened(column, first=not index) for index, column in enumerate(columns)]
    lines = []
    for row in rows:
        cells = zip(opened, row.cells, strict=False)
        line = "".join([f"{start}{content(cell)}{end}" for (start, end), cell in cells])
        lines.append(f"<tr>{_box(row, batch) if batch else ''}{line}</tr>\n    ")
    return SafeString("".join(lines))


def _opened(column: Any, *, first: bool) -> tuple[str, str]:
    label = f' data-label="{escape(column.label)}">'
    if first:
        return f'<th scope="row"{label}', "</th>"
    number = ' class="number"' if column.kind == "number" else ""
    return f"<td{number}{label}", "</td>"


def _box(row: Row, batch: str) -> str:
    words = escape(_("Chọn %(name)s") % {"name": row.name})
    ticked = " checked" if row.ticked else ""
    return (
        f'<td class="tick"><label><input type="checkbox" name="{escape(batch)}"'
        f' value="{escape(row.id)}"{ticked}>'
        f'<span class="unseen">{words}</span></label></td>'
    )


def content(cell: Any) -> str:
    """What stands in one cell: a `parts.Cell`, or plain words."""
    if isinstance(cell, str | Promise):
        return escape(cell)
    if cell.clock:
        return badge(cell.clock)
    if cell.state:
        return state(cell.state)
    text = code(cell.text) if cell.code else escape(cell.text)
    return f'<a href="{escape(cell.url)}">{text}</a>' if cell.url else text


@lru_cache(maxsize=64)
def icon(kind: str) -> str:
    return (
        f'<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{escape(kind)}"/>'
        "</svg>"
    )


def code(value: str) -> str:
    return f'<span class="code" translate="no">{escape(value)}</span>'


def state(number: int, words: str = "") -> str:
    kind = STATES[int(number)][1]
    return _state(int(number), kind, str(words) if words else _national(number, get_language()))


@lru_cache(maxsize=64)
def _national(number: int, language: str | None) -> str:
    """The national words of a state, as this language has them."""
    return str(STATES[int(number)][0])


@lru_cache(maxsize=256)
def _state(number: int, kind: str, words: str) -> str:
    return (
        f'<span class="tag {kind}" data-state="{number}">{icon(kind)}'
        f"<span>{escape(words)}</span></span>"
    )


def badge(given: Clock) -> str:
    """A clock without its proof."""
    if given.due:
        iso = vntime.local(given.due).isoformat(timespec="minutes")
        words = f'<time datetime="{iso}">{escape(given.words)}</time>'
    else:
        words = f"<span>{escape(given.words)}</span>"
    return f'<span class="clock {escape(given.kind)}">{icon(given.kind)}{words}</span>'


def options(choices: Iterable[Any], chosen: str) -> SafeString:
    """The options of a select."""
    return SafeString(
        "".join(
            [
                f'<option value="{escape(one.value)}"{" selected" * (one.value == chosen)}>'
                f"{escape(one.label)}</option>"
                for one in choices
            ]
        )
    )

"""`./motcua due`: the public calculator of due times (tính hạn trả kết quả).

Starts without the framework or a database. The caller may give `calendar_for`, which finds an
agency's own calendar by its code.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import NoReturn

from motcua.kernel.calendar import Calendar, national_calendar
from motcua.kernel.clock import Due, Pause, Resume, due
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.terms import parse_cutoff, parse_term
from motcua.kernel.vntime import VN, local, parse_day

CalendarFor = Callable[[str], Calendar]
BAD_INPUT = 2
FIRST_YEAR, LAST_YEAR = 2000, 2100
_INSTANT = re.compile(
    r"(?P<day>\S+?)(?:[T ]\s*(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
EXAMPLE = 'Ví dụ: ./motcua due --received 2024-02-07T16:10 --term "3 ngày làm việc"'


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        found = re.search(r"--?[\w-]+|(?<=arguments: ).*", message)
        name = found[0] if found else message
        if "expected" in message:
            raise BadInput("Thiếu giá trị sau {name}. Xem: ./motcua due --help.", name=name)
        raise BadInput("Không hiểu “{name}” trong câu lệnh. Xem: ./motcua due --help.", name=name)


def main(argv: Sequence[str], calendar_for: CalendarFor | None = None) -> int:
    """Run the command; returns 0, or 2 for bad input, after one sentence on stderr."""
    try:
        options = _parser().parse_args(list(argv))
        found = _compute(options, calendar_for)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return BAD_INPUT
    print(_as_json(found) if options.format == "json" else _as_text(found, options.lang))
    return 0


def _compute(options: argparse.Namespace, calendar_for: CalendarFor | None) -> Due:
    if options.received is None or options.term is None:
        raise BadInput("Cần --received và --term. " + EXAMPLE)
    if options.resume not in list(Resume):
        raise BadInput("--resume nhận continue hoặc restart, không nhận “{x}”.", x=options.resume)
    if options.format not in ("text", "json") or options.lang not in ("vi", "en"):
        raise BadInput("--format nhận text hoặc json; --lang nhận vi hoặc en.")
    return due(
        received=parse_instant(options.received, name="--received"),
        term=parse_term(options.term),
        calendar=_calendar(options.agency, calendar_for),
        cutoff=parse_cutoff(options.cutoff) if options.cutoff is not None else None,
        pauses=[parse_pause(text) for text in options.pause],
        resume=Resume(options.resume),
    )


def _calendar(agency: str | None, calendar_for: CalendarFor | None) -> Calendar:
    if agency is None:
        return national_calendar()
    if calendar_for is None:
        raise BadInput(
            "Chưa có dữ liệu để tra lịch của đơn vị “{code}”. Bỏ --agency để dùng lịch chung.",
            field="agency",
            code=agency,
        )
    return calendar_for(agency)


def parse_instant(text: str, *, name: str, default: time | None = None) -> datetime:
    """Read 2024-02-07T16:10 or "7/2/2024 16:10", in Vietnamese time unless it has an offset.

    `default` is the time of a day written alone; without it the time is required. BadInput.
    """
    try:
        at = _with_offset(text.strip()) or _vietnamese(text.strip(), default)
    except BadInput as bad:
        raise BadInput("{name}: {why}", name=name, why=str(bad)) from None
    if at is None:
        raise BadInput(
            "{name}: ghi cả ngày và giờ, ví dụ 2024-02-07T16:10, không phải “{text}”.",
            name=name,
            text=text,
        )
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise BadInput(
            "{name}: năm {year} nằm ngoài khoảng {first}–{last}.",
            name=name,
            year=at.year,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return at


def parse_pause(text: str) -> Pause:
    """Read FROM/TO, two instants or days in ISO form. Raises BadInput."""
    parts = text.split("/")
    if len(parts) != 2:
        raise BadInput(
            "--pause: ghi TỪ/ĐẾN, ví dụ 2024-02-15T09:00/2024-02-20T10:00, không phải “{text}”.",
            text=text,
        )
    start, end = (parse_instant(part, name="--pause", default=time(0)) for part in parts)
    if end < start:
        raise BadInput("--pause: “{text}” kết thúc trước khi bắt đầu.", text=text)
    return Pause(start, end)


def _with_offset(text: str) -> datetime | None:
    if not _OFFSET.fullmatch(text):
        return None
    try:
        return local(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _vietnamese(text: str, default: time | None) -> datetime | None:
    match = _INSTANT.fullmatch(text)
    if match is None:
        return None
    day = parse_day(match["day"])
    if match["hour"] is None:
        return datetime.combine(day, default, VN) if default is not None else None
    try:
        at = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    return datetime.combine(day, at, VN)


def _as_json(found: Due) -> str:
    return json.dumps(
        {
            "due_at": found.at.isoformat(timespec="minutes"),
            "proof": [line.vi for line in found.proof],
            "proof_en": [line.en for line in found.proof],
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_text(found: Due, lang: str) -> str:
    lines = [line.en if lang == "en" else line.vi for line in found.proof]
    return "\n".join([lines[-1], *(f"  - {line}" for line in lines[:-1])])


def _parser() -> _Parser:
    parser = _Parser(
        prog="motcua due",
        description="Tính hạn trả kết quả của một hồ sơ, kèm cách tính.",
        epilog=EXAMPLE,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--received", metavar="LÚC", help="lúc nhận hồ sơ, ví dụ 2024-02-07T16:10")
    add("--term", metavar="THỜI_HẠN", help="như “3 ngày làm việc”, “4 giờ làm việc”, “trong ngày”")
    add("--cutoff", metavar="GIỜ", help="giờ chốt: 15:00, close-60min hoặc none")
    add("--pause", metavar="TỪ/ĐẾN", action="append", default=[], help="tạm dừng; ghi được nhiều")
    add("--resume", metavar="CÁCH", default="continue", help="continue hoặc restart")
    add("--agency", metavar="MÃ", help="mã đơn vị, để dùng lịch làm việc của đơn vị đó")
    add("--format", metavar="DẠNG", default="text", help="text hoặc json")
    add("--lang", metavar="TIẾNG", default="vi", help="vi hoặc en")
    return parser

"""Các sổ nhỏ of the demo: decisions, reviews, petitions, equipment, the allowance rate. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from motcua.demo.figures import Figures
from motcua.kernel.vntime import VN

EQUIPPED_ON = date(2022, 3, 1)
MACHINES = {
    "computer": ("II.2.desk.computers", "Máy tính để bàn"),
    "printer": ("II.2.desk.printers", "Máy in"),
    "scanner": ("II.2.desk.scanners", "Máy quét"),
    "copier": ("II.2.desk.copiers", "Máy photocopy"),
}
SOFTWARE = (
    "Hệ thống thông tin giải quyết thủ tục hành chính",
    "Phần mềm quản lý văn bản và điều hành",
    "Hệ thống đăng ký và quản lý hộ tịch",
    "Trang thông tin điện tử",
    "Thư điện tử công vụ",
)
REVIEWED = ("Xác nhận tình trạng hôn nhân", "Chứng thực bản sao", "Khai sinh", "Khai tử")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a small register: when and what; `name` ties later marks to it."""

    at: datetime
    verb: str
    name: str
    data: Mapping[str, Any] = field(default_factory=dict)


def entries(figures: Figures, days: Sequence[date], rng: Random) -> Iterator[Entry]:
    """Every entry and mark, in no order. `days` are the working days of the year."""
    yield from _equipment(figures)
    yield from _decisions(figures, days, rng)
    yield from _reviews(figures, days, rng)
    for number in range(figures.count("II.2.feedback")):
        day = rng.choice(days)
        content = f"Phản ánh minh họa số {number + 1} về quy định hành chính (hư cấu)"
        yield Entry(_at(day), "petition", f"p{number}", {"on": day, "content": content})


def _at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VN)


def _equipment(figures: Figures) -> Iterator[Entry]:
    at = _at(EQUIPPED_ON)
    for kind, (figure, name) in MACHINES.items():
        for number in range(1, figures.count(figure) + 1):
            data = {"kind": kind, "name": f"{name} số {number}", "on": EQUIPPED_ON}
            yield Entry(at, "equipment", f"{kind}{number}", data)
    for number in range(figures.count("II.2.desk.software")):
        is_known = number < len(SOFTWARE)
        name = SOFTWARE[number] if is_known else f"Phần mềm dùng chung số {number + 1}"
        data = {"kind": "software", "name": name, "on": EQUIPPED_ON}
        yield Entry(at, "equipment", f"software{number}", data)
    amount = figures.count("II.2.desk.allowance")
    source = "Mức hỗ trợ của xã mẫu (hư cấu)"
    data = {"amount": amount, "on": EQUIPPED_ON, "source": source}
    yield Entry(at, "allowance", "allowance", data)


def _decisions(figures: Figures, days: Sequence[date], rng: Random) -> Iterator[Entry]:
    posted = figures.count("II.2.decisions.posted")
    built = figures.count("II.6.iso.decisions")
    for number in range(posted):
        start = rng.randrange(0, len(days) - 40)
        issued, received, reviewed, processed = (days[start + gap] for gap in (0, 4, 8, 25))
        name = f"MH-{number + 1:02}/QĐ-UBND"
        title = f"Công bố danh mục thủ tục hành chính, đợt minh họa {number + 1} (hư cấu)"
        data = {"number": name, "issued_on": issued, "title": title, "on": received}
        yield Entry(_at(received), "decision", name, data)
        yield Entry(_at(reviewed, 10), "posted", name, {"on": reviewed})
        if number < built:
            yield Entry(_at(processed, 14), "processes", name, {"on": processed})


def _reviews(figures: Figures, days: Sequence[date], rng: Random) -> Iterator[Entry]:
    registered = figures.count("II.2.tthc.review_registered")
    reviewed = figures.count("II.2.tthc.reviewed")
    for number in range(registered):
        round_of = number // len(REVIEWED)
        name = REVIEWED[number % len(REVIEWED)] + (f" (lần {round_of + 1})" if round_of else "")
        first = days[5]
        yield Entry(_at(first), "review", name, {"procedure": name, "on": first})
        if number < reviewed:
            done = days[rng.randrange(60, 150)]
            proposal = "Bớt một giấy tờ đã có trong dữ liệu dân cư (minh họa)"
            yield Entry(_at(done, 15), "reviewed", name, {"on": done, "proposal": proposal})

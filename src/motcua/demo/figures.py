"""Số liệu của một báo cáo: read from a file, completed, and checked before anything is built. Pure.

A figure's id and meaning are those of the seed (`data/seed.csv`, 104 of them). A file may give
fewer: what it leaves out takes the seed's proportions, so that the sums still hold. What does
not add up is refused, naming every sum with both its sides.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

from motcua.demo.complete import complete, digitised_of
from motcua.demo.sums import ANSWERS, GROUPS, SUMS
from motcua.kernel.errors import BadInput, Refused

BUILT_PREFIXES = ("II.2.", "A.")
BUILT_OTHERS = frozenset(
    {"II.6.online.procedures", "II.6.online.dossiers", "II.6.digitised.share", "II.6.iso.decisions"}
)
MOST = 10**15


class BadFigures(BadInput):
    code = "figures-unreadable"


class Inconsistent(Refused):
    """The file's figures contradict one another. `broken` holds one line for each sum."""

    code = "figures-inconsistent"
    message = "Số liệu trong tệp mâu thuẫn, chưa dựng gì. Sửa các tổng sau rồi chạy lại:\n{sums}"

    def __init__(self, broken: Sequence[str]) -> None:
        self.broken = tuple(broken)
        super().__init__(sums="\n".join(f"- {line}" for line in broken))


@dataclass(frozen=True, slots=True)
class Figures:
    """All built figures of a report by id; which were given; which belong to later rooms."""

    values: Mapping[str, Decimal]
    given: frozenset[str]
    skipped: tuple[str, ...]

    def count(self, name: str) -> int:
        return int(self.values[name])

    def wanted(self) -> dict[str, Decimal]:
        """The figures that this edition builds."""
        return {name: value for name, value in self.values.items() if is_built(name)}


@cache
def seed() -> Mapping[str, Decimal]:
    """The 104 figures of the seed, by id, in its order."""
    text = files("motcua.demo").joinpath("data", "seed.csv").read_text(encoding="utf-8")
    return {row["id"]: Decimal(row["value"]) for row in csv.DictReader(StringIO(text))}


@cache
def units() -> Mapping[str, str]:
    """The unit of each figure."""
    text = files("motcua.demo").joinpath("data", "seed.csv").read_text(encoding="utf-8")
    return {row["id"]: row["unit"] for row in csv.DictReader(StringIO(text))}


def is_built(name: str) -> bool:
    """Whether this edition has the registers behind a figure."""
    return name.startswith(BUILT_PREFIXES) or name in BUILT_OTHERS


def read_figures(path: Path | None) -> Figures:
    """Read, complete and check a file of figures; without a path, the seed's.

    Raises BadFigures (not readable), Inconsistent (the sums that do not hold), OSError.
    """
    if path is None:
        return from_values(dict(seed()))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadFigures("Tệp {path} không phải văn bản UTF-8.", path=path) from None
    return from_values(parse(text))


def from_values(given: Mapping[str, Decimal]) -> Figures:
    """Complete and check figures. Raises Inconsistent."""
    ours = {name: int(value) for name, value in given.items() if is_built(name) and whole(name)}
    shares = {name: value for name, value in given.items() if is_built(name) and not whole(name)}
    values = complete(ours, shares, seed())
    checked = {name: value for name, value in given.items() if not is_built(name)} | values
    if broken := list(check(checked)):
        raise Inconsistent(broken)
    ordered = {name: checked[name] for name in seed() if name in checked}
    skipped = tuple(name for name in seed() if name in given and not is_built(name))
    return Figures(ordered, frozenset(given), skipped)


def whole(name: str) -> bool:
    return units()[name] != "percent"


def parse(text: str) -> dict[str, Decimal]:
    """The figures of a CSV text with the columns id and value. Raises BadFigures."""
    reader = csv.DictReader(StringIO(text))
    if not {"id", "value"} <= set(reader.fieldnames or ()):
        raise BadFigures("Tệp số liệu cần hai cột tên là id và value ở dòng đầu.")
    found: dict[str, Decimal] = {}
    for number, row in enumerate(reader, start=2):
        if None in row:
            raise BadFigures(
                "Dòng {row}: nhiều ô hơn dòng đầu. Số viết liền, ví dụ 300000 hoặc 99.5.",
                row=number,
            )
        name = (row["id"] or "").strip()
        if not name:
            continue
        if name in found:
            raise BadFigures("Dòng {row}: {name} đã có ở dòng trước.", row=number, name=name)
        found[name] = _value(name, (row["value"] or "").strip(), number)
    if unknown := [name for name in found if name not in seed()]:
        raise BadFigures(
            "Không có số liệu nào mang mã: {names}. Xem lại cột id.", names=", ".join(unknown)
        )
    if not found:
        raise BadFigures("Tệp số liệu không có dòng nào.")
    return found


def _value(name: str, text: str, row: int) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value <= MOST):
        raise BadFigures(
            "Dòng {row}, {name}: “{text}” không phải số không âm (phần lẻ ghi sau dấu chấm).",
            row=row, name=name, text=text,
        )  # fmt: skip
    if name in seed() and whole(name) and value != value.to_integral_value():
        raise BadFigures("Dòng {row}, {name}: cần số nguyên.", row=row, name=name)
    return value


def check(values: Mapping[str, Decimal]) -> Iterator[str]:
    """Yield a Vietnamese line for each identity that does not hold, with both its values."""
    yield from _sums(values)
    yield from _bounds(values)
    yield from _shares(values)
    yield from _catalogue(values)
    yield from _desk(values)


def _sums(values: Mapping[str, Decimal]) -> Iterator[str]:
    for total, parts in SUMS:
        names = (total, *parts)
        if not all(name in values for name in names):
            continue
        found = sum(values[part] for part in parts)
        if values[total] != found:
            written = " + ".join(str(values[part]) for part in parts)
            yield f"{total} = {values[total]}, nhưng {_plus(parts)} = {written} = {found}"


def _plus(names: Sequence[str]) -> str:
    return " + ".join(names)


AT_LEAST = (
    ("II.2.digitised.received", ("II.2.own.received", "II.2.linked.birth", "II.2.linked.death")),
    ("II.2.own.resolved", ("II.6.online.dossiers",)),
    ("II.2.own.resolved", ("A.survey.dossiers",)),
    ("A.survey.dossiers", ("A.survey.sent",)),
    ("A.survey.sent", ("A.survey.returned",)),
    ("II.2.decisions.posted", ("II.6.iso.decisions",)),
    ("II.2.tthc.review_registered", ("II.2.tthc.reviewed",)),
    (
        "II.2.catalogue.procedures",
        ("II.2.catalogue.same_level_linked", "II.2.catalogue.interlevel_procedures"),
    ),
    ("II.2.catalogue.procedures", ("II.6.online.procedures",)),
    ("II.2.catalogue.procedures", ("II.2.catalogue.fields",)),
    ("II.2.catalogue.fields", ("II.2.catalogue.interlevel_fields",)),
    ("II.2.catalogue.interlevel_procedures", ("II.2.catalogue.interlevel_fields",)),
    (
        "I.directives.assigned",
        ("I.directives.done_on_time", "I.directives.done_late", "I.directives.open_late"),
    ),
)


def _bounds(values: Mapping[str, Decimal]) -> Iterator[str]:
    for most, parts in AT_LEAST:
        if not all(name in values for name in (most, *parts)):
            continue
        found = sum(values[part] for part in parts)
        if values[most] < found:
            yield f"{most} = {values[most]} nhỏ hơn {_plus(parts)} = {found}"


def _shares(values: Mapping[str, Decimal]) -> Iterator[str]:
    for name, value in values.items():
        if not whole(name) and value > 100:
            yield f"{name} = {value} lớn hơn 100 phần trăm"
    one, other = "II.2.digitised.share", "II.6.digitised.share"
    if values[one] != values[other]:
        yield f"{one} = {values[one]}, nhưng {other} = {values[other]} (cùng một tỷ lệ)"
    received = int(values["II.2.digitised.received"])
    if digitised_of(values[one], received) is None:
        yield (
            f"{one} = {values[one]} phần trăm không có số nguyên nào trên "
            f"II.2.digitised.received = {received} làm tròn thành"
        )


def _catalogue(values: Mapping[str, Decimal]) -> Iterator[str]:
    fields, linked_fields = "II.2.catalogue.fields", "II.2.catalogue.interlevel_fields"
    linked, all_of_them = "II.2.catalogue.interlevel_procedures", "II.2.catalogue.procedures"
    if values[linked] and not values[linked_fields]:
        yield f"{linked} = {values[linked]}, nhưng {linked_fields} = 0"
    if values[all_of_them] and not values[fields]:
        yield f"{all_of_them} = {values[all_of_them]}, nhưng {fields} = 0"
    others = values[fields] - values[linked_fields]
    if values[all_of_them] - values[linked] < others:
        yield (
            f"{all_of_them} − {linked} = {values[all_of_them] - values[linked]} nhỏ hơn "
            f"{fields} − {linked_fields} = {others}"
        )


def _desk(values: Mapping[str, Decimal]) -> Iterator[str]:
    staff = int(values["II.2.desk.staff"])
    rated = [
        group
        for group in GROUPS
        if any(values[f"A.survey.c2.{group}.{answer}"] for answer in ANSWERS)
    ]
    if staff < len(rated):
        yield (
            f"II.2.desk.staff = {staff} người, nhưng A.survey.c2 có phiếu cho "
            f"{len(rated)} công chức ({', '.join(rated)})"
        )
    if not staff and values["II.2.digitised.received"]:
        received = values["II.2.digitised.received"]
        yield f"II.2.desk.staff = 0, nhưng II.2.digitised.received = {received} hồ sơ đã nhận"


__all__ = [
    "BadFigures", "Figures", "Inconsistent", "check",
    "digitised_of", "from_values", "is_built", "parse", "read_figures", "seed", "units",
]  # fmt: skip

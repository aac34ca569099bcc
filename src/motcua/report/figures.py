"""Chỉ tiêu báo cáo: what a figure is, and how a number is folded out of a cube or of a list. Pure.

Shares are exact until shown: percent points, half up to two decimals. Days are local days.
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import NamedTuple

from motcua.kernel.labelled import Labelled
from motcua.kernel.rounding import percent
from motcua.kernel.vntime import slashed

Where = Mapping[str, tuple[str, ...]]
DATA = files("motcua.report") / "data"
STOCK = "stock"
CARRIED = "carried"
UNITS = {
    "VND": "đồng", "attendances": "lượt", "cases": "trường hợp", "criteria": "tiêu chí",
    "decisions": "quyết định", "directives": "ý kiến", "document": "văn bản",
    "documents": "văn bản", "dossiers": "hồ sơ", "fields": "lĩnh vực", "forms": "phiếu",
    "items": "tin", "models": "mô hình", "people": "người", "percent": "%",
    "petitions": "phản ánh, kiến nghị", "pieces": "cái", "plan": "kế hoạch", "posts": "biên chế",
    "procedures": "thủ tục", "session number": "kỳ họp", "systems": "phần mềm",
}  # fmt: skip


class Kind(Labelled):
    """How a figure follows from its list."""

    COUNT = "count", "Đếm số dòng"
    SUM = "sum", "Cộng một cột"
    SHARE = "share", "Tỷ lệ phần trăm"
    VALUE = "value", "Giá trị đang áp dụng"


@dataclass(frozen=True, slots=True)
class Known:
    """An identity (id) that reports of this kind may carry, whether or not it can be computed.

    `seed` is the number in the report that the demo replays; nothing computes with it.
    """

    id: str
    section: str
    label: str
    kind: Kind
    unit: str
    seed: str


class Key(NamedTuple):
    """One cube: rows of `table` chosen by `by` within the window named `window`."""

    table: str
    by: str
    window: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Chỉ tiêu: one number of the report as data.

    `where` keeps the rows whose dimensions have one of the values; `inside` marks those that
    make the numerator of a share; `distinct` counts the values of a dimension instead of rows.
    """

    id: str
    section: str
    label: str
    kind: Kind
    unit: str
    table: str
    by: str
    window: str
    where: Where
    inside: Where
    distinct: str
    definition: str
    version: int
    source: str

    @property
    def key(self) -> Key:
        return Key(self.table, self.by, self.window)

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions a cube needs for this figure."""
        return frozenset({*self.where, *self.inside, *filter(None, [self.distinct])})

    @property
    def additive(self) -> bool:
        """True when the figures of the months add up to the figure of the year."""
        in_flow = self.by not in (STOCK, CARRIED)
        return self.kind in (Kind.COUNT, Kind.SUM) and in_flow and not self.distinct

    @property
    def unit_label(self) -> str:
        return UNITS[self.unit]

    def defined_for(self, first: date, last: date, judged_on: date) -> str:
        """The definition in one sentence, its window in full."""
        days = {"from": slashed(first), "to": slashed(last), "judged": slashed(judged_on)}
        return self.definition.format_map(days)


class Cell(NamedTuple):
    """What a cube holds for one combination of values: rows, and the sum of the amount."""

    rows: int
    amount: int


@dataclass(frozen=True, slots=True)
class Cube:
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[str, ...], Cell]


class Row(NamedTuple):
    """One record of a figure's list. `amount` is what a sum adds or a value says."""

    id: str
    label: str
    inside: bool
    amount: int | None


@dataclass(frozen=True, slots=True)
class Number:
    """A figure's number. `value` is None where nothing is below a share or no record is in force.

    `records` is the length of the list; numerator and denominator belong to shares.
    """

    value: int | Decimal | None
    records: int
    numerator: int | None = None
    denominator: int | None = None


def matcher(where: Where, dimensions: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Say of values given in the order of `dimensions` whether they satisfy `where`."""
    tests = [(dimensions.index(name), frozenset(allowed)) for name, allowed in where.items()]
    return lambda values: all(values[index] in allowed for index, allowed in tests)


def fold(figure: Figure, cube: Cube) -> Number:
    """The number of a figure out of a cube that has its dimensions."""
    chosen = matcher(figure.where, cube.dimensions)
    picked = [(values, cell) for values, cell in cube.cells.items() if chosen(values)]
    rows = sum(cell.rows for _, cell in picked)
    amount = sum(cell.amount for _, cell in picked)
    if figure.distinct:
        index = cube.dimensions.index(figure.distinct)
        rows = len({values[index] for values, _ in picked})
    return _number(figure.kind, rows, amount, _inside(figure, cube.dimensions, picked))


def _inside(
    figure: Figure, dimensions: Sequence[str], picked: Iterable[tuple[tuple[str, ...], Cell]]
) -> int:
    if figure.kind is not Kind.SHARE:
        return 0
    marked = matcher(figure.inside, dimensions)
    return sum(cell.rows for values, cell in picked if marked(values))


def fold_rows(figure: Figure, rows: Iterable[Row]) -> Number:
    """The same number out of the figure's list."""
    listed = list(rows)
    amount = sum(row.amount or 0 for row in listed)
    return _number(figure.kind, len(listed), amount, sum(row.inside for row in listed))


def _number(kind: Kind, rows: int, amount: int, inside: int) -> Number:
    if kind is Kind.SHARE:
        return Number(percent(inside, rows) if rows else None, rows, inside, rows)
    if kind is Kind.SUM:
        return Number(amount, rows)
    if kind is Kind.VALUE:
        return Number(amount if rows else None, rows)
    return Number(rows, rows)


@cache
def known() -> Mapping[str, Known]:
    """Every id of the reports this project speaks of, in the order of the report."""
    table = csv.DictReader(StringIO((DATA / "seed_figures.csv").read_text(encoding="utf-8")))
    return {
        row["id"]: Known(
            row["id"], row["section"], row["label"], Kind(row["kind"]), row["unit"], row["value"]
        )
        for row in table
    }


@cache
def figures() -> Mapping[str, Figure]:
    """The figures that can be computed: those of the report in its order, then our own (`x.`)."""
    data = json.loads((DATA / "figures_2023.json").read_text(encoding="utf-8"))
    found = {row["id"]: _read(row, data) for row in data["figures"]}
    order = [*(id for id in known() if id in found), *(id for id in found if id not in known())]
    return {id: found[id] for id in order}


def _read(row: Mapping[str, object], shared: Mapping[str, object]) -> Figure:
    seed = known().get(str(row["id"]))
    said = {name: getattr(seed, name) for name in ("section", "label", "kind", "unit") if seed}
    merged = {"version": shared["version"], "source": shared["source"], **said, **row}
    merged |= {"where": _where(row.get("where")), "inside": _where(row.get("inside"))}
    merged |= {"kind": Kind(str(merged["kind"])), "distinct": row.get("distinct", "")}
    return Figure(**merged)


def _where(conditions: object) -> Where:
    if not isinstance(conditions, dict):
        return {}
    return {name: tuple(values) for name, values in conditions.items()}

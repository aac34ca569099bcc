"""What one measurement says, and how a run is shown."""

from collections.abc import Iterable
from typing import Any

Line = dict[str, Any]
"""{"name", "value", "unit", "limit", "ratio_to_limit", "note"}"""


def line(name: str, value: float, unit: str, limit: float, note: str) -> Line:
    """One measured value beside its limit; of a throughput a higher ratio is better, else lower."""
    return {
        "name": name,
        "value": _short(value),
        "unit": unit,
        "limit": _short(limit),
        "ratio_to_limit": _short(value / limit) if limit else None,
        "note": note,
    }


def _short(value: float) -> float:
    """Three digits or more: nobody reads the noise behind them."""
    return round(value, 3 if abs(value) < 10 else 1)


def table(lines: Iterable[Line]) -> str:
    """The lines for people, the notes beneath their numbers."""
    rows = list(lines)
    width = max([len(row["name"]) for row in rows] + [4])
    shown = [f"{'name':<{width}}  {'value':>9} {'unit':<10} {'limit':>9} {'ratio':>7}"]
    for row in rows:
        ratio = "-" if row["ratio_to_limit"] is None else f"{row['ratio_to_limit']:.2f}"
        numbers = f"{row['value']:>9} {row['unit']:<10} {row['limit']:>9} {ratio:>7}"
        shown += [f"{row['name']:<{width}}  {numbers}", f"{'':<{width}}  {row['note']}"]
    return "\n".join(shown)

"""Closed periods: what is frozen, under which hash, and whether it still is what was frozen."""

from collections.abc import Iterator
from typing import Any

from motcua.journal import queries as journal
from motcua.journal.queries import Fault
from motcua.kernel import chain
from motcua.report.models import FrozenFigure, FrozenList, Period

CONTENT = (
    "figure", "label", "section", "version", "definition", "source", "kind", "value", "numerator",
    "denominator", "unit", "records",
)  # fmt: skip
CLOSED = "period.closed"


def hash_of(row: FrozenFigure, list_hash: str) -> str:
    """The hash of a frozen figure: its content, its days and its list."""
    content = {name: getattr(row, name) for name in CONTENT}
    days = {"first": row.first.isoformat(), "last": row.last.isoformat()}
    return chain.link(chain.GENESIS, content | days | {"list": list_hash})


def hash_of_list(rows: list[Any]) -> str:
    return chain.link(chain.GENESIS, {"rows": rows})


def faults() -> Iterator[Fault]:
    """Every frozen figure or list of the agency in scope that is not as it was frozen."""
    broken = {
        row.hash
        for row in FrozenList.objects.order_by("hash").iterator(50)
        if hash_of_list(row.rows) != row.hash
    }
    for period in Period.objects.filter(closed_at__isnull=False).order_by("name"):
        yield from _faults_of(period, broken)


def _faults_of(period: Period, broken: set[str]) -> Iterator[Fault]:
    closing = journal.latest(period, CLOSED)
    frozen = dict(closing.data["figures"]) if closing is not None else {}
    for row in period.figures.select_related("list").defer("list__rows").order_by("position"):
        wanted = frozen.pop(row.figure, None)
        if wanted is None or not wanted == row.hash == hash_of(row, row.list.hash):
            yield Fault(period.journal_label, row.figure, "số đã chốt bị sửa")
        elif row.list.hash in broken:
            yield Fault(period.journal_label, row.figure, "danh sách đã chốt bị sửa")
    for figure in frozen:
        yield Fault(period.journal_label, figure, "số đã chốt không còn")

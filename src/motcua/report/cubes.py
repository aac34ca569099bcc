"""Khối số liệu: one GROUP BY per table and window; all small registers in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from motcua.report.figures import Cell, Cube, Figure, Key, Row, matcher
from motcua.report.periods import Period, Window
from motcua.report.tables import SOURCES, Source

_ALIAS = "cube_"


def cubes(figures: Iterable[Figure], period: Period) -> dict[Key, Cube]:
    """The cubes that `figures` need, of the agency in scope, in as few statements as there are."""
    needed: defaultdict[Key, set[str]] = defaultdict(set)
    for figure in figures:
        needed[figure.key] |= figure.dimensions
    wanted = {key: tuple(sorted(names)) for key, names in needed.items()}
    small = {key: names for key, names in wanted.items() if _source(key).small}
    found = _small_cubes(small, period)
    for key, names in wanted.items():
        if key not in small:
            found[key] = _cube(key, names, period.windows[key.window])
    return found


def rows(figure: Figure, period: Period) -> list[Row]:
    """The list behind a figure: its conditions on the rows, in a fixed order."""
    source, window = _source(figure.key), period.windows[figure.window]
    chosen = _with_dimensions(source, window, sorted(figure.dimensions))
    chosen = chosen.filter(**{f"{_ALIAS}{n}__in": allowed for n, allowed in figure.where.items()})
    found = _distinct if figure.distinct else _each
    return list(found(figure, source, chosen))


def _source(key: Key) -> Source:
    return SOURCES[key.table, key.by]


def _with_dimensions(source: Source, window: Window, names: Iterable[str]) -> QuerySet:
    values = {f"{_ALIAS}{name}": source.dimension(name, window) for name in names}
    return source.rows(window).annotate(**values)


def _cube(key: Key, names: tuple[str, ...], window: Window) -> Cube:
    source = _source(key)
    chosen = _with_dimensions(source, window, names)
    lines = _grouped(source, chosen, *(_ALIAS + name for name in names))
    return Cube(names, {tuple(line[1:-2]): Cell(*line[-2:]) for line in lines if line[-2]})


def _grouped(source: Source, chosen: QuerySet, *columns: str, number: int = 0) -> QuerySet:
    """Lines of `number`, the columns, how many rows, their amount. Without columns: one line."""
    numbered = chosen.annotate(cube_number=Value(number)).values_list("cube_number", *columns)
    return numbered.annotate(rows=Count("*"), total=_total(source))


def _total(source: Source) -> Any:
    return Coalesce(Sum(source.amount), 0) if source.amount else Value(0)


def _small_cubes(wanted: Mapping[Key, tuple[str, ...]], period: Period) -> dict[Key, Cube]:
    """One UNION ALL over the small registers, each with the one dimension it may have."""
    keys = list(wanted)
    if not keys:
        return {}
    parts = [_part(i, key, wanted[key], period.windows[key.window]) for i, key in enumerate(keys)]
    lines = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    cells: dict[Key, dict[tuple[str, ...], Cell]] = {key: {} for key in keys}
    for index, value, count, total in lines:
        key = keys[index]
        if count:
            cells[key][(value,) if wanted[key] else ()] = Cell(count, total)
    return {key: Cube(wanted[key], cells[key]) for key in keys}


def _part(index: int, key: Key, names: tuple[str, ...], window: Window) -> QuerySet:
    source = _source(key)
    value = source.dimension(names[0], window) if names else Value("")
    chosen = source.rows(window).annotate(cube_value=value)
    return _grouped(source, chosen, "cube_value", number=index)


def _each(figure: Figure, source: Source, chosen: QuerySet) -> Iterator[Row]:
    names = sorted(figure.inside)
    marked = matcher(figure.inside, names)
    columns = source.label_columns
    amounts = [source.amount] if source.amount else []
    lines = chosen.order_by(*source.order).values_list(
        "pk", *columns, *amounts, *(_ALIAS + name for name in names)
    )
    width = 1 + len(columns)
    for line in lines:
        label = source.label.format(**dict(zip(columns, line[1:width], strict=True)))
        inside = marked(line[width + len(amounts) :])
        identity = _digest(line[0]) if source.hides_id else str(line[0])
        yield Row(identity, label, inside, line[width] if amounts else None)


def _digest(identity: UUID) -> str:
    """The same for the same row, and no way back: an id has 74 random bits."""
    return sha256(identity.bytes).hexdigest()[:32]


def _distinct(figure: Figure, source: Source, chosen: QuerySet) -> Iterator[Row]:
    code, name = _ALIAS + figure.distinct, source.names[figure.distinct]
    # Two publishers may know the same value: it is one row, as it is one in the cube.
    for value, label in chosen.order_by(code).values_list(code).annotate(label=Min(name)):
        yield Row(value, label, True, None)

"""Statements that the hot path sends with every request: what the ORM writes, written once.

The ORM composes SQL anew each time, which costs more than the database's own work on it.
`Asked` composes a queryset once, with `Slot`s for the values; `insert` and `update` write rows
by columns read once from the model. All three keep the agency's scope: it fills the slot
`agency` itself, and a row of another agency raises OutOfScope.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models
from django.db.models.query import get_related_populators

from motcua.web import scope

M = TypeVar("M", bound=models.Model)


class Slot(models.Value):
    """The place of a value in a queryset that is asked many times, each time with its own."""

    def __init__(self, name: str, field: models.Field) -> None:
        super().__init__(None, output_field=field)
        self.name = name

    def as_sql(self, *_given: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def ready(self, value: Any, here: Any) -> Any:
        return self.output_field.get_db_prep_value(value, here)


def slots(model: type[models.Model], *names: str) -> dict[str, Slot]:
    """A slot for each column named, to filter by: `filter(**slots(Person, "agency", "name"))`."""
    return {name: Slot(name, _target(model._meta.get_field(name))) for name in names}


def _target(field: Any) -> Any:
    while field.is_relation:
        field = field.target_field
    return field


class Asked(Generic[M]):
    """A question composed once: `build` gives a queryset with slots; a call gives its rows.

    The slot `agency`, without which no agency's rows are asked for, is filled from the scope; all
    others by name. Rows with their `select_related` only: no prefetches, no annotations.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self._build = build
        self._composed: _Composed | None = None

    def __call__(self, **values: Any) -> list[M]:
        if self._composed is None:
            self._composed = _Composed(self._build())
        return self._composed.rows(values)

    def first(self, **values: Any) -> M | None:
        """The first row; the queryset says in which order, and how many are fetched."""
        rows = self(**values)
        return rows[0] if rows else None


class _Composed:
    """The SQL of one queryset, and how its rows become objects."""

    def __init__(self, queryset: models.QuerySet) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self._converters = compiler.get_converters([one[0] for one in compiler.select])
        klass = compiler.klass_info
        self._first, self._end = klass["select_fields"][0], klass["select_fields"][-1] + 1
        self._model = klass["model"]
        self._scoped = any(p.name == "agency" for p in self.params if isinstance(p, Slot))
        if issubclass(self._model, scope.AgencyModel) and not self._scoped:
            raise scope.OutOfScope(f"A question about {self._model._meta.label} without its agency")
        columns = compiler.select[self._first : self._end]
        self._names = [column[0].target.attname for column in columns]
        self._populators = get_related_populators(klass, compiler.select, connection.alias)

    def rows(self, values: dict[str, Any]) -> list[Any]:
        if self._scoped:
            values["agency"] = scope.current().agency_id
        here = connections[DEFAULT_DB_ALIAS]
        params = [p.ready(values[p.name], here) if isinstance(p, Slot) else p for p in self.params]
        with here.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return [self._object(list(row), here) for row in found]

    def _object(self, row: list[Any], here: Any) -> Any:
        for position, (converters, expression) in self._converters.items():
            value = row[position]
            for convert in converters:
                value = convert(value, expression, here)
            row[position] = value
        made = self._model.from_db(here.alias, self._names, row[self._first : self._end])
        for populator in self._populators:
            populator.populate(row, made)
        return made


_PLAIN_FIELDS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
_PLAIN = frozenset({str, int, bool})
"""Values of these fields and exactly these types the database takes as they are."""


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, str, Any], ...]:
    """Of each column its attribute, its name and its field."""
    return tuple((f.attname, f.column, f) for f in model._meta.concrete_fields)


@cache
def _insert_sql(model: type[models.Model], vendor: str) -> tuple[str, str]:
    quote = connection.ops.quote_name
    columns = [quote(column) for _attribute, column, _field in _columns(model)]
    head = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES "
    return head, f"({', '.join(['%s'] * len(columns))})"


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model in one statement, each with its key. Checked as by `save`."""
    model, here = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    columns = _columns(model)
    params: list[Any] = []
    for row in rows:
        row.check_before_saving()
        params += _values(row, columns, here)
    head, places = _insert_sql(model, here.vendor)
    with here.cursor() as cursor:
        cursor.execute(head + ", ".join([places] * len(rows)), params)
    for row in rows:
        row._state.adding, row._state.db = False, here.alias


def update(row: models.Model, names: Sequence[str]) -> None:
    """Write these columns (attribute names) of a row that exists. Checked as by `save`."""
    row.check_before_saving()
    here, meta = connections[DEFAULT_DB_ALIAS], row._meta
    quote, wanted = here.ops.quote_name, set(names)
    columns = [column for column in _columns(type(row)) if column[0] in wanted]
    keys = [column for column in _columns(type(row)) if column[0] in ("id", "agency_id")]
    assigned = ", ".join(f"{quote(name)} = %s" for _attribute, name, _field in columns)
    bound = " AND ".join(f"{quote(name)} = %s" for _attribute, name, _field in keys)
    sql = f"UPDATE {quote(meta.db_table)} SET {assigned} WHERE {bound}"
    with here.cursor() as cursor:
        cursor.execute(sql, [*_values(row, columns, here), *_values(row, keys, here)])
        if cursor.rowcount != 1:
            raise DatabaseError(f"Updated {cursor.rowcount} rows of {meta.label}, not one")


def _values(row: models.Model, columns: Any, here: Any) -> list[Any]:
    held, values = row.__dict__, []
    native = here.features.has_native_uuid_field
    for attribute, _name, field in columns:
        value = held[attribute]
        kind = type(value)
        if value is None or (kind in _PLAIN and isinstance(field, _PLAIN_FIELDS)):
            values.append(value)
        elif kind is UUID:
            values.append(value if native else value.hex)
        else:
            values.append(field.get_db_prep_save(value, here))
    return values

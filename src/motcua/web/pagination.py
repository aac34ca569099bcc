"""Pages by key (phân trang theo khóa): the next page begins after the last row seen.

One query a page whatever the depth; rows that come or go between two pages neither repeat
nor hide others. A token holds the key of the last row: opaque, not secret, never trusted.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import Field, Q, QuerySet

from motcua.kernel.errors import BadInput
from motcua.kernel.vntime import FIRST_YEAR, LAST_YEAR

LONGEST_TOKEN = 2000


class BadToken(BadInput):
    """The place to go on from cannot be read (địa chỉ trang bị sửa hoặc đã cũ)."""

    code = "bad-page-token"
    message = "Địa chỉ trang này không đọc được. Mở lại danh sách từ đầu."


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the token of the page after them: None on the last page."""

    rows: list[Any]
    next_token: str | None


def page(
    queryset: QuerySet,
    *,
    order: tuple[str, ...],
    after: str | None = None,
    size: int = 50,
    shown: Callable[[QuerySet], QuerySet] | None = None,
) -> Page:
    """Return the `size` rows after the token, in `order` ("-due_at", "code").

    Names are fields, paths over select_related relations, or annotations; none may be null
    (databases disagree on where null sorts). The primary key is added when `order` does not
    end in a unique field. With `shown` the rows are found by their keys alone, and `shown(keys)`
    says what of them is read: what has to be sorted is then as narrow as can be. Raises BadToken
    for a token that is not of this list.
    """
    order = _total(queryset, order)
    ordered = queryset.order_by(*order)
    if after:
        ordered = ordered.filter(_after(queryset, order, _decode(queryset, order, after)))
    if shown is not None:
        ordered = shown(ordered.values("pk")[: size + 1]).order_by(*order)
    rows = list(ordered[: size + 1])
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], _encode(queryset, order, rows[size - 1]))


def _total(queryset: QuerySet, order: tuple[str, ...]) -> tuple[str, ...]:
    last = order[-1].lstrip("-") if order else ""
    if last and "__" not in last and _field(queryset, last).unique:
        return order
    return (*order, "pk")


def _field(queryset: QuerySet, name: str) -> Field:
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    model, field = queryset.model, None
    for part in name.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = field.related_model or model
    return getattr(field, "target_field", field)


def _after(queryset: QuerySet, order: tuple[str, ...], values: list[Any]) -> Q:
    """Say "later in this order". The first key bounds alone too, so that an index serves."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        path = name.lstrip("-")
        beyond = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{path}__{beyond}": value})
        equal &= Q(**{path: value})
    first = order[0].lstrip("-")
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": values[0]}) & condition


def _encode(queryset: QuerySet, order: tuple[str, ...], row: Any) -> str:
    keys = []
    for name in order:
        value = _value(row, name.lstrip("-"))
        if value is None:
            raise ValueError(f"Pages by {name}: a key may not be null")
        keys.append(value if isinstance(value, int | str) else str(value))
    text = json.dumps(keys, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    if isinstance(row, dict):
        return row[path]
    for part in path.split("__"):
        row = getattr(row, part)
    return getattr(row, "pk", row)


def _decode(queryset: QuerySet, order: tuple[str, ...], token: str) -> list[Any]:
    try:
        if len(token) > LONGEST_TOKEN:
            raise BadToken
        padded = token + "=" * (-len(token) % 4)
        keys = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(keys, list) or len(keys) != len(order):
            raise BadToken
        return [
            _read(queryset, name.lstrip("-"), key) for name, key in zip(order, keys, strict=True)
        ]
    except (
        binascii.Error,
        ValidationError,
        ValueError,
        TypeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise BadToken from error


def _read(queryset: QuerySet, name: str, key: Any) -> Any:
    """Turn a key of a token into a value the database takes, or raise."""
    if not isinstance(key, int | str):
        raise BadToken
    if isinstance(key, str):
        key.encode()
        if "\x00" in key:
            raise BadToken
    field = _field(queryset, name)
    value = field.to_python(key)
    if value is None:
        raise BadToken
    if isinstance(value, date):
        value = _within(value)
    connection = connections[queryset.db]
    field.get_db_prep_value(value, connection, prepared=False)
    return value


def _within(day: date) -> date:
    """The day, or the instant in UTC; refused outside the years that every database takes."""
    if isinstance(day, datetime):
        if day.tzinfo is None:
            raise BadToken
        day = day.astimezone(UTC)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadToken
    return day

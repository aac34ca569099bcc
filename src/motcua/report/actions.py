"""Closing a period (chốt kỳ): its figures are frozen with the records they count."""

from datetime import datetime
from typing import Any

from motcua.journal.actions import action, record
from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local, local_day
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.report import frozen, periods, queries
from motcua.report.models import FrozenFigure, FrozenList, Period, PeriodState
from motcua.report.results import Listing
from motcua.web import scope


class AlreadyClosed(Refused):
    code = "period-already-closed"
    message = "Kỳ {period} đã chốt lúc {at}. Số đã chốt không ghi lại; chưa ghi gì thêm."


class NotOver(Refused):
    code = "period-not-over"
    message = "Kỳ {period} còn đến hết ngày {last}. Chốt từ ngày hôm sau."


class YearNotOver(NotOver):
    """A part of a year counts what was finished by the year's end: until then it changes."""

    message = (
        "Kỳ {period} tính cả hồ sơ xong đến hết năm báo cáo, ngày {last}, để các tháng cộng lại "
        "khớp với năm. Chốt từ ngày hôm sau."
    )


@action("period.closed")
def close_period(*, by: Any, at: datetime, key: str, period: str) -> Period:
    """Freeze every figure of `period` ("2023", "2023-Q1" …) with its list. Once only.

    Raises BadInput for a period that cannot be read, NotOver until the day that it is judged on
    has passed: its last day; for a month or a quarter the last day of its year.
    """
    permissions.require(by, Role.STATISTICIAN, at=at)
    days = periods.parse(period)
    if local_day(at) <= days.judged_on:
        no = NotOver if days.judged_on == days.last else YearNotOver
        raise no(period=days.name, last=f"{days.judged_on:%d/%m/%Y}")
    row = _locked(days)
    if row.state == PeriodState.CLOSED:
        raise AlreadyClosed(period=row.name, at=f"{local(row.closed_at):%H:%M %d/%m/%Y}")
    hashes = _freeze(row, days)
    row.state, row.closed_at = PeriodState.CLOSED, at
    windows = {name: [w.first.isoformat(), w.last.isoformat()] for name, w in days.windows.items()}
    data = {"period": days.name, "windows": windows, "figures": hashes}
    record(row, verb="period.closed", by=by, at=at, key=key, data=data)
    row.save(force_update=True)
    return row


def _locked(days: periods.Period) -> Period:
    row, _ = Period.objects.get_or_create(
        agency_id=scope.current().agency_id,
        name=days.name,
        defaults={"regime": days.regime, "first": days.service.first, "last": days.service.last},
    )
    return Period.objects.select_for_update().get(pk=row.pk)


def _freeze(period: Period, days: periods.Period) -> dict[str, str]:
    """Write every figure and its list; return the hash of each figure."""
    found = [queries.live_listing(figure, days) for figure in queries.figures_in(days)]
    lists: dict[str, FrozenList] = {}
    rows = [_frozen(period, i, listing, lists) for i, listing in enumerate(found)]
    FrozenFigure.objects.bulk_create(rows)
    return {row.figure: row.hash for row in rows}


def _frozen(
    period: Period, position: int, listing: Listing, lists: dict[str, FrozenList]
) -> FrozenFigure:
    result = listing.result
    content = {
        "figure": result.id, "label": result.label, "section": result.section,
        "version": result.version, "definition": result.definition, "source": result.source,
        "kind": result.kind.value, "value": "" if result.value is None else str(result.value),
        "numerator": result.numerator, "denominator": result.denominator, "unit": result.unit,
        "records": result.records,
    }  # fmt: skip
    kept = _list(period, listing, lists)
    days = {"first": result.window.first, "last": result.window.last}
    row = FrozenFigure(
        agency_id=period.agency_id, period=period, position=position, list=kept, **content, **days
    )
    row.hash = frozen.hash_of(row, kept.hash)
    return row


def _list(period: Period, listing: Listing, lists: dict[str, FrozenList]) -> FrozenList:
    """The list by its content: figures and periods with the same records share one."""
    rows = [list(row) for row in listing.rows]
    digest = frozen.hash_of_list(rows)
    if digest not in lists:
        lists[digest], _ = FrozenList.objects.get_or_create(
            agency_id=period.agency_id, hash=digest, defaults={"rows": rows}
        )
    return lists[digest]

"""Questions about the figures of a period, of the agency in scope."""

from collections.abc import Collection
from decimal import Decimal

from motcua.kernel.errors import BadInput
from motcua.report import models, periods
from motcua.report.cubes import cubes, rows
from motcua.report.figures import Figure, Kind, Row, figures, fold, fold_rows, known
from motcua.report.periods import Window
from motcua.report.results import Listing, Result, computed, list_url


class UnknownFigure(BadInput):
    code = "figure-unknown"
    message = "Không có số liệu “{id}”. Xem mã số liệu trong ./motcua report --period {period}."


class NoRegister(BadInput):
    code = "figure-without-register"
    message = "Chưa có sổ để tính số liệu “{id}” ({label}). Sổ ấy sẽ có ở phiên bản sau."


class NotInPeriod(BadInput):
    code = "figure-not-in-period"
    message = "Kỳ {period} không có số liệu “{id}”. Mở trang Số liệu, chọn kỳ rồi chọn số liệu."


def closed_period(name: str) -> models.Period | None:
    """The period of that one spelling, if it was closed."""
    return models.Period.objects.filter(name=name, state=models.PeriodState.CLOSED).first()


def closed_periods() -> list[models.Period]:
    """The closed periods, the latest first."""
    closed = models.Period.objects.filter(state=models.PeriodState.CLOSED)
    return list(closed.order_by("-last", "-first", "name"))


def figures_of(period_text: str) -> list[Result]:
    """Every figure of a period, in the order of the report: frozen if it was closed, else live.

    Raises BadInput for a period that cannot be read.
    """
    period = periods.parse(period_text)
    closed = closed_period(period.name)
    if closed is not None:
        kept = closed.figures.select_related("list").defer("list__rows").order_by("position")
        return [_thawed(row, period) for row in kept]
    return live(period)


def live(period: periods.Period) -> list[Result]:
    """Every figure folded from the facts as they are now."""
    wanted = figures_in(period)
    found = cubes(wanted, period)
    return [computed(one, fold(one, found[one.key]), period) for one in wanted]


def some(ids: Collection[str], period_text: str) -> list[Result]:
    """A few figures of a period, asked for by their ids: frozen if it was closed, else live.

    Unknown ids are left out. Raises BadInput for a period that cannot be read.
    """
    period = periods.parse(period_text)
    if closed_period(period.name) is not None:
        return [one for one in figures_of(period.name) if one.id in ids]
    wanted = [one for one in figures_in(period) if one.id in ids]
    found = cubes(wanted, period)
    return [computed(one, fold(one, found[one.key]), period) for one in wanted]


def figures_in(period: periods.Period) -> list[Figure]:
    """The figures whose window the period has."""
    return [figure for figure in figures().values() if figure.window in period.windows]


def records(figure_id: str, period_text: str) -> Listing:
    """A figure with its list, frozen if the period was closed, else live.

    Raises BadInput: an unknown figure, one without a register, a period that cannot be read.
    """
    period = periods.parse(period_text)
    closed = closed_period(period.name)
    if closed is not None:
        return _frozen_listing(closed, figure_id, period)
    return live_listing(_figure(figure_id, period), period)


def live_listing(figure: Figure, period: periods.Period) -> Listing:
    listed = tuple(rows(figure, period))
    return Listing(computed(figure, fold_rows(figure, listed), period), listed)


def _figure(figure_id: str, period: periods.Period) -> Figure:
    figure = figures().get(figure_id)
    if figure is None:
        raise _no_figure(figure_id, period.name)
    if figure.window not in period.windows:
        raise NotInPeriod(id=figure_id, period=period.name)
    return figure


def _no_figure(figure_id: str, period_name: str) -> BadInput:
    if figure_id in known():
        return NoRegister(id=figure_id, label=known()[figure_id].label)
    return UnknownFigure(id=figure_id, period=period_name)


def _frozen_listing(closed: models.Period, figure_id: str, period: periods.Period) -> Listing:
    row = closed.figures.select_related("list").filter(figure=figure_id).first()
    if row is None:
        raise _no_figure(figure_id, period.name)
    return Listing(_thawed(row, period), tuple(Row(*line) for line in row.list.rows))


def _thawed(row: models.FrozenFigure, period: periods.Period) -> Result:
    return Result(
        id=row.figure, label=row.label, section=row.section, kind=Kind(row.kind),
        value=_exact(row), unit=row.unit, numerator=row.numerator, denominator=row.denominator,
        window=Window(row.first, row.last), definition=row.definition, version=row.version,
        source=row.source, records=row.records, list_url=list_url(period, row.figure),
        frozen=True, hash=row.hash,
    )  # fmt: skip


def _exact(row: models.FrozenFigure) -> int | Decimal | None:
    if not row.value:
        return None
    return Decimal(row.value) if row.kind == Kind.SHARE else int(row.value)

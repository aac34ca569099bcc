"""What the pages of figures ask beyond the figures themselves: months, and rows of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from motcua.kernel.timeliness import Outcome
from motcua.kernel.vntime import from_epoch_day
from motcua.report import periods
from motcua.report.calendar_words import regime_year
from motcua.report.figures import figures
from motcua.report.periods import Period, Window
from motcua.report.tables import SOURCES, table

DOSSIERS = SOURCES["dossiers", "received"]
OWN = figures()["II.2.own.received"].where
COLUMNS = (
    "code", "procedure_name", "received_on", "due_on", "finished_on", "outcome", "late_phase",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """Own dossiers received in one month of a year, by how they ended within the year."""

    name: str
    window: Window
    received: int
    in_time: int
    late: int


def months(year: Period) -> list[Month]:
    """The twelve months of a regime year, in one statement: received, in time, late."""
    window = year.service
    outcome = DOSSIERS.dimension("outcome", window)
    rows = DOSSIERS.rows(window).filter(**{f"{n}__in": allowed for n, allowed in OWN.items()})
    counted = (
        rows.annotate(cube_outcome=outcome)
        .values_list("received_day", "cube_outcome")
        .annotate(rows=Count("pk"))
    )
    days = [(from_epoch_day(day), ended, count) for day, ended, count in counted]
    found = []
    for name in periods.month_names(int(year.name)):
        month = periods.parse(name).service
        inside = [(ended, n) for day, ended, n in days if month.first <= day <= month.last]
        late = sum(n for ended, n in inside if ended == Outcome.LATE)
        in_time = sum(n for ended, n in inside if ended in (Outcome.EARLY, Outcome.ON_TIME))
        found.append(Month(name, month, sum(n for _, n in inside), in_time, late))
    return found


def first_year(today: Any) -> int:
    """The report year of the oldest dossier of the agency, or this one."""
    oldest = table(DOSSIERS.model).aggregate(day=Min("received_day"))["day"]
    return regime_year(from_epoch_day(oldest) if oldest is not None else today)


def dossiers(ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    """What the fact rows of these dossiers say, by id. Never a person's name."""
    rows = table(DOSSIERS.model).filter(pk__in=list(ids)).values("pk", *COLUMNS)
    return {str(row["pk"]): row for row in rows}


def table_of(figure_id: str) -> str:
    """Which table the rows of a figure come from; "" for counts of distinct values."""
    figure = figures().get(figure_id)
    return figure.table if figure is not None and not figure.distinct else ""

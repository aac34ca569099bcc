"""./motcua report: every figure of a period as one JSON document."""

from decimal import Decimal
from typing import Any

from motcua.people import queries as people
from motcua.report import periods, queries, tables
from motcua.report.command_line import parser, require_json, scope_of, write
from motcua.report.results import Result
from motcua.web import scope


def main(argv: list[str]) -> int:
    """Write the report. Raises Refused, said by the caller in one sentence."""
    options = parser("report", "Số liệu của một kỳ báo cáo, mỗi số kèm cách tính.").parse_args(argv)
    require_json(options.format)
    with scope.agency_scope(scope_of(options.agency)):
        write(document(options.period), options.out)
    return 0


def document(period_text: str) -> dict[str, Any]:
    """The report of the agency in scope: live figures, or the frozen ones of a closed period.

    `findings` is empty and `confirmed` 0: this version checks nothing yet.
    """
    period = periods.parse(period_text)
    return {
        "agency": _agency_name(period),
        "period": period.name,
        "figures": [_figure(result) for result in queries.figures_of(period_text)],
        "findings": [],
        "confirmed": 0,
    }


def _agency_name(period: periods.Period) -> str:
    """What the agency was called at the end of the period."""
    agency = tables.agency(scope.current().agency_id)
    try:
        return people.version_on(agency, period.service.last).name
    except LookupError:
        return agency.slug


def _figure(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "kind": result.kind.value,
        "value": json_number(result.value),
        "unit": result.unit,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "window": {
            "from": result.window.first.isoformat(),
            "to": result.window.last.isoformat(),
        },
        "definition": result.definition,
        "origin": result.origin,
        "records": result.records,
        "list": result.list_url,
    }


def json_number(value: int | Decimal | None) -> int | float | None:
    """Whole numbers as whole numbers, shares as 96.98; nothing where there is no value."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)

"""./motcua records: the list behind one figure of a period."""

from typing import Any

from motcua.report import queries
from motcua.report.command_line import parser, require_json, scope_of, write
from motcua.report.report_command import json_number
from motcua.web.scope import agency_scope


def main(argv: list[str]) -> int:
    """Write the list. Raises Refused, said by the caller in one sentence."""
    arguments = parser("records", "Danh sách đứng sau một số liệu.")
    arguments.add_argument(
        "--figure", required=True, metavar="MÃ", help="mã số liệu, như II.2.own.late"
    )
    options = arguments.parse_args(argv)
    require_json(options.format)
    with agency_scope(scope_of(options.agency)):
        write(document(options.figure, options.period), options.out)
    return 0


def document(figure_id: str, period_text: str) -> dict[str, Any]:
    """The figure and its rows; its value is a fold over them."""
    listing = queries.records(figure_id, period_text)
    result = listing.result
    return {
        "id": result.id,
        "kind": result.kind.value,
        "value": json_number(result.value),
        "rows": [
            {"id": row.id, "label": row.label, "in": row.inside, "amount": row.amount}
            for row in listing.rows
        ],
    }

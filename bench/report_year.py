"""All figures of a commune's year against one raw GROUP BY, beside 1,000,000 dossiers of others.

Needs a migrated database. Works in one transaction that is rolled back; alone
(`python -m bench.report_year`) it makes a database of its own in a temporary folder.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

NAME = "report_year"
OWN_DOSSIERS, OWN_FORMS = 914, 685
OTHERS, OTHER_AGENCIES = 1_000_000, 110
ROUNDS = 30
PERIOD = "2023"
MOST_TIMES_RAW = 16
FIRST_DAY = date(2022, 12, 5)


def run(others: int = OTHERS) -> list[dict[str, Any]]:
    """Measure in interleaved rounds: the report's figures, a closed period's, the raw GROUP BY."""
    from django.db import transaction

    with transaction.atomic():
        try:
            scope, statistician = _fill(others)
            return _measure(scope, statistician, others)
        finally:
            transaction.set_rollback(True)


def _measure(scope: Any, statistician: Any, others: int) -> list[dict[str, Any]]:
    from motcua.report import queries
    from motcua.web.scope import agency_scope

    raw = _raw_group_by(scope.agency_id)
    with agency_scope(scope):
        live, floor = _medians(lambda: queries.figures_of(PERIOD), raw)
        asked = _asked(lambda: queries.figures_of(PERIOD))
        database = _medians(lambda: _ask_again(asked))[0]
        records = _medians(lambda: queries.records("II.2.own.received", PERIOD))[0]
        _close(statistician)
        frozen, floor_again = _medians(lambda: queries.figures_of(PERIOD), raw)
    rows = f"{OWN_DOSSIERS} dossiers, {OWN_FORMS} forms beside {others} of others"
    of_it = f"{len(asked)} statements and their rows alone, {rows}; target 5 ms"
    return [
        _line("report_year.database", database, floor, of_it),
        _line("report_year.live", live, floor, f"all figures of a year, {rows}"),
        _line("report_year.frozen", frozen, floor_again, "all figures of a closed year"),
        _line("report_year.records", records, floor, "the list behind own.received"),
    ]


def _line(name: str, value: float, floor: float, note: str) -> dict[str, Any]:
    limit = MOST_TIMES_RAW * floor
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "ms",
        "limit": round(limit, 3),
        "ratio_to_limit": round(value / limit, 2),
        "note": f"{note}; median; limit: {MOST_TIMES_RAW} raw GROUP BYs of {floor:.2f} ms each",
    }


def _medians(*calls: Callable[[], Any]) -> list[float]:
    """The median milliseconds of each call, taken turn by turn."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, times in zip(calls, taken, strict=True):
            start = time.perf_counter()
            call()
            times.append(1000 * (time.perf_counter() - start))
    return [statistics.median(times) for times in taken]


def _asked(call: Callable[[], Any]) -> list[tuple[str, Any]]:
    """The statements that a call sends, with their values."""
    from django.db import connection

    kept: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        kept.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        call()
    return kept


def _ask_again(asked: list[tuple[str, Any]]) -> None:
    """What the database has to do for those statements, and nothing else."""
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, values in asked:
            cursor.execute(sql, values)
            cursor.fetchall()


def _raw_group_by(agency_id: Any) -> Callable[[], list[tuple]]:
    """The cheapest honest way to count the year's dossiers: one statement, no framework."""
    from django.db import connection

    from motcua.kernel.vntime import epoch_day

    shown = agency_id if connection.features.has_native_uuid_field else agency_id.hex
    days = [epoch_day(FIRST_DAY), epoch_day(date(2023, 12, 4))]
    statement = (
        "SELECT linkage, channel, outcome, count(*) FROM dossiers_dossierfact"
        " WHERE agency_id = %s AND received_day BETWEEN %s AND %s"
        " GROUP BY linkage, channel, outcome"
    )

    def call() -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(statement, [shown, *days])
            return cursor.fetchall()

    return call


def _close(statistician: Any) -> None:
    from motcua.kernel.vntime import VN
    from motcua.report.actions import close_period
    from motcua.web.clock import now

    close_period(by=statistician, at=now().astimezone(VN), key="bench", period=PERIOD)


def _fill(count: int) -> tuple[Any, Any]:
    """A commune with the size of the demo's year, and others around it; its scope and officer."""
    from motcua.people import actions, queries
    from motcua.people.rules import AgencyKind, PostGroup, Role
    from motcua.web.clock import now
    from motcua.web.scope import agency_scope

    agencies = [
        actions.found_agency(
            slug=f"do-{i}", kind=AgencyKind.COMMUNE, name=f"UBND xã Đo {i}", place="Đo",
            code=f"H00.{i}", parent=None, effective_from=date(2022, 1, 1), source="đo", at=now(),
        )
        for i in range(OTHER_AGENCIES + 1)
    ]  # fmt: skip
    agency, *others = agencies
    scope = queries.scope_of(agency)
    with agency_scope(scope):
        statistician = actions.add_officer(
            agency=agency, login="do-thong-ke", name="Thống kê", post_code="tk",
            post_title="Thống kê", group=PostGroup.OFFICE, roles=(Role.STATISTICIAN,),
            effective_from=date(2022, 1, 1), source="đo", at=now(),
        )  # fmt: skip
    dice = random.Random(1)
    _insert("dossiers.DossierFact", (_dossier(dice, agency) for _ in range(OWN_DOSSIERS)))
    _insert("surveys.FormFact", (_form(dice, agency) for _ in range(OWN_FORMS)))
    each = max(1, count // len(others))
    _insert("dossiers.DossierFact", (_dossier(dice, others[0]) for _ in range(each)))
    _copy(others[0], others[1:])
    return scope, statistician


def _copy(like: Any, agencies: list[Any]) -> None:
    """The same rows for the other agencies, written by the database: a million take seconds."""
    from django.apps import apps
    from django.db import connection

    fields = apps.get_model("dossiers.DossierFact")._meta.concrete_fields
    quote, server = connection.ops.quote_name, connection.vendor == "postgresql"
    new = "gen_random_uuid()" if server else "lower(hex(randomblob(16)))"
    shown = {"id": new, "agency_id": "%s"}
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(shown.get(field.column, quote(field.column)) for field in fields)
    statement = (
        f"INSERT INTO dossiers_dossierfact ({columns})"
        f" SELECT {values} FROM dossiers_dossierfact WHERE agency_id = %s"
    )
    with connection.cursor() as cursor:
        for agency in agencies:
            keys = [one.pk if server else one.pk.hex for one in (agency, like)]
            cursor.execute(statement, keys)
        if server:
            cursor.execute("ANALYZE dossiers_dossierfact")


def _insert(label: str, rows: Iterator[dict[str, Any]]) -> None:
    from django.apps import apps

    model = apps.get_model(label)
    model.across_agencies.bulk_create((model(**row) for row in rows), batch_size=1000)


def _dossier(dice: random.Random, agency: Any) -> dict[str, Any]:
    from motcua.kernel.vntime import epoch_day
    from motcua.web.ids import uuid7

    identity, received = uuid7(), FIRST_DAY + timedelta(days=dice.randrange(365))
    finished = received + timedelta(days=dice.randrange(20))
    linkage = dice.choices(("none", "same_level", "inter_level", "group_birth"), (75, 4, 17, 4))[0]
    return {
        "id": identity, "agency": agency, "code": identity.hex, "procedure": "1.000894",
        "procedure_name": "Kết hôn", "field": "ho-tich", "group": "justice", "linkage": linkage,
        "online_level": "4", "channel": dice.choices(("counter", "online"), (9, 1))[0],
        "officer": identity, "post_group": "justice", "papers": 2,
        "received_on": received, "received_day": epoch_day(received),
        "due_on": finished, "due_day": epoch_day(finished),
        "finished_on": finished, "finished_day": epoch_day(finished), "finished_as": "9",
        "outcome": dice.choices(("early", "on_time", "late"), (8, 86, 6))[0],
        "handed_on": finished, "handed_day": epoch_day(finished),
        "digitised_day": epoch_day(received), "survey_day": epoch_day(finished),
    }  # fmt: skip


def _form(dice: random.Random, agency: Any) -> dict[str, Any]:
    from motcua.kernel.vntime import epoch_day
    from motcua.web.ids import uuid7

    identity, sent = uuid7(), FIRST_DAY + timedelta(days=dice.randrange(350))
    group = dice.choices(("justice", "social", "land", "office"), (76, 16, 8, 1))[0]
    answers = {f"c{i}": dice.choices("AB", (9, 1))[0] for i in range(1, 6)}
    return {
        "id": identity, "agency": agency, "label": identity.hex[-8:].upper(), "post_group": group,
        "group": group, "sent_on": sent, "sent_day": epoch_day(sent),
        "returned_on": sent, "returned_day": epoch_day(sent), "valid": 1, **answers,
    }  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOTCUA_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        given = sys.argv[1:]
        print(json.dumps(run(*map(int, given)), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()

"""Communes to measure: one with a long list, eight with dossiers to move; officers logged in.

Agencies, officers and catalogue are made by the rooms' actions. **Dossiers are not**: they are
rows written in bulk, without events and facts, so that 100,000 of them cost seconds.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

COMMUNES = 8
PERSONS, MOST_PERSONS, DOSSIERS_EACH = 500, 40_000, 10
"""People of a commune: as many as file so many dossiers each, and never more than live there."""
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng")
MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc")
GIVEN = (
    "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hùng", "Hương", "Huy", "Khánh",
    "Lan", "Linh", "Long", "Mai", "Nam", "Nga", "Phong", "Phúc", "Quân", "Sơn", "Tâm", "Thảo",
    "Thủy", "Trang", "Tuấn", "Vân", "Vinh", "Yến",
)  # fmt: skip
RARE = "Tôn Nữ Hiếm"
AT_ONCE = 5000
FOUNDED = date(2025, 7, 1)
PROCEDURE = "1.000894"
DEEP = 0.95
"""How far down the list the deep page begins, as a share of its rows."""


def main(dossiers: int, moves: int) -> None:
    """Fill a migrated database; print what a client has to know."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        known = _fill(dossiers, moves)
    _analyze()
    print(json.dumps(known))


def _fill(dossiers: int, moves: int) -> dict[str, Any]:
    from motcua.people.queries import scope_of
    from motcua.web.clock import now
    from motcua.web.scope import agency_scope

    province = _found("tinh-do", "H00", None)
    with agency_scope(scope_of(province)):
        _catalogue(province)
    found = []
    for number in range(COMMUNES + 1):
        agency = _found(f"xa-do-{number}", f"H00.00.{number:02}", province)
        with agency_scope(scope_of(agency)):
            one = Commune(agency, now())
            one.fill(dossiers if number == 0 else 0, open_ones=60 if number == 0 else moves)
            found.append(one.known())
    return {"list": found[0], "communes": found[1:]}


def _found(slug: str, code: str, parent: Any) -> Any:
    from motcua.people import actions
    from motcua.people.queries import scope_of
    from motcua.people.rules import AgencyKind
    from motcua.web.clock import now
    from motcua.web.scope import agency_scope

    kind = AgencyKind.COMMUNE if parent else AgencyKind.PROVINCE
    agency = actions.found_agency(
        slug=slug, kind=kind, name=f"UBND {slug}", place="Đo", code=code, parent=parent,
        effective_from=FOUNDED, source="đo", at=now() - timedelta(days=1),
    )  # fmt: skip
    with agency_scope(scope_of(agency)):
        actions.set_hours(
            by=None, at=now() - timedelta(days=1), key="hours", agency=agency, unit="desk",
            sessions="default", on=FOUNDED, source="đo",
        )  # fmt: skip
    return agency


def _catalogue(province: Any) -> None:
    from motcua.kernel.vntime import VN
    from motcua.procedures import actions, shipped
    from motcua.web.clock import now

    actions.load_catalogue(
        fields=shipped.fields(), rows=shipped.catalogue("current"), publisher=province,
        effective_from=datetime(2025, 7, 1, tzinfo=VN), at=now() - timedelta(days=1),
    )  # fmt: skip


class Commune:
    """One agency with a desk officer, a specialist and a leader, and its dossiers."""

    def __init__(self, agency: Any, at: datetime) -> None:
        from motcua.people.rules import Role
        from motcua.procedures.queries import receivable

        self.agency, self.at = agency, at
        self.desk = self._officer("mot-cua", Role.DESK)
        self.specialist = self._officer("chuyen-mon", Role.SPECIALIST)
        self.leader = self._officer("lanh-dao", Role.LEADER)
        self.version = receivable(PROCEDURE, at)
        self.codes: list[str] = []
        self.after: tuple[Any, Any] = ("", "")
        self.deep_code = ""

    def _officer(self, post: str, role: Any) -> Any:
        from motcua.people import actions
        from motcua.people.rules import PostGroup

        return actions.add_officer(
            agency=self.agency, login=f"{self.agency.slug}-{post}", name=post, post_code=post,
            post_title=post, group=PostGroup.JUSTICE, roles=(role,), effective_from=FOUNDED,
            source="đo", at=self.at - timedelta(days=1),
        )  # fmt: skip

    def fill(self, closed: int, open_ones: int) -> None:
        """`closed` dossiers of the past, one every ten minutes, then open ones of yesterday."""
        from motcua.web.ids import uuid7

        count = min(max(PERSONS, closed // DOSSIERS_EACH), MOST_PERSONS)
        persons = [uuid7() for _ in range(count)]
        _insert(
            self._person(),
            ({"id": pk, "id_number": f"{n:012}", **_name(n)} for n, pk in enumerate(persons)),
        )
        _insert(self._dossier(persons[0]), self._rows(persons, closed, open_ones))

    def _rows(self, persons: list[Any], closed: int, open_ones: int) -> Iterator[dict[str, Any]]:
        from motcua.dossiers.rules import State
        from motcua.web.ids import uuid7

        first = self.at - timedelta(days=2, minutes=10 * closed)
        deep = round(closed * (1 - DEEP))
        for number in range(closed + open_ones):
            past = number < closed
            received = (
                first + timedelta(minutes=10 * number)
                if past
                else self.at - timedelta(hours=20, seconds=-number)
            )
            row = {
                "id": uuid7(),
                "code": f"{self.agency.pk.hex[-6:].upper()}-{received:%y%m%d}-{number:06}",
                "applicant_id": persons[number % len(persons)], "received_at": received,
                "started_at": received, "step_since": received, "journal_at": received,
                "first_due_at": received + timedelta(days=3),
                "due_at": received + timedelta(days=3),
            }  # fmt: skip
            if past:
                done = received + timedelta(days=2)
                row |= {"state": State.RETURNED, "phase": "closed", "outcome": "on_time",
                        "finished_at": done, "handed_at": done, "holder_role": ""}  # fmt: skip
            else:
                self.codes.append(row["code"])
            if number == deep:
                self.after, self.deep_code = (received, row["id"]), str(row["code"])
            yield row

    def _person(self) -> Any:
        from motcua.dossiers.models import Person

        return Person(
            agency=self.agency, name="Nguyễn Văn Đo", folded="nguyen van do", address="Thôn 1"
        )

    def _dossier(self, person_id: Any) -> Any:
        from motcua.dossiers.models import Dossier

        return Dossier(
            agency=self.agency, version=self.version, state="2", phase="received",
            holder=self.desk, holder_role="desk", applicant_id=person_id, channel="counter",
            return_by="counter", received_by=self.desk, received_by_agency=self.agency,
            term="3 ngày làm việc", step_since=self.at, received_at=self.at, started_at=self.at,
            first_due_at=self.at, due_at=self.at, journal_seq=1, digitised=True,
        )  # fmt: skip

    def known(self) -> dict[str, Any]:
        """What a client of this commune has to know."""
        at, pk = self.after
        return {
            "session": _session(self.desk), "specialist_session": _session(self.specialist),
            "leader_session": _session(self.leader), "specialist": str(self.specialist.pk),
            "leader": str(self.leader.pk), "desk": str(self.desk.pk),
            "agency": _raw("agency_id", self.agency.pk), "procedure": PROCEDURE,
            "papers": len(self.version.papers), "codes": self.codes,
            "rare": RARE, "end": self.deep_code.partition("-")[2],
            "after": self._token() if at else "",
            "after_at": _raw("received_at", at) if at else "",
            "after_id": _raw("id", pk) if at else "",
        }  # fmt: skip

    def _token(self) -> str | None:
        """The place of the deep page, as the list itself writes it."""
        from motcua.dossiers.models import Dossier
        from motcua.web.pagination import page

        rows = Dossier.objects.filter(received_at__gte=self.after[0])
        return page(rows, order=("received_at", "pk"), size=1).next_token


def _name(number: int) -> dict[str, str]:
    """A name as they are: few families, some given names; one in five thousand has a rare one."""
    from motcua.kernel.text import fold

    family, middle = FAMILY[number % 5], MIDDLE[number // 5 % 6]
    given = GIVEN[number // 30 % len(GIVEN)]
    name = RARE if number % 5000 == 499 else f"{family} {middle} {given}"
    return {"name": name, "folded": fold(name)}


def _insert(like: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows that differ from `like` in the given columns."""
    from django.db import connection

    fields = like._meta.concrete_fields
    same = [_ready(field, getattr(like, field.attname)) for field in fields]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(like._meta.db_table)
    with connection.cursor() as cursor:
        while some := list(islice(rows, AT_ONCE)):
            values = [_values(fields, same, row) for row in some]
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)


def _values(fields: Any, same: list[Any], row: dict[str, Any]) -> list[Any]:
    return [
        _ready(field, row[field.attname]) if field.attname in row else usual
        for field, usual in zip(fields, same, strict=True)
    ]


def _ready(field: Any, value: Any) -> Any:
    from django.db import connection

    return field.get_db_prep_save(value, connection)


def _raw(column: str, value: Any) -> str:
    """A value as raw SQL of this engine compares it."""
    from motcua.dossiers.models import Dossier

    field = next(f for f in Dossier._meta.concrete_fields if f.attname == column)
    return str(_ready(field, value))


def _session(officer: Any) -> str:
    """The cookie of an officer who has logged in."""
    from django.contrib.auth import login
    from django.http import HttpRequest

    from motcua.people.session_store import SessionStore

    request = HttpRequest()
    request.session = SessionStore()
    login(request, officer, backend="motcua.people.login.OfficerBackend")
    request.session.save()
    return f"sessionid={request.session.session_key}"


def _analyze() -> None:
    """What PostgreSQL does by itself within a minute; SQLite stays as it is installed."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

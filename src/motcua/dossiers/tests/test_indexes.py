"""The daily questions are answered from an index on both engines, however long the history.

SQLite plans without statistics, as it is installed; PostgreSQL after ANALYZE, as it runs.
"""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers import listing, queries
from motcua.dossiers.models import Dossier, Person
from motcua.dossiers.rules import State
from motcua.web.ids import uuid7
from tests.world import at

NOW = at("2026-03-02 10:00")
CLOSED, OPEN = 3000, (State.RECEIVED, State.IN_PROGRESS, State.DONE)
NARROW = {
    "waiting_for": lambda world: queries.waiting_for(world.specialist, NOW)[:200],
    "to_hand_over": lambda world: queries.to_hand_over()[:200],
    "paused": lambda world: queries.paused()[:200],
    "to_sign": lambda world: queries.to_sign(world.leader, NOW),
}


@pytest.fixture
def long_history(world):
    """Thousands of closed dossiers and citizens, a few open ones."""
    like = world.receive("2026-03-02 08:00")
    person = Person.objects.get(pk=like.applicant_id)
    persons = [_copy(person, id_number=f"{n:012}") for n in range(CLOSED)]
    Person.objects.bulk_create(persons)
    closed = {"state": State.RETURNED, "holder_id": None, "holder_role": ""}
    closed |= {"outcome": "on_time", "finished_at": NOW, "handed_at": NOW}
    rows = [
        _copy(
            like,
            code=f"X-{n}",
            applicant_id=one.pk,
            due_at=NOW - timedelta(hours=n),
            received_at=like.received_at - timedelta(hours=n + 1),
            **closed,
        )
        for n, one in enumerate(persons)
    ]
    rows += [_copy(like, code=f"Y-{state}-{n}", state=state) for state in OPEN for n in range(3)]
    Dossier.objects.bulk_create(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return world


def _copy(row, **given):
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return type(row)(**columns | {"id": uuid7(), "journal_seq": 0} | given)


def conditions(rows, table):
    """The conditions by which the plan finds rows of a table in an index; "" where it reads all."""
    if connection.vendor == "postgresql":
        (plan,) = json.loads(rows.explain(format="json"))
        return [
            _looked_up(node) for node in _nodes(plan["Plan"]) if node.get("Relation Name") == table
        ]
    lines = [line for line in rows.explain().splitlines() if re.search(rf"S\w+ {table}\b", line)]
    return [" ".join(re.findall(r"INDEX .*\((.*)\)", line)) for line in lines]


def _nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _looked_up(node):
    return " ".join(one.get("Index Cond", "") for one in _nodes(node))


def assert_found_by(columns, rows, table):
    found = conditions(rows, table)
    assert found
    for condition in found:
        assert any(column in condition for column in columns), rows.explain()


@pytest.mark.parametrize("question", NARROW)
def test_the_work_of_the_day_is_found_without_reading_closed_dossiers(long_history, question):
    assert_found_by(("state", "holder_id"), NARROW[question](long_history), "dossiers_dossier")


def test_a_citizen_is_found_by_number_without_reading_the_others(long_history):
    rows = Person.objects.filter(id_number="000000001234")
    assert [person.id_number for person in queries.persons("000000001234")] == ["000000001234"]
    assert_found_by(("id_number",), rows, "dossiers_person")


def test_the_dossiers_of_a_citizen_are_found_newest_first_without_reading_those_of_others(
    long_history,
):
    person = Person.objects.get(id_number="000000001234")
    rows = Dossier.objects.for_list().filter(applicant=person).order_by("-received_at", "-id")
    assert [dossier.code for dossier in rows] == ["X-1234"]
    assert_found_by(("applicant_id",), rows, "dossiers_dossier")


def test_the_search_by_identity_number_reads_neither_other_citizens_nor_their_dossiers(
    long_history,
):
    rows = queries.search("000000001234").order_by("-received_at", "pk")[:51]
    assert_found_by(("applicant_id",), rows, "dossiers_dossier")
    assert [dossier.code for dossier in rows] == ["X-1234"]
    assert not queries.search("999999999999").exists()


def asked(**given):
    """The first page of the list that this address asks for, as the page itself asks."""
    wanted = listing.read({"loai": "", "sap": "", "tim": ""} | given)
    return queries.listed(listing.filtered(wanted, NOW), wanted.key).order_by(*wanted.order)[:51]


FEW = ["dang-mo", "qua-han", "hom-nay", "tam-dung", "cho-tra", "da-dung"]


@pytest.mark.parametrize("order", ["", "han", "-han"])
@pytest.mark.parametrize("view", FEW)
def test_a_list_of_the_few_in_some_states_reads_no_others_whatever_its_order(
    long_history, view, order
):
    assert_found_by(("state",), asked(loai=view, sap=order), "dossiers_dossier")


@pytest.mark.parametrize("order", ["", "nhan", "han", "-han"])
def test_the_list_of_all_is_read_in_the_order_of_an_index_and_never_sorted(long_history, order):
    plan = asked(sap=order).explain()
    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan


def test_a_name_is_looked_for_among_people_not_among_dossiers(long_history):
    Person.objects.filter(id_number="000000001234").update(folded="pham thi hiem")
    rows = asked(tim="Hiếm Phạm")
    assert [row.code for row in rows] == ["X-1234"]
    assert_found_by(("applicant_id",), rows, "dossiers_dossier")


def test_the_end_of_a_code_is_looked_for_among_the_dossiers_of_its_days(long_history):
    rows = asked(tim="260302-0001")
    assert [row.code.rpartition("-")[2] for row in rows] == ["0001"]
    assert_found_by(("received_at",), rows, "dossiers_dossier")

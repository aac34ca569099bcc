"""Statements composed once keep what the ORM keeps: scope, lengths, values, one row at a time."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from motcua.dossiers.models import Dossier, Paper, Person
from motcua.web import prepared
from motcua.web.ids import uuid7
from motcua.web.prepared import Asked, slots
from motcua.web.scope import OutOfScope, TooLong, _scope
from tests.world import build

by_number = Asked(
    lambda: Person.across_agencies.filter(**slots(Person, "agency", "id_number")).order_by("pk")
)


def person(world, **given):
    usual = {"name": "Lê Văn An", "folded": "le van an", "id_number": "001090000001"}
    return Person(id=uuid7(), agency_id=world.agency.pk, **(usual | given))


def test_a_row_written_is_the_row_read(world):
    noted = person(world, journal_at=world.desk.agency.journal_at, is_organisation=True)
    prepared.insert([noted])
    again = Person.objects.get(pk=noted.pk)
    names = [field.attname for field in Person._meta.concrete_fields]
    assert [getattr(again, n) for n in names] == [getattr(noted, n) for n in names]


def test_a_row_asked_for_is_as_the_orm_reads_it_with_what_it_points_to(world):
    dossier = world.receive(content="Hai bản")
    asked = Asked(
        lambda: Dossier.across_agencies.filter(**slots(Dossier, "agency", "code")).select_related(
            "applicant", "holder", "signer"
        )
    )
    found, same = asked.first(code=dossier.code), Dossier.objects.get(pk=dossier.pk)
    names = [field.attname for field in Dossier._meta.concrete_fields]
    assert [getattr(found, n) for n in names] == [getattr(same, n) for n in names]
    assert (found.applicant.name, found.holder, found.signer) == (
        "Nguyễn Thị Ẩn", world.desk, None,
    )  # fmt: skip


def test_each_call_has_its_own_values(world):
    prepared.insert([person(world), person(world, id_number="001090000002", name="Khác")])
    assert by_number.first(id_number="001090000002").name == "Khác"
    assert by_number.first(id_number="001090000001").name == "Lê Văn An"
    assert by_number.first(id_number="001090000003") is None


def test_rows_of_another_agency_are_not_found(world):
    prepared.insert([person(world)])
    other = build("xa-khac", "H88.88.88", world.province)
    with other.scope():
        assert by_number(id_number="001090000001") == []
    assert len(by_number(id_number="001090000001")) == 1


def test_the_agency_comes_from_the_scope_and_from_nowhere_else(world):
    prepared.insert([person(world)])
    other = build("xa-khac", "H88.88.88", world.province)
    with other.scope():
        assert by_number(id_number="001090000001", agency=world.agency.pk) == []


def test_without_a_scope_it_fails_instead_of_showing(world):
    token = _scope.set(None)
    try:
        with pytest.raises(OutOfScope):
            by_number(id_number="001090000001")
    finally:
        _scope.reset(token)


def test_a_question_that_names_no_agency_is_refused_as_a_defect(world):
    careless = Asked(lambda: Person.across_agencies.filter(**slots(Person, "id_number")))
    with pytest.raises(OutOfScope, match="without its agency"):
        careless(id_number="001090000001")


def test_no_row_of_another_agency_is_written(world):
    other = build("xa-khac", "H88.88.88", world.province)
    with pytest.raises(OutOfScope):
        prepared.insert([person(world), person(other)])
    assert not Person.across_agencies.exists()
    noted = person(world)
    prepared.insert([noted])
    noted.agency_id = other.agency.pk
    with pytest.raises(OutOfScope):
        prepared.update(noted, ["name"])


def test_text_longer_than_its_column_is_refused(world):
    with pytest.raises(TooLong):
        prepared.insert([person(world, phone="0" * 21)])
    noted = person(world)
    prepared.insert([noted])
    noted.phone = "0" * 21
    with pytest.raises(TooLong):
        prepared.update(noted, ["phone"])


def test_an_update_writes_the_columns_named_and_no_others(world):
    noted = person(world)
    prepared.insert([noted])
    noted.phone, noted.name = "0900000000", "Không ghi"
    prepared.update(noted, ["phone"])
    again = Person.objects.get(pk=noted.pk)
    assert (again.phone, again.name) == ("0900000000", "Lê Văn An")


def test_an_update_of_a_row_that_is_not_there_fails(world):
    with pytest.raises(DatabaseError, match="Updated 0 rows"):
        prepared.update(person(world), ["name"])


def test_what_is_unique_stays_unique(world):
    prepared.insert([person(world)])
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.insert([person(world)])


def test_several_rows_are_one_statement(world, django_assert_num_queries):
    dossier = world.receive()
    rows = [
        Paper(agency_id=world.agency.pk, dossier=dossier, number=n, name=f"Giấy {n}", how="paper")
        for n in range(2, 6)
    ]
    with django_assert_num_queries(1):
        prepared.insert(rows)
    assert Paper.objects.filter(dossier=dossier).count() == 5


def test_days_and_instants_come_back_as_they_went(world):
    at = dt.datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=dt.UTC)
    noted = person(world, journal_at=at)
    prepared.insert([noted])
    assert by_number.first(id_number=noted.id_number).journal_at == at

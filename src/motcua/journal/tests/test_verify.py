"""A journal that was tampered with: `verify` finds it and names what it is."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.journal import actions, guard, queries, rules
from motcua.journal.models import Event, Read, Seal
from motcua.web.ids import uuid7
from tests.world import at


@pytest.fixture
def sealed(unguarded):
    """Two days of work, each sealed, and one open day; its first dossier."""
    world = unguarded
    dossier = world.receive("2026-03-02 08:00")
    world.to_signing(dossier, "2026-03-02 10:00")
    actions.record_read(dossier, by=world.desk, at=at("2026-03-02 11:00"), purpose="mở hồ sơ")
    world.receive("2026-03-03 08:00")
    actions.seal_days(world.agency, before=dt.date(2026, 3, 4), at=at("2026-03-04 01:00"))
    world.receive("2026-03-04 08:00")
    world.first = dossier
    assert list(queries.verify()) == []
    return world


def event(world, seq):
    return Event.objects.get(subject_id=world.first.pk, seq=seq)


def change(model, pk, **values):
    model.objects.filter(pk=pk).update(**values)


def faults():
    return [str(fault) for fault in queries.verify()]


@pytest.mark.parametrize(
    "values",
    [
        {"data": {"opinion": "Không đủ điều kiện", "grant": False}},
        {"data": {"fraction": 1.5}},
        {"at": at("2026-03-02 09:59")},
        {"verb": "dossier.refuse"},
        {"subject_label": "H99.99.99-260302-9999"},
        {"key": "khác"},
        {"by": None},
    ],
    ids=lambda values: "-".join(values),
)
def test_an_altered_event_is_named(sealed, values):
    change(Event, event(sealed, 3).pk, **values)
    found = faults()
    assert len(found) == 1
    assert "sự kiện 3" in found[0]
    assert found[0].endswith("nội dung đã bị sửa")


def test_an_event_altered_together_with_its_hash_breaks_the_link_after_it(sealed):
    forged = event(sealed, 3)
    forged.data = {"opinion": "Không đủ điều kiện", "grant": False}
    forged.hash = rules.event_hash(actions.content(forged))
    change(Event, forged.pk, data=forged.data, hash=forged.hash)
    found = faults()

    assert f"{sealed.first.code}: sự kiện 4" in found[0]
    assert "không nối với sự kiện trước" in found[0]
    assert "niêm phong ngày 02/03/2026: không khớp" in found[1]


def test_an_event_moved_to_another_days_book_is_named(sealed):
    last = Event.objects.filter(verb="dossier.received").order_by("id").last()
    change(Event, last.pk, day=dt.date(2026, 3, 5))
    assert faults() == [
        f"{last.subject_label}: sự kiện 1 (dossier.received, 2026-03-04 01:00:00Z): "
        "bị dời sang sổ ngày 05/03/2026"
    ]


def test_a_removed_event_in_the_middle_is_named_by_the_one_after(sealed):
    event(sealed, 3).delete()
    found = faults()
    assert found[0].startswith(f"{sealed.first.code}: sự kiện 4")
    assert found[0].endswith("thiếu sự kiện 3 trước đó")
    assert "niêm phong ngày 02/03/2026: không khớp: có" in found[1]


def test_a_removed_tail_is_named_by_the_last_that_is_left(sealed):
    last = Event.objects.order_by("id").last()
    tail = Event.objects.filter(subject_id=sealed.first.pk).order_by("seq").last()
    tail.delete()
    found = faults()
    assert found[0] == f"{sealed.first.code}: sự kiện 3 (dossier.assess): bị xóa sự kiện sau đó"
    assert last.pk != tail.pk


def test_a_whole_chain_removed_on_an_open_day_is_named(sealed):
    last = Event.objects.filter(verb="dossier.received").order_by("id").last()
    last.delete()
    assert faults() == [f"{last.subject_label}: toàn bộ: không còn sự kiện nào (dossiers.dossier)"]


def test_an_inserted_event_at_the_end_is_named(sealed):
    last = Event.objects.filter(verb="dossier.received").order_by("id").last()
    forged = Event(
        **{f.attname: getattr(last, f.attname) for f in Event._meta.concrete_fields}
        | {"id": uuid7(), "seq": 2, "verb": "dossier.hand_over", "key": None, "prev": last.hash}
    )
    forged.hash = rules.event_hash(actions.content(forged))
    forged.save(force_insert=True)
    assert faults() == [
        f"{last.subject_label}: sự kiện 2 (dossier.hand_over): bị chèn thêm hoặc sửa"
    ]


def test_an_event_of_nobody_is_named(sealed):
    last = Event.objects.filter(verb="dossier.received").order_by("id").last()
    change(Event, last.pk, subject_id=uuid7())
    found = faults()
    assert any("đối tượng của nhật ký không còn" in fault for fault in found)
    assert any("không còn sự kiện nào" in fault for fault in found)


def test_an_altered_read_spoils_the_seal_of_its_day(sealed):
    change(Read, Read.objects.get().pk, purpose="khác")
    assert faults() == [
        "Sổ ngày: niêm phong ngày 02/03/2026: không khớp: "
        "có 5 sự kiện, 1 lượt xem; khi niêm phong 5, 1"
    ]


def test_a_removed_read_spoils_the_seal_of_its_day(sealed):
    Read.objects.all().delete()
    assert [fault.rpartition("có ")[2] for fault in faults()] == [
        "5 sự kiện, 0 lượt xem; khi niêm phong 5, 1"
    ]


def test_an_event_written_into_an_empty_day_that_was_passed_over_is_named(sealed):
    read = Read.objects.get()
    change(Read, read.pk, day=dt.date(2026, 3, 1))
    assert "Sổ ngày: 01/03/2026: có ghi thêm vào ngày không niêm phong" in faults()


@pytest.mark.parametrize(
    "values", [{"events": 7}, {"root": "0" * 64}, {"at": at("2026-03-05 01:00")}]
)
def test_an_altered_seal_is_named(sealed, values):
    change(Seal, Seal.objects.get(day="2026-03-02").pk, **values)
    found = faults()
    assert all("niêm phong ngày 02/03/2026" in fault for fault in found)
    assert "niêm phong bị sửa hoặc thiếu ngày trước đó" in found[-1]


def test_a_removed_seal_is_missed_by_the_next(sealed):
    Seal.objects.get(day="2026-03-02").delete()
    found = faults()
    assert "niêm phong ngày 03/03/2026: niêm phong bị sửa hoặc thiếu ngày trước đó" in found[0]
    assert "02/03/2026: có ghi thêm vào ngày không niêm phong" in found[1]


@pytest.mark.parametrize("days", [["2026-03-03"], ["2026-01-01", "2026-03-02", "2026-03-03"]])
def test_the_last_seal_removed_is_named_even_with_all_before_it(sealed, days):
    if len(days) > 1:
        Seal.objects.all().delete()
    Seal.objects.filter(day__in=days).delete()
    assert "Sổ ngày: niêm phong ngày 03/03/2026: bị xóa" in faults()


def test_the_database_itself_refuses_to_change_or_remove_what_is_written(world):
    dossier = world.receive()
    actions.record_read(dossier, by=world.desk, at=at("2026-03-02 09:00"), purpose="mở hồ sơ")
    actions.seal_days(world.agency, before=dt.date(2026, 3, 3), at=at("2026-03-03 01:00"))
    statements = [
        words.format(table=table)
        for table in guard.TABLES
        for words in ("UPDATE {table} SET agency_id = agency_id", "DELETE FROM {table}")
    ]
    if connection.vendor == "postgresql":
        statements += [f"TRUNCATE {table} CASCADE" for table in guard.TABLES]
    else:
        again = "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
        statements += [again.format(table=table) for table in guard.TABLES]
    connection.check_constraints()
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match=guard.SAYS),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(queries.verify()) == []

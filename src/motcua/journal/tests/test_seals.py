"""Sealing days, and the clock that must not go back behind a seal."""

import datetime as dt

import pytest

from motcua.journal import actions, queries, tick
from motcua.journal.models import Read, Seal
from motcua.journal.rules import ClockWentBack
from tests.world import at


def seal(world, before, when):
    return actions.seal_days(world.agency, before=dt.date.fromisoformat(before), at=at(when))


def test_each_day_with_entries_is_sealed_once(world):
    world.receive("2026-03-02 08:00")
    world.receive("2026-03-04 08:00")
    with_founding = 3

    assert seal(world, "2026-03-05", "2026-03-05 01:00") == with_founding
    assert seal(world, "2026-03-05", "2026-03-05 02:00") == 0
    assert world.agency.sealed_on == dt.date(2026, 3, 4)
    assert list(queries.verify()) == []


def test_the_present_day_stays_open(world):
    world.receive("2026-03-02 08:00")
    seal(world, "2026-03-02", "2026-03-02 18:00")
    assert not Seal.objects.filter(day="2026-03-02").exists()
    world.receive("2026-03-02 18:30")


def test_the_hourly_round_leaves_the_past_day_open_for_what_is_still_being_written(
    world, monkeypatch
):
    world.receive("2026-03-02 16:59")
    monkeypatch.setattr(tick, "now", lambda: at("2026-03-03 00:30"))
    tick.tick()
    assert not Seal.objects.filter(day="2026-03-02").exists()
    monkeypatch.setattr(tick, "now", lambda: at("2026-03-03 01:00"))
    tick.tick()
    assert Seal.objects.filter(day="2026-03-02").exists()


def test_nothing_is_written_into_a_sealed_day(world):
    dossier = world.receive("2026-03-02 08:00")
    seal(world, "2026-03-03", "2026-03-03 01:00")
    world.desk.agency.refresh_from_db()
    before = world.written()

    with pytest.raises(ClockWentBack, match="sổ ngày 02/03/2026 đã niêm phong"):
        world.receive("2026-03-02 23:59")
    with pytest.raises(ClockWentBack, match="Chỉnh lại đồng hồ"):
        actions.record_read(dossier, by=world.desk, at=at("2026-03-02 23:59"), purpose="mở hồ sơ")
    with pytest.raises(ClockWentBack):
        actions.record(
            world.agency, verb="agency.changed", by=None, at=at("2026-03-02 23:59"), key=None,
            data={},
        )  # fmt: skip

    assert world.written() == before
    assert not Read.objects.exists()
    world.receive("2026-03-03 00:00")
    assert list(queries.verify()) == []

"""Which procedures of the catalogue the desk takes in: chosen, changed later, then found."""

import pytest

from motcua.journal.models import Event
from motcua.kernel.errors import NotPermitted
from motcua.procedures import actions, queries, rules
from motcua.procedures.models import Procedure
from tests.world import at

NOON = at("2026-03-02 12:00")


def ids(*codes):
    rows = dict(Procedure.objects.values_list("code", "pk"))
    return [rows[code] for code in codes or sorted(rows)]


def choose(world, *codes, of=()):
    return actions.choose_offers(
        by=world.administrator, at=NOON, key=world.key(), offered=ids(*codes) if codes else [],
        of=ids(*of),
    )  # fmt: skip


def names(text):
    return [one.short_name for one in queries.search(text, NOON)]


def test_before_anything_is_chosen_everything_is_offered(world):
    assert names("ket hon") == ["Kết hôn"]
    assert queries.receivable("1.000894", NOON).short_name == "Kết hôn"


def test_what_is_not_chosen_is_neither_found_nor_received(world):
    choose(world, "1.001193")
    assert names("khai sinh") == ["Khai sinh"] and names("ket hon") == []
    with world.refuses(rules.NotChosen, "Kết hôn.*chưa được chọn"):
        world.receive("2026-03-02 13:30")


def test_the_choice_can_change_later_and_received_dossiers_go_on(world):
    dossier = world.receive("2026-03-02 08:00")
    choose(world, "1.001193")
    world.to_done(dossier, "2026-03-02 14:00")
    choose(world, "1.000894", of=["1.000894"])
    assert world.receive("2026-03-02 14:30").term == "3 ngày làm việc"
    assert names("tro cap") == [], "what the page did not show stays as it was"


def test_the_journal_says_which_were_left_out_and_taken_up(world):
    choose(world, "1.001193", of=["1.001193", "1.000894"])
    choose(world, "1.000894", of=["1.000894"])
    said = [e.data for e in Event.objects.filter(verb="agency.offers_chosen").order_by("seq")]
    assert said == [
        {"taken_up": [], "left_out": ["1.000894"]}, {"taken_up": ["1.000894"], "left_out": []},
    ]  # fmt: skip


def test_only_the_administrator_chooses_and_only_for_the_own_agency(world, other):
    with pytest.raises(NotPermitted):
        actions.choose_offers(by=world.leader, at=NOON, key=world.key(), offered=[], of=ids())
    choose(world)
    assert queries.not_offered() == set(ids())
    with other.world.scope():
        assert queries.not_offered() == set()

"""The catalogue that is kept between requests is never older than its last change."""

from dataclasses import replace

import pytest
from django.urls import reverse

from motcua.procedures import actions, queries, rules, shipped
from motcua.procedures.models import Procedure
from motcua.web.scope import Scope, agency_scope
from tests.world import at

NOW = at("2026-03-02 08:00")
FORM = {"ma-thu-tuc": "1.000894", "thu-tuc": "kết hôn"}


@pytest.fixture
def choose(world):
    """Let the desk take in nothing but these procedures."""

    def chosen(*codes):
        rows = dict(Procedure.objects.values_list("code", "pk"))
        actions.choose_offers(
            by=world.administrator, at=NOW, key=world.key(), offered=[rows[c] for c in codes],
            of=list(rows.values()),
        )  # fmt: skip

    return chosen


def refused(client):
    return "chưa được chọn" in client.post(reverse("tiep-nhan"), FORM).content.decode()


def test_what_the_desk_no_longer_takes_in_is_refused_by_the_next_request(world, visit, choose):
    desk = visit("desk")
    assert not refused(desk)
    choose("1.001193")
    assert refused(desk)
    choose("1.000894")
    assert not refused(desk)


def test_what_the_province_publishes_is_the_term_of_the_next_request(world, visit):
    desk = visit("desk")
    assert "3 ngày làm việc" in desk.post(reverse("tiep-nhan"), FORM).content.decode()
    row = next(one for one in shipped.catalogue("current") if one.code == "1.000894")
    fields = tuple(one for one in shipped.fields() if one.code == row.field)
    with agency_scope(Scope(world.province.pk, (world.province.pk,))):
        actions.load_catalogue(
            fields=fields, rows=(replace(row, term="5 ngày làm việc"),), publisher=world.province,
            effective_from=at("2026-03-01 00:00"), at=NOW,
        )  # fmt: skip
    shown = desk.post(reverse("tiep-nhan"), FORM).content.decode()
    assert "5 ngày làm việc" in shown and "3 ngày làm việc" not in shown


def test_outside_a_request_the_database_is_asked(world, choose):
    assert queries.receivable("1.000894", NOW)
    choose("1.001193")
    with pytest.raises(rules.NotChosen):
        queries.receivable("1.000894", NOW)

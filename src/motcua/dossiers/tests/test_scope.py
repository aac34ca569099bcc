"""No agency sees, or writes into, another: a forgotten filter fails instead of showing."""

import pytest

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Paper
from motcua.procedures.models import Field, Version
from motcua.web.scope import OutOfScope
from tests.world import build


@pytest.fixture
def two(db):
    first = build()
    return first, build("xa-khac", "H99.99.88", first.province)


def test_a_query_without_an_agency_fails(two):
    for model in (Dossier, Version):
        with pytest.raises(OutOfScope, match="No agency in scope"):
            model.objects.count()


def test_the_dossiers_of_another_agency_are_not_there(two):
    first, second = two
    with first.scope():
        dossier = first.receive()
    with second.scope():
        assert queries.by_code(dossier.code) is None
        assert not Dossier.objects.filter(pk=dossier.pk).exists()
        with pytest.raises(Dossier.DoesNotExist):
            second.to_signing(dossier, "2026-03-02 10:00")


def test_a_dossier_of_another_agency_cannot_be_saved(two):
    first, second = two
    with first.scope():
        dossier = first.receive()
    dossier.content = "khác"
    with second.scope(), pytest.raises(OutOfScope, match=r"dossiers\.Dossier of another agency"):
        dossier.save()
    assert Dossier.across_agencies.get(pk=dossier.pk).content == ""


def test_papers_cannot_be_slipped_into_a_dossier_of_another_agency(two):
    first, second = two
    with first.scope():
        dossier = first.receive()
    paper = Paper(agency_id=dossier.agency_id, dossier=dossier, number=2, name="x", how="paper")
    with second.scope(), pytest.raises(OutOfScope):
        Paper.objects.bulk_create([paper])


def test_both_have_their_own_serials_of_the_day(two):
    codes = []
    for world in two:
        with world.scope():
            codes.append(world.receive().code)
    assert codes == ["H99.99.99-260302-0001", "H99.99.88-260302-0001"]


def test_both_read_the_catalogue_of_their_province_and_cannot_write_it(two):
    for world in two:
        with world.scope():
            assert Version.objects.filter(procedure__code="1.000894").exists()
            with pytest.raises(OutOfScope, match="of another publisher"):
                Field.objects.first().save()

"""No agency sees, or writes into, another: a forgotten filter fails instead of showing."""

import pytest

from motcua.dossiers import actions, queries, refusals
from motcua.dossiers.actions.importing import Arrived
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.rules import Channel, State
from motcua.procedures import queries as procedures
from motcua.procedures.models import Field, Version
from motcua.web.scope import OutOfScope
from tests.world import at, build


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


def test_nobody_of_another_agency_is_given_a_dossier_or_signs_it(two):
    first, second = two
    when = "2026-03-02 09:00"
    with first.scope():
        dossier, copy = first.receive(), first.receive(procedure="2.000815")
        with first.refuses(refusals.NotASpecialist, "không được phân công"):
            first.do("assign", dossier, when, to=second.specialist)
        with first.refuses(refusals.NotALeader, "không có vai trò lãnh đạo"):
            first.do("resolve_on_the_spot", copy, when, signer=second.leader)
        first.do("assign", dossier, when, to=first.specialist)
        with first.refuses(refusals.NothingToReassign, "."):
            actions.reassign_all(
                by=first.leader, at=at(when), key=first.key(), officer=first.specialist,
                to=second.specialist, reason="nghỉ",
            )  # fmt: skip
        first.do("assess", dossier, when, opinion="đủ")
        with first.refuses(refusals.NotALeader, "không có vai trò lãnh đạo"):
            first.do("submit", dossier, when, to=second.leader, wait=True)
        first.do("submit", dossier, when)
        with first.refuses(refusals.NotASpecialist, "không được phân công"):
            first.do("return_for_rework", dossier, when, to=second.specialist, reason="sai")


@pytest.mark.parametrize("who", ["holder", "receiver"])
def test_no_import_names_an_officer_of_another_agency(two, who):
    first, second = two
    with first.scope():
        arrived = Arrived(
            code="H99.99.99-260301-0009",
            version=procedures.receivable("1.000894", at("2026-03-02 08:00")),
            applicant=PersonIn("Người Cũ"), channel=Channel.COUNTER, state=State.IN_PROGRESS,
            received_at=at("2026-03-01 08:00"), due_at=at("2026-03-05 17:00"), printed=True,
            term="3 ngày làm việc", file="f", row=1, digest="d", **{who: second.specialist},
        )  # fmt: skip
        with first.refuses(refusals.NotASpecialist, "không được phân công"):
            actions.import_dossier(
                by=first.administrator, at=at("2026-03-02 08:00"), key="i", arrived=arrived
            )


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

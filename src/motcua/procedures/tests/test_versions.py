"""The catalogue as the desk meets it: what is in force at the instant, found by any typing."""

from unicodedata import normalize

import pytest

from motcua.journal import queries as journal
from motcua.procedures import actions, queries, shipped
from motcua.procedures.models import Procedure, Version
from motcua.procedures.rules import NotInForce, NotOurs, UnknownProcedure
from motcua.web.scope import agency_scope
from tests.world import at

NOW = at("2026-03-02 08:00")


def found(text, when=NOW):
    return [one.short_name for one in queries.search(text, when)]


@pytest.mark.parametrize(
    "typed",
    [
        "Kết hôn",
        "ket hon",
        "KẾT HÔN",
        "hon ket",
        "  kết   hôn ",
        "1.000894",
        normalize("NFD", "kết hôn"),
    ],
)
def test_a_procedure_is_found_however_it_is_typed(world, typed):
    assert found(typed) == ["Kết hôn"]


def test_what_begins_with_the_words_comes_first(world):
    assert found("ch")[0] in ("Chưa rõ thời hạn", "Chứng thực bản sao")
    assert found("chung")[0] == "Chứng thực bản sao"


def test_what_others_receive_or_what_has_ended_is_not_offered(world):
    assert found("tam tru") == []
    assert found("bo ho khau") == []
    assert found("bo ho khau", at("2026-01-31 23:59")) == ["Bỏ hộ khẩu"]


def test_no_more_than_asked_for_is_offered(world):
    assert len(queries.search("h", NOW, limit=2)) == 2


@pytest.mark.parametrize(
    ("when", "received"),
    [
        ("2022-01-01 00:00", True), ("2026-01-31 23:59:59", True), ("2026-02-01 00:00", False),
        ("2026-02-01 00:00:01", False),
    ],
)  # fmt: skip
def test_a_version_holds_from_its_first_instant_to_just_before_its_end(world, when, received):
    listed = queries.in_force(at(when)).filter(procedure__code="1.010001").exists()
    assert listed is received
    if received:
        assert queries.receivable("1.010001", at(when)).short_name == "Bỏ hộ khẩu"
    else:
        with pytest.raises(NotInForce):
            queries.receivable("1.010001", at(when))


def test_why_a_procedure_is_not_received_here_is_told_apart(world):
    with pytest.raises(UnknownProcedure):
        queries.receivable("9.999999", NOW)
    with pytest.raises(NotOurs):
        queries.receivable("1.010000", NOW)


@pytest.fixture
def republished(world):
    """The marriage procedure anew from 1 April 2026, as the province publishes it."""
    row = next(r for r in shipped.catalogue("current") if r.code == "1.000894")
    with agency_scope(actions.scope_publisher(world.province)):
        written = actions.load_catalogue(
            fields=shipped.fields(), rows=(row,), publisher=world.province,
            effective_from=at("2026-04-01 00:00"), at=at("2026-03-20 09:00"),
        )  # fmt: skip
    assert written == 1
    return world


def test_a_new_version_ends_the_old_one_at_the_instant_it_begins(republished):
    old = queries.receivable("1.000894", at("2026-03-31 23:59:59"))
    new = queries.receivable("1.000894", at("2026-04-01 00:00"))
    assert old.effective_to == new.effective_from == at("2026-04-01 00:00")
    assert (old.name, new.effective_to) == ("Thủ tục Kết hôn", None)
    assert Procedure.objects.filter(code="1.000894").count() == 1


def test_a_dossier_keeps_the_version_under_which_it_was_received(republished):
    dossier = republished.receive("2026-03-31 08:00")
    done = republished.to_done(dossier, "2026-04-03 10:00")
    assert done.version.name == "Thủ tục Kết hôn"


def test_the_publication_is_in_the_publishers_journal(republished):
    with agency_scope(actions.scope_publisher(republished.province)):
        event = journal.events_of(Procedure.objects.get(code="1.000894")).get()
        assert (event.verb, event.data["from"]) == (
            "procedure.published", "2026-04-01T00:00:00+07:00",
        )  # fmt: skip
        assert list(journal.verify()) == []


def test_a_written_version_is_only_ever_ended(world):
    with agency_scope(actions.scope_publisher(world.province)):
        version = Version.objects.get(procedure__code="1.000894")
        version.term = "1 ngày làm việc"
        for given in ({}, {"update_fields": ["term"]}, {"update_fields": ["effective_to", "term"]}):
            with pytest.raises(TypeError, match="never changed, only ended"):
                version.save(**given)
        assert Version.objects.get(pk=version.pk).term == "3 ngày làm việc"
        version.effective_to = at("2026-05-01 00:00")
        version.save(update_fields=["effective_to"])
    assert Version.objects.get(pk=version.pk).effective_to == at("2026-05-01 00:00")


def test_a_version_knows_its_term_cut_off_and_steps(world):
    version = queries.receivable("1.001193", NOW)
    assert version.parsed_term.words == "trong ngày"
    assert f"{version.parsed_cutoff.at:%H:%M}" == "15:00"
    assert [step.role for step in version.step_list] == [
        "desk", "specialist", "leader", "clerk", "desk",
    ]  # fmt: skip
    assert queries.receivable("1.009999", NOW).parsed_term is None


@pytest.mark.parametrize("which", shipped.CATALOGUES)
def test_each_shipped_catalogue_fits_the_tables(world, which):
    rows = shipped.catalogue(which)
    with agency_scope(actions.scope_publisher(world.province)):
        written = actions.load_catalogue(
            fields=shipped.fields(), rows=rows, publisher=world.province,
            effective_from=at("2026-04-01 00:00"), at=at("2026-03-20 09:00"),
        )  # fmt: skip
    assert queries.in_force(at("2026-04-01 00:00")).count() >= written == len(rows)

"""Agencies through the years: what they were called, whom they became, when they are open."""

import datetime as dt

import pytest

from motcua.kernel.vntime import local
from motcua.people import actions, queries
from motcua.people.permissions import WrongRole
from motcua.people.rules import AbsenceKind, AgencyKind, PostGroup, Role
from motcua.web.scope import Scope, agency_scope
from tests.world import at, build


def day(text):
    return dt.date.fromisoformat(text)


def rename(world, **changes):
    given = {
        "by": None, "key": world.key(), "agency": world.agency, "kind": AgencyKind.COMMUNE,
        "name": "UBND xã Mới", "place": "Mới",
        "code": "H99.99.98", "parent": world.province, "effective_from": day("2025-07-01"),
        "source": "NQ thử", "at": at("2025-07-01 00:00"),
    } | changes  # fmt: skip
    return actions.change_agency(**given)


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("2025-06-30", "UBND xã xa-thu"),
        ("2025-07-01", "UBND xã Mới"),
        ("2025-07-02", "UBND xã Mới"),
    ],
)
def test_a_renamed_commune_is_called_by_its_name_of_the_day(world, when, name):
    rename(world)
    assert queries.version_on(world.agency, day(when)).name == name


def test_before_it_was_founded_a_commune_has_no_name(world):
    with pytest.raises(LookupError, match="xa-thu has no version on 2021-12-31"):
        queries.version_on(world.agency, day("2021-12-31"))


def test_a_dossier_bears_the_code_its_commune_had_that_day(world):
    before = world.receive("2025-06-30 08:00")
    rename(world)
    world.desk.agency.refresh_from_db()
    after = world.receive("2025-07-01 08:00")

    assert before.code == "000.99.99.H99-250630-0001"
    assert after.code == "H99.99.98-250701-0001"


def test_a_merged_commune_is_found_by_the_code_it_had(world):
    old = build("xa-cu", "H99.99.77", world.province).agency
    rename(world, merged=(old,))

    assert queries.agency_by_code("H99.99.77") == old
    assert old.merged_into.get().agency == world.agency
    assert queries.agency_by_code("H99.99.98") == world.agency
    assert queries.agency_by_code("H99.99.99") == world.agency
    assert queries.agency_by_code("H00.00.00") is None


def test_who_was_ever_above_an_agency_is_still_read(world):
    other = actions.found_agency(
        slug="tinh-moi", kind=AgencyKind.PROVINCE, name="UBND tỉnh Mới", place="Mới", code="H98",
        parent=None, effective_from=day("2025-07-01"), source="thử", at=at("2025-07-01 00:00"),
    )  # fmt: skip
    rename(world, parent=other)
    publishers = queries.scope_of(world.agency).publishers
    assert set(publishers) == {world.agency.pk, world.province.pk, other.pk}


def test_a_flood_day_moves_the_due_time_of_what_is_received_after_it_is_known(world):
    before = world.receive("2026-03-02 08:00")
    rev = world.desk.agency.rev
    actions.close_day(
        by=world.administrator, at=at("2026-03-02 09:00"), key="lu", day=day("2026-03-04"),
        reason="Lũ",
    )  # fmt: skip
    world.desk.agency.refresh_from_db()
    after = world.receive("2026-03-02 10:00")

    assert world.desk.agency.rev == rev + 1
    assert (local(before.due_at), local(after.due_at)) == (
        at("2026-03-05 17:00"), at("2026-03-06 17:00"),
    )  # fmt: skip


def test_a_day_is_closed_once(world):
    close = {"by": world.leader, "day": day("2026-03-04"), "reason": "Lũ"}
    actions.close_day(at=at("2026-03-02 09:00"), key="một", **close)
    with pytest.raises(actions.AlreadyClosed, match="Ngày 04/03/2026 đã ghi nghỉ: Lũ"):
        actions.close_day(at=at("2026-03-02 10:00"), key="hai", **close)


def test_the_desk_cannot_close_the_office(world):
    with pytest.raises(WrongRole, match="Việc này dành cho: quản trị, lãnh đạo"):
        actions.close_day(
            by=world.desk, at=at("2026-03-02 09:00"), key="lu", day=day("2026-03-04"), reason="Lũ"
        )


def officer_until(world, first, last):
    made = actions.add_officer(
        agency=world.agency, login="tam", name="Trần Thị Tạm", post_code="tam", post_title="Tạm",
        group=PostGroup.OTHER, roles=(Role.DESK,), effective_from=day(first), source="thử",
        at=at("2026-01-01 08:00"),
    )  # fmt: skip
    held = made.assignments.get()
    held.effective_to = day(last)
    held.save()
    return made


@pytest.mark.parametrize(
    ("when", "may"),
    [("2026-03-01", False), ("2026-03-02", True), ("2026-03-03", True), ("2026-03-04", False)],
)
def test_a_role_is_held_from_its_first_day_to_the_day_before_its_end(world, when, may):
    officer = officer_until(world, "2026-03-02", "2026-03-04")
    assert officer.has_role(Role.DESK, on=day(when)) is may
    assert (officer in queries.officers_with(Role.DESK, on=day(when))) is may


def test_somebody_whose_role_ended_cannot_receive(world):
    officer = officer_until(world, "2026-03-02", "2026-03-04")
    before = world.written()
    with pytest.raises(WrongRole, match="cán bộ tiếp nhận"):
        world.receive("2026-03-04 08:00", by=officer)
    assert world.written() == before


def away(world, start, end, *, officer=None, by=None, kind=AbsenceKind.MEETING):
    return actions.note_absence(
        by=by or world.leader, at=at("2026-03-01 08:00"), key=world.key(),
        officer=officer or world.leader, kind=kind, start=at(start), end=at(end),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("2026-03-02 07:59", False), ("2026-03-02 08:00", True), ("2026-03-02 11:29", True),
        ("2026-03-02 11:30", False),
    ],
)  # fmt: skip
def test_an_absence_holds_from_its_start_to_just_before_its_end(world, when, found):
    away(world, "2026-03-02 08:00", "2026-03-02 11:30")
    assert (queries.absence_at(world.leader.pk, at(when)) is not None) is found
    present, absent = queries.present_leaders(at(when))
    assert (world.leader in present) is not found
    assert len(absent) == int(found)


def test_an_absence_that_ends_before_it_starts_is_refused(world):
    with pytest.raises(actions.AbsenceEnds, match="Lúc trở lại .08:00 02/03. phải sau"):
        away(world, "2026-03-02 11:30", "2026-03-02 08:00")


def test_the_clerk_notes_a_leaders_absence_but_the_desk_does_not(world):
    away(world, "2026-03-02 08:00", "2026-03-02 11:30", by=world.clerk)
    with pytest.raises(WrongRole):
        away(world, "2026-03-03 08:00", "2026-03-03 11:30", by=world.desk)


def test_who_comes_back_early_signs_at_once(world):
    absence = away(world, "2026-03-02 08:00", "2026-03-06 17:00", kind=AbsenceKind.LEAVE)
    dossier = world.receive("2026-03-02 07:40")
    world.to_signing(dossier, "2026-03-02 07:45")
    actions.end_absence(by=world.leader, at=at("2026-03-03 08:00"), key="về", absence_id=absence.pk)
    assert world.do("approve", dossier, "2026-03-03 08:00", by=world.leader)
    assert (
        list(
            queries.absences_between(
                world.leader.pk, at("2026-03-03 08:00"), at("2026-03-07 00:00")
            )
        )
        == []
    )


def test_the_province_above_does_not_see_the_communes_officers(world):
    with agency_scope(Scope(world.province.pk, (world.province.pk,))):
        assert not queries.officers_with(Role.DESK, on=day("2026-03-02")).exists()


def test_a_commune_merged_into_another_is_no_more_from_that_day(world):
    old = build("xa-cu", "H99.11.22", world.province)
    rename(world, merged=(old.agency,))

    assert queries.version_on(old.agency, day("2025-06-30")).code == "H99.11.22"
    with pytest.raises(LookupError):
        queries.version_on(old.agency, day("2025-07-01"))
    assert queries.last_version(old.agency, day("2026-01-01")).name == "UBND xã xa-cu"


def test_who_leaves_the_desk_receives_until_the_day_before(world):
    actions.end_assignment(
        by=world.administrator, at=at("2026-03-01 08:00"), key="thôi", officer_id=world.desk.pk,
        role=Role.DESK, on=day("2026-03-03"), source="QĐ thử",
    )  # fmt: skip
    world.desk = queries.officer(world.desk.pk)
    world.receive("2026-03-02 08:00")
    with pytest.raises(WrongRole):
        world.receive("2026-03-03 08:00")

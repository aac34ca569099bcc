"""`./motcua verify`: the journal is whole and the facts say what it says, or the fault is named.
`rebuild_facts` mends what differs.
"""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from motcua.dossiers.models import DossierFact
from motcua.journal import facts as journal_facts
from motcua.journal.models import Event
from motcua.report import actions, verify_command
from motcua.report.models import FrozenFigure, FrozenList
from motcua.surveys import actions as surveys
from motcua.surveys.models import FormFact
from motcua.web.ids import uuid7
from tests.world import at, build

MARKS = dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), "A")


@pytest.fixture
def worked(unguarded):
    """Three dossiers, the first handed over with a form that came back."""
    world = unguarded
    world.first = world.receive("2026-03-02 08:00")
    world.to_done(world.first, "2026-03-02 09:00")
    done = world.do("hand_over", world.first, "2026-03-02 09:30")
    common = {"by": world.desk, "at": at("2026-03-02 10:00")}
    form = surveys.hand_out(key=world.key(), dossier=done, **common)
    surveys.take_back(key=world.key(), token=form.token, marks=MARKS, **common)
    for _ in range(2):
        world.receive("2026-03-03 08:00")
    world.form = FormFact.objects.get()
    return world


def faults(capsys):
    """What the command names, as (agency, subject, event, what); its exit code agrees."""
    capsys.readouterr()
    code = verify_command.main(["--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert (code, told["ok"]) == ((1, False) if told["faults"] else (0, True))
    return [(f["agency"], f["subject"], f["event"], f["what"]) for f in told["faults"]]


def mended(capsys):
    capsys.readouterr()
    call_command("rebuild_facts")
    return capsys.readouterr().out


def every_fact():
    return [list(m.objects.order_by("pk").values()) for m in (DossierFact, FormFact)]


def test_what_is_whole_is_said_with_how_much_it_is(worked, capsys):
    assert verify_command.main([]) == 0
    said = capsys.readouterr().out
    assert f"Nhật ký nguyên vẹn: {Event.across_agencies.count()} sự kiện" in said
    assert "Số liệu đúng như nhật ký" in said


def test_a_fault_of_the_journal_is_named_with_its_agency(worked, capsys):
    Event.objects.filter(subject_id=worked.first.pk, seq=3).update(verb="dossier.refuse")
    assert verify_command.main([]) == 1
    assert f"xa-thu: {worked.first.code}: sự kiện 3" in capsys.readouterr().out
    assert {(agency, subject) for agency, subject, *_ in faults(capsys)} == {
        ("xa-thu", worked.first.code)
    }


def test_an_altered_fact_is_named_by_dossier_and_column(worked, capsys):
    DossierFact.objects.filter(pk=worked.first.pk).update(outcome="late", late_phase="signing")
    assert faults(capsys) == [
        ("xa-thu", worked.first.code, "số liệu", "khác nhật ký ở outcome, late_phase")
    ]
    assert verify_command.main([]) == 1
    assert f"{worked.first.code}: số liệu: khác nhật ký ở outcome" in capsys.readouterr().out


def test_a_removed_fact_is_named_by_its_dossier(worked, capsys):
    DossierFact.objects.filter(pk=worked.first.pk).delete()
    assert faults(capsys) == [("xa-thu", worked.first.code, "số liệu", "thiếu, nhật ký có")]


def test_an_inserted_fact_is_named_by_what_it_calls_itself(worked, capsys):
    forged = DossierFact.objects.get(pk=worked.first.pk)
    forged.pk, forged.code = uuid7(), "H99.99.99-260302-9999"
    forged.save(force_insert=True)
    expected = ("xa-thu", "H99.99.99-260302-9999", "số liệu", "thừa, nhật ký không có")
    assert faults(capsys) == [expected]


def test_an_altered_answer_is_named_by_the_form_as_lists_call_it(worked, capsys):
    FormFact.objects.update(c3="C")
    expected = ("xa-thu", f"Phiếu {worked.form.label}", "số liệu", "khác nhật ký ở c3")
    assert faults(capsys) == [expected]


def test_several_faults_are_all_named_wherever_they_lie(worked, capsys):
    rows = list(DossierFact.objects.order_by("pk"))
    rows[0].delete()
    DossierFact.objects.filter(pk=rows[2].pk).update(channel="online")
    FormFact.objects.all().delete()
    assert [what for *_, what in faults(capsys)] == [
        "thiếu, nhật ký có", "khác nhật ký ở channel", "thiếu, nhật ký có",
    ]  # fmt: skip


@pytest.mark.parametrize("broken", ["removed", "emptied"])
def test_an_event_that_gives_no_fact_is_named_and_the_others_are_still_compared(
    worked, capsys, broken
):
    event = Event.objects.filter(subject_id=worked.first.pk, seq=1)
    if broken == "removed":
        event.delete()
    else:
        event.update(data=[])
    other = DossierFact.objects.exclude(pk=worked.first.pk).latest("pk")
    DossierFact.objects.filter(pk=other.pk).update(papers=9)
    found = [one for one in faults(capsys) if one[2] == "số liệu"]
    assert [subject for _, subject, *_ in found] == [worked.first.code, other.code]
    assert "không lập lại được từ sự kiện" in found[0][3]


def test_another_agency_is_compared_with_its_own_journal(worked, capsys):
    other = build("xa-khac", "H88.88.88", worked.province)
    with other.scope():
        dossier = other.receive()
        DossierFact.objects.filter(pk=dossier.pk).update(papers=7)
    assert faults(capsys) == [("xa-khac", dossier.code, "số liệu", "khác nhật ký ở papers")]


def test_what_was_written_between_the_two_readings_is_no_fault(worked, monkeypatch):
    """The first reading saw an old row; by the second the writer had finished."""
    table = verify_command.dossiers.TABLE
    old = DossierFact(pk=worked.first.pk, agency=worked.agency, code="cũ")
    pairs = [journal_facts.Difference(next(table.rebuilt(only=worked.first.pk)), old)]
    monkeypatch.setattr(journal_facts, "_pairs", lambda told, kept: iter(pairs))
    assert list(table.differences()) == []


def test_facts_are_rebuilt_to_what_they_were_and_the_count_is_said(worked, capsys):
    before = every_fact()
    DossierFact.objects.filter(pk=worked.first.pk).update(outcome="late")
    DossierFact.objects.exclude(pk=worked.first.pk).latest("pk").delete()
    forged = DossierFact.objects.get(pk=worked.first.pk)
    forged.pk = uuid7()
    forged.save(force_insert=True)
    FormFact.objects.update(c1="C", label="00000000")
    assert "xa-thu: lập lại 3 hồ sơ, 1 phiếu." in mended(capsys)
    assert every_fact() == before
    assert faults(capsys) == []
    assert "xa-thu: lập lại 0 hồ sơ, 0 phiếu." in mended(capsys)


def test_more_differences_than_one_round_takes_are_all_rebuilt(worked, capsys, monkeypatch):
    monkeypatch.setattr(journal_facts, "AT_ONCE", 1)
    before = every_fact()
    DossierFact.objects.update(papers=8)
    assert "lập lại 3 hồ sơ" in mended(capsys)
    assert every_fact() == before


def test_facts_are_not_rebuilt_from_a_journal_that_was_tampered_with(worked, capsys):
    Event.objects.filter(subject_id=worked.first.pk, seq=3).update(verb="dossier.refuse")
    DossierFact.objects.update(papers=8)
    before = every_fact()
    with pytest.raises(CommandError, match="nhật ký không còn nguyên vẹn"), transaction.atomic():
        mended(capsys)
    assert every_fact() == before


@pytest.fixture
def closed(worked):
    actions.close_period(
        by=worked.statistician, at=at("2026-03-10 08:00"), key="chốt",
        period="2026-03-01/2026-03-09",
    )  # fmt: skip
    return worked


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"value": "999"}, "số đã chốt bị sửa"),
        ({"hash": "0" * 64}, "số đã chốt bị sửa"),
        (None, "số đã chốt không còn"),
    ],
)
def test_a_frozen_figure_that_was_altered_or_removed_is_named(closed, capsys, change, what):
    rows = FrozenFigure.objects.filter(figure="II.2.own.received")
    rows.update(**change) if change else rows.delete()
    assert faults(capsys) == [
        ("xa-thu", "Kỳ báo cáo 2026-03-01/2026-03-09", "II.2.own.received", what)
    ]


def test_a_frozen_list_that_was_altered_is_named_with_the_figures_it_stands_behind(closed, capsys):
    row = FrozenFigure.objects.select_related("list").get(figure="II.2.own.received")
    FrozenList.objects.filter(pk=row.list_id).update(rows=row.list.rows[:1])
    assert ("II.2.own.received", "danh sách đã chốt bị sửa") in {f[2:] for f in faults(capsys)}

"""Forms follow their dossiers: the receipt of a visit its dossiers, a form the act it tells of."""

import io

import pytest
from pypdf import PdfReader

from motcua.dossiers import actions, printing
from motcua.dossiers.models import IssuedForm, Visit
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.refusals_forms import UndoneMeanwhile
from motcua.dossiers.rules import PaperIn
from motcua.papers import queries as files
from tests.world import at

BIET = PersonIn("Trần Văn Biết", "001090000077", birth="1990")
COPIES = {"procedure": "2.000815", "papers": [PaperIn("Bản chính")], "applicant": BIET}


def more(world, after, when="2026-03-02 08:05", **given):
    arguments = {"by": world.desk, "key": world.key(), **COPIES} | given
    return actions.receive_more(at=at(when), after=after.pk, **arguments)


@pytest.fixture
def two(world):
    first = world.receive(**COPIES)
    return first, more(world, first)


def receipt(world, when):
    return printing.visit_receipt(Visit.objects.get(), by=world.desk, at=at(when))


def words(file):
    pages = PdfReader(io.BytesIO(files.content(file))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_receipt_of_a_visit_names_a_dossier_added_after_it_was_printed(world, two):
    before = receipt(world, "2026-03-02 08:06")
    third = more(world, two[0], "2026-03-02 08:07")
    now = receipt(world, "2026-03-02 08:07")
    assert third.code not in words(before)
    assert third.code in words(now) and "Dùng chung cho 3 hồ sơ" in words(now)
    assert receipt(world, "2026-03-02 08:09") == now


@pytest.mark.parametrize("which", [0, 1])
def test_the_receipt_of_a_visit_tells_the_procedure_a_dossier_was_changed_to(world, two, which):
    receipt(world, "2026-03-02 08:06")
    world.do(
        "refile", two[which], "2026-03-02 08:06", procedure="1.000894", reason="nhầm",
        papers=[PaperIn("Tờ khai")],
    )  # fmt: skip
    now = receipt(world, "2026-03-02 08:06")
    assert "Kết hôn" in words(now) and "3 ngày làm việc" in words(now)
    assert receipt(world, "2026-03-02 08:10") == now


def test_printed_twice_without_a_change_the_receipt_of_a_visit_is_one_file(world, two):
    first = receipt(world, "2026-03-02 08:06")
    world.do("assign", two[1], "2026-03-02 08:07", to=world.specialist)
    assert receipt(world, "2026-03-02 08:08") == first
    assert IssuedForm.objects.filter(form=printing.VISIT).count() == 2


def test_older_receipts_of_a_visit_stay_and_are_printed_again_as_they_were(world, two):
    receipt(world, "2026-03-02 08:06")
    third = more(world, two[0], "2026-03-02 08:07")
    receipt(world, "2026-03-02 08:08")
    old = printing.latest(two[0], printing.VISIT)
    content = printing.reprint(form=old, by=world.desk, at=at("2026-03-02 08:09"))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "IN LẠI lần 1" in text and third.code not in text
    assert printing.latest(third, printing.VISIT).prints == 1


def undone_while_rendering(world, dossier, monkeypatch):
    rendered = printing.printed

    def printed(data, **given):
        dossier.refresh_from_db()
        world.do("undo", dossier, "2026-03-02 08:21", event=dossier.journal_seq)
        return rendered(data, **given)

    monkeypatch.setattr(printing, "printed", printed)


def asked(world):
    dossier = world.receive()
    return world.do(
        "ask_supplement", dossier, "2026-03-02 08:20", papers=["Căn cước"], reason="thiếu"
    )


def test_no_form_goes_out_for_an_act_undone_while_it_was_rendered(world, monkeypatch):
    dossier = asked(world)
    undone_while_rendering(world, dossier, monkeypatch)
    with pytest.raises(UndoneMeanwhile, match=f"mẫu 02 của hồ sơ {dossier.code} báo vừa được"):
        printing.issue(dossier=dossier, form="02", by=world.desk, at=at("2026-03-02 08:21"))
    assert not IssuedForm.objects.exists()


def test_after_an_undoing_the_control_slip_of_the_state_that_is_there_is_made(world):
    dossier = asked(world)
    world.do("undo", dossier, "2026-03-02 08:21", event=dossier.journal_seq)
    printing.control_slip(dossier=dossier, by=world.desk, at=at("2026-03-02 08:22"))
    assert IssuedForm.objects.get().at_seq == 3


def test_a_form_is_kept_when_another_act_followed_while_it_was_rendered(world, monkeypatch):
    dossier, rendered = asked(world), printing.printed

    def printed(data, **given):
        world.do("take_supplement", dossier, "2026-03-02 08:21", papers=[PaperIn("Căn cước")])
        return rendered(data, **given)

    monkeypatch.setattr(printing, "printed", printed)
    row = printing.issue(dossier=dossier, form="02", by=world.desk, at=at("2026-03-02 08:21"))
    assert IssuedForm.objects.get() == row

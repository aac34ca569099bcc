"""Scans of papers, and when a dossier counts as digitised (số hóa)."""

from motcua.dossiers.models import DossierFact
from motcua.dossiers.rules import PaperAs, PaperIn
from motcua.kernel.vntime import epoch_day
from motcua.papers import queries as files
from motcua.papers.actions import Upload
from tests.world import at

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"
TWO = [PaperIn("Tờ khai"), PaperIn("Giấy chứng sinh")]


def digitised(dossier):
    return DossierFact.objects.get(pk=dossier.pk).digitised_day


def scan(world, dossier, when, *numbers, **given):
    scans = {n: Upload(f"{n}.pdf", PDF + b"%d" % n) for n in numbers}
    return world.do("attach_scans", dossier, when, scans=scans, **given)


def test_a_dossier_is_digitised_when_its_last_paper_is_scanned_or_exempt(world):
    dossier = world.receive("2026-03-02 08:00", papers=TWO)
    assert digitised(dossier) is None
    assert not scan(world, dossier, "2026-03-02 09:00", 1).digitised
    done = world.do("exempt_scan", dossier, "2026-03-03 09:00", number=2, reason="chỉ xuất trình")
    assert done.digitised
    assert digitised(dossier) == epoch_day(at("2026-03-03 00:00").date())
    assert files.content(dossier.papers.get(number=1).file) == PDF + b"1"


def test_a_scan_nobody_compared_with_the_paper_does_not_count(world):
    dossier = world.receive("2026-03-02 08:00")
    assert not scan(world, dossier, "2026-03-02 09:00", 1, confirmed=False).digitised
    assert scan(world, dossier, "2026-03-02 10:00", 1).digitised


def test_what_came_as_data_or_file_is_digitised_at_once(world):
    papers = [PaperIn("Tờ khai", how=PaperAs.FILE), PaperIn("Cư trú", how=PaperAs.DATA)]
    dossier = world.receive("2026-03-02 08:00", papers=papers)
    assert digitised(dossier) == epoch_day(at("2026-03-02 00:00").date())


def test_a_paper_that_comes_later_on_paper_must_be_scanned_too(world):
    dossier = world.receive("2026-03-02 08:00")
    scan(world, dossier, "2026-03-02 09:00", 1)
    world.do("ask_supplement", dossier, "2026-03-02 10:00", papers=["Giấy"], reason="thiếu")
    after = world.do("take_supplement", dossier, "2026-03-03 10:00", papers=[PaperIn("Giấy")])
    assert not after.digitised
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert fact.reopened_day is not None and fact.redigitised_day is None
    assert scan(world, dossier, "2026-03-03 11:00", 2).digitised

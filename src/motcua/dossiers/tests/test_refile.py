"""The wrong procedure was picked: what changes, what stays, and that the facts follow."""

import pytest

from motcua.dossiers import certifying, facts, refusals, refusals_counter, rules
from motcua.dossiers.models import Dossier, DossierFact
from motcua.dossiers.rules import CertifiedIn, Money, PaperAs, PaperIn, Phase, State
from motcua.journal import queries as journal
from motcua.kernel.errors import NotPermitted, Refused
from motcua.papers.actions import Upload
from motcua.procedures.rules import NotInForce, UnknownProcedure
from tests.world import at

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"
WHEN = "2026-03-03 09:00"


def refile(world, dossier, procedure="1.001776", when=WHEN, **given):
    arguments = {"reason": "chọn nhầm", "papers": [PaperIn("Đơn")]} | given
    return world.do("refile", dossier, when, procedure=procedure, **arguments)


def rebuilt_equals_kept():
    kept = list(DossierFact.objects.order_by("id").values())
    told = [{f.attname: getattr(r, f.attname) for f in r._meta.concrete_fields}
            for r in facts.rebuilt()]  # fmt: skip
    return told == kept


def test_code_and_receipt_stay_term_due_fee_and_papers_are_anew(world):
    dossier = world.receive()
    done = refile(world, dossier)
    assert (done.code, done.received_at) == (dossier.code, dossier.received_at)
    assert (done.version.short_name, done.term) == ("Trợ cấp xã hội", "22 ngày làm việc")
    assert done.due_at == done.first_due_at == at("2026-04-01 17:00")
    assert [p.name for p in done.papers.all()] == ["Đơn"]
    event = journal.events_of(done).last()
    assert event.verb == "dossier.refiled" and event.data["from_name"] == "Kết hôn"
    assert event.data["taken_out"] == [["Tờ khai", "paper", 1]]
    assert event.data["before"]["term"] == "3 ngày làm việc"


def test_the_fact_follows_and_is_rebuilt_from_the_journal(world):
    dossier = refile(world, world.receive())
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert (fact.procedure, fact.field, fact.group) == ("1.001776", "bao-tro", "social")
    assert (fact.procedure_name, fact.due_on.isoformat()) == ("Trợ cấp xã hội", "2026-04-01")
    assert rebuilt_equals_kept() and list(journal.verify()) == []


def test_the_version_is_the_one_in_force_at_the_receipt(world):
    early = world.receive("2026-01-30 08:00")
    done = refile(world, early, "1.010001", "2026-02-05 08:00")
    assert done.version.short_name == "Bỏ hộ khẩu"
    later = world.receive()
    with world.refuses(NotInForce, "không có hiệu lực"):
        refile(world, later, "1.010001")


def test_a_fee_paid_too_much_is_given_back_and_told(world):
    dossier = world.receive(procedure="2.000815", papers=[PaperIn("Bản chính")])
    world.do("take_fee", dossier, "2026-03-02 08:01", amount=2000)
    done = refile(world, dossier, "1.000894", "2026-03-02 09:00")
    assert (done.fee_owed, done.fee_paid, done.money) == (0, 0, Money.NONE)
    assert journal.events_of(done).last().data["refund"] == 2000
    back = refile(world, done, "2.000815", "2026-03-02 10:00")
    assert (back.fee_owed, back.money) == (2000, Money.OWED)
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert (fact.fee_owed, fact.fee_paid) == (2000, 0) and rebuilt_equals_kept()


def test_a_paper_with_a_scan_stays_and_the_other_papers_are_those_named(world):
    dossier = world.receive(papers=[PaperIn("Tờ khai"), PaperIn("Ảnh"), PaperIn("Sổ")])
    world.do("attach_scans", dossier, WHEN, scans={2: Upload("a.pdf", PDF)})
    done = refile(world, dossier, "1.001193", papers=[
        PaperIn("Giấy chứng sinh", PaperAs.DATA), PaperIn("sổ", quantity=2)])  # fmt: skip
    shown = {p.name: (p.how, p.quantity) for p in done.papers.all()}
    assert shown == {"Ảnh": ("paper", 1), "Sổ": ("paper", 2), "Giấy chứng sinh": ("data", 1)}
    assert DossierFact.objects.get(pk=done.pk).papers == 3


def test_a_digitised_dossier_is_open_again_and_digitised_again_later(world):
    dossier = world.receive()
    world.do("attach_scans", dossier, "2026-03-02 09:00", scans={1: Upload("a.pdf", PDF)})
    done = refile(world, dossier)
    assert not done.digitised
    new = done.papers.get(name="Đơn").number
    world.do("attach_scans", done, "2026-03-04 09:00", scans={new: Upload("b.pdf", PDF)})
    fact = DossierFact.objects.get(pk=done.pk)
    days = (fact.digitised_day, fact.reopened_day, fact.redigitised_day)
    assert [day - fact.received_day for day in days] == [0, 1, 2]
    assert rebuilt_equals_kept()


def test_an_opinion_under_the_wrong_procedure_does_not_count(world):
    dossier = world.receive()
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    world.do("assess", dossier, "2026-03-02 10:00", opinion="Đủ")
    done = refile(world, dossier)
    assert (Phase(done.phase), State(done.state)) == (Phase.ASSESSING, State.IN_PROGRESS)
    assert done.holder == world.specialist and done.step == 1


def test_a_promise_of_an_extension_is_not_taken_back(world):
    dossier = world.receive()
    world.do("extend", dossier, "2026-03-02 09:00", new_due_at=at("2026-03-20 17:00"), reason="x")
    shorter = refile(world, dossier, "1.001193", papers=[PaperIn("Giấy chứng sinh")])
    assert shorter.first_due_at == at("2026-03-02 17:00")
    assert shorter.due_at == at("2026-03-20 17:00")


def test_lateness_of_the_wrong_term_is_forgotten_when_the_right_one_is_longer(world):
    dossier = world.receive()
    world.do("assign", dossier, "2026-03-06 09:00", to=world.specialist)
    assert Dossier.objects.get(pk=dossier.pk).late_phase
    assert refile(world, dossier, when="2026-03-06 10:00").late_phase == ""


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        ({"procedure": "1.000894"}, refusals_counter.SameProcedure, "đang là thủ tục “Kết hôn”"),
        ({"procedure": "9.9"}, UnknownProcedure, "9.9"),
        ({"reason": " "}, refusals.ReasonMissing, "lý do"),
        ({"papers": []}, refusals.NoPaper, "Chưa ghi giấy tờ nào"),
        ({"procedure": "1.001193"}, refusals.MissingPaper, "Giấy chứng sinh"),
        ({"procedure": "1.009999"}, refusals.TermUnknown, "thời hạn"),
        ({"seen": 9}, refusals.Changed, "vừa sửa"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(world, given, kind, words):
    dossier = world.receive()
    with world.refuses(kind, words):
        refile(world, dossier, **given)


def test_once_submitted_for_signature_it_is_too_late(world):
    dossier = world.to_signing(world.receive(), "2026-03-02 09:00")
    with world.refuses(refusals.MoveNotAllowed, "đổi thủ tục"):
        refile(world, dossier)
    for phase in (Phase.SIGNING, Phase.APPROVED, Phase.SEALED, Phase.CLOSED):
        assert not rules.allowed("refile", State.IN_PROGRESS, phase)


def test_while_an_entry_stands_in_a_certification_book_it_is_refused(world):
    dossier = world.receive(procedure="2.000815")
    entries = [CertifiedIn("Căn cước", 10, 20_000)]
    world.do("certify", dossier, "2026-03-02 08:10", entries=entries)
    world.do("take_fee", dossier, "2026-03-02 08:12", amount=20_000)
    with world.refuses(refusals_counter.CertifiedAlready, "đang có số chứng thực 1 trong sổ SCT"):
        refile(world, dossier)
    world.do(
        "void_certification", dossier, "2026-03-02 08:20", reason="nhầm thủ tục",
        certification_id=certifying.of_dossier(dossier.pk).get().pk,
    )  # fmt: skip
    refile(world, dossier)
    assert journal.events_of(dossier).last().data["refund"] == 20_000
    assert rebuilt_equals_kept()


@pytest.mark.parametrize("who", ["specialist", "leader", "clerk"])
def test_it_is_for_the_desk_who_gives_the_new_receipt(world, who):
    dossier = world.receive()
    with world.refuses(NotPermitted, "Việc này dành cho: cán bộ tiếp nhận"):
        refile(world, dossier, by=getattr(world, who))


def test_the_control_slip_and_the_journal_name_it(world):
    from motcua.dossiers import hand_overs, present

    dossier = refile(world, world.receive())
    events = list(journal.events_of(dossier))
    entry = present.entries(events)[0]
    assert (str(entry.title), entry.before, entry.after) == (
        "Đổi thủ tục", "Kết hôn", "Trợ cấp xã hội")  # fmt: skip
    hops = hand_overs.trail(events, desk="Một cửa", filer="A", received_by="B")
    assert "Đổi thủ tục: " in list(hops)[-1].note


def test_a_repeated_key_changes_it_once(world):
    dossier = world.receive()
    for _ in range(2):
        refile(world, dossier, key="once")
    assert journal.events_of(dossier).count() == 2
    with pytest.raises(Refused):
        refile(world, dossier, key="once", reason="khác")


def test_a_supplement_after_a_change_finds_free_numbers_for_its_papers(world):
    dossier = world.receive(papers=[PaperIn("Tờ khai"), PaperIn("Ảnh")])
    world.do("attach_scans", dossier, "2026-03-02 09:00", scans={2: Upload("a.pdf", PDF)})
    done = refile(world, dossier)
    world.do("ask_supplement", done, "2026-03-03 10:00", papers=["Sổ"], reason="thiếu")
    world.do("take_supplement", done, "2026-03-03 11:00", papers=[PaperIn("Sổ")])
    assert [p.number for p in done.papers.order_by("number")] == [2, 3, 4]
    assert rebuilt_equals_kept()

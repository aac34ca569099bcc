"""An imported dossier is a dossier: every page of it opens, every act goes on, form 06 tells it."""

import pytest
from django.urls import reverse

from motcua.dossiers import facts, hand_overs, present
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import PaperIn, State
from motcua.journal import queries as journal
from motcua.journal.actions import VERBS
from motcua.setup.tests.tables_made import csv, row
from motcua.setup.tests.test_opening import bring
from tests.visits import words
from tests.world import at

PAGES = ("ho-so-chi-tiet", "ho-so-nhat-ky", "ho-so-bieu-mau")
CASES = {
    "open": row("260302-0001", "Đang xử lý"),
    "received": row("260302-0001", "Được tiếp nhận"),
    "paused": row(
        "260302-0001", "Yêu cầu bổ sung giấy tờ", **{"Ngày yêu cầu bổ sung": "03/03/2026 10:00"}
    ),
    "done": row("260302-0001", "Đã xử lý xong"),
    "returned": row("260302-0001"),
    "withdrawn": row("260302-0001", "Rút hồ sơ"),
    "before the agency was": row("210302-0001", "Đang xử lý", **{"Ngày nhận": "02/03/2021 08:05"}),
}  # fmt: skip


def opened(client, code, *names):
    for name in names or PAGES:
        answer = client.get(reverse(name, args=[code]))
        assert answer.status_code == 200, name
        yield words(answer)


@pytest.mark.parametrize("case", CASES)
def test_every_page_of_an_imported_dossier_opens(world, visit, clock, case):
    bring(world, csv(CASES[case]))
    clock.set("2026-03-10 09:00")
    code = Dossier.objects.get().code
    for who in ("desk", "leader", "administrator"):
        pages = list(opened(visit(who), code))
        assert "Nhập từ hệ thống khác" in pages[1]
    admin = visit("administrator")
    assert "Nhập từ hệ thống khác" in words(admin.get(reverse("viec-vua-lam")))
    slip = visit("desk").get(reverse("ho-so-mau", args=[code, "06"]))
    assert slip.status_code in (200, 302)
    desk = visit("desk")
    for address in ("da-tiep-nhan", "ho-so-ban-quet", "ho-so-dinh-danh"):
        assert desk.get(reverse(address, args=[code])).status_code < 500
    assert desk.get(reverse("ho-so"), {"tim": code}).status_code == 200
    assert desk.get(reverse("so-theo-doi")).status_code == 200
    refused = desk.post(reverse("hoan-tac", args=[code]), {"viec": "1"})
    assert refused.status_code < 500 and Dossier.objects.get().journal_seq == 1


def test_a_later_file_is_told_in_the_journal_too(world, visit, clock):
    bring(world, csv(CASES["open"]))
    bring(world, csv(CASES["returned"]), when=at("2026-03-11 08:00"))
    clock.set("2026-03-11 09:00")
    (page,) = opened(visit("desk"), Dossier.objects.get().code, "ho-so-nhat-ky")
    assert page.count("Nhập từ hệ thống khác") == 2
    assert visit("desk").get(
        reverse("ho-so-mau", args=[Dossier.objects.get().code, "06"])
    ).status_code in (200, 302)


def test_an_open_one_goes_to_the_end_by_page_and_the_slip_begins_with_its_receipt(
    world, visit, clock
):
    bring(world, csv(CASES["paused"]))
    clock.set("2026-03-10 09:00")
    dossier = Dossier.objects.get()
    world.do("take_supplement", dossier, "2026-03-10 09:00", papers=[PaperIn("Giấy")])
    world.do("assign", dossier, "2026-03-10 09:01", to=world.specialist)
    undone = Dossier.objects.get().journal_seq
    world.do("undo", dossier, "2026-03-10 09:02", event=undone)
    world.do("assign", dossier, "2026-03-10 09:03", to=world.specialist)
    world.do("assess", dossier, "2026-03-10 09:04", opinion="Đủ")
    world.do("submit", dossier, "2026-03-10 09:05", to=world.leader)
    world.do("approve", dossier, "2026-03-10 09:06")
    world.do("number_and_seal", dossier, "2026-03-10 09:07", number="1/TL")
    world.do("finish", dossier, "2026-03-10 09:08")
    world.do("hand_over", dossier, "2026-03-10 09:09")
    clock.set("2026-03-10 09:30")
    list(opened(visit("desk"), dossier.code))
    events = list(journal.events_of(dossier))
    hops = list(hand_overs.trail(events, desk="Một cửa", filer="A", received_by="B"))
    assert (hops[0].unit, hops[0].given_at) == ("Một cửa", "08 giờ 05 phút, ngày 02/03/2026")
    assert [hop.giver for hop in hops[:2]] == ["A", "Cán bộ tiếp nhận"] and len(hops) == 6
    assert Dossier.objects.get().state == State.RETURNED
    assert list(journal.verify()) == [] and list(facts.TABLE.differences()) == []


def test_every_verb_of_a_dossier_has_a_title_of_its_own():
    verbs = [verb.removeprefix("dossier.") for verb in VERBS if verb.startswith("dossier.")]
    assert len(verbs) > 20
    assert [verb for verb in verbs if present.title_of(verb) == "Việc khác"] == []


def test_a_verb_of_a_later_version_is_another_act():
    assert present.title_of("teleported") == "Việc khác"

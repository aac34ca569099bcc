"""Cuối ngày: what came, went, waits, was paid and certified; a past day as it was."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from motcua.dossiers import actions
from motcua.dossiers.day_end import day_end, tagged
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.rules import CertifiedIn, Channel, Collector, PaperIn
from motcua.journal.models import Read
from tests.visits import words
from tests.world import at

MORNING = "2026-03-02 08:00"
MONDAY, TUESDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 3)


def codes(items):
    return sorted(item.code for item in items)


def on(day, when="2026-03-31 17:00"):
    return day_end(day, at(when))


def test_what_came_is_counted_by_channel_and_field(world):
    world.receive("2026-03-02 08:00")
    world.receive("2026-03-02 23:59", channel=Channel.POST, procedure="1.001776")
    world.receive("2026-03-03 00:00")
    given = on(MONDAY)
    assert len(given.received) == 2
    assert tagged(given.received) == {"counter": 1, "post": 1, "ho-tich": 1, "bao-tro": 1}


def test_what_was_handed_over_tells_to_whom(world):
    dossier = world.to_done(world.receive("2026-03-02 08:00"), "2026-03-02 09:00")
    world.do("hand_over", dossier, "2026-03-03 08:00", collector=Collector("Lê Cậy", "UQ 1"))
    assert on(MONDAY).returned == []
    assert [(i.code, i.words) for i in on(TUESDAY).returned] == [(dossier.code, "Lê Cậy")]


def test_the_cash_is_what_the_journal_tells_without_what_was_undone(world):
    one = world.receive("2026-03-02 08:00", procedure="2.000815")
    two = world.receive("2026-03-02 08:00", procedure="2.000815")
    world.do("take_fee", one, "2026-03-02 09:00", amount=2000)
    world.do("take_fee", two, "2026-03-02 09:30", amount=2000)
    row = Dossier.objects.get(pk=two.pk)
    actions.undo(
        by=world.desk, at=at("2026-03-02 10:00"), key="ht", dossier_id=two.pk,
        event=row.journal_seq,
    )  # fmt: skip
    given = on(MONDAY)
    assert codes(given.cash) == [one.code]
    assert (given.taken, given.cash[0].who) == (2000, "Cán bộ tiếp nhận")


def test_what_waited_is_due_that_day_late_or_paused(world):
    late = world.receive("2026-02-23 08:00")
    due = world.receive("2026-03-02 08:00", procedure="1.001193",
                        papers=[PaperIn("Giấy chứng sinh")])  # fmt: skip
    coming = world.receive("2026-03-02 08:00")
    paused = world.receive("2026-03-02 08:00")
    world.do("ask_supplement", paused, "2026-03-02 09:00", papers=["A"], reason="thiếu")
    given = on(MONDAY, "2026-03-02 16:00")
    assert codes(given.late) == [late.code]
    assert codes(given.due_today) == [due.code]
    assert codes(given.paused) == [paused.code]
    assert given.waiting == 4 and coming.code not in codes(given.late)


def test_a_past_day_stays_as_it_was_whatever_came_later(world):
    late = world.receive("2026-02-23 08:00")
    due = world.receive("2026-03-02 08:00", procedure="1.001193",
                        papers=[PaperIn("Giấy chứng sinh")])  # fmt: skip
    paused = world.receive("2026-03-02 08:00")
    world.do("ask_supplement", paused, "2026-03-02 09:00", papers=["A"], reason="thiếu")
    fetched = world.to_done(world.receive("2026-03-02 08:00"), "2026-03-02 09:30")
    stopped = world.receive("2026-03-02 10:00")
    extended = world.receive("2026-02-26 08:00")
    world.do("extend", extended, "2026-03-02 11:00", new_due_at=at("2026-03-09 17:00"),
             reason="chờ")  # fmt: skip
    same = on(MONDAY, "2026-03-02 23:59")

    world.to_done(late, "2026-03-04 08:00")
    world.to_done(due, "2026-03-04 08:00")
    world.do("take_supplement", paused, "2026-03-04 08:00", papers=[PaperIn("A")])
    world.do("hand_over", fetched, "2026-03-05 08:00")
    world.do("stop", stopped, "2026-03-05 08:00", reason="trùng")
    world.to_done(extended, "2026-03-06 08:00")
    world.receive("2026-03-05 08:00")

    then = on(MONDAY)
    for part in ("received", "returned", "cash", "due_today", "late", "paused", "told"):
        assert codes(getattr(then, part)) == codes(getattr(same, part)), part
    assert then.waiting == same.waiting == 5
    assert codes(then.undelivered) == codes(same.undelivered) == [fetched.code]
    assert [i.amount for i in then.undelivered] == [0]
    assert [i.amount for i in on(dt.date(2026, 3, 4)).undelivered if i.code == fetched.code] == [2]
    assert codes(on(dt.date(2026, 3, 5)).undelivered) == sorted([late.code, due.code])


def test_an_undone_step_of_the_day_leaves_no_trace_in_it(world):
    dossier = world.receive("2026-03-02 08:00")
    world.do("ask_supplement", dossier, "2026-03-02 09:00", papers=["A"], reason="thiếu")
    actions.undo(by=world.desk, at=at("2026-03-02 09:05"), key="ht", dossier_id=dossier.pk, event=2)
    world.do("assign", dossier, "2026-03-03 09:00", to=world.specialist)
    given = on(MONDAY)
    assert (given.paused, given.told, given.waiting) == ([], [], 1)


def test_certifications_are_counted_in_copies_without_what_was_voided(world):
    dossier = world.receive("2026-03-02 08:00", procedure="2.000815")
    actions.certify(
        by=world.desk, at=at("2026-03-02 09:00"), key="ct", dossier_id=dossier.pk,
        entries=[CertifiedIn("Căn cước", 3), CertifiedIn("Bằng", 4)],
    )  # fmt: skip
    wrong = dossier.certifications.get(number=2)
    actions.void_certification(
        by=world.desk, at=at("2026-03-02 09:10"), key="bo", dossier_id=dossier.pk,
        certification_id=wrong.pk, reason="nhầm",
    )  # fmt: skip
    given = on(MONDAY)
    assert (len(given.certified), given.copies) == (1, 3)


def test_notices_given_with_or_without_a_dossier_are_counted_by_form(world):
    dossier = world.receive("2026-03-02 08:00")
    world.do("ask_supplement", dossier, "2026-03-02 09:00", papers=["A"], reason="thiếu")
    Notice.objects.create(
        agency=world.agency, form="03", number=1, who={}, reason="không thuộc thẩm quyền",
        at=at("2026-03-02 10:00"), by=world.desk,
    )  # fmt: skip
    assert tagged(on(MONDAY).told) == {"02": 1, "03": 1}
    assert on(TUESDAY).told == []


# The page


def open_sheet(client, **given):
    return client.get(reverse("cuoi-ngay"), given)


@pytest.fixture
def busy(world, clock):
    """A day with something of each, seen at its end."""
    paid = world.receive("2026-03-02 08:00", procedure="2.000815", name="Lê Thị Trả")
    world.do("take_fee", paid, "2026-03-02 09:00", amount=2000)
    world.to_done(world.receive("2026-03-02 08:30"), "2026-03-02 09:00")
    clock.set("2026-03-02 17:05")
    return paid


def test_the_sheet_shows_the_numbers_the_cash_and_its_sum_in_words(busy, visit):
    shown = words(open_sheet(visit("desk")))
    assert "Cuối ngày, thứ Hai, 02/03/2026" in shown
    assert "Tiền đã thu: 2.000 đồng" in shown and "Bằng chữ: hai nghìn đồng." in shown
    assert busy.code in shown and "Tiếp nhận 2" in shown
    assert "Lê Thị Trả" not in shown
    for who in ("Người lập", "Người nhận tiền", "Phụ trách Một cửa"):
        assert who in shown


def test_each_number_opens_its_list(busy, visit):
    client = visit("desk")
    page = open_sheet(client).content.decode()
    for part, n in (("nhan", 2), ("thu-phi", 1), ("chua-tra", 1), ("tra", 0)):
        url = f"{reverse('cuoi-ngay-muc', args=[part])}?ngay=02/03/2026"
        if part != "thu-phi":
            assert url in page
        shown = words(client.get(url))
        assert f"({n})" in shown
        assert n or "Không có hồ sơ nào." in shown
    assert "Lê Thị Trả" in words(client.get(reverse("cuoi-ngay-muc", args=["thu-phi"])))


def test_a_part_of_a_number_opens_its_own_list(world, visit, clock):
    one = world.receive("2026-03-02 08:00")
    two = world.receive("2026-03-02 08:00", procedure="1.001776")
    client = visit("desk")
    url = f"{reverse('cuoi-ngay-muc', args=['nhan'])}?ngay=02/03/2026&loc=bao-tro"
    assert url.replace("&", "&amp;") in open_sheet(client).content.decode()
    shown = words(client.get(url))
    assert two.code in shown and one.code not in shown and "(1)" in shown


def test_a_notice_of_the_counter_is_in_its_list_without_a_dossier(world, visit, clock):
    Notice.objects.create(
        agency=world.agency, form="03", number=7, who={"name": "Lê"}, reason="x",
        at=at("2026-03-02 07:50"), by=world.desk,
    )  # fmt: skip
    shown = words(visit("desk").get(reverse("cuoi-ngay-muc", args=["thong-bao"])))
    assert "7 phiếu tại quầy" in shown
    sheet = load_workbook(BytesIO(open_sheet(visit("desk"), dang="xlsx").content)).active
    assert [row[2:4] for row in sheet.values if row[1] == "7"] == [("phiếu tại quầy", "–")]


def test_a_list_goes_on_by_its_last_line(world, visit, clock):
    for _ in range(53):
        world.receive("2026-03-02 08:00")
    client, url = visit("desk"), reverse("cuoi-ngay-muc", args=["nhan"])
    first = client.get(url)
    token = first.context["page"]["next_token"]
    second = client.get(url, {"sau": token})
    seen = [row.cells[0].text for page in (first, second) for row in page.context["rows"]]
    assert len(seen) == len(set(seen)) == 53
    assert second.context["page"]["next_token"] is None


def test_the_address_of_the_next_page_names_nobody(world, visit, clock):
    taker = Collector("Phạm Bí Mật", "UQ 1")
    for _ in range(51):
        world.do("hand_over", world.to_done(world.receive(MORNING), MORNING), MORNING,
                 collector=taker)  # fmt: skip
    client, url = visit("desk"), reverse("cuoi-ngay-muc", args=["tra"])
    first = client.get(url)
    token = first.context["page"]["next_token"]
    assert "Phạm Bí Mật" in words(first) and token and "Bí" not in token
    assert "Phạm Bí Mật" in words(client.get(url, {"sau": token}))


def test_entries_certified_at_one_moment_are_all_found_over_the_pages(world, visit, clock):
    dossier = world.receive(MORNING, procedure="2.000815", papers=[PaperIn("Bản chính")])
    entries = [CertifiedIn(f"Giấy {n}", 1, 2000) for n in range(53)]
    world.do("certify", dossier, MORNING, entries=entries)
    client, url = visit("desk"), reverse("cuoi-ngay-muc", args=["chung-thuc"])
    first = client.get(url)
    second = client.get(url, {"sau": first.context["page"]["next_token"]})
    seen = [row.cells[-1] for page in (first, second) for row in page.context["rows"]]
    assert len(seen) == len(set(seen)) == 53


def test_a_page_of_a_list_is_one_read_and_an_empty_one_none(world, visit, clock):
    world.receive(MORNING)
    client = visit("desk")
    client.get(reverse("cuoi-ngay-muc", args=["tra"]))
    client.get(reverse("cuoi-ngay-muc", args=["nhan"]))
    read = Read.objects.get(purpose__startswith="xem danh sách cuối ngày")
    assert read.subject_id == world.agency.pk and read.by_id == world.desk.pk
    assert read.purpose == "xem danh sách cuối ngày 02/03/2026 (nhan): 1 dòng"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("31/02/2026", "31/02/2026"), ("09/03/2026", "Ngày 09/03/2026 chưa đến")],
)
def test_a_day_that_is_none_or_has_not_come_is_told_at_its_field(world, visit, typed, said):
    refused = open_sheet(visit("desk"), ngay=typed)
    assert refused.status_code == 422 and said in words(refused)


def test_the_sheet_as_a_file_leaves_a_read(busy, world, visit):
    answer = open_sheet(visit("desk"), dang="xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[:2] for row in rows if row[0] == "Tiền đã thu"] == [("Tiền đã thu", busy.code)]
    assert Read.objects.filter(purpose__startswith="xuất bảng cuối ngày 02/03/2026").exists()


@pytest.mark.parametrize("day", ["02/03/2026", ""])
def test_the_sheet_costs_the_same_with_a_little_and_with_a_lot(
    world, visit, clock, django_assert_max_num_queries, day
):
    world.to_done(world.receive("2026-03-02 08:00"), "2026-03-03 08:00")
    clock.set("2026-03-03 16:00")
    client = visit("desk")
    open_sheet(client, ngay=day)
    with django_assert_max_num_queries(12) as few:
        open_sheet(client, ngay=day)
    for n in range(20):
        made = world.to_done(world.receive("2026-03-02 08:00"), "2026-03-03 08:00")
        if n % 2:
            world.do("hand_over", made, "2026-03-03 09:00")
    with django_assert_max_num_queries(len(few)):
        open_sheet(client, ngay=day)


def test_the_day_of_another_commune_is_not_ours(world, other, visit):
    assert "Tiếp nhận 0" in words(open_sheet(visit("desk")))

"""Register 07: a day or a field over some days, on the page and on paper."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from motcua.dossiers import printing_register as register
from motcua.dossiers.refusals_forms import BookTookTooLong, RangeBackwards, TooManyEntries, TwoForms
from motcua.journal.models import Read
from motcua.papers.pdf import TookTooLong
from tests.visits import words
from tests.world import at

PAGE = reverse("so-theo-doi")
MONDAY = at("2026-03-02 00:00").date()
TUESDAY = at("2026-03-03 00:00").date()


def text_of(content):
    pages = PdfReader(io.BytesIO(content)).pages
    text = "\n".join(page.extract_text() for page in pages).replace("\u200b", "")
    return re.sub(r"\s+", " ", text)


def printed(world, span, when="2026-03-05 16:00"):
    return text_of(register.printed_register(span, agency=world.agency, at=at(when)))


@pytest.fixture
def busy(world):
    """Two days, two fields."""
    return [
        world.receive("2026-03-02 08:00", name="Nguyễn Thị Ẩn"),
        world.receive("2026-03-02 08:10", name="Trần Văn Bảy", procedure="1.001776"),
        world.receive("2026-03-03 08:00", name="Lê Thị Cúc"),
    ]


def test_the_register_of_a_day_has_a_book_for_each_field(world, busy):
    text = printed(world, register.Span(MONDAY, MONDAY))
    assert "Lĩnh vực: Hộ tịch, năm 2026 Ngày 02/03/2026" in text
    assert "Lĩnh vực: Bảo trợ xã hội, năm 2026" in text
    assert "Nguyễn Thị Ẩn" in text and "Trần Văn Bảy" in text and "Lê Thị Cúc" not in text
    assert "Số: 01/STD-BPTNTKQ" in text and "Số: 02/STD-BPTNTKQ" in text


def test_the_register_of_a_field_holds_that_field_over_the_days(world, busy):
    text = printed(world, register.Span(MONDAY, TUESDAY, "ho-tich"))
    assert "Từ ngày 02/03/2026 đến ngày 03/03/2026" in text
    assert "Nguyễn Thị Ẩn" in text and "Lê Thị Cúc" in text and "Trần Văn Bảy" not in text


def test_an_entry_says_who_what_when_and_how_it_is_returned(world, busy):
    dossier = busy[0]
    world.to_done(dossier, "2026-03-04 10:00")
    world.do("hand_over", dossier, "2026-03-04 15:30")
    text = printed(world, register.Span(MONDAY, MONDAY, "ho-tich"))
    assert (
        f"1 {dossier.code} Kết hôn Nguyễn Thị Ẩn Thôn 1 UBND xã xa-thu 08:00 02/03/2026 "
        "17:00 05/03/2026 15:30 04/03/2026 Tại quầy"
    ) in text.replace("- ", "-")


def test_numbers_of_entries_go_on_from_the_first_day_of_the_year(world, busy):
    text = printed(world, register.Span(TUESDAY, TUESDAY, "ho-tich"))
    assert f"2 {busy[2].code.split('-')[0]}-" in text


def test_a_book_keeps_its_number_from_print_to_print(world, busy):
    for _ in range(2):
        assert "Số: 01/STD" in printed(world, register.Span(MONDAY, MONDAY, "ho-tich"))
    assert "Số: 02/STD" in printed(world, register.Span(MONDAY, MONDAY, "bao-tro"))


def test_before_july_2025_it_has_the_columns_of_2018(world):
    world.receive("2025-06-30 08:00")
    day = at("2025-06-30 00:00").date()
    text = printed(world, register.Span(day, day))
    assert "Mẫu 06, Thông tư số 01/2018" in text
    assert "Số lượng hồ sơ (bộ)" in text and "(13)" in text


def test_days_of_two_forms_or_backwards_are_refused():
    june, july = at("2025-06-30 00:00").date(), at("2025-07-01 00:00").date()
    with pytest.raises(TwoForms, match="01/07/2025"):
        register.Span(june, july)
    with pytest.raises(RangeBackwards):
        register.Span(july, june)


def test_more_than_one_print_holds_is_refused_in_words(world, busy, monkeypatch):
    monkeypatch.setattr(register, "MOST", 2)
    with pytest.raises(TooManyEntries, match="hơn 2 hồ sơ"):
        printed(world, register.Span(MONDAY, TUESDAY))


def test_a_machine_too_busy_is_said_and_not_waited_for(world, busy, monkeypatch):
    def too_long(_data):
        raise TookTooLong

    monkeypatch.setattr(register, "printed_apart", too_long)
    with pytest.raises(BookTookTooLong, match="40 giây"):
        printed(world, register.Span(MONDAY, MONDAY))


def test_a_day_without_dossiers_prints_an_empty_book(world):
    text = printed(world, register.Span(MONDAY, MONDAY, "ho-tich"))
    assert "Lĩnh vực: Hộ tịch" in text and "Không có hồ sơ." in text


def test_the_page_shows_today_first(world, visit, busy):
    page = words(visit("desk").get(PAGE))
    assert "Ngày 02/03/2026" in page
    assert "Nguyễn Thị Ẩn" in page and "Lê Thị Cúc" not in page


def test_the_page_shows_a_field_over_some_days_and_leaves_its_trace(world, visit, busy):
    asked = {"tu-ngay": "2/3/26", "den-ngay": "03/03/2026", "linh-vuc": "ho-tich"}
    page = words(visit("leader").get(PAGE, asked))
    assert "Lê Thị Cúc" in page and "Trần Văn Bảy" not in page
    read = Read.objects.get()
    assert read.purpose == (
        "xem sổ theo dõi hồ sơ: từ ngày 02/03/2026 đến ngày 03/03/2026, ho-tich"
    )


def test_the_page_prints_what_it_shows(world, visit, busy):
    answer = visit("desk").get(PAGE, {"tu-ngay": "02/03/2026", "dang": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert "SỔ THEO DÕI HỒ SƠ" in text_of(answer.content)
    assert Read.objects.get().purpose.startswith("in sổ theo dõi hồ sơ: ngày 02/03/2026")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"tu-ngay": "xx"}, "xx"),
        ({"tu-ngay": "03/03/2026", "den-ngay": "02/03/2026"}, "Từ ngày 03/03/2026 sau đến ngày"),
        ({"tu-ngay": "01/06/2025", "den-ngay": "02/07/2025"}, "Mẫu sổ đổi từ 01/07/2025"),
    ],
)
def test_wrong_days_are_said_at_their_field(world, visit, asked, sentence):
    page = visit("desk").get(PAGE, asked)
    assert page.status_code == 422
    assert sentence in words(page)


def test_a_long_register_goes_on_on_the_next_page(world, visit):
    for n in range(51):
        world.receive("2026-03-02 08:00", name=f"Người {n:02}")
    client = visit("desk")
    first = client.get(PAGE)
    link = re.search(r'href="([^"]*sau=[^"]*)"', first.content.decode())
    assert link
    rest = words(client.get(PAGE + link[1].replace("&amp;", "&")))
    assert "Người 50" in rest and "Người 00" not in rest


def test_the_page_asks_the_database_the_same_however_many(world, visit, busy):
    reader = visit("desk")
    reader.get(PAGE)  # calendars and letterheads are read once
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            reader.get(PAGE)
        counts.append(len(seen))
        for n in range(5):
            world.receive("2026-03-02 08:30", name=f"Thêm {n}")
    assert counts[0] == counts[1]

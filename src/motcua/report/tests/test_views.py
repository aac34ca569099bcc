"""Figures on screen: choose a period, read it, open each number, close it once."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from motcua.journal.models import Read
from motcua.report import actions, queries
from motcua.report.models import Period
from motcua.report.tests.made import dossier, form, save_all
from motcua.surveys import actions as surveys
from motcua.surveys.models import FormFact
from motcua.web import clock
from tests.world import at, build

PAGES = ["/so-lieu", "/so-lieu/2023", "/so-lieu/2023/II.2.own.late"]


def text(response):
    return response.content.decode()


def visible(response):
    """The words of the page, without marks and with blanks collapsed."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


def words_of(workbook):
    """All that an XLSX holds, as text."""
    with ZipFile(BytesIO(workbook)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-23 09:00"))


@pytest.fixture
def desk(world, client):
    client.force_login(world.desk)
    return client


@pytest.fixture
def statistician(world):
    client = Client()
    client.force_login(world.statistician)
    return client


def some_dossiers(late=3, in_time=9):
    """Own dossiers of March 2023 with their ends."""
    ends = [("late", n) for n in range(late)] + [("on_time", n) for n in range(in_time)]
    rows = [
        dossier(date(2023, 3, 10), date(2023, 3, 10), outcome=how, code=f"{how}-{n:04}",
                late_phase="signing" if how == "late" else "")
        for how, n in ends
    ]  # fmt: skip
    return save_all(rows)


@pytest.mark.parametrize("address", [*PAGES, "/so-lieu/2023/chot"])
def test_somebody_without_a_login_is_sent_to_log_in(world, client, address):
    assert client.get(address).url.startswith("/dang-nhap")


@pytest.mark.parametrize("role", ["desk", "specialist", "leader", "clerk", "administrator"])
def test_every_officer_reads_figures_and_only_the_statistician_closes(world, client, role):
    client.force_login(getattr(world, role))
    assert [client.get(address).status_code for address in PAGES] == [200, 200, 200]
    for response in (client.get("/so-lieu/2023/chot"), client.post("/so-lieu/2023/chot")):
        assert response.status_code == 403
        assert "người làm báo cáo" in text(response)
    assert "Chốt kỳ này" not in text(client.get("/so-lieu/2023"))
    assert not Period.objects.exists()


def test_the_years_with_dossiers_are_offered_with_quarters_and_months(desk):
    some_dossiers()
    said = visible(desk.get("/so-lieu"))
    for words in ("Năm 2026 (năm nay)", "Cả năm 2023", "Quý I năm 2023", "Tháng 12 năm 2023"):
        assert words in said
    assert "năm 2022" not in said


def test_two_days_lead_to_their_period(desk):
    response = desk.get("/so-lieu", {"tu": "5/12/2022", "den": "4-12-23"})
    assert response.url == "/so-lieu/2022-12-05_2023-12-04"
    assert "từ 05/12/2022 đến hết 04/12/2023" in visible(desk.get(response.url))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tu": "31/2/2023", "den": "1/4/2023"}, "Ngày 31/2/2023 không có"),
        ({"tu": "5/4/2023", "den": "1/4/2023"}, "trước ngày đầu (05/04/2023)"),
        ({"tu": "5/4/2023", "den": ""}, "Ghi ngày cuối của kỳ"),
    ],
)
def test_days_that_make_no_period_are_said_at_their_field_and_kept(desk, given, words):
    response = desk.get("/so-lieu", given)
    assert text(response).count(words) == 2
    assert f'value="{given["tu"]}"' in text(response)


def test_a_period_nobody_can_read_is_refused_in_words(desk):
    response = desk.get("/so-lieu/nam-ngoai")
    assert response.status_code == 422
    assert "Không đọc được kỳ “nam-ngoai”" in text(response)


def test_another_spelling_of_a_period_leads_to_its_one_address(desk):
    assert desk.get("/so-lieu/2023-q1").url == "/so-lieu/2023-Q1"


def test_each_figure_opens_its_evidence_and_the_numbers_agree(desk, year):
    found = queries.figures_of("2023")
    said = text(desk.get("/so-lieu/2023"))
    for one in found:
        assert f'<a href="{one.list_url}">{one.shown}</a>' in said
    for one in found[::6]:
        response = desk.get(one.list_url)
        assert response.context["total"] == one.records
        assert response.context["figure"].shown == one.shown


def test_the_annex_shows_counts_and_shares_of_each_answer(desk):
    returned = date(2023, 3, 10)
    save_all([form(returned, returned, "AAAAA") for _ in range(19)]
             + [form(returned, returned, "BAAAA", post_group="office")])  # fmt: skip
    rows = visible(desk.get("/so-lieu/2023")).split("Phụ lục: trả lời theo tiêu chí")[1]
    assert "hiện đại 20 19 95,00 1 5,00 0 0,00" in rows
    assert "– Công chức Văn phòng - Thống kê 1 1 – 0 – 0 –" in rows


def test_sums_are_checked_before_the_reader(desk):
    some_dossiers()
    assert "0 + 9 + 3 = 12" in visible(desk.get("/so-lieu/2023"))
    said = visible(desk.get("/so-lieu/2023/II.2.own.late"))
    assert "0 + 9 + 3 = 12" in said
    assert "3 trên 12 = 25,00 %" in said


def test_a_sum_that_does_not_hold_comes_first_and_says_so(desk):
    some_dossiers()
    finished = dossier(date(2023, 3, 10), date(2023, 3, 10), outcome="")
    finished.save(force_insert=True)
    said = visible(desk.get("/so-lieu/2023"))
    assert said.index("Không khớp: 0 + 9 + 3 = 12, nhưng") < said.index("II.2. Cải cách")


def test_the_months_of_a_year_add_up_to_it_in_the_chart(desk):
    some_dossiers()
    response = desk.get("/so-lieu/2023")
    chart = response.context["chart"]
    assert sum(bar.value for bar in chart.bars) == 3
    for bar in chart.bars:
        assert desk.get(bar.url).context["total"] == bar.value
    assert "Trễ hạn 3 trên 12 hồ sơ, nhiều nhất tháng 4 (05/03–04/04): 3" in visible(response)
    assert response.context["chart"].bars[3].odd
    assert desk.get("/so-lieu/2023-Q1").context["chart"] is None


def test_a_record_of_a_dossier_shows_days_and_step_and_no_person(world, desk):
    some_dossiers()
    said = visible(desk.get("/so-lieu/2023/II.2.own.late"))
    assert "late-0000 Kết hôn 10/03/2023 10/03/2023 10/03/2023 trễ hạn Chờ ký duyệt" in said


def test_survey_lists_show_forms_and_never_who_answered(desk):
    returned = date(2023, 3, 10)
    save_all([form(returned, returned, label="3FA91C2B")])
    response = desk.get("/so-lieu/2023/A.survey.c1.A")
    assert "Phiếu 3FA91C2B" in text(response)
    assert "không có người trả lời" in text(response)
    assert "/ho-so/" not in text(response).split("<main")[1]


def test_no_list_of_forms_leads_back_to_the_dossier_whose_token_the_desk_saw(world, desk):
    """The officer knows each token and minute of hand-over, and looks for them in every list."""
    handed = [_answered(world, letter) for letter in "ABC"]
    for letter, form_row in zip("ABC", handed, strict=True):
        address = f"/so-lieu/2026/A.survey.c1.{letter}"
        listed = queries.records(f"A.survey.c1.{letter}", "2026")
        sheet = words_of(desk.get(address, {"xlsx": "1"}).getvalue())
        said = text(desk.get(address)) + str(listed) + sheet
        assert f"Phiếu {FormFact.objects.get(pk=form_row.pk).label}" in sheet
        for known in (form_row.token, str(form_row.pk), form_row.pk.hex, form_row.dossier.code):
            assert known not in said
    labels = [row.label for row in queries.records("A.survey.sent", "2026").rows]
    assert labels == sorted(labels) and len(labels) == 3


def _answered(world, letter):
    """A form handed out with a result, and collected with this one answer."""
    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-02 09:00")
    done = world.do("hand_over", dossier, "2026-03-02 09:30")
    common = {"by": world.desk, "at": at("2026-03-02 09:31")}
    form_row = surveys.hand_out(key=world.key(), dossier=done, **common)
    marks = dict.fromkeys(("c1", "c2", "c3", "c4", "c5"), letter)
    return surveys.take_back(key=world.key(), token=form_row.token, marks=marks, **common)


def test_records_go_on_from_page_to_page_and_are_all_there(desk):
    some_dossiers(late=120)
    found, after = [], ""
    while after is not None:
        response = desk.get("/so-lieu/2023/II.2.own.late", {"sau": after} if after else {})
        found += [row.cells[0].text for row in response.context["rows"]]
        after = response.context["page"].next_token
    assert found == [f"late-{n:04}" for n in range(120)]


def test_the_filter_of_records_keeps_what_was_typed(desk):
    some_dossiers(late=12)
    said = text(desk.get("/so-lieu/2023/II.2.own.late", {"tim": "LATE-0011"}))
    assert "1 bản ghi" in said
    assert 'value="LATE-0011"' in said


def test_a_place_in_a_list_that_is_gone_is_refused_in_words(desk):
    response = desk.get("/so-lieu/2023/II.2.own.late", {"sau": "mất"})
    assert response.status_code == 422


def test_a_list_of_dossiers_taken_away_is_recorded(world, desk):
    some_dossiers()
    response = desk.get("/so-lieu/2023/II.2.own.late", {"xlsx": "1"})
    assert response.getvalue()[:2] == b"PK"
    read = Read.objects.get()
    assert (read.by, read.purpose) == (
        world.desk, "xuất danh sách số liệu II.2.own.late kỳ 2023",
    )  # fmt: skip


def test_a_list_without_dossiers_is_taken_away_without_a_record(desk):
    desk.get("/so-lieu/2023/A.survey.c1.A", {"xlsx": "1"})
    assert not Read.objects.exists()


def test_an_unknown_figure_is_not_found_and_one_without_a_register_says_so(desk):
    assert desk.get("/so-lieu/2023/II.9.nothing").status_code == 404
    response = desk.get("/so-lieu/2023/I.news.posted")
    assert response.status_code == 422
    assert "Chưa có sổ để tính" in text(response)


def test_figures_count_only_the_agency_that_asks(world, desk):
    other = build("xa-khac", "H88.88.88", world.province)
    with other.scope():
        some_dossiers()
    assert desk.get("/so-lieu/2023/II.2.own.late").context["total"] == 0
    assert "xa-khac" not in text(desk.get("/so-lieu"))


def test_closing_first_says_what_it_freezes_and_for_ever(statistician):
    some_dossiers()
    found = queries.figures_of("2023")
    said = visible(statistician.get("/so-lieu/2023/chot"))
    assert f"{len(found)} số liệu được giữ nguyên" in said
    assert "Không hoàn tác được" in said
    assert f"Chốt {len(found)} số liệu" in said
    assert not Period.objects.exists()


def test_a_closed_period_keeps_its_numbers_and_shows_its_hash(world, statistician):
    some_dossiers()
    response = statistician.post("/so-lieu/2023/chot", {"khoa": "c1"})
    assert response.status_code == 302
    assert "Đã chốt số liệu năm 2023." in text(statistician.get("/so-lieu/2023"))
    some_more = dossier(date(2023, 3, 11), date(2023, 3, 11), outcome="late", code="late-9999")
    some_more.save(force_insert=True)
    response = statistician.get("/so-lieu/2023/II.2.own.late")
    assert response.context["figure"].value == 3
    assert response.context["figure"].hash in text(response)
    assert statistician.get("/so-lieu/2023").context["chart"] is None
    assert "Năm 2023 đã chốt 09:00 ngày 23/11/2026" in visible(statistician.get("/so-lieu"))


def test_closing_with_the_same_key_closes_once_and_with_another_is_refused(statistician):
    answers = [statistician.post("/so-lieu/2023/chot", {"khoa": "c1"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    response = statistician.post("/so-lieu/2023/chot", {"khoa": "c2"})
    assert "đã chốt lúc 09:00 23/11/2026" in text(response)
    assert Period.objects.count() == 1


def test_a_period_that_is_not_over_is_not_closed(statistician):
    assert "kỳ còn đến hết 14/12/2026" in text(statistician.get("/so-lieu/2026/chot"))
    response = statistician.post("/so-lieu/2026/chot", {"khoa": "c1"})
    assert "Chốt từ ngày hôm sau" in text(response)
    assert not Period.objects.exists()


def test_a_month_is_offered_for_closing_only_when_its_year_is_over(
    world, statistician, monkeypatch
):
    said = visible(statistician.get("/so-lieu/2026-03"))
    assert "đến hết năm báo cáo, 14/12/2026" in said
    assert "Chốt kỳ này" not in said
    page = text(statistician.get("/so-lieu/2026-03/chot"))
    assert "Chưa chốt được: kỳ tính cả hồ sơ xong đến hết năm báo cáo, 14/12/2026" in page
    assert "data-primary" not in page
    assert "14/12/2026" in text(statistician.post("/so-lieu/2026-03/chot", {"khoa": "c1"}))
    assert not Period.objects.exists()
    monkeypatch.setattr(clock, "now", lambda: at("2026-12-15 00:00"))
    statistician.force_login(world.statistician)
    assert "Chốt kỳ này" in text(statistician.get("/so-lieu/2026-03"))
    assert statistician.post("/so-lieu/2026-03/chot", {"khoa": "c2"}).status_code == 302


def test_two_days_of_ones_own_are_offered_for_closing_the_day_after(statistician):
    assert "Chốt kỳ này" in text(statistician.get("/so-lieu/2026-11-01_2026-11-22"))
    assert "Chốt kỳ này" not in text(statistician.get("/so-lieu/2026-11-01_2026-11-23"))


@pytest.mark.parametrize("late", [1, 60])
@pytest.mark.parametrize(
    ("address", "queries_asked"),
    [("/so-lieu", 3), ("/so-lieu/2023", 11), ("/so-lieu/2023/II.2.own.late", 12)],
)
def test_pages_ask_the_same_few_questions_however_many_dossiers(
    desk, django_assert_num_queries, address, queries_asked, late
):
    some_dossiers(late=late)
    desk.get(address)
    with django_assert_num_queries(queries_asked):
        desk.get(address)


def test_a_closed_year_asks_few_questions_too(world, desk, django_assert_num_queries):
    some_dossiers()
    actions.close_period(by=world.statistician, at=at("2026-11-23 08:00"), key="c", period="2023")
    desk.get("/so-lieu/2023")
    with django_assert_num_queries(5):
        desk.get("/so-lieu/2023")

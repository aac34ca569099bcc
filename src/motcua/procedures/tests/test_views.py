"""The catalogue's pages: who sees what, on which day, in how many statements."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from motcua.kernel.text import fold
from motcua.procedures.models import Field, Procedure, Version
from motcua.web import clock
from tests.world import FOUNDED, at, build


@pytest.fixture
def page(world, client, monkeypatch):
    """Open an address as the desk officer on 2026-03-02."""
    monkeypatch.setattr(clock, "now", lambda: at("2026-03-02 08:00"))
    client.force_login(world.desk)

    def get(address, **query):
        return client.get(address, query)

    return get


def text(response):
    return response.content.decode()


def publish(publisher, number, **given):
    names = {"name": "Thử", "group": "justice"}
    field, _ = Field.objects.get_or_create(publisher=publisher, code="thu", defaults=names)
    procedure = Procedure.objects.create(publisher=publisher, code=f"9.{number:06}")
    columns = {
        "name": f"Thủ tục thử số {number}", "short_name": f"Thử {number:03}",
        "effective_from": FOUNDED, "linkage": "none", "online_level": "none", "source": "thử",
    }  # fmt: skip
    columns |= given
    return Version.objects.create(
        publisher=publisher, procedure=procedure, field=field,
        folded=fold(f"{procedure.code} {columns['short_name']} {columns['name']}"), **columns,
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/thu-tuc", "/thu-tuc/1.001193"])
def test_somebody_without_a_login_is_sent_to_log_in(world, client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/dang-nhap")


def test_the_list_holds_what_is_in_force_today_and_only_that(page):
    said = text(page("/thu-tuc"))
    assert "Khai sinh" in said
    assert "Bỏ hộ khẩu" not in said
    assert "6 thủ tục" in said


def test_a_fee_or_a_term_nobody_knows_says_that_it_has_no_source(page):
    rows = text(page("/thu-tuc", tim="chua ro")).split("<tbody>")[1]
    assert rows.count("chưa có nguồn") == 2


def test_search_needs_no_diacritics(page):
    said = text(page("/thu-tuc", tim="ket hon"))
    assert "1 thủ tục" in said
    assert "Kết hôn" in said
    assert 'value="ket hon"' in said


def test_filters_narrow_the_list_and_can_be_taken_away(page):
    said = text(page("/thu-tuc", **{"linh-vuc": "bao-tro", "truc-tuyen": "4"}))
    assert "2 thủ tục" in said
    assert "Lĩnh vực: Bảo trợ xã hội" in said
    assert 'href="/thu-tuc?truc-tuyen=4"' in said


def test_nothing_found_says_what_to_try(page):
    assert "Gõ ít chữ hơn" in text(page("/thu-tuc", tim="khong co gi nhu vay"))


def test_the_list_goes_on_from_page_to_page_without_repeating(world, page):
    for number in range(60):
        publish(world.agency, number)
    first = page("/thu-tuc", sap="ma")
    second = page("/thu-tuc", sap="ma", sau=first.context["page"].next_token)
    codes = [row.cells[1].text for one in (first, second) for row in one.context["rows"]]
    assert len(codes) == len(set(codes)) == 66
    assert "Trang sau" not in text(second)


def test_a_page_address_that_was_tampered_with_is_refused_in_words(page):
    response = page("/thu-tuc", sau="hỏng")
    assert response.status_code == 422
    assert "Mở lại danh sách từ đầu" in text(response)


@pytest.mark.parametrize("rows", [1, 49])
def test_the_list_asks_the_same_few_questions_however_long_it_is(
    world, page, django_assert_num_queries, rows
):
    for number in range(rows):
        publish(world.agency, number)
    page("/thu-tuc")
    with django_assert_num_queries(4):
        page("/thu-tuc")


def test_htmx_gets_the_results_alone(world, client, page):
    response = client.get("/thu-tuc?tim=khai", headers={"HX-Request": "true"})
    assert "<html" not in text(response)
    assert "Khai sinh" in text(response)


def test_the_sheet_holds_the_filtered_list(page):
    response = page("/thu-tuc", tim="ket hon", xlsx="1")
    book = ZipFile(BytesIO(response.getvalue()))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Kết hôn" in sheet
    assert "Khai sinh" not in sheet
    assert response["Content-Disposition"].startswith("attachment")


def test_another_agencys_own_procedure_is_not_found(world, page):
    other = build("xa-khac", "H88.88.88", world.province)
    with other.scope():
        publish(other.agency, 7, short_name="Riêng xã khác")
    assert page(reverse("thu-tuc-chi-tiet", args=("9.000007",))).status_code == 404
    assert "Riêng xã khác" not in text(page("/thu-tuc"))


def test_a_procedure_says_everything_known_and_what_is_not(page):
    said = text(page("/thu-tuc/1.001193"))
    for words in ("Thủ tục Khai sinh", "Giấy chứng sinh", "trong ngày", "1. Tiếp nhận",
                  "2 giờ", "Công chức chuyên môn", "đang áp dụng"):  # fmt: skip
        assert words in said
    assert "chưa có nguồn" in said.split("Căn cứ pháp lý")[1][:120]


def test_a_procedure_without_named_papers_says_so(page):
    assert "Chưa có nguồn nào nêu thành phần hồ sơ" in text(page("/thu-tuc/1.000894"))


def test_a_procedure_of_the_police_says_who_receives_it(page):
    said = text(page("/thu-tuc/1.010000"))
    assert "do Công an cấp xã tiếp nhận" in said
    assert "hướng dẫn người nộp" in said


def test_an_ended_procedure_is_shown_as_it_was_on_a_day(page):
    assert "Không có bản nào có hiệu lực" in text(page("/thu-tuc/1.010001"))
    said = text(page("/thu-tuc/1.010001", ngay="15/1/2026"))
    assert "Bản có hiệu lực thứ Năm, 15/01/2026" in said
    assert "31/01/2026" in said


def test_a_day_that_cannot_be_read_is_said_at_its_field_and_kept(page):
    said = text(page("/thu-tuc/1.001193", ngay="30/2/2026"))
    assert "Ngày 30/2/2026 không có" in said
    assert 'value="30/2/2026"' in said
    assert "Thủ tục Khai sinh" in said


def test_an_unknown_code_is_not_found(page):
    assert page("/thu-tuc/9.999999").status_code == 404


@pytest.mark.parametrize("versions", [1, 30])
def test_a_procedure_asks_the_same_few_questions_whatever_its_history(
    world, page, django_assert_num_queries, versions
):
    first = publish(world.agency, 1, effective_to=FOUNDED.replace(day=2))
    for number in range(versions):
        Version.objects.create(
            publisher=world.agency, procedure=first.procedure, field=first.field, name="Thử",
            short_name="Thử", folded="thu", linkage="none", online_level="none", source="thử",
            effective_from=FOUNDED.replace(month=2, hour=number % 24, minute=number),
        )  # fmt: skip
    page("/thu-tuc/9.000001")
    with django_assert_num_queries(2):
        page("/thu-tuc/9.000001")

"""What the tags and filters write, and what the fields read."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from motcua.kernel.errors import BadInput
from motcua.kernel.vntime import parse_birth
from motcua.web.context import acts, frame
from motcua.web.forms import Answers, Field, summary, whole_number
from motcua.web.parts import Choice, Clock, Column

AT = datetime(2026, 11, 23, 2, 12, tzinfo=UTC)


def render(source, **context):
    request = context.pop("request", None)
    return engines["django"].from_string(source).render(context, request).strip()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ at|day }}", "23/11/2026"),
        ("{{ at|long_day }}", "thứ Hai, 23/11/2026"),
        ("{{ at|moment }}", "09:12, 23/11/2026"),
        ("{{ at|iso }}", "2026-11-23T09:12+07:00"),
        ("{{ born|day }}", "02/01/1990"),
        ("{{ none|moment }}{{ none|money }}{{ none|grouped }}{{ none|day }}{{ none|iso }}", ""),
        ("{{ number|grouped }}", "1.204.567"),
        ("{{ number|money }}", "1.204.567 đồng"),
        ("{{ code|tail }}", "…0001"),
        ("{{ '1.001193'|tail }}", "1.001193"),
    ],
)
def test_dates_hours_and_numbers_are_written_the_vietnamese_way(source, shown):
    values = {"at": AT, "born": date(1990, 1, 2), "none": None, "number": 1204567}
    assert render(source, code="000.99.99.H57-261123-0001", **values) == shown


def test_a_share_names_its_whole_and_small_numbers_are_no_percentage():
    assert "94,2\u00a0%</b> <span>685/727 hồ sơ" in render("{% figure 685 727 'hồ sơ' '/x' %}")
    assert "<b>8 trên 9</b> <span>hồ sơ" in render("{% figure 8 9 'hồ sơ' '/x' %}")
    assert "<b>42</b> <span>hồ sơ" in render("{% figure 42 None 'hồ sơ' '/x' %}")
    assert 'href="/x"' in render("{% figure 0 0 'hồ sơ' '/x' %}")


@pytest.mark.parametrize("number", range(1, 11))
def test_each_state_is_an_icon_and_words(number):
    shown = render("{% state n %}", n=number)
    assert '<svg class="icon" aria-hidden="true"' in shown
    assert f'data-state="{number}"' in shown
    assert len(shown.rsplit("<span>", 1)[1].split("<")[0]) > 6


def test_a_clock_opens_its_proof_only_where_asked():
    given = Clock("today", "Còn 45 phút · hạn 11:30 hôm nay", AT, ("dòng một", "dòng hai"), "/c")
    full = render("{% clock given %}", given=given)
    assert full.startswith("<details") and "<li>dòng hai</li>" in full and 'href="/c"' in full
    assert '<time datetime="2026-11-23T09:12+07:00">Còn 45 phút' in full
    listed = render("{% clock given False %}", given=given)
    assert listed.startswith("<span") and "dòng một" not in listed


def test_words_from_outside_are_escaped_in_every_tag():
    bad = "<b>x</b>"
    for source in ("{% tag bad %}", "{% code bad %}", "{% figure 1 None bad '/' %}",
                   "{% state 1 bad %}", "{% masked bad %}", "{% qr 'x' bad %}"):  # fmt: skip
        assert bad not in render(source, bad=bad)


def test_a_number_is_masked_and_never_stands_whole_in_the_page():
    shown = render("{% masked number '/xem' 'Nguyễn Thị Ẩn' %}", number="079112341234")
    assert "0791••••1234" in shown and "079112341234" not in shown
    assert "số định danh của Nguyễn Thị Ẩn" in shown


def test_a_head_sorts_up_then_down_and_leaves_the_page_it_was_on():
    def at(query):
        request = RequestFactory().get(f"/ho-so?{query}")
        return render("{% head column %}", request=request, column=Column("Hạn", sort="han"))

    assert 'href="?tim=a&amp;sap=han"' in at("tim=a&sau=xyz")
    assert 'aria-sort="ascending"' in at("sap=han") and "sap=-han" in at("sap=han")
    assert 'aria-sort="descending"' in at("sap=-han") and "sap=han" in at("sap=-han")


def test_a_field_ties_its_label_hint_and_error_together():
    shown = render("{% field f %}", f=Field("han", "Hạn", "date", "30/2", "Ví dụ 1/3", "Không có."))
    assert '<label for="o-han">Hạn' in shown
    assert 'aria-describedby="o-han-goi-y o-han-loi"' in shown
    assert 'aria-invalid="true"' in shown and 'value="30/2"' in shown
    assert 'id="o-han-goi-y"' in shown and 'id="o-han-loi"' in shown


def test_answers_are_normalised_and_errors_stand_at_their_fields():
    typed = QueryDict("ten=%20Ho%CC%80a%20%20An&sinh=30/2/1990&ban=1.204&loai=x")
    answers = Answers(typed)
    assert answers.text("ten") == "Hòa An"
    assert answers.read("sinh", parse_birth) is None
    assert answers.whole("ban") == 1204
    assert answers.choice("loai", (Choice("a", "A"),)) == ""
    assert answers.text("vang", missing="Chưa nhập lý do.") == ""
    fields = tuple(Field(name, name) for name in ("vang", "ten", "sinh", "loai"))
    shown = answers.back_into(fields)
    assert [field.value for field in shown] == ["", typed["ten"], "30/2/1990", "x"]
    assert [line.target for line in summary(shown)] == ["o-vang", "o-sinh", "o-loai"]
    assert summary(shown)[1].message == "Ngày 30/2/1990 không có. Nhập lại, ví dụ 27/3/1990."


def test_a_password_is_never_written_back_into_the_page():
    fields = Answers({"p": "bí mật"}).back_into((Field("p", "Mật khẩu", "password"),))
    assert fields[0].value == ""


@pytest.mark.parametrize("text", ["", "1,5", "-1", "12a", "٣", "1" * 13])
def test_what_is_not_a_whole_number_is_refused(text):
    with pytest.raises(BadInput):
        whole_number(text)


def test_the_summary_counts_and_leads_to_each_field():
    lines = summary((Field("a", "A", error="Sai a."), Field("b", "B", "radios", error="Sai b.")))
    shown = render("{% error_summary lines %}", lines=lines)
    assert "Chưa ghi được. Cần sửa 2 chỗ" in shown
    assert '<a href="#o-a">Sai a.</a>' in shown and '<a href="#o-b-1">Sai b.</a>' in shown
    assert render("{% error_summary lines %}", lines=()) == ""


def _request(path="/phim-tat", **given):
    request = RequestFactory().get(path)
    if given:
        request.frame = given
    return request


def test_the_frame_of_somebody_unknown_asks_nothing_and_leads_nowhere():
    shown = frame(_request())["frame"]
    assert shown["nav"] == [] and shown["url"] == {} and shown["officer"] == ""


def test_the_navigation_follows_the_roles_and_has_only_pages_that_exist():
    def labels(*roles):
        shown = frame(_request(agency="UBND xã", officer="B", roles=roles))["frame"]["nav"]
        assert all(link.url.startswith("/") for link in shown)
        return [link.label for link in shown]

    assert "Tiếp nhận" in labels("desk") and "Tiếp nhận" not in labels("leader")
    assert "Chờ ký" in labels("leader") and "Chờ ký" not in labels("desk")
    assert "Hồ sơ" in labels("specialist")
    assert len(labels("desk")) <= 6 and len(labels("leader")) <= 6


def test_acts_are_found_without_diacritics_and_only_for_their_roles():
    def found(words, *roles):
        return [link.label for links in acts(frozenset(roles), words).values() for link in links]

    assert found("phim tat") == found("Phím TẮT") == ["Phím tắt và trợ giúp"]
    assert "Tiếp nhận" in found("tiep nhan", "desk")
    assert found("tiep nhan", "leader") == []
    assert found("không có việc này") == []


@pytest.mark.parametrize("typed", ["a" * 2_001, "a\n" * 1_001 + "b", "a\u0301" * 5_000])
def test_an_answer_longer_than_a_page_is_refused_with_its_length(typed):
    answers = Answers({"ly-do": typed})
    assert answers.text("ly-do", missing="Chưa ghi lý do.") == ""
    assert "nhận đến 2000. Viết ngắn lại." in answers.errors["ly-do"]
    answers = Answers({"ly-do": typed})
    assert answers.lines("ly-do") == []
    assert "chữ cái" in answers.errors["ly-do"]


def test_letters_that_come_in_parts_count_once():
    answers = Answers({"ly-do": unicodedata.normalize("NFD", "ệ" * 2_000)})
    assert answers.text("ly-do") == "ệ" * 2_000
    assert not answers.errors

import unicodedata

import pytest

from motcua.kernel.errors import BadInput
from motcua.kernel.terms import Cutoff, Term, Unit, parse_cutoff, parse_term


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3 ngày làm việc", 3, Unit.WORKING_DAY),
        ("03 Ngày  LÀM VIỆC", 3, Unit.WORKING_DAY),
        ("05 (năm) ngày làm việc", 5, Unit.WORKING_DAY),
        ("Không quá 03 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ.", 3, Unit.WORKING_DAY),
        ("trong thời hạn 10 ngày làm việc", 10, Unit.WORKING_DAY),
        ("3 ngay lam viec", 3, Unit.WORKING_DAY),
        ("4 giờ làm việc", 4, Unit.WORKING_HOUR),
        ("4 giờ", 4, Unit.WORKING_HOUR),
        ("15 ngày", 15, Unit.DAY),
        ("15ngày", 15, Unit.DAY),
        ("2 tuần", 14, Unit.DAY),
        ("2 tháng", 2, Unit.MONTH),
        ("1 năm", 12, Unit.MONTH),
        ("trong ngày", 1, Unit.SAME_DAY),
        ("Trong ngày.", 1, Unit.SAME_DAY),
        ("ngay trong ngày làm việc", 1, Unit.SAME_DAY),
        ("Ngay trong ngày", 1, Unit.SAME_DAY),
    ],
)
def test_terms_are_read_as_people_write_them(text, amount, unit):
    assert parse_term(text) == Term(amount, unit)
    assert parse_term(unicodedata.normalize("NFD", text)) == Term(amount, unit)


@pytest.mark.parametrize(
    "text", ["", "ngày", "3", "ba ngày", "-3 ngày", "0,5 ngày", "3 phút", "3 ngày làm việc 2"]
)
def test_what_is_no_term_is_refused_naming_what_is(text):
    with pytest.raises(BadInput, match="“3 ngày làm việc”") as refused:
        parse_term(text)
    assert refused.value.field == "term"


@pytest.mark.parametrize("text", ["0 ngày", "99999 ngày làm việc", "999999999999999 tháng"])
def test_a_term_of_nothing_or_of_centuries_is_refused(text):
    with pytest.raises(BadInput, match="phải từ 1 đến 3650"):
        parse_term(text)


@pytest.mark.parametrize(
    ("term", "vi", "en"),
    [
        (Term(3, Unit.WORKING_DAY), "3 ngày làm việc", "3 working days"),
        (Term(1, Unit.WORKING_HOUR), "1 giờ làm việc", "1 working hour"),
        (Term(15, Unit.DAY), "15 ngày", "15 days"),
        (Term(2, Unit.MONTH), "2 tháng", "2 months"),
        (Term(0, Unit.SAME_DAY), "trong ngày", "same day"),
    ],
)
def test_terms_are_written_in_both_languages(term, vi, en):
    assert (term.words, term.words_en) == (vi, en)
    assert parse_term(term.words) == term


@pytest.mark.parametrize("text", ["15:00", "09:30", "close-60min", "close-5min", "none"])
def test_a_cut_off_keeps_its_text(text):
    assert parse_cutoff(text).text == text


def test_cut_offs_are_read_as_people_write_them():
    assert parse_cutoff("15h") == parse_cutoff(" 15h00 ") == Cutoff.DEFAULT
    assert parse_cutoff("Không") == Cutoff.NONE


@pytest.mark.parametrize("text", ["", "15", "24:00", "15:60", "close", "close-min"])
def test_what_is_no_cut_off_is_refused(text):
    with pytest.raises(BadInput, match="close-60min") as refused:
        parse_cutoff(text)
    assert refused.value.field == "cutoff"

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel import text


def test_text_has_one_form_without_stray_blanks():
    typed = unicodedata.normalize("NFD", "  Đặng\u00a0 Thị\u200b\tHòa ")
    assert text.nfc(typed) == "Đặng Thị Hòa"


def test_control_characters_go_and_line_ends_are_blanks():
    assert text.nfc("Đặng\x00 Thị\x08\x1b\x7f\r\n\tHòa\x00") == "Đặng Thị Hòa"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đăng ký KHAI SINH", "dang ky khai sinh"),
        ("Nguyễn Thị Ước", "nguyen thi uoc"),
        ("Ðà", "ða"),
        (unicodedata.normalize("NFD", "Hoà  Bình"), "hoa binh"),
    ],
)
def test_folding_drops_case_and_diacritics(written, folded):
    assert text.fold(written) == folded


def test_words_sort_as_in_a_vietnamese_dictionary():
    in_order = [
        "An",
        "Ang",
        "Anh",
        "Ăn",
        "Ân",
        "Ba",
        "Bà",
        "Bả",
        "Bã",
        "Bá",
        "Bạ",
        "Ca",
        "Chi",
        "Da",
        "Dạ",
        "Đa",
        "Đoàn",
        "E",
        "Em",
        "Ê",
        "Lan",
        "Nga",
        "Nghi",
        "O",
        "Oanh",
        "Ô",
        "Ơ",
        "Thuy",
        "Thủy",
        "Thuý",
        "Tuân",
        "Tuần",
        "Tuấn",
        "Tuất",
        "U",
        "Uyên",
        "Ưng",
        "Xuân",
        "Yên",
    ]
    shuffled = random.Random(1).sample(in_order, len(in_order))
    assert sorted(shuffled, key=text.sort_key) == in_order


def test_syllables_come_before_what_follows_them():
    names = ["ba má", "ba vì", "bà ba", "ban", "bán"]
    shuffled = random.Random(1).sample(names, len(names))
    assert sorted(shuffled, key=text.sort_key) == names


def test_numbers_sort_by_value():
    places = ["Tổ 2", "Tổ 10", "Tổ 100", "Tổ dân phố"]
    shuffled = random.Random(1).sample(places, len(places))
    assert sorted(shuffled, key=text.sort_key) == places


def test_both_ways_to_place_a_tone_sort_alike():
    assert text.sort_key("Hòa") == text.sort_key("Hoà") == text.sort_key(" HÒA")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_a_sort_key_is_plain_ascii_for_any_text(written):
    key = text.sort_key(written)
    assert key.isascii() and (key.isalnum() or key == "")


def test_people_sort_by_given_name_and_then_by_the_whole():
    people = ["Trần Văn An", "Lê Ân", "Nguyễn Thị Bình", "Trần Bình", "Bình Đỗ"]
    shuffled = random.Random(1).sample(people, len(people))
    assert sorted(shuffled, key=text.name_key) == people
    assert text.name_key("  ") == ""


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("079112341234", "0791••••1234"),
        ("0791 1234 1234", "0791••••1234"),
        ("191234567", "19••••567"),
        ("12345", "•••45"),
        ("123", "•••"),
        ("", ""),
    ],
)
def test_an_identity_number_is_masked_in_its_middle(number, masked):
    assert text.mask(number) == masked


def test_digits_are_grouped_with_dots():
    assert text.group_digits(4_210_546_000) == "4.210.546.000"
    assert text.group_digits(-1234) == "-1.234"
    assert text.group_digits(0) == "0"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm lẻ năm"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm lẻ năm"),
        (1_010, "một nghìn không trăm mười"),
        (100_000, "một trăm nghìn"),
        (1_000_001, "một triệu không trăm lẻ một"),
        (1_005_000, "một triệu không trăm lẻ năm nghìn"),
        (4_210_546_000, "bốn tỷ hai trăm mười triệu năm trăm bốn mươi sáu nghìn"),
        (1_000_000_005, "một tỷ không trăm lẻ năm"),
        (2_000_000_000_000, "hai nghìn tỷ"),
        (-8_000, "âm tám nghìn"),
    ],
)
def test_numbers_in_words_as_state_papers_write_them(number, words):
    assert text.number_words(number) == words
    assert text.money_words(number) == f"{words} đồng"

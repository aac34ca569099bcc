"""The code of an identity card, whole and mangled as keyboards mangle it."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.idcard import BadCard, Card, Doubt, looks_like_card, read_card

WHOLE = "001090000077|191234567|Trần Văn Biết|27031990|Nam|Thôn 2, xã Thử|01012021"
BIET = Card("001090000077", "191234567", "Trần Văn Biết", "1990-03-27", "Thôn 2, xã Thử")

NAMES = st.sampled_from(
    ["Trần Văn Biết", "Nguyễn Thị Ngọc Ẩn", "Đỗ Thị Mơ", "LÊ VĂN ĐƯỜNG", "Quách Thị Khuyên Ái"]
)
BIRTHS = st.dates(date(1920, 1, 1), date(2099, 12, 31))
KEYS = ("ă", "â", "ê", "ô", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323", "đ")
LAYOUT = dict(zip("1234567890", KEYS, strict=True))


def number_of(birth, serial=77):
    return f"001{2 * (birth.year // 100 - 19)}{birth.year % 100:02}{serial:06}"


def code(name, birth, *, old="191234567", bar="|", address="Thôn 2"):
    day = f"{birth:%d%m%Y}"
    return bar.join([number_of(birth), old, name, day, "Nữ", address, "01012021"])


def test_a_whole_code_is_taken_apart():
    assert looks_like_card(WHOLE) and read_card(WHOLE) == BIET


@pytest.mark.parametrize(
    "typed",
    [
        WHOLE + "\n", WHOLE.replace("|", "~"), WHOLE.replace("|", "¦"), WHOLE.replace("|", " | "),
        unicodedata.normalize("NFD", WHOLE), WHOLE + "||", WHOLE.rsplit("|", 1)[0],
        WHOLE.encode().decode("latin-1"),
    ],
    ids=["enter", "british", "broken-bar", "blanks", "nfd", "more", "no-issue-day", "latin-1"],
)  # fmt: skip
def test_what_a_layout_or_a_code_page_does_to_it_is_undone(typed):
    assert looks_like_card(typed) and read_card(typed) == BIET


def test_the_digit_row_of_the_vietnamese_layout_is_read_back():
    number, old, name, birth, *rest = WHOLE.split("|")
    typed = ["".join(LAYOUT[digit] for digit in part) for part in (number, old, birth)]
    mangled = "|".join([typed[0], typed[1], name, typed[2], *rest])
    for form in ("NFC", "NFD"):
        assert read_card(unicodedata.normalize(form, mangled)) == BIET


def test_a_code_that_lost_its_bars_is_told_apart_and_doubted():
    read = read_card(WHOLE.replace("|", ""))
    assert (read.number, read.old_number, read.name) == BIET_PARTS
    assert read.birth == "1990-03-27" and Doubt.BARS in read.doubts


BIET_PARTS = ("001090000077", "191234567", "Trần Văn Biết")


@pytest.mark.parametrize(
    ("name", "doubted"),
    [
        ("Trần Văn Biết", False), ("TRẦN VĂN BIẾT", False), ("Nguyễn Khuê", False),
        ("Tran Van Biet", True), ("Tr?n V?n Bi?t", True), ("Trầnn Văn Biếtt", True),
        ("Traanf Vawn Bieets", True), ("Tra62n Va8n Bie61t", True), ("Trần", True),
        ("Trần V\ufffdn Biết", True),
    ],
)  # fmt: skip
def test_a_name_that_an_input_method_may_have_spoilt_is_doubted(name, doubted):
    read = read_card(WHOLE.replace("Trần Văn Biết", name))
    assert (Doubt.NAME in read.doubts) is doubted and read.name == name


@pytest.mark.parametrize(
    ("birth", "canonical", "doubt"),
    [
        ("27031990", "1990-03-27", None), ("00001990", "1990", None), ("00031990", "1990-03", None),
        ("30021990", "", Doubt.BIRTH), ("27031890", "", Doubt.BIRTH), ("2703199", "", Doubt.BIRTH),
        ("27031991", "1991-03-27", Doubt.NUMBER), ("27032090", "2090-03-27", Doubt.NUMBER),
    ],
)  # fmt: skip
def test_the_birth_date_may_be_partial_and_must_agree_with_the_number(birth, canonical, doubt):
    read = read_card(WHOLE.replace("27031990", birth))
    assert read.birth == canonical and read.doubts == ((doubt,) if doubt else ())


def test_an_old_number_that_is_none_is_left_out_with_a_doubt():
    read = read_card(WHOLE.replace("191234567", "19123"))
    assert read.old_number == "" and read.doubts == (Doubt.OLD_NUMBER,)
    assert read_card(WHOLE.replace("191234567", "")).doubts == ()


@pytest.mark.parametrize("typed", ["", "|||", "00109000007|1|A|B|C", "một|hai|ba|bốn|năm"])
def test_without_a_number_it_is_refused(typed):
    with pytest.raises(BadCard, match="Không đọc được mã trên thẻ"):
        read_card(typed)


@pytest.mark.parametrize("typed", ["001090000077", "001 090 000 077", "191234567", "", "1|2"])
def test_a_number_alone_is_no_code(typed):
    assert not looks_like_card(typed)


@given(NAMES, BIRTHS, st.sampled_from("|~¦‖"), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_any_card_comes_back_through_any_bar_and_normal_form(name, birth, bar, form, latin):
    typed = code(name, birth, bar=bar)
    if latin and bar in "|~":
        typed = typed.encode().decode("latin-1")
    else:
        typed = unicodedata.normalize(form, typed)
    read = read_card(typed)
    assert read == Card(
        number_of(birth), "191234567", name, birth.isoformat(), "Thôn 2", read.doubts
    )
    assert read.doubts == ()


@given(st.text(max_size=80))
def test_no_text_makes_the_reading_fail_in_another_way(text):
    try:
        read = read_card(text)
    except BadCard:
        return
    assert len(read.number) == 12 and read.number.isdecimal()


@given(NAMES, BIRTHS, st.data())
def test_a_lost_letter_never_gives_another_number_that_agrees_with_the_birth(name, birth, data):
    """The number is what a person is found by: a lost digit of it is refused."""
    typed = code(name, birth)
    lost = data.draw(st.integers(0, 11))
    with pytest.raises(BadCard):
        read_card(typed[:lost] + typed[lost + 1 :])

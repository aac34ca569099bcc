from datetime import UTC, date, datetime, time

import pytest

from motcua.kernel import vntime
from motcua.kernel.errors import BadInput


def test_an_evening_in_utc_is_the_next_morning_in_viet_nam():
    at = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    assert vntime.local(at).isoformat() == "2026-11-23T01:30:00+07:00"
    assert vntime.local_day(at) == date(2026, 11, 23)
    assert vntime.clock_words(at) == "01:30"


def test_a_naive_instant_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="aware"):
        vntime.local(datetime.fromisoformat("2026-11-23T10:00"))


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(1970, 1, 1), 0), (date(1969, 12, 31), -1), (date(2026, 11, 23), 20780)],
)
def test_days_have_numbers_and_back(day, number):
    assert vntime.epoch_day(day) == number
    assert vntime.from_epoch_day(number) == day


def test_days_in_words():
    assert vntime.day_words(date(2026, 11, 23)) == "thứ Hai, 23/11/2026"
    assert vntime.day_words(date(2026, 6, 7)) == "Chủ nhật, 07/06/2026"
    assert vntime.day_words_en(date(2026, 11, 23)) == "Monday, 23/11/2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 5), "ngày 05 tháng 6 năm 2026"),
        (date(2026, 1, 15), "ngày 15 tháng 01 năm 2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 10, 10), "ngày 10 tháng 10 năm 2026"),
    ],
)
def test_the_date_of_an_official_paper(day, words):
    assert vntime.official_date(day) == words


@pytest.mark.parametrize(
    "text", ["7/2/24", "07-02-2024", "7.2.2024", "2024-02-07", " 07/02/2024 ", "2024/2/7"]
)
def test_days_are_read_as_people_write_them(text):
    assert vntime.parse_day(text) == date(2024, 2, 7)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("30/02/1990", "Ngày 30/02/1990 không có. Nhập lại, ví dụ 27/3/1990."),
        ("13/13/2024", "Ngày 13/13/2024 không có. Nhập lại, ví dụ 27/3/1990."),
        ("hôm qua", "Không đọc được ngày “hôm qua”. Nhập lại, ví dụ 27/3/1990."),
        ("7/2-24", "Không đọc được ngày “7/2-24”. Nhập lại, ví dụ 27/3/1990."),
        ("7/2/024", "Không đọc được ngày “7/2/024”. Nhập lại, ví dụ 27/3/1990."),
        ("{x}", "Không đọc được ngày “{x}”. Nhập lại, ví dụ 27/3/1990."),
        ("", "Chưa nhập ngày. Ví dụ: 27/3/1990."),
        ("1/1/1024", "Năm 1024 nằm ngoài khoảng 1900–2199. Nhập lại, ví dụ 27/3/1990."),
    ],
)
def test_what_is_no_day_is_refused_in_words(text, sentence):
    with pytest.raises(BadInput) as refused:
        vntime.parse_day(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "canonical", "words"),
    [
        ("27/3/1990", "1990-03-27", "27/03/1990"),
        ("1990-03-27", "1990-03-27", "27/03/1990"),
        ("3/1990", "1990-03", "03/1990"),
        ("1990-03", "1990-03", "03/1990"),
        ("1990", "1990", "1990"),
    ],
)
def test_a_date_of_birth_may_be_a_month_or_a_year(text, canonical, words):
    assert vntime.parse_birth(text) == canonical
    assert vntime.birth_words(canonical) == words


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("7/2/54", "đủ bốn chữ số"),
        ("13/1990", "không có"),
        ("30/02/1990", "không có"),
        ("1024", "ngoài khoảng"),
        ("", "Chưa nhập ngày sinh"),
    ],
)
def test_what_is_no_date_of_birth_is_refused(text, part):
    with pytest.raises(BadInput, match=part):
        vntime.parse_birth(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7:30", time(7, 30)), ("07:30", time(7, 30)), ("7h30", time(7, 30)), ("17h", time(17)),
        ("7g30", time(7, 30)), (" 17H05 ", time(17, 5)), ("7.30", time(7, 30)), ("0:00", time(0)),
        ("14", time(14)), ("23:59", time(23, 59)),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(typed, read):
    assert vntime.parse_hour(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["", "24:00", "7:60", "7:3", "7:", "07:30:00", "07:30+07:00", "07:30Z", "7h30 sáng", "7::30",
     "730", "٧:٣٠", "-7:30", "sáng"],
)  # fmt: skip
def test_what_is_no_hour_is_refused_with_an_example(typed):
    with pytest.raises(BadInput, match="Không đọc được giờ “.*”. .*ví dụ 14:30"):
        vntime.parse_hour(typed)

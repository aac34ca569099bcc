from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel import numbering
from motcua.kernel.errors import BadInput
from motcua.kernel.numbering import PROVINCE_FIRST, SMALLEST_FIRST, dossier_code, parse_code

DAY = date(2023, 11, 29)


@pytest.mark.parametrize(
    ("agency", "smallest_first", "province_first"),
    [
        ("H57.99.99", "000.99.99.H57-231129-0001", "H57.99.99-231129-0001"),
        ("000.99.99.H57", "000.99.99.H57-231129-0001", "H57.99.99-231129-0001"),
        ("H57", "000.00.00.H57-231129-0001", "H57-231129-0001"),
        ("H57.99", "000.00.99.H57-231129-0001", "H57.99-231129-0001"),
        ("H15.50.05.13", "013.05.50.H15-231129-0001", "H15.50.05.13-231129-0001"),
    ],
)
def test_a_code_in_both_orders(agency, smallest_first, province_first):
    assert dossier_code(agency, DAY, 1, SMALLEST_FIRST) == smallest_first
    assert dossier_code(agency, DAY, 1, PROVINCE_FIRST) == province_first


def test_serials_grow_beyond_four_digits():
    assert dossier_code("H57.99.99", DAY, 9999, PROVINCE_FIRST).endswith("-9999")
    assert dossier_code("H57.99.99", DAY, 10000, PROVINCE_FIRST).endswith("-10000")
    with pytest.raises(ValueError, match="begin at 1"):
        dossier_code("H57.99.99", DAY, 0, PROVINCE_FIRST)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2017, 1, 1), SMALLEST_FIRST),
        (date(2023, 11, 29), SMALLEST_FIRST),
        (date(2025, 6, 30), SMALLEST_FIRST),
        (date(2025, 7, 1), PROVINCE_FIRST),
        (date(2026, 11, 23), PROVINCE_FIRST),
    ],
)
def test_the_format_in_force_follows_the_day(day, expected):
    assert numbering.format_on(day) is expected


@pytest.mark.parametrize(
    ("text", "agency", "day", "serial"),
    [
        ("000.99.99.H57-231129-0001", "000.99.99.H57", DAY, "0001"),
        ("h57.99.99 – 261123 - 0001", "H57.99.99", date(2026, 11, 23), "0001"),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), "0092637"),
        ("H15.50.05.13-261008-0975", "H15.50.05.13", date(2026, 10, 8), "0975"),
        ("H57.99.99-261123-12345", "H57.99.99", date(2026, 11, 23), "12345"),
    ],
)
def test_codes_of_every_system_are_read(text, agency, day, serial):
    parts = parse_code(text)
    assert (parts.agency, parts.day, parts.serial) == (agency, day, serial)
    assert parts.number == int(serial)


@pytest.mark.parametrize(
    "text", ["", "0001", "H57.99.99-261123", "H57.99.99-261123-001", "H57--0001"]
)
def test_what_is_no_code_is_refused_with_an_example(text):
    with pytest.raises(BadInput, match="H57.99.99-261123-0001"):
        parse_code(text)


def test_a_code_of_a_day_that_does_not_exist_is_refused():
    with pytest.raises(BadInput, match="261323"):
        parse_code("H57.99.99-261323-0001")


@pytest.mark.parametrize("code", ["H57", "H57.99.99", "H57.01.155", "000.99.99.H57"])
def test_agency_codes_of_both_orders_are_valid(code):
    assert numbering.agency_code_is_valid(code)


@pytest.mark.parametrize(
    "code", ["", "57", "h57.99.99", "H57.9", "H57.99.99.99.99", "H57.99 .99", "H57\n"]
)
def test_other_agency_codes_are_refused(code):
    assert not numbering.agency_code_is_valid(code)
    with pytest.raises(BadInput, match="Mã đơn vị"):
        dossier_code(code, DAY, 1, PROVINCE_FIRST)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["H57", "H57.99", "H57.99.99", "H15.50.05.13"]),
    st.dates(date(2018, 6, 21), date(2099, 12, 31)),
    st.integers(1, 9_999_999),
    st.sampled_from([SMALLEST_FIRST, PROVINCE_FIRST]),
)
def test_a_code_that_was_written_is_read_back(agency, day, serial, fmt):
    parts = parse_code(dossier_code(agency, day, serial, fmt))
    assert numbering.canonical_agency_code(parts.agency) == agency
    assert (parts.day, parts.number) == (day, serial)

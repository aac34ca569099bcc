from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.rounding import half_up, percent, vn_decimal


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "shown"),
    [
        (1, 3, 2, "33.33"),
        (2, 3, 2, "66.67"),
        (1, 1, 2, "100.00"),
        (0, 7, 2, "0.00"),
        # Exactly half of the last place goes up: 0.125 %, where a float or bankers' rounding fails.
        (1, 800, 2, "0.13"),
        (201, 20_000, 2, "1.01"),
        (1, 200, 0, "1"),
        (-1, 800, 2, "-0.13"),
        (-1, 30_000, 2, "0.00"),
    ],
)
def test_shares_are_rounded_half_up(numerator, denominator, places, shown):
    assert str(percent(numerator, denominator, places)) == shown


def test_a_share_of_nothing_is_no_number():
    with pytest.raises(ZeroDivisionError):
        percent(0, 0)


@pytest.mark.parametrize("number", [0.5, True, "1"])
def test_only_whole_numbers_enter_a_share(number):
    with pytest.raises(TypeError):
        percent(number, 2)


def test_a_float_is_never_rounded():
    with pytest.raises(TypeError):
        half_up(2.5)


@settings(max_examples=200, deadline=None)
@given(st.fractions(), st.integers(0, 6))
def test_rounding_stays_within_half_a_unit(value, places):
    rounded = Fraction(half_up(value, places))
    assert abs(rounded - value) * 2 * 10**places <= 1


def test_decimals_are_written_with_a_comma():
    assert vn_decimal(Decimal("98.66")) == "98,66"
    assert vn_decimal(Decimal("1234.50")) == "1.234,50"

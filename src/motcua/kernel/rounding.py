"""Exact shares, rounded half up only when they are shown (làm tròn).

0.5 of the last place goes away from zero, as every state report does. No float ever enters.
"""

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Round an exact fraction half up (away from zero) to `places` decimals."""
    if isinstance(value, float) or not isinstance(value, int | Fraction):
        raise TypeError(f"An exact Fraction or int is needed, got {type(value).__name__}")
    scaled = abs(Fraction(value)) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(units))
    return Decimal((int(value < 0 < units), digits, -places))


def percent(numerator: int, denominator: int, places: int = 2) -> Decimal:
    """Return the share in per cent (tỷ lệ %), half up. ZeroDivisionError when nothing is below.

    Units: two whole numbers in, per cent out: percent(1, 3) is 33.33.
    """
    for number in (numerator, denominator):
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"Whole numbers only, got {number!r}")
    return half_up(Fraction(100 * numerator, denominator), places)


def vn_decimal(value: Decimal) -> str:
    """Write a decimal as Vietnamese documents do: 98.66 is "98,66", 1234.5 is "1.234,5"."""
    return f"{value:,f}".translate({ord(","): ".", ord("."): ","})

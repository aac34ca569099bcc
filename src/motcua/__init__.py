"""Một Cửa: the one-stop desk of a commune (UBND xã) and the report it writes of itself."""

__version__ = "0.2.0"

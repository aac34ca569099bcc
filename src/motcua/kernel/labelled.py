"""Enumerations that carry their official Vietnamese label."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A StrEnum whose members carry their official Vietnamese label (tên gọi)."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) of every member, in order, as forms and models want them."""
        return [(member.value, member.label) for member in cls]

"""Enumerations that carry their official Vietnamese label."""

from enum import StrEnum
from typing import Self

from motcua.kernel.words import say


class Labelled(StrEnum):
    """A StrEnum whose members carry their official Vietnamese name (tên gọi) in `vi`.

    `label` is that name in the reader's language.
    """

    vi: str

    def __new__(cls, value: str, vi: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.vi = vi
        return member

    @property
    def label(self) -> str:
        """The name as the reader wants it; Vietnamese where nobody reads yet."""
        return say(self.vi)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, official name) of every member, in order, as models want them."""
        return [(member.value, member.vi) for member in cls]

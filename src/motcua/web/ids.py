"""Identifiers: UUID version 7 (RFC 9562), in order of creation. Not a time stamp: clocks drift."""

import os
import time
from uuid import UUID

MILLISECOND = 1_000_000


def uuid7() -> UUID:
    """A new identifier. Two of one process sort as they were made (RFC 9562, 6.2, method 3)."""
    milliseconds, rest = divmod(time.time_ns(), MILLISECOND)
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (rest << 12) // MILLISECOND << 64
    value |= 0x2 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=value)

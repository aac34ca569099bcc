"""Hash chains and Merkle trees (chuỗi băm): what makes the journal's alteration visible.

SHA-256 throughout, as lower-case hex. Leaves and inner nodes are hashed in separate domains
and a leaf without a sister is promoted, so no two lists of leaves share a root.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

GENESIS = "0" * 64
EMPTY_ROOT = hashlib.sha256(b"motcua:merkle:empty").hexdigest()
_LEAF, _NODE = b"\x00", b"\x01"
_LINK = b"motcua:link:1\n"


def canonical(value: Any) -> bytes:
    """Return the one UTF-8 JSON form of a value: keys sorted, no blanks, no floats.

    Takes None, booleans, whole numbers, strings, lists, tuples and mappings with string keys.
    TypeError for anything else (write days and instants as text, amounts as whole numbers).
    """
    plain = _plain(value)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def link(prev: str, payload: Mapping[str, Any]) -> str:
    """Return the hash of an event that follows the one hashed `prev` (GENESIS for the first)."""
    return hashlib.sha256(_LINK + prev.encode() + b"\n" + canonical(payload)).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """Return the root over the leaves in their order; EMPTY_ROOT for none."""
    if not leaves:
        return EMPTY_ROOT
    level = [hashlib.sha256(_LEAF + leaf.encode()).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [level[index : index + 2] for index in range(0, len(level), 2)]
        level = [
            hashlib.sha256(_NODE + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    return level[0].hex()


def _plain(value: Any) -> Any:
    if type(value) is str:
        return value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("The keys of a canonical mapping are strings")
        return {str(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical form")

"""Reading stored files back, checked against their name."""

import hashlib

from motcua.papers.actions import path_of
from motcua.papers.models import StoredFile


class Damaged(RuntimeError):
    """The bytes on disk are not what was stored."""


def content(file: StoredFile) -> bytes:
    """The bytes of a stored file. Raises Damaged when they were altered."""
    found = path_of(file.sha256).read_bytes()
    if hashlib.sha256(found).hexdigest() != file.sha256:
        raise Damaged(file.sha256)
    return found

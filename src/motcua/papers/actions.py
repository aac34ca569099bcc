"""Storing files by their content. The database is the only index."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from motcua.kernel.text import nfc
from motcua.papers import uploads
from motcua.papers.models import StoredFile
from motcua.web import scope


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: the name somebody gave it, and its bytes."""

    name: str
    content: bytes


def store(upload: Upload) -> StoredFile:
    """Keep an uploaded file after checking what it is. Raises BadInput."""
    return _store(upload, uploads.check(upload.name, upload.content))


def store_own(upload: Upload) -> StoredFile:
    """Keep a PDF that we rendered ourselves."""
    return _store(upload, "application/pdf")


def _store(upload: Upload, mime: str) -> StoredFile:
    digest = hashlib.sha256(upload.content).hexdigest()
    known = StoredFile.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    _write(path_of(digest), upload.content)
    file = StoredFile(
        agency_id=scope.current().agency_id, sha256=digest, size=len(upload.content), mime=mime,
        name=nfc(Path(upload.name).name)[:200],
    )  # fmt: skip
    file.save(force_insert=True)
    return file


def path_of(digest: str) -> Path:
    """Where the bytes of an agency's file lie."""
    return settings.FILES / str(scope.current().agency_id) / digest[:2] / digest


def _write(path: Path, content: bytes) -> None:
    """Write once, durably: a crash or a full disk leaves the whole file or none."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)  # what is half written would only fill the disk
        raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _keep_names(folder)


def _keep_names(folder: Path) -> None:
    """A new name outlives a power cut once its folder is written, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

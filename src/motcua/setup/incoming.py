"""Files on their way in: kept in the data folder until they are written or given up."""

import json
import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from motcua.kernel.errors import Refused
from motcua.web import scope
from motcua.web.ids import uuid7

KEPT_SECONDS = 7 * 24 * 3600
FOLDER = "dang-nhap-tep"


class Gone(Refused):
    code = "incoming-gone"
    message = "Tệp này đã nhập xong, đã bỏ, hoặc để quá bảy ngày. Tải tệp lên lại nếu còn cần."


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was uploaded and checked: its name, its bytes, the instant it is as of."""

    token: UUID
    name: str
    content: bytes
    as_of: datetime


def keep(name: str, content: bytes, as_of: datetime) -> UUID:
    """Keep an upload of the agency in scope; what lay there longer than a week goes."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    token = uuid7()
    _write(folder / f"{token}.bin", content)
    told = {"name": name, "as_of": as_of.isoformat()}
    _write(folder / f"{token}.json", json.dumps(told, ensure_ascii=False).encode())
    return token


def get(token: UUID) -> Incoming:
    """The file again. Raises Gone."""
    folder = _folder()
    try:
        told = json.loads((folder / f"{token}.json").read_text(encoding="utf-8"))
        content = (folder / f"{token}.bin").read_bytes()
    except FileNotFoundError:
        raise Gone() from None
    return Incoming(token, told["name"], content, datetime.fromisoformat(told["as_of"]))


def drop(token: UUID) -> None:
    for ending in ("json", "bin"):
        (_folder() / f"{token}.{ending}").unlink(missing_ok=True)


def waiting() -> list[tuple[UUID, str]]:
    """The files that were left half way, by token and name."""
    folder = _folder()
    found = sorted(folder.glob("*.json")) if folder.exists() else []
    return [(UUID(one.stem), json.loads(one.read_text(encoding="utf-8"))["name"]) for one in found]


def _folder() -> Path:
    return Path(settings.DATA) / FOLDER / str(scope.current().agency_id)


def _sweep(folder: Path) -> None:
    for one in folder.iterdir():
        if time.time() - one.stat().st_mtime > KEPT_SECONDS:
            one.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())

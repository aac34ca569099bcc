"""One archive of an installation (bản sao lưu): the database, the files, a manifest of hashes.

The key of sessions is left out: a restored place makes its own, and people log in again.
"""

import hashlib
import json
import os
import re
import secrets
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from motcua import __version__
from motcua.kernel.errors import BadInput, Refused
from motcua.setup import snapshot

FORMAT, MANIFEST, LABEL = 1, "manifest.json", "demo.json"
CHUNK = 1024 * 1024
NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL
_FILE = re.compile(r"files/[0-9a-f-]{36}/[0-9a-f]{2}/[0-9a-f]{64}", re.ASCII)
_OTHERS = {LABEL, *snapshot.MEMBER.values()}


class NotAnArchive(BadInput):
    code = "not-an-archive"
    message = "{path} không phải bản sao lưu của Một Cửa ({why})."


class Damaged(Refused):
    code = "archive-damaged"
    message = (
        "Bản sao lưu {path} hỏng ở “{member}”: {why}. Chưa khôi phục gì. Dùng một bản sao lưu khác."
    )


def write(
    path: Path, *, database: Path, kind: str, files: Iterable[tuple[str, Path]], facts: dict,
    at: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Write the archive and return its manifest; `path` appears only when it is whole.

    `files` are (name in the archive, where it lies); one that is not what its name says is noted
    under "missing". `facts` are further lines of the manifest.
    """
    listed: dict[str, dict[str, Any]] = {}
    missing = []
    with _whole(path) as stream, zipfile.ZipFile(stream, "w", allowZip64=True) as book:
        listed[snapshot.MEMBER[kind]] = _add(book, snapshot.MEMBER[kind], database, squeeze=True)
        for name, place in files:
            if not place.is_file():
                missing.append(name)
                continue
            listed[name] = _add(book, name, place)
            if name.startswith("files/") and not name.endswith(listed[name]["sha256"]):
                missing.append(name)
        manifest = {
            "format": FORMAT, "version": __version__, "made_at": at.isoformat(), "engine": kind,
            **facts, "missing": missing, "files": listed,
        }  # fmt: skip
        book.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is complete and on the disk; otherwise it is not there."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:  # named before it is made: interrupted in between, it is swept away too
        with os.fdopen(os.open(part, NEW, 0o600), "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _give_name(part, path)
    finally:
        part.unlink(missing_ok=True)


def _give_name(part: Path, path: Path) -> None:
    """Rename, but never onto another file."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a stick or a network disk that knows no second name of a file
        os.close(os.open(path, NEW, 0o600))
        try:
            part.replace(path)
        except OSError:
            path.unlink()
            raise


def _add(book: zipfile.ZipFile, name: str, place: Path, *, squeeze: bool = False) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
    with place.open("rb") as source, book.open(info, "w", force_zip64=True) as into:
        while block := source.read(CHUNK):
            digest.update(block)
            size += len(block)
            into.write(block)
    return {"sha256": digest.hexdigest(), "size": size}


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and its manifest. Raises NotAnArchive or Damaged."""
    try:
        with zipfile.ZipFile(path) as book:
            yield book, _manifest(path, book)
    except FileNotFoundError:
        raise NotAnArchive(path=path, why="không có tệp này") from None
    except zipfile.BadZipFile as error:
        raise Damaged(path=path, member=path.name, why=str(error)) from None


def _manifest(path: Path, book: zipfile.ZipFile) -> dict[str, Any]:
    names = [one.filename for one in book.infolist()]
    if MANIFEST not in names:
        raise NotAnArchive(path=path, why=f"thiếu {MANIFEST}")
    try:
        manifest = json.loads(book.read(MANIFEST))
        listed, kind = manifest["files"], manifest["engine"]
        fine = manifest["format"] == FORMAT and snapshot.MEMBER[kind] in listed
        fine = fine and _is_told(manifest)
    except (ValueError, KeyError, TypeError, AttributeError):
        fine = False
    if not fine:
        raise NotAnArchive(path=path, why=f"không đọc được {MANIFEST}")
    strange = [name for name in names if name != MANIFEST and name not in listed]
    strange += [name for name in listed if name not in _OTHERS and not _FILE.fullmatch(name)]
    if strange or len(names) != len(set(names)):
        raise Damaged(path=path, member=(strange or names)[0], why="tên lạ trong bản sao lưu")
    return manifest


def _is_told(manifest: dict[str, Any]) -> bool:
    """Whether everything that is read of it later is there and of its kind."""
    datetime.fromisoformat(manifest["made_at"])
    texts = [*manifest["migrations"], *manifest["missing"], *manifest["agencies"]]
    texts += [manifest["version"], *(one["sha256"] for one in manifest["files"].values())]
    sizes = [one["size"] for one in manifest["files"].values()]
    return all(isinstance(one, str) for one in texts) and all(type(n) is int for n in sizes)


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Write what the archive holds into `folder`, each file compared with its hash.

    Raises NotAnArchive or Damaged, naming what is wrong.
    """
    with opened(path) as (book, manifest):
        for name, told in manifest["files"].items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as into:
                _compare(path, book, name, told, into)
        return manifest


def verify(path: Path) -> dict[str, Any]:
    """Read the whole archive and return its manifest. Raises NotAnArchive, Damaged, NotWhole."""
    with opened(path) as (book, manifest), tempfile.TemporaryDirectory() as folder:
        for name, told in manifest["files"].items():
            with open(Path(folder) / "member", "wb") as into:
                _compare(path, book, name, told, into)
            if name == snapshot.MEMBER[manifest["engine"]]:
                snapshot.check(Path(into.name), manifest["engine"])
        return manifest


def _compare(path: Path, book: zipfile.ZipFile, name: str, told: dict, into: IO[bytes]) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with book.open(name) as source:
            while block := source.read(CHUNK):
                size += len(block)
                if size > told["size"]:
                    raise Damaged(path=path, member=name, why="dài hơn đã ghi")
                digest.update(block)
                into.write(block)
    except KeyError:
        raise Damaged(path=path, member=name, why="thiếu") from None
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise Damaged(path=path, member=name, why=str(error)) from None
    if digest.hexdigest() != told["sha256"]:
        raise Damaged(path=path, member=name, why="nội dung không khớp mã băm")
    into.flush()
    os.fsync(into.fileno())

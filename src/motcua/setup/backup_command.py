"""./motcua backup FILE|DIR: database and files in one archive, while the pages are served."""

import json
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.text import group_digits
from motcua.kernel.vntime import clock_words, local, local_day, slashed
from motcua.setup import archive, snapshot, upgrade
from motcua.setup.options import Parser
from motcua.web.clock import now

LAST = "last-backup.json"
OURS = re.compile(r"motcua-\d{8}-\d{6}\.zip", re.ASCII)
INCOMPLETE = 1


class Exists(Refused):
    code = "backup-exists"
    message = "Đã có tệp {path}. Không ghi đè bản sao lưu; chọn tên khác hoặc một thư mục."


class NoFolder(BadInput):
    code = "no-folder"
    message = "Không có thư mục {path}. Tạo thư mục, hoặc gắn ổ đĩa sao lưu rồi chạy lại."


def main(argv: list[str]) -> int:
    """Back up, or check an archive (--verify). 1 when a stored file was missing or altered."""
    options = _parser().parse_args(argv)
    if options.verify:
        return _verify(options.place)
    at = now()
    path = _path(options.place, at)
    manifest = back_up(path, at)
    print(f"Đã sao lưu vào {path} ({_size(path)}), {len(manifest['files'])} tệp.")
    print(f"Kiểm tra bản này: ./motcua backup --verify {path}")
    if options.keep and not manifest["missing"]:  # an older one may have what this one lost
        _drop_old(path, options.keep, manifest["agencies"])
    for name in manifest["missing"]:
        print(f"Tệp đã lưu bị mất hoặc bị sửa: {name}")
    return INCOMPLETE if manifest["missing"] else 0


def _parser() -> Parser:
    parser = Parser(
        prog="./motcua backup",
        description="Sao lưu cơ sở dữ liệu và tệp vào một bản, kể cả lúc đang có người làm việc.",
    )
    parser.add_argument("place", type=Path, metavar="FILE|DIR", help="tệp .zip, hoặc thư mục")
    parser.add_argument("--verify", action="store_true", help="chỉ kiểm tra bản sao lưu có sẵn")
    parser.add_argument("--keep", type=int, default=0, metavar="N",
                        help="giữ N bản mới nhất trong thư mục, xóa bản cũ hơn")  # fmt: skip
    return parser


def back_up(path: Path, at: datetime) -> dict[str, Any]:
    """Write the archive `path` and note when: returns its manifest. An interrupted one is none."""
    upgrade.check_not_newer(upgrade.applied(), settings.DATA)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".motcua-") as folder:
        database = Path(folder) / "database"
        snapshot.take(database)
        # After the database: a file is on the disk before its row is committed.
        manifest = archive.write(
            path, database=database, kind=snapshot.engine(), files=_files(), facts=_facts(), at=at
        )
    told = {"at": at.isoformat(), "path": str(path), "missing": len(manifest["missing"])}
    (Path(settings.DATA) / LAST).write_text(json.dumps(told), encoding="utf-8")
    return manifest


def last_backup() -> dict[str, Any] | None:
    """When and where the last backup went, as it noted itself; None without one."""
    try:
        told = json.loads((Path(settings.DATA) / LAST).read_text(encoding="utf-8"))
        return {**told, "at": datetime.fromisoformat(told["at"])}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _files() -> Iterator[tuple[str, Path]]:
    stored = apps.get_model("papers", "StoredFile").across_agencies.order_by("agency_id", "sha256")
    for agency, digest in stored.values_list("agency_id", "sha256").iterator(2000):
        name = f"{agency}/{digest[:2]}/{digest}"
        yield f"files/{name}", Path(settings.FILES) / name
    label = Path(settings.DATA) / archive.LABEL
    if label.exists():
        yield archive.LABEL, label


def _facts() -> dict[str, Any]:
    agencies = apps.get_model("people", "Agency")._base_manager.order_by("slug")
    return {
        "agencies": list(agencies.values_list("slug", flat=True)),
        "migrations": upgrade.applied(),
        "server": str(getattr(connection, "pg_version", "")),
    }


def _path(place: Path, at: datetime) -> Path:
    path = place / f"motcua-{local(at):%Y%m%d-%H%M%S}.zip" if place.is_dir() else place
    if path.exists():
        raise Exists(path=path)
    if not path.parent.is_dir():
        raise NoFolder(path=path.parent)
    return path.absolute()


def _drop_old(path: Path, keep: int, agencies: list[str]) -> None:
    """Only whole archives of this installation count and go: the folder may hold others' too."""
    named = sorted(one for one in path.parent.iterdir() if OURS.fullmatch(one.name))
    for one in [one for one in named if _is_of(one, agencies)][:-keep]:
        one.unlink()
        print(f"Đã xóa bản cũ {one.name}")


def _is_of(path: Path, agencies: list[str]) -> bool:
    try:
        with archive.opened(path) as (_book, manifest):
            return bool(manifest["agencies"] == agencies)
    except Refused:
        return False


def _verify(path: Path) -> int:
    manifest = archive.verify(path)
    made = datetime.fromisoformat(manifest["made_at"])
    print(
        f"Bản sao lưu {path} nguyên vẹn: {len(manifest['files'])} tệp, "
        f"lập lúc {clock_words(made)} ngày {slashed(local_day(made))}, "
        f"phiên bản {manifest['version']}."
    )
    for name in manifest["missing"]:
        print(f"Lúc sao lưu đã mất hoặc bị sửa: {name}")
    return INCOMPLETE if manifest["missing"] else 0


def _size(path: Path) -> str:
    return f"{group_digits(max(1, path.stat().st_size // 1024))} kB"

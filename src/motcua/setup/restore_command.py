"""./motcua restore FILE --data DIR: an archive put where nothing is, checked, its journal too."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from motcua.kernel.errors import Refused
from motcua.setup import archive, snapshot, upgrade
from motcua.setup.options import Parser

IGNORED = frozenset({"secret"})  # made by any command that looked in


class NotEmpty(Refused):
    code = "place-not-empty"
    message = (
        "{place} không trống (có {found}). Không khôi phục đè lên dữ liệu. "
        "Chọn nơi trống bằng --data, ví dụ --data {folder}-khoi-phuc."
    )


class OtherEngine(Refused):
    code = "other-engine"
    message = (
        "Bản sao lưu {path} là của {theirs}, còn nơi khôi phục là {ours}. Chưa khôi phục gì. "
        "{remedy}"
    )


NAMES = {snapshot.SQLITE: "SQLite", snapshot.POSTGRESQL: "PostgreSQL"}
REMEDIES = {
    snapshot.SQLITE: "Bỏ biến MOTCUA_DATABASE rồi chạy lại.",
    snapshot.POSTGRESQL: "Đặt MOTCUA_DATABASE trỏ tới một cơ sở dữ liệu PostgreSQL trống.",
}


def main(argv: list[str]) -> int:
    """Restore and verify. 1 when the journal or the facts are not as they were written."""
    parser = Parser(
        prog="./motcua restore",
        description="Khôi phục bản sao lưu vào nơi trống, rồi kiểm tra nhật ký và số liệu.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="bản sao lưu (.zip)")
    options = parser.parse_args(argv)
    folder = Path(settings.DATA)
    restore(options.file, folder)
    print(f"Đã khôi phục vào {folder}. Đang kiểm tra nhật ký …", flush=True)
    connections.close_all()
    # In a process of its own: it opens the restored place as any command would.
    told = subprocess.run(
        [sys.executable, "-P", "-m", "motcua.cli", "verify"],
        env=os.environ | {"MOTCUA_DATA": str(folder)}, check=False,
    )  # fmt: skip
    if told.returncode == 0:
        print("Tiếp theo: ./motcua serve. Mọi người đăng nhập lại; mật khẩu như cũ.")
    return told.returncode


def restore(path: Path, folder: Path) -> dict[str, Any]:
    """Put the archive in `folder`, at once or not at all, brought up to this version."""
    _check_place(folder)
    with archive.opened(path) as (_, manifest):
        if manifest["engine"] != snapshot.engine():
            raise OtherEngine(
                path=path, theirs=NAMES[manifest["engine"]], ours=NAMES[snapshot.engine()],
                remedy=REMEDIES[manifest["engine"]],
            )  # fmt: skip
        upgrade.check_not_newer(manifest["migrations"], path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder, prefix=".khoi-phuc-"))
    try:
        manifest = archive.unpack(path, made)
        taken = made / snapshot.MEMBER[manifest["engine"]]
        snapshot.check(taken, manifest["engine"])
        snapshot.put_back(taken, made)
        taken.unlink(missing_ok=True)
        _move(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    call_command("migrate", interactive=False, verbosity=0)
    return manifest


def _check_place(folder: Path) -> None:
    found = sorted(one.name for one in folder.iterdir()) if folder.exists() else []
    found = [name for name in found if name not in IGNORED]
    if found:
        raise NotEmpty(place=folder, found=", ".join(found[:3]), folder=folder)
    if snapshot.engine() == snapshot.POSTGRESQL and not snapshot.is_empty():
        name = settings.DATABASES["default"]["NAME"]
        raise NotEmpty(place=f"Cơ sở dữ liệu {name}", found="bảng dữ liệu", folder=folder)


def _move(made: Path, folder: Path) -> None:
    """Into the folder that was named: it may be there and empty, even a disk of its own."""
    # The database last: without it nothing takes the folder for an installation.
    for one in sorted(made.iterdir(), key=lambda one: one.name == snapshot.DATABASE):
        one.rename(folder / one.name)
    made.rmdir()

"""Bringing the database to this version of the code, and knowing when it is of a newer one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local
from motcua.setup import snapshot
from motcua.web.clock import now

COPIES = "truoc-nang-cap"
OURS = "motcua."
LOCK = 0x6D6F74637561
"""The advisory lock of an upgrade: "motcua" as a number."""


class NewerData(Refused):
    code = "data-newer-than-code"
    message = (
        "Dữ liệu trong {where} thuộc phiên bản Một Cửa mới hơn bản này (có {first}). "
        "Chưa đụng gì. Dùng bản mới của Một Cửa, hoặc khôi phục bản sao lưu cũ vào thư mục khác."
    )


def applied() -> list[str]:
    """The steps of change that the database has been through, as "room.name"."""
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def check_not_newer(steps: list[str], where: Path) -> None:
    """Raise NewerData when `steps` holds one that this code does not know."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    strange = [step for step in steps if step not in known]
    if strange:
        raise NewerData(where=where, first=strange[0])


def bring_up() -> Path | None:
    """Bring the database up to date in place; return the copy made of it before, if it had data.

    Two processes at once bring it up one after the other. Raises NewerData, or what a copy that
    cannot be made raises: then nothing was changed.
    """
    with _alone():
        return _bring_up()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for whoever is bringing the same data up: it goes when its process does."""
    if snapshot.engine() == snapshot.POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _bring_up() -> Path | None:
    done = applied()
    check_not_newer(done, settings.DATA)
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    copy = _copy() if done else None
    call_command("migrate", interactive=False, verbosity=0)
    return copy


def _copy() -> Path:
    folder = Path(settings.DATA) / COPIES
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = snapshot.MEMBER[snapshot.engine()].removeprefix("database")
    final = folder / f"{local(now()):%Y%m%d-%H%M%S}{name}"
    part = final.with_name(f".{final.name}.part")
    part.unlink(missing_ok=True)
    snapshot.take(part)
    part.rename(final)
    return final

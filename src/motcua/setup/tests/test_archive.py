"""The archive file itself: its name, disks that know no second name, manifests that are strange."""

import hashlib
import json
import os
import zipfile

import pytest

from motcua.setup import archive
from tests.world import at

DIGEST = hashlib.sha256(b"x").hexdigest()
FINE = {
    "format": 1, "version": "0", "made_at": "2026-03-02T08:00:00+07:00", "engine": "sqlite",
    "agencies": [], "migrations": [], "missing": [],
    "files": {"database.sqlite3": {"sha256": DIGEST, "size": 1}},
}  # fmt: skip


def made(tmp_path):
    base = tmp_path / "base"
    base.write_bytes(b"x")
    path = tmp_path / "a.zip"
    archive.write(
        path, database=base, kind="sqlite", files=[], at=at("2026-03-02 08:00"),
        facts={"agencies": ["xa"], "migrations": []},
    )  # fmt: skip
    return path


def test_a_disk_without_second_names_takes_the_archive_and_overwrites_none(tmp_path, monkeypatch):
    def no(*_names):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no)
    path = made(tmp_path)
    with archive.opened(path) as (_book, manifest):
        assert manifest["agencies"] == ["xa"]
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        made(tmp_path)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip", "base"]


@pytest.mark.parametrize(
    "changed",
    [
        {"migrations": None}, {"migrations": [1]}, {"made_at": "hôm qua"}, {"agencies": 3},
        {"files": {"database.sqlite3": "x"}}, {"files": []}, {"engine": []}, {"missing": None},
        {"files": {"database.sqlite3": {"sha256": DIGEST, "size": "1"}}}, {"format": 2},
    ],
)  # fmt: skip
def test_a_strange_manifest_is_no_archive(tmp_path, changed):
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("database.sqlite3", b"x")
        book.writestr("manifest.json", json.dumps(FINE | changed))
    with pytest.raises(archive.NotAnArchive), archive.opened(path):
        raise AssertionError("opened")

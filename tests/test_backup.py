"""Backup while people work, restore elsewhere, damage that is named. On both engines."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from tests.commands import assert_one_sentence, environment
from tests.places import ON_POSTGRESQL
from tests.test_upgrade import figures, program

WITH_FILE = """
import django; django.setup()
from motcua.papers.actions import Upload, store_own
from motcua.people import queries
from motcua.web.scope import agency_scope

with agency_scope(queries.scope_of(queries.agency_by_code("H99.88.77"))):
    for number in range(3):
        store_own(Upload(f"{number}.pdf", b"%PDF-1.7 thu " + bytes([48 + number]) * 5000))
"""
RECEIVE = """
import django; django.setup()
from datetime import datetime, timedelta
from itertools import count
from motcua.dossiers import actions, persons
from motcua.dossiers.rules import PaperIn
from motcua.kernel.vntime import VN
from motcua.papers.actions import Upload, store_own
from motcua.people import queries
from motcua.people.models import Officer
from motcua.procedures import queries as procedures
from motcua.web.scope import agency_scope

at = datetime(2026, 11, 24, 8, tzinfo=VN)
with agency_scope(queries.scope_of(queries.agency_by_code("H99.88.77"))):
    desk = Officer.objects.select_related("agency", "post").get(login="tiepnhan")
    papers = [PaperIn(p["name"]) for p in procedures.receivable("1.000894", at).papers]
    for number in count(1):
        store_own(Upload("x.pdf", b"%PDF-1.7 " + str(number).encode() * 900))
        actions.receive(
            by=desk, at=at + timedelta(seconds=number), key=f"w{number}", procedure="1.000894",
            applicant=persons.PersonIn("Nguyễn Thử Viết", f"0020{number:08}"), papers=papers,
        )
        print(number, flush=True)
"""


@pytest.fixture
def working(first_release):
    """The installation of the first release, upgraded, with three stored files."""
    first_release.done("manage", "migrate")
    done = program(first_release, WITH_FILE)
    assert done.returncode == 0, done.stderr
    return first_release


def files(place):
    found = sorted((place.folder / "files").rglob("*"))
    return {str(p.relative_to(place.folder)): p.read_bytes() for p in found if p.is_file()}


def test_a_backup_made_while_dossiers_come_in_restores_to_equal_figures_and_files(
    working, new_place, tmp_path
):
    told = {"DJANGO_SETTINGS_MODULE": "motcua.settings", **working.settings}
    writer = subprocess.Popen(
        [sys.executable, "-P", "-c", RECEIVE], env=environment() | told, stdout=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    try:
        for _ in range(5):
            writer.stdout.readline()
        working.done("backup", str(tmp_path / "luc-dang-viet.zip"))
        time.sleep(0.5)
    finally:
        os.killpg(writer.pid, signal.SIGKILL)
        received = int(writer.communicate()[0].split()[-1])
    there = new_place("moi")
    said = there.done("restore", str(tmp_path / "luc-dang-viet.zip"))
    assert "Nhật ký nguyên vẹn" in said and "Số liệu đúng như nhật ký" in said
    with there.connect() as base:
        count = base.execute("SELECT count(*) FROM dossiers_dossier").fetchone()[0]
        stored = base.execute("SELECT sha256 FROM papers_storedfile").fetchall()
    assert 16 + 5 <= count < 16 + received, "the writer went on meanwhile"
    assert {one for (one,) in stored} <= {name.rpartition("/")[2] for name in files(there)}
    assert files(there).items() <= files(working).items()


def test_what_is_restored_is_what_was_backed_up(working, new_place, tmp_path):
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    working.done("backup", str(folder))
    (archive,) = folder.iterdir()
    assert "nguyên vẹn" in working.done("backup", "--verify", str(archive))
    there = new_place("moi")
    there.done("restore", str(archive))
    assert figures(there) == figures(working)
    assert files(there) == files(working) and len(files(there)) == 3
    with zipfile.ZipFile(archive) as book:
        names = book.namelist()
        assert not any("secret" in name for name in names)
    assert archive.stat().st_mode & 0o077 == 0


def test_restore_leaves_a_place_that_holds_something_alone(working, tmp_path):
    archive = tmp_path / "a.zip"
    working.done("backup", str(archive))
    before = files(working)
    assert_one_sentence(working.run("restore", str(archive)), 1, "không trống", "--data")
    assert files(working) == before
    assert_one_sentence(working.run("backup", str(archive)), 1, "Không ghi đè")


def _flip(archive, member):
    """Turn one byte of a member's content over, where it lies in the archive."""
    with zipfile.ZipFile(archive) as book:
        info = next(one for one in book.infolist() if one.filename.startswith(member))
        start = info.header_offset + 30 + len(info.filename) + 20 + info.compress_size // 2
    with archive.open("r+b") as file:
        file.seek(start)
        byte = file.read(1)
        file.seek(start)
        file.write(bytes([byte[0] ^ 0xFF]))


@pytest.mark.parametrize("member", ["files/", "database."])
def test_a_damaged_archive_is_named_with_what_is_wrong_and_nothing_is_restored(
    working, new_place, tmp_path, member
):
    archive = tmp_path / "hong.zip"
    working.done("backup", str(archive))
    _flip(archive, member)
    there = new_place("moi")
    for result in (working.run("backup", "--verify", str(archive)),
                   there.run("restore", str(archive))):  # fmt: skip
        assert_one_sentence(result, 1, "hong.zip", member)
    assert not list(there.folder.iterdir())
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-2000])
    assert_one_sentence(there.run("restore", str(cut)), 1, "cut.zip")
    other = tmp_path / "khac.zip"
    other.write_bytes(b"khong phai zip")
    assert_one_sentence(there.run("restore", str(other)), 1, "khac.zip")


def test_an_archive_with_other_names_in_it_is_not_unpacked(working, new_place, tmp_path):
    archive = tmp_path / "a.zip"
    working.done("backup", str(archive))
    with zipfile.ZipFile(archive, "a") as book:
        book.writestr("../../ngoai", "x")
    there = new_place("moi")
    assert_one_sentence(there.run("restore", str(archive)), 1, "tên lạ")
    assert not list(tmp_path.rglob("ngoai")) and not there.folder.exists()


def test_an_archive_is_checked_where_no_data_is_and_nothing_is_made_there(
    working, new_place, tmp_path
):
    archive = tmp_path / "a.zip"
    working.done("backup", str(archive))
    there = new_place("khong_co")
    assert "nguyên vẹn" in there.done("backup", "--verify", str(archive))
    assert not (there.folder / "motcua.sqlite3").exists()


def test_a_lost_or_altered_file_is_told_and_the_rest_is_backed_up(working, tmp_path):
    one, two, _ = sorted(p for p in (working.folder / "files").rglob("*") if p.is_file())
    one.unlink()
    two.write_bytes(b"khac")
    result = working.run("backup", str(tmp_path / "a.zip"))
    assert result.returncode == 1
    assert one.name in result.stdout and two.name in result.stdout
    assert working.run("backup", "--verify", str(tmp_path / "a.zip")).returncode == 1


def test_an_interrupted_backup_leaves_no_file_of_the_final_name(working, tmp_path):
    big = working.folder / "files"
    program(working, WITH_FILE.replace("range(3)", "range(3, 40)").replace("5000", "3_000_000"))
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "motcua.cli", "backup", str(folder / "a.zip")],
        env=environment() | working.settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 30
    while not list(folder.glob(".a.zip*")) and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert big.exists() and list(folder.iterdir()) == []


def test_the_oldest_archives_of_a_folder_go_when_some_are_kept(working, tmp_path):
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    for day in ("20260101", "20260102"):
        working.done("backup", str(folder / f"motcua-{day}-010203.zip"))
    (folder / "cua-toi.zip").touch()
    (folder / "motcua-20250101-010203.zip").write_bytes(b"of another, or cut off")
    working.done("backup", str(folder), "--keep", "2")
    kept = sorted(one.name for one in folder.iterdir())
    assert len(kept) == 4
    assert kept[:3] == [
        "cua-toi.zip", "motcua-20250101-010203.zip", "motcua-20260102-010203.zip",
    ]  # fmt: skip
    next(p for p in (working.folder / "files").rglob("*") if p.is_file()).unlink()
    time.sleep(1)  # an archive is named by its second
    assert working.run("backup", str(folder), "--keep", "1").returncode == 1
    assert set(kept) < {one.name for one in folder.iterdir()}, "an incomplete one drops none"


def test_an_archive_of_the_other_engine_says_what_to_set(working, new_place, tmp_path):
    archive = tmp_path / "a.zip"
    working.done("backup", str(archive))
    other = tmp_path / "b.zip"
    theirs = "sqlite" if ON_POSTGRESQL else "postgresql"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(other, "w") as new:
        told = json.loads(old.read("manifest.json"))
        mine = next(name for name in told["files"] if name.startswith("database."))
        name = "database.sqlite3" if ON_POSTGRESQL else "database.dump"
        told["files"][name] = told["files"].pop(mine)
        new.writestr(name, old.read(mine))
        for one in told["files"]:
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr("manifest.json", json.dumps(told | {"engine": theirs}))
    assert_one_sentence(new_place("moi").run("restore", str(other)), 1, "MOTCUA_DATABASE")

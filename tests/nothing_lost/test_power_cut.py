"""The power cut at any moment, on SQLite: what was answered had been synced before.

Reception runs with every write and sync recorded. A cut is then played: each file holds what was
synced, and of what was written since, nothing, or a random part with one write torn in the middle.
"""

import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict

import pytest

from tests.nothing_lost.office import Office

DOSSIERS, SECTOR, SEED = 50, 512, 20261123
DATABASE = "motcua.sqlite3"
RUNNING = {"sync", "write", "truncate", "delete"}


class Disk:
    """The files as they lie on the disk, and what was asked of them since their last sync."""

    def __init__(self, folder):
        self.files = {
            path.name: path.read_bytes() for path in folder.glob(f"{DATABASE}*")
            if not path.name.endswith("-shm")
        }  # fmt: skip
        self.waiting = defaultdict(list)

    def take(self, step):
        kind, name, *_rest = step
        if kind == "sync":
            self.files[name] = _after(self.files.get(name, b""), self.waiting.pop(name, ()))
        elif kind == "delete":
            self.waiting.pop(name, None)
            self.files.pop(name, None)
        else:
            self.waiting[name].append(step)

    def after_cut(self, chance=None):
        """What the files hold when the power is back: without `chance` nothing unsynced."""
        held = dict(self.files)
        for name, steps in self.waiting.items():
            if chance is not None:
                held[name] = _after(held.get(name, b""), _some(steps, chance))
        return held


def _after(content, steps):
    whole = bytearray(content)
    for kind, _name, place, *given in steps:
        if kind == "truncate":
            del whole[place:]
        else:
            whole.extend(b"\0" * (place - len(whole)))
            whole[place : place + len(given[0])] = given[0]
    return bytes(whole)


def _some(steps, chance):
    """Each write reached the disk or did not, in no order; one of them only in part."""
    kept = [step for step in steps if chance.random() < 0.5]
    torn = [n for n, step in enumerate(kept) if step[0] == "write" and len(step[3]) > SECTOR]
    if torn:
        where = chance.choice(torn)
        kind, name, place, given = kept[where]
        kept[where] = (kind, name, place, given[: SECTOR * chance.randrange(1, 8)])
    return kept


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def record(office, tmp_path):
    """The disk before, and the steps of receiving so many dossiers."""

    def run(synchronous, number=DOSSIERS):
        data = tmp_path / "data"
        shutil.copytree(office.folder, data)
        disk, out = Disk(data), tmp_path / "steps"
        words = (synchronous, str(number), office.session, str(out))
        subprocess.run(
            [sys.executable, "-m", "tests.nothing_lost.recorded", *words], check=True,
            env=office.environment | {"MOTCUA_DATA": str(data)}, cwd=tmp_path,
        )  # fmt: skip
        return disk, pickle.loads(out.read_bytes())

    return run


def reopened(folder, held):
    """The codes of the dossiers in the database as SQLite recovers it; it must be sound."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in held.items():
        (folder / name).write_bytes(content)
    with sqlite3.connect(folder / DATABASE) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        rows = connection.execute("select code from dossiers_dossier").fetchall()
    connection.close()
    return [code for (code,) in rows]


def test_what_was_answered_is_there_after_a_cut_at_any_moment(office, record, tmp_path, tell):
    disk, steps = record("FULL")
    chance, cuts, answered = random.Random(SEED), 0, {office.first_code}
    for step in steps:
        if step[0] in RUNNING:
            disk.take(step)
        else:
            answered.add(step[1])
        if step[0] in RUNNING and chance.random() > 0.02:
            continue
        for mode in (None, chance):
            codes = reopened(tmp_path / "cut", disk.after_cut(mode))
            cuts += 1
            assert answered <= set(codes), f"answered and lost: {answered - set(codes)}"
            assert len(codes) == len(set(codes)) <= len(answered) + 1
    assert len(answered) == DOSSIERS + 1 and cuts > 2 * DOSSIERS
    checkpoints = sum(step[:2] == ("sync", DATABASE) for step in steps)
    assert checkpoints, "the log was never carried over into the database: too few dossiers"
    told = office.run("tests.nothing_lost.tally", MOTCUA_DATA=str(tmp_path / "cut"))
    assert told["faults"] == [] and len(told["dossiers"]) == DOSSIERS + 1
    tell(
        f"đã xác nhận {DOSSIERS}, có {len(told['dossiers']) - 1}, trùng 0; "
        f"{cuts} cuts, {len(steps)} writes and syncs, {checkpoints} checkpoints"
    )


def test_the_play_would_notice_answers_that_were_not_synced(office, record, tmp_path):
    disk, steps = record("NORMAL", 5)
    lost = []
    for step in steps:
        if step[0] in RUNNING:
            disk.take(step)
        elif step[1] not in reopened(tmp_path / "cut", disk.after_cut()):
            lost.append(step[1])
    assert lost, "synchronous=NORMAL answers before it syncs, and nobody sees it"

"""./motcua demo in a folder of its own: built, checked, reported, taken again, or refused."""

import json
import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from motcua.demo import command

SOURCES = Path(command.__file__).resolve().parents[2]


class Demo:
    """./motcua demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = count()

    def run(self, figures: dict, *more: str) -> subprocess.CompletedProcess:
        path = self.folder.parent / f"figures-{next(self.files)}.csv"
        lines = [f"{name},{value}\n" for name, value in figures.items()]
        path.write_text("id,value\n" + "".join(lines), encoding="utf-8")
        return self.motcua("demo", "--figures", str(path), "--no-serve", *more)

    def motcua(self, *words: str) -> subprocess.CompletedProcess:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("MOTCUA_DATABASE", "DJANGO_SETTINGS_MODULE")
        } | {"PYTHONPATH": str(SOURCES), "MOTCUA_DATA": str(self.folder)}
        return subprocess.run(
            [sys.executable, "-m", "motcua.cli", *words],
            env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip


@pytest.fixture
def demo(tmp_path):
    return Demo(tmp_path / "data")


def test_the_command_builds_checks_reports_and_reuses(demo):
    small = {"II.2.own.received": 12, "I.innovations": 3}

    first = demo.run(small)
    again = demo.run(small)
    larger = demo.run({"II.2.own.received": 13})

    assert first.returncode == 0, first.stderr
    assert "74 trên 74 số liệu khớp" in first.stdout
    assert "Bỏ qua 1 số liệu" in first.stdout
    assert "I.innovations" in first.stdout
    assert "xa-minh-hoa-2023" in first.stdout
    report = json.loads((demo.folder / "out" / "report-2023.json").read_text(encoding="utf-8"))
    assert {f["id"]: f["value"] for f in report["figures"]}["II.2.own.received"] == 12
    assert again.returncode == 0
    assert "dùng lại" in again.stdout
    assert "Dựng năm" not in again.stderr
    assert larger.returncode == 1
    assert str(demo.folder) in larger.stderr
    assert demo.motcua("verify").returncode == 0


def test_a_build_that_was_interrupted_is_begun_again(demo):
    small = {"II.2.own.received": 5}
    demo.run(small)
    marker = demo.folder / command.MARKER
    state = json.loads(marker.read_text(encoding="utf-8"))
    marker.write_text(json.dumps(state | {"ready": False}), encoding="utf-8")

    again = demo.run(small)

    assert again.returncode == 0, again.stderr
    assert "74 trên 74 số liệu khớp" in again.stdout


def test_an_inconsistent_file_is_refused_and_nothing_is_built(demo):
    refused = demo.run({"II.2.own.received": 12, "II.2.own.resolved": 9, "II.2.own.open": 1})

    assert refused.returncode == 1
    assert "II.2.own.received = 12, nhưng II.2.own.resolved + II.2.own.open" in refused.stderr
    assert not (demo.folder / "motcua.sqlite3").exists()


def test_a_folder_with_other_content_is_refused_naming_it(demo):
    demo.folder.mkdir()
    (demo.folder / "ghi-chu.txt").write_text("của người khác", encoding="utf-8")

    refused = demo.run({"II.2.own.received": 12})

    assert refused.returncode == 1
    assert str(demo.folder) in refused.stderr
    assert "ghi-chu.txt" in refused.stderr
    assert not (demo.folder / command.MARKER).exists()


def test_a_figures_file_that_is_not_there_is_one_sentence(demo):
    missing = demo.motcua("demo", "--figures", str(demo.folder / "khong-co.csv"), "--no-serve")

    assert missing.returncode == 2
    assert missing.stderr.startswith("Không mở được tệp số liệu")
    assert len(missing.stderr.splitlines()) == 1

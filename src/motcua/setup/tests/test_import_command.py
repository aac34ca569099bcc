"""`./motcua import` as programs and people meet it."""

import json

import pytest

from motcua.setup.tests.tables_made import csv, row
from motcua.setup.tests.test_init import words
from tests.commands import assert_one_sentence, motcua

KEYS = ["accepted", "refused", "ignored", "refusals", "warnings", "counts", "created", "updated",
        "unchanged"]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    def make(*rows, name="so-du.csv"):
        path = tmp_path / name
        path.write_bytes(csv(*rows))
        return str(path)

    return make


def ask(place, *more):
    result = place.run("import", *more, "--kind", "dossiers", "--format", "json")
    return result.returncode, json.loads(result.stdout)


def test_a_dry_run_needs_no_agency_and_leaves_no_folder(file, tmp_path):
    folder = tmp_path / "khong"
    path = file(row("260302-0001"), row("260302-0002", "Lạ"))
    given = "--kind dossiers --agency H99.99.99 --as-of 2026-03-10T17:00 --dry-run --format json"
    result = motcua("import", path, *given.split(), "--data", str(folder))
    told = json.loads(result.stdout)
    assert result.returncode == 1 and list(told) == KEYS
    assert (told["accepted"], told["refused"]) == (1, 1)
    (refusal,) = told["refusals"]
    assert refusal.pop("message").startswith("Dòng 3, cột “Trạng thái”: Trạng thái “Lạ”")
    assert refusal == {"row": 3, "column": "Trạng thái", "reason": "unknown-state"}
    assert told["counts"] == {"outcome": {"done_ontime": 1}, "channel": {"import": 1}}
    assert not folder.exists()


def test_files_are_written_whole_or_by_their_good_rows_and_once(file, new_place):
    place = new_place("moi")
    place.done("init", *words(code="H99.99.99", parent="Tỉnh"))
    names = {"Tên thủ tục hành chính": "Thủ tục đăng ký kết hôn"}
    good, bad = row("260302-0001", **names), row("260302-0002", "Lạ")
    code, told = ask(place, file(good, bad))
    assert (code, told["created"], told["accepted"]) == (1, 0, 1)
    code, told = ask(place, file(good, bad), "--good-only")
    assert (code, told["created"]) == (1, 1)
    code, told = ask(place, file(good))
    assert (code, told["created"], told["unchanged"]) == (0, 0, 1)
    assert "Số liệu đúng như nhật ký" in place.done("verify")


def test_what_cannot_be_read_is_one_sentence(file, new_place, tmp_path):
    place = new_place("moi")
    place.done("init", *words())
    (tmp_path / "a.html").write_text("<html>")
    for path, part in (
        (str(tmp_path / "khong-co.csv"), "khong-co.csv"), (str(tmp_path / "a.html"), "a.html"),
        (file(row("1"), name="b.csv").replace("b.csv", "."), "Không mở được"),
    ):  # fmt: skip
        assert_one_sentence(place.run("import", path, "--kind", "dossiers"), 2, part)
    path = file(row("1"))
    wrong = place.run("import", path, "--kind", "dossiers", "--agency", "H01.02.03")
    assert_one_sentence(wrong, 2, "H01.02.03")
    when = place.run("import", path, "--kind", "dossiers", "--as-of", "mai")
    assert_one_sentence(when, 2, "mai")

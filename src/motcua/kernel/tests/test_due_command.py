import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import motcua.kernel
from motcua.kernel.calendar import load_calendar
from motcua.kernel.due_command import main

EXAMPLE = ["--received", "2024-02-07T16:10", "--term", "3 ngày làm việc"]


def as_json(capsys, *argv: str) -> dict:
    assert main([*argv, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_published_example(capsys):
    answer = as_json(capsys, *EXAMPLE)
    assert answer["due_at"] == "2024-02-19T17:00+07:00"
    assert len(answer["proof"]) == len(answer["proof_en"]) == 5
    assert answer["proof"][-1] == "Hạn trả: 17:00 thứ Hai, 19/02/2024."


@pytest.mark.parametrize(
    "received", ["2024-02-07 16:10", "7/2/2024 16:10", "7.2.24 16h10", "2024-02-07T09:10Z"]
)
def test_the_same_instant_in_other_writings(capsys, received):
    answer = as_json(capsys, "--received", received, "--term", "3 ngày làm việc")
    assert answer["due_at"] == "2024-02-19T17:00+07:00"
    assert "16:10" in answer["proof"][0]


def test_cut_off_pauses_and_policy_are_heard(capsys):
    late = ["--received", "2026-11-16T15:00", "--term", "trong ngày"]
    assert as_json(capsys, *late)["due_at"] == "2026-11-17T17:00+07:00"
    assert as_json(capsys, *late, "--cutoff", "none")["due_at"] == "2026-11-16T17:00+07:00"
    paused = [
        *("--received", "2026-11-16T09:00", "--term", "5 ngày làm việc"),
        *("--pause", "2026-11-17T10:00/2026-11-18T09:00", "--pause", "2026-11-19/2026-11-20"),
    ]
    assert as_json(capsys, *paused)["due_at"] == "2026-11-26T17:00+07:00"
    assert as_json(capsys, *paused, "--resume", "restart")["due_at"] == "2026-11-30T17:00+07:00"


def test_people_get_the_answer_first_and_then_the_reasons(capsys):
    assert main([*EXAMPLE, "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Due: 17:00 on Monday, 19/02/2024."
    assert "  - 08/02/2024 to 14/02/2024 do not count: Lunar New Year 2024." in lines


def test_an_agency_brings_its_own_calendar(capsys):
    flood = load_calendar(closures={date(2024, 2, 15): "Nghỉ do lũ"})
    assert main([*EXAMPLE, "--agency", "H57.99.99"], {"H57.99.99": flood}.__getitem__) == 0
    assert "thứ Ba, 20/02/2024" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        ([], "Cần --received và --term"),
        (EXAMPLE[:2], "Cần --received và --term"),
        (["--received"], "Thiếu giá trị sau --received"),
        ([*EXAMPLE, "--foo"], "Không hiểu “--foo”"),
        (["--received", "2024-02-07", *EXAMPLE[2:]], "ghi cả ngày và giờ"),
        (["--received", "2024-02-07T25:00", *EXAMPLE[2:]], "ghi cả ngày và giờ"),
        (["--received", "2024-02-30T10:00", *EXAMPLE[2:]], "Ngày 2024-02-30 không có"),
        (["--received", "1950-02-03T10:00", *EXAMPLE[2:]], "năm 1950 nằm ngoài"),
        ([*EXAMPLE[:2], "--term", "ba ngày"], "Không hiểu thời hạn “ba ngày”"),
        ([*EXAMPLE, "--cutoff", "chiều"], "Không hiểu giờ chốt “chiều”"),
        ([*EXAMPLE, "--pause", "2024-02-15"], "ghi TỪ/ĐẾN"),
        ([*EXAMPLE, "--pause", "2024-02-16/2024-02-15"], "kết thúc trước khi bắt đầu"),
        ([*EXAMPLE, "--resume", "later"], "không nhận “later”"),
        ([*EXAMPLE, "--format", "xml"], "--format nhận text hoặc json"),
        ([*EXAMPLE, "--agency", "H57"], "lịch của đơn vị “H57”"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(capsys, argv, part):
    assert main(argv) == 2
    printed = capsys.readouterr()
    assert part in printed.err
    assert (len(printed.err.splitlines()), printed.out) == (1, "")


def test_the_kernel_and_its_command_load_no_framework():
    """Every module of the kernel, in a fresh interpreter."""
    names = sorted(path.stem for path in Path(motcua.kernel.__path__[0]).glob("[!_]*.py"))
    assert "due_command" in names
    imports = ", ".join(f"motcua.kernel.{name}" for name in names)
    code = f"import sys, {imports}; print('django' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout == "False\n"

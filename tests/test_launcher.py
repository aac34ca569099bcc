"""The one command as a person meets it: help, refusals in a sentence, set-up, and being stopped."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from motcua import cli, serve
from motcua.kernel.errors import Refused
from tests.commands import assert_one_sentence, environment, motcua


def test_help_lists_what_works_in_both_languages_and_nothing_else():
    result = motcua("--help")
    assert result.returncode == 0
    for command in cli.COMMANDS:
        assert f"\n  {command}" in result.stdout
    assert "Tính hạn trả kết quả" in result.stdout
    assert "Compute a due time" in result.stdout
    for later in cli.LATER:
        assert f"\n  {later} " not in result.stdout


def test_without_a_command_the_help_is_shown():
    assert motcua().stdout == motcua("--help").stdout


@pytest.mark.parametrize("name", cli.LATER)
def test_a_command_of_a_later_version_says_so(name):
    assert_one_sentence(motcua(name), 2, name, "phiên bản sau")


def test_an_unknown_command_points_to_the_help():
    assert_one_sentence(motcua("bao-cao"), 2, "bao-cao", "./motcua --help")


def test_data_without_a_folder_is_refused():
    assert_one_sentence(motcua("serve", "--data"), 2, "--data")


def test_due_answers_without_the_framework():
    program = (
        "import sys; from motcua import cli; "
        "code = cli.main(['due', '--received', '2024-02-07T16:10', "
        "'--term', '3 ngày làm việc', '--format', 'json']); "
        "print([name for name in sys.modules if name.split('.')[0] == 'django'], file=sys.stderr); "
        "sys.exit(code)"
    )
    result = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(result.stdout)["due_at"] == "2024-02-19T17:00+07:00"
    assert result.stderr.strip() == "[]"


def test_due_of_an_agency_without_data_says_what_to_run_and_leaves_no_folder(tmp_path):
    words = ["due", "--received", "2024-02-07T16:10", "--term", "2 ngày", "--agency", "A.1"]
    result = motcua(*words, "--data", str(tmp_path / "none"))
    assert_one_sentence(result, 2, str(tmp_path / "none"), "./motcua demo")
    assert not (tmp_path / "none").exists()


def test_reading_commands_without_data_say_what_to_run(tmp_path):
    for words in (["report", "--period", "2023"], ["records"], ["verify"]):
        result = motcua(*words, "--data", str(tmp_path / "none"))
        assert_one_sentence(result, 1, "./motcua demo", "./motcua init")
    assert not (tmp_path / "none").exists()


def test_a_database_that_was_never_made_is_named(tmp_path):
    (tmp_path / "motcua.sqlite3").touch()
    assert_one_sentence(motcua("verify", "--data", str(tmp_path)), 1, str(tmp_path), "motcua demo")


def test_a_relative_data_folder_is_the_one_beside_the_user(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOTCUA_DATA", "elsewhere")
    assert cli._take_data(["demo", "--data", "x", "--no-serve"]) == ["demo", "--no-serve"]
    assert os.environ["MOTCUA_DATA"] == str(tmp_path / "x")
    assert cli._take_data(["demo", "--data=y"]) == ["demo"]
    assert os.environ["MOTCUA_DATA"] == str(tmp_path / "y")


@pytest.fixture
def handler(monkeypatch) -> Iterator[ModuleType]:
    """A command whose handler the test writes."""
    module = ModuleType("motcua.stand_in")
    monkeypatch.setitem(sys.modules, "motcua.stand_in", module)
    command = cli.Command("motcua.stand_in", "stand-in", "", "", framework=False)
    monkeypatch.setitem(cli.COMMANDS, "stand-in", command)
    monkeypatch.setenv("MOTCUA_DATA", os.environ["MOTCUA_DATA"])
    return module


def test_a_refusal_is_its_sentence_on_stderr(handler, capsys):
    def refuse(argv):
        raise Refused("Hồ sơ {code} đã trả.", code="001")

    handler.main = refuse
    assert cli.main(["stand-in"]) == 1
    assert capsys.readouterr() == ("", "Hồ sơ 001 đã trả.\n")


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (PermissionError(13, "Permission denied", "/x/data"), "/x/data"),
        (OSError(30, "Read-only file system", "/x/data"), "--data"),
        (OSError(28, "No space left on device", "/x/data"), "đã đầy"),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(handler, capsys, error, part):
    def fail(argv):
        raise error

    handler.main = fail
    assert cli.main(["stand-in"]) == 1
    text = capsys.readouterr().err
    assert part in text
    assert text.count("\n") == 1


def test_ctrl_c_ends_a_command_without_a_traceback(handler, capsys):
    def interrupt(argv):
        raise KeyboardInterrupt

    handler.main = interrupt
    assert cli.main(["stand-in"]) == 130
    assert "Đã dừng theo yêu cầu" in capsys.readouterr().err


def test_a_defect_keeps_its_traceback(handler):
    def fail(argv):
        raise ZeroDivisionError

    handler.main = fail
    with pytest.raises(ZeroDivisionError):
        cli.main(["stand-in"])


def test_output_cut_off_by_its_reader_ends_quietly():
    program = f"{sys.executable} -P -m motcua.cli --help | true; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", program], env=environment(), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr


# --- serving


@pytest.fixture
def agency_data(tmp_path) -> Path:
    """A data folder with one agency."""
    program = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('migrate', verbosity=0, interactive=False); "
        "from django.apps import apps; "
        "apps.get_model('people', 'Agency')._base_manager.create(slug='thu')"
    )
    (tmp_path / "data").mkdir()
    data = {"MOTCUA_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "motcua.settings"}
    subprocess.run([sys.executable, "-P", "-c", program], env=environment() | data, check=True)
    return tmp_path / "data"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("text", ["0", "65536", "tám nghìn", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(text):
    assert_one_sentence(motcua("serve", f"--port={text}"), 2, text, "65535")


def test_serving_nothing_says_what_to_run(tmp_path, port):
    motcua("serve", "--port", str(port), "--data", str(tmp_path))
    again = motcua("serve", "--port", str(port), "--data", str(tmp_path))
    assert_one_sentence(again, 1, str(tmp_path), "./motcua demo", "./motcua init")


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_one_sentence_with_another_port(agency_data, command):
    folder = agency_data if command == "serve" else agency_data / "mau"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = motcua(command, "--port", str(port), "--data", str(folder))
    assert_one_sentence(result, 1, str(port), "--port")
    assert not (folder / "demo.json").exists(), "said before a year is built, not after"


def test_serve_answers_and_ctrl_c_ends_all_of_it(agency_data, port):
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "motcua.cli", "serve", "--port", str(port)],
        env=environment() | {"MOTCUA_DATA": str(agency_data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        line = process.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in line
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as response:
            assert response.status == 200
            assert "Một Cửa" in response.read().decode()
    finally:
        os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert _gone(process.pid)


@pytest.mark.parametrize(
    ("host", "tls", "warned"),
    [
        ("127.0.0.1", "", False), ("127.0.0.9", "", False), ("::1", "", False),
        ("localhost", "", False), ("0.0.0.0", "", True), ("192.0.2.1", "", True),
        ("xa.example", "", True), ("0.0.0.0", "1", False),
    ],
)  # fmt: skip
def test_an_address_that_others_reach_without_tls_is_warned_of(
    monkeypatch, capsys, host, tls, warned
):
    monkeypatch.setenv("MOTCUA_TLS", tls)
    serve._warn(host)
    said = capsys.readouterr().err
    assert len(said.splitlines()) == warned
    assert ("MOTCUA_TLS=1" in said) is warned


def test_with_tls_in_front_browsers_are_told_to_stay_with_it(tmp_path):
    program = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client().get('/dang-nhap', secure=True, HTTP_HOST='127.0.0.1',"
        " HTTP_X_FORWARDED_PROTO='https').headers.get('Strict-Transport-Security'))"
    )
    data = {"MOTCUA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "motcua.settings"}
    said = [
        subprocess.run(
            [sys.executable, "-P", "-c", program], env=environment() | data | {"MOTCUA_TLS": tls},
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for tls in ("1", "")
    ]  # fmt: skip
    assert said == ["max-age=31536000", "None"]


def test_a_refused_command_leaves_no_trace_in_the_folder_it_named(tmp_path):
    folder = tmp_path / "data"
    (tmp_path / "sai.csv").write_text("id,value\nII.2.own.late,300,000\n", encoding="utf-8")
    for words in (
        ("demo", "--figures", str(tmp_path / "sai.csv")),
        ("init", "--name", "x", "--place", "x", "--code", "ABC", "--parent", "y",
         "--parent-code", "H99"),
    ):  # fmt: skip
        assert motcua(*words, "--data", str(folder), cwd=tmp_path).returncode == 2
        assert not folder.exists()


def test_a_demo_half_built_is_not_reported(tmp_path):
    (tmp_path / "motcua.sqlite3").touch()
    (tmp_path / "demo.json").write_text('{"demo": "x", "ready": false}', encoding="utf-8")
    refused = motcua("report", "--period", "2023", "--data", str(tmp_path))
    assert refused.returncode == 1 and "chưa dựng xong" in refused.stderr
    helped = motcua("report", "--help", "--data", str(tmp_path / "khac"))
    assert helped.returncode == 0 and "--period" in helped.stdout


def test_what_a_command_writes_only_its_owner_reads(tmp_path):
    folder = tmp_path / "data"
    result = motcua("manage", "migrate", "--data", str(folder), cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert "motcua.sqlite3" in made and set(made.values()) == {0o600}


def test_the_ticker_seals_every_ten_minutes_and_clears_sessions_each_hour(monkeypatch):
    done, clock = [], {"now": 0.0}
    monkeypatch.setattr(serve, "_once", lambda work: done.append(work.__name__))
    monkeypatch.setattr(serve.time, "monotonic", lambda: clock["now"])
    monkeypatch.setattr(
        serve.time, "sleep", lambda seconds: clock.update(now=clock["now"] + 60 * seconds)
    )
    two_days = 2 * 24 * 3600 - 1
    monkeypatch.setattr(serve.os, "getppid", lambda: 1 if clock["now"] < two_days else 0)
    serve._tick_while(1)
    assert (done.count("_clear_sessions"), done.count("_seal")) == (2 * 24, 2 * 24 * 6)


def _gone(group: int) -> bool:
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False

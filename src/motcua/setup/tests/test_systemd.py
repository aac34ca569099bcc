"""The unit for start at boot: understood by systemd, bound to this folder, no password in it."""

import shutil
import subprocess

import pytest

from motcua.kernel.errors import BadInput
from motcua.setup import systemd_command


@pytest.fixture
def unit(monkeypatch, tmp_path):
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("MOTCUA_DATABASE", raising=False)
    monkeypatch.delenv("MOTCUA_HOSTS", raising=False)
    return lambda **more: systemd_command.unit(
        **{"user": "motcua", "host": "127.0.0.1", "port": "8000", "tls": False} | more
    )


def test_it_serves_this_folder_as_this_user_and_writes_nowhere_else(unit, tmp_path):
    lines = unit(port="8080", host="0.0.0.0").splitlines()
    assert "User=motcua" in lines and f"Environment=MOTCUA_DATA={tmp_path}/data" in lines
    assert any(line.startswith("ExecStart=/") and "--port 8080" in line for line in lines)
    assert f"ReadWritePaths={tmp_path}/data" in lines and "ProtectSystem=strict" in lines


def test_systemd_understands_it(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        assert "[Install]" in unit()
        return
    file = tmp_path / "motcua.service"
    file.write_text(unit(user="root"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "motcua.service" in line]
    assert complaints == []


def test_tls_and_hosts_are_handed_on_and_a_database_password_is_not(unit, monkeypatch):
    monkeypatch.setenv("MOTCUA_HOSTS", "motcua.xa.example")
    monkeypatch.setenv("MOTCUA_DATABASE", "postgresql://motcua:bi-mat@127.0.0.1/motcua")
    text = unit(tls=True)
    assert "Environment=MOTCUA_TLS=1" in text and "MOTCUA_HOSTS=motcua.xa.example" in text
    assert "bi-mat" not in text and "EnvironmentFile=/etc/motcua.env" in text


@pytest.mark.parametrize(
    "wrong", [{"user": "a b"}, {"host": "x\nExecStart=/bin/x"}, {"port": "0"}, {"port": "x"}]
)
def test_what_a_unit_cannot_hold_is_refused(unit, wrong):
    with pytest.raises(BadInput):
        unit(**wrong)


def test_a_folder_with_a_blank_in_its_name_is_refused(unit, monkeypatch):
    monkeypatch.setenv("MOTCUA_DATA", "/srv/một cửa")
    with pytest.raises(BadInput, match="dấu cách"):
        unit()


def test_a_unit_that_would_run_as_root_comes_with_a_warning(unit, capsys):
    assert systemd_command.main(["--user", "root"]) == 0
    told = capsys.readouterr()
    assert "User=root" in told.out and "--user motcua" in told.err
    systemd_command.main(["--user", "motcua"])
    assert capsys.readouterr().err == ""

"""Windows in which a test kills the process: closed wherever people work."""

import os
import time

import pytest

from motcua.web import failpoints


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    """What a test of kills sets up: all three conditions hold."""
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path))
    monkeypatch.setenv(failpoints.VARIABLE, failpoints.WANTED)
    monkeypatch.delenv("INVOCATION_ID", raising=False)
    (tmp_path / failpoints.FOLDER).mkdir()
    return tmp_path


def test_windows_open_when_variable_and_folder_are_both_there(prepared):
    assert failpoints.armed_folder() == prepared / failpoints.FOLDER


@pytest.mark.parametrize("value", ["", "1", "no"])
def test_without_the_right_variable_nothing_is_armed(prepared, monkeypatch, value):
    monkeypatch.setenv(failpoints.VARIABLE, value)
    assert failpoints.armed_folder() is None


def test_without_the_folder_in_the_data_nothing_is_armed(prepared):
    (prepared / failpoints.FOLDER).rmdir()
    assert failpoints.armed_folder() is None


def test_a_service_of_systemd_is_never_armed(prepared, monkeypatch):
    monkeypatch.setenv("INVOCATION_ID", "0" * 32)
    assert failpoints.armed_folder() is None


def test_an_unarmed_window_is_passed_and_an_armed_one_kills_once(prepared, monkeypatch):
    killed = []
    monkeypatch.setattr(os, "kill", lambda pid, sign: killed.append(pid))
    monkeypatch.setattr(failpoints, "_folder", failpoints.armed_folder())
    failpoints.reach(failpoints.AFTER_EVENT)
    assert killed == []
    (prepared / failpoints.FOLDER / failpoints.AFTER_EVENT).write_text("")
    failpoints.reach(failpoints.AFTER_EVENT)
    failpoints.reach(failpoints.AFTER_EVENT)
    assert killed == [os.getpid()]


def test_a_window_may_also_be_held_open(prepared, monkeypatch):
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(failpoints, "_folder", failpoints.armed_folder())
    (prepared / failpoints.FOLDER / failpoints.AFTER_EVENT).write_text(failpoints.PAUSE)
    failpoints.reach(failpoints.AFTER_EVENT)
    assert waited == [failpoints.PAUSE_SECONDS]


def test_this_very_run_is_not_armed():
    assert failpoints._folder is None

"""What holds for every test: nothing is skipped unseen."""

import os

import pytest

pytest_plugins = [
    "tests.chromium", "tests.world", "tests.visits", "tests.places", "tests.nothing_lost.counts",
]  # fmt: skip


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped or expected failure fails the run where CI is set."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    if reporter.stats.get("skipped") or reporter.stats.get("xfailed"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

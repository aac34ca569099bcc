"""The web process killed in every window of an act, and at any moment, under load."""

import os
import random
import signal
import time
from contextlib import ExitStack
from itertools import cycle

from motcua.web import failpoints
from tests.nothing_lost.clients import Desks
from tests.nothing_lost.counts import reckon
from tests.nothing_lost.office import open_office

RANDOM_KILLS = 5
SEED = 20261123
WHOM = ("worker", "worker", "all")
SOAK_SECONDS = float(os.environ.get("MOTCUA_SOAK_SECONDS", "0"))


def test_every_acknowledged_dossier_is_there_once_after_kills_in_every_window(tmp_path, tell):
    with ExitStack() as stack:
        office = open_office(tmp_path, stack)
        with Desks(office) as desks:
            for window in failpoints.WINDOWS:
                _die_in(office, desks, window)
            _die_in(office, desks, failpoints.AFTER_COMMIT, failpoints.MASTER)
        kills = len(failpoints.WINDOWS) + 1
        assert desks.statuses[0] >= kills, "no request was ever cut off: nothing was tested"
        tell(f"{reckon(office, desks)}; {kills} windows, {desks.statuses[0]} requests cut off")


def test_every_acknowledged_dossier_is_there_once_after_kills_at_any_moment(tmp_path, tell):
    chance, kills, until = random.Random(SEED), 0, time.monotonic() + SOAK_SECONDS
    with ExitStack() as stack:
        office = open_office(tmp_path, stack)
        with Desks(office) as desks:
            for whom in cycle(WHOM + (("stuck",) if SOAK_SECONDS else ())):
                time.sleep(chance.uniform(0.05, 0.6))
                _kill(office, whom, chance)
                desks.wait_for_more()
                kills += 1
                if kills >= RANDOM_KILLS and time.monotonic() >= until:
                    break
        assert desks.statuses[0] > 0, "no request was ever cut off: nothing was tested"
        tell(f"{reckon(office, desks)}; {kills} kills, {desks.statuses[0]} requests cut off")


def _die_in(office, desks, window, whom=""):
    file = office.arm(window, whom)
    office.wait_for(lambda: not file.exists(), f"nobody came to {window}")
    if whom:
        office.start_again()
    desks.wait_for_more()


def _kill(office, whom, chance):
    if whom == "all":
        office.kill_all()
        office.start_again()
    else:
        office.wait_for(office.workers, "no worker comes back")
        # A worker that is stuck is killed by gunicorn after half a minute: only in a long run.
        sign = signal.SIGSTOP if whom == "stuck" else signal.SIGKILL
        os.kill(chance.choice(office.workers()), sign)

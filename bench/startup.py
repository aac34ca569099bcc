"""From the start of Python to the first page, and what a worker takes after load."""

import subprocess
import sys
import time
from statistics import median

from bench import servers
from bench.result import Line, line
from bench.scratch import ChildFailed
from bench.stage import Stage

NAME = "startup"
TARGET_SECONDS, TARGET_MB = 1.5, 120
ASK = (
    "from {module} import application as app; from wsgiref.util import setup_testing_defaults;"
    " e = {{'PATH_INFO': '{path}', 'HTTP_HOST': '127.0.0.1'}}; setup_testing_defaults(e);"
    " said = [];"
    " list(app(e, lambda status, head, *_: said.append(status)));"
    " assert said[0].startswith('200'), said"
)
OURS = ASK.format(module="motcua.wsgi", path="/dang-nhap")
MINIMAL = ASK.format(module="bench.minimal.wsgi", path="/nhan")


def run(stage: Stage) -> list[Line]:
    """Both applications started in turns; then the workers of the servers that are up."""
    _ = stage.known
    ours: list[float] = []
    least: list[float] = []
    for _turn in range(max(3, stage.size.repeats // 10)):
        ours.append(_start(stage, OURS))
        least.append(_start(stage, MINIMAL))
    note = f"median of {len(ours)}: python -c, application, login page; target {TARGET_SECONDS} s"
    return [
        line(f"{NAME}.{stage.engine}.first_page", median(ours), "s", median(least), note),
        _memory(stage),
    ]


def _start(stage: Stage, code: str) -> float:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=stage.scratch.environment,
        cwd=stage.scratch.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ChildFailed(done.stderr)
    return time.perf_counter() - begun


def _memory(stage: Stage) -> Line:
    own, least = (
        [servers.memory(pid) for pid in server.workers()] for server in (stage.ours, stage.minimal)
    )
    note = (
        f"largest PSS of {len(own)} workers after what this run asked of them before; pages shared"
        f" with the master are counted in part; target {TARGET_MB} MB"
    )
    return line(
        f"{NAME}.{stage.engine}.worker", max(own, default=0), "MB", max(least, default=0), note
    )

"""`./motcua bench`: measure, each value beside a limit of the same run; nothing of it stays."""

import argparse
import json
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from types import FrameType
from typing import NoReturn

from bench import desk_hour, form_pdf, list_page, move_http, receive_http, startup, statements
from bench.result import Line, table
from bench.scratch import ENGINES, ChildFailed, Servers, available
from bench.stage import QUICK, Size, Stage, say
from motcua.kernel.errors import BadInput, Refused

Benchmark = Callable[[Stage], list[Line]]


def report_year(stage: Stage) -> list[Line]:
    """bench.report_year on an empty database of its own, told apart by engine."""
    scratch = stage.empty()
    return [
        row | {"name": row["name"].replace("report_year", f"report_year.{stage.engine}", 1)}
        for row in scratch.run("bench.report_year", str(10 * stage.size.dossiers))
    ]


BENCHMARKS: dict[str, Benchmark] = {
    "statements": statements.run,
    "receive_http": receive_http.run,
    "move_http": move_http.run,
    "list_page": list_page.run,
    "desk_hour": desk_hour.run,
    "startup": startup.run,
    "form_pdf": form_pdf.run,
    "report_year": report_year,
}
ONCE = ("form_pdf",)
"""What no database has a part in: measured on the first engine only."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput("Không hiểu câu lệnh ({why}). Xem: ./motcua bench --help", why=message)


def main(argv: list[str]) -> int:
    """Measure what was asked for; prints a table, or JSON. Refused when nothing can be measured."""
    options = _options(argv)
    signal.signal(signal.SIGTERM, _stop)
    begun = time.monotonic()
    size = QUICK if options.quick else Size()
    if options.dossiers:
        size = replace(size, dossiers=options.dossiers)
    lines = run(options.names, options.engine, size)
    if options.format == "json":
        print(json.dumps(lines, ensure_ascii=False, indent=1))
    else:
        print(table(lines))
    say(f"{time.monotonic() - begun:.0f} s")
    return 0


def run(names: list[str], engines: list[str], size: Size) -> list[Line]:
    """The lines of the benchmarks named, engine by engine."""
    lines: list[Line] = []
    for position, engine in enumerate(engines):
        with ExitStack() as stack:
            stage = Stage(engine, size, Servers(stack), stack)
            for name in names:
                if name in ONCE and position:
                    continue
                say(f"{engine}: {name} …")
                lines += _measured(name, stage)
    return lines


def _measured(name: str, stage: Stage) -> list[Line]:
    try:
        return BENCHMARKS[name](stage)
    except (ChildFailed, ConnectionError) as problem:
        raise Refused("Không đo được {name}: {why}", name=name, why=problem) from problem


def _options(argv: list[str]) -> argparse.Namespace:
    parser = _Parser("./motcua bench", description="Đo tốc độ. (Measure speed.)")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--quick", action="store_true", help="ít hơn, thô hơn (a fraction)")
    parser.add_argument("--dossiers", type=int, help="số hồ sơ của danh sách (rows of the list)")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="cả hai (both)")
    options = parser.parse_args(argv)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        known = ", ".join(BENCHMARKS)
        raise BadInput("Không có phép đo “{name}”. Có: {known}.", name=unknown[0], known=known)
    options.names = [name for name in BENCHMARKS if name in options.names or not options.names]
    options.engine = _engines(options.engine)
    return options


def _engines(asked: list[str] | None) -> list[str]:
    here = available()
    if "postgresql" not in here:
        if asked == ["postgresql"]:
            raise Refused("Máy này chưa có PostgreSQL: sudo apt-get install -y postgresql")
        say("no PostgreSQL here (sudo apt-get install -y postgresql): SQLite only")
    return [engine for engine in ENGINES if engine in here and engine in (asked or here)]


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt

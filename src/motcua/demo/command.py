"""./motcua demo: an invented commune, its year made from figures, and the pages on it."""

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TextIO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from motcua import serve
from motcua.demo import commune as setup
from motcua.demo.build import PERIOD, Player, seal_all
from motcua.demo.figures import Figures, read_figures
from motcua.demo.plan import plan
from motcua.demo.present import Present
from motcua.kernel.calendar import WorkPlace, load_calendar
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import local, local_day
from motcua.people import queries
from motcua.people.rules import Role
from motcua.procedures import shipped
from motcua.report.report_command import document
from motcua.web import clock

VERSION = 1
MARKER = "demo.json"
OURS = frozenset({MARKER, "secret"})
EARLIEST = date(2025, 8, 1)
WRONG = 1


class OtherContent(Refused):
    code = "demo-other-content"
    message = (
        "Thư mục {folder} đã có {found}; dữ liệu mẫu không ghi đè. "
        "Chọn thư mục trống, ví dụ --data {folder}-mau."
    )


class AlreadyBuilding(Refused):
    code = "demo-already-building"
    message = "Một lệnh demo khác đang dựng trong {folder}. Chờ nó xong rồi chạy lại."


class ClockTooEarly(Refused):
    code = "demo-clock-too-early"
    message = (
        "Giờ máy là {now}, trước ngày dữ liệu mẫu bắt đầu phần hiện tại ({first}). "
        "Chỉnh lại đồng hồ của máy rồi chạy lại."
    )


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput("Không hiểu câu lệnh ({why}). Xem: ./motcua demo --help.", why=message)


def main(argv: list[str]) -> int:
    """Build the demo (or take the one that is there), check it, write its report, serve it.

    Exit 1 and the names of the figures when one does not come out.
    """
    options = _parser().parse_args(argv)
    figures = _read(options.figures)
    if not options.no_serve:
        serve.check_port(options.host, serve.port_of(options.port))
    folder = Path(settings.DATA)
    print(f"Một Cửa, dữ liệu mẫu (demo): {folder}")
    _say_figures(figures, options.figures)
    with _marker(folder) as marker:
        made = _take_or_build(folder, marker, figures)
    wrong = _check(made, figures)
    if wrong:
        return WRONG
    _say_accounts(made)
    if options.no_serve:
        return 0
    return serve.main(["--host", options.host, "--port", options.port])


def _parser() -> Parser:
    parser = Parser(
        prog="./motcua demo",
        description="Dựng một xã hư cấu với một năm hồ sơ, rồi mở trang. (Build and serve a demo.)",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--figures", type=Path, metavar="FILE.csv",
        help="số liệu của báo cáo khác, cột id,value; mặc định: báo cáo gốc (another report)",
    )  # fmt: skip
    parser.add_argument("--data", metavar="DIR", help="thư mục dữ liệu (data folder)")
    parser.add_argument("--no-serve", action="store_true", help="dựng xong thì thôi (only build)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (address to listen on)")
    parser.add_argument("--port", default="8000", help="cổng, 1-65535 (port)")
    return parser


def _read(path: Path | None) -> Figures:
    try:
        return read_figures(path)
    except OSError as error:
        raise BadInput(
            "Không mở được tệp số liệu {path}: {why}.", path=path, why=error.strerror
        ) from None


def _say_figures(figures: Figures, path: Path | None) -> None:
    wanted = figures.wanted()
    given = sum(name in figures.given for name in wanted)
    if path is not None:
        print(f"  {path}: {given} số liệu dựng được; {len(wanted) - given} số lấy theo tỷ lệ gốc.")
    if figures.skipped:
        names = "" if path is None else f": {', '.join(figures.skipped)}"
        print(f"  Bỏ qua {len(figures.skipped)} số liệu của các sổ chưa có ở phiên bản này{names}.")


@contextmanager
def _marker(folder: Path) -> Iterator[TextIO]:
    """The marker of the demo in `folder`, held so that two commands never build at once."""
    path = folder / MARKER
    _refuse_other_content(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyBuilding(folder=folder) from None
        yield file


def _refuse_other_content(folder: Path) -> None:
    if not folder.exists() or (folder / MARKER).exists():
        return
    found = sorted(one.name for one in folder.iterdir() if one.name not in OURS)
    if found:
        raise OtherContent(folder=folder, found=", ".join(found[:3]))


def _take_or_build(folder: Path, marker: TextIO, figures: Figures) -> setup.Commune:
    marker.seek(0)
    text = marker.read()
    state = json.loads(text) if text else {}
    print_of = _fingerprint(figures)
    if state.get("ready") and state.get("demo") != print_of:
        raise OtherContent(folder=folder, found="một dữ liệu mẫu khác")
    if state.get("ready"):
        print("  Dữ liệu mẫu này đã dựng trước đó: dùng lại. (Reused.)")
        return taken()
    if state:
        _clear(folder)
    _write_marker(marker, print_of, ready=False)
    made = build(figures, clock.now())
    _write_marker(marker, print_of, ready=True)
    return made


def _write_marker(marker: TextIO, print_of: str, *, ready: bool) -> None:
    marker.seek(0)
    marker.truncate()
    json.dump({"demo": print_of, "version": VERSION, "ready": ready}, marker)
    marker.flush()
    os.fsync(marker.fileno())


def _fingerprint(figures: Figures) -> str:
    rows = sorted((name, str(value.normalize())) for name, value in figures.wanted().items())
    return hashlib.sha256(json.dumps([VERSION, rows]).encode()).hexdigest()


def _clear(folder: Path) -> None:
    """Remove what an interrupted build of this demo left behind."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        for path in folder.glob("motcua.sqlite3*"):
            path.unlink()
    for name in ("files", "out"):
        shutil.rmtree(folder / name, ignore_errors=True)


def build(figures: Figures, now: datetime) -> setup.Commune:
    """Bring the database up and build the demo in it. Refused where something is already."""
    if local_day(now) < EARLIEST:
        raise ClockTooEarly(now=f"{local(now):%H:%M %d/%m/%Y}", first=f"{EARLIEST:%d/%m/%Y}")
    call_command("migrate", interactive=False, verbosity=0)
    if apps.get_model("people", "Agency")._base_manager.exists():
        raise OtherContent(folder=settings.DATA, found="cơ sở dữ liệu của đơn vị khác")
    return make(figures, now, Progress(sys.stderr))


def make(figures: Figures, now: datetime, progress: Callable[[int, int], None]) -> setup.Commune:
    """Make the commune, its year and its present in an empty database."""
    planned = plan(
        figures,
        desk=load_calendar(setup.HOURS, WorkPlace.DESK),
        office=load_calendar(setup.HOURS, WorkPlace.OFFICE),
        fields=shipped.fields(),
        rows=shipped.catalogue("2023"),
    )
    made = setup.set_up(planned.catalogue, planned.desk)
    with made.scope():
        events = Player(made, planned, progress).play()
    setup.become_two_tier(made)
    with made.scope():
        living = Present(made, now).play()
    seal_all(made, before=local_day(now), at=now)
    print(
        f"  Đã dựng {len(planned.dossiers)} hồ sơ của năm qua {events} việc, "
        f"{living} hồ sơ đang làm quanh hôm nay."
    )
    return made


class Progress:
    """Per cent on standard error: in place on a terminal, otherwise a line for each tenth."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.shown = stream, 0

    def __call__(self, done: int, every: int) -> None:
        before, self.shown = self.shown, 100 * done // every
        words = f"  Dựng năm (building the year): {self.shown:3} %"
        if self.stream.isatty() and self.shown != before:
            end = "\n" if done == every else ""
            print(f"\r{words}", end=end, file=self.stream, flush=True)
        elif self.shown // 10 != before // 10:
            print(words, file=self.stream, flush=True)


def taken() -> setup.Commune:
    """The demo commune that is in the database."""
    province, district, agency = map(queries.agency_by_code, setup.CODES)
    if agency is None:
        raise Refused(
            "Dữ liệu mẫu trong {folder} không đủ; xóa thư mục rồi chạy lại.", folder=settings.DATA
        )
    today = local_day(clock.now())
    with setup.agency_scope(queries.scope_of(agency)):
        found = {
            officer.post.code: officer
            for role in Role
            for officer in queries.officers_with(role, on=today).select_related("post", "agency")
        }
    officers = {post: found[post] for post in sorted(found, key=setup.order_of)}
    return setup.Commune(agency, district, province, officers)


def _check(made: setup.Commune, figures: Figures) -> list[str]:
    """Compute every figure anew, compare it with the one wanted, and write the report."""
    with made.scope():
        report = document(PERIOD)
    out = Path(settings.DATA) / "out"
    out.mkdir(exist_ok=True)
    path = out / f"report-{PERIOD}.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    wrong = differences(report, figures)
    for line in wrong:
        print(line, file=sys.stderr)
    count = len(figures.wanted())
    print(f"  {count - len(wrong)} trên {count} số liệu khớp. Báo cáo (report): {path}")
    return wrong


def differences(report: dict[str, Any], figures: Figures) -> list[str]:
    """A line for each wanted figure that the report does not give."""
    got = {
        row["id"]: Decimal(str(row["value"]))
        for row in report["figures"]
        if row["value"] is not None
    }
    return [
        f"{name}: muốn {value}, ra {got.get(name, 'không có')}"
        for name, value in figures.wanted().items()
        if got.get(name) != value
    ]


def _say_accounts(made: setup.Commune) -> None:
    print(f"  {setup.NAME} là đơn vị hư cấu. Tài khoản (accounts), mật khẩu {setup.PASSWORD}:")
    for officer in made.officers.values():
        print(f"    {officer.login:<14} {officer.name}")

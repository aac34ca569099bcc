"""`./motcua serve`: the pages over HTTP, and the clock's own work beside them.

Two workers of four threads, on SQLite too: a page that waits for a PDF holds nobody else up. A
process of its own seals the past days of the journal and clears the sessions that ended.
"""

import argparse
import ipaddress
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from django.apps import apps
from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from motcua.kernel.errors import BadInput, Refused
from motcua.setup import network, upgrade

WORKERS, THREADS = 2, 4
TICK_SECONDS = 600
LOOK_SECONDS = 2
INTERRUPTED = 130
HOUR_SECONDS = 3600


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput("Không hiểu câu lệnh ({why}). Xem: ./motcua serve --help", why=message)


def main(argv: list[str]) -> int:
    """Parse the options and serve until stopped. Refused with one sentence when it cannot."""
    parser = _Parser("./motcua serve", description="Mở trang. (Serve the pages.)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (address to listen on)")
    parser.add_argument("--port", default="8000", help="cổng, 1-65535 (port)")
    options = parser.parse_args(argv)
    return run(options.host, port_of(options.port))


def run(host: str = "127.0.0.1", port: int = 8000) -> int:
    """Serve the data of MOTCUA_DATA until stopped; returns the exit code."""
    _check_folder()
    check_port(host, port)
    _bring_up()
    _check_agency()
    _allow_hosts(host)
    _warn(host)
    connections.close_all()
    ticker = _start_ticker()
    server = _Server(_Application(host, port))
    try:
        server.run()
    except SystemExit as stopped:
        code = INTERRUPTED if server.interrupted else int(stopped.code or 0)
    finally:
        _stop_ticker(ticker)
    if code == INTERRUPTED:
        print("\nĐã dừng theo yêu cầu. (Stopped.)", file=sys.stderr)
    return code


def port_of(text: str) -> int:
    """The port that somebody typed. Raises BadInput."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 65535:
        raise BadInput("--port là một số từ 1 đến 65535, không phải “{text}”.", text=text)
    return int(text)


def _check_folder() -> None:
    database = settings.DATA / "motcua.sqlite3"
    for path in (settings.DATA, database):
        if path.exists() and not os.access(path, os.W_OK):
            raise Refused("Không ghi được vào {path}; cấp quyền ghi hoặc dùng --data.", path=path)


def check_port(host: str, port: int) -> None:
    """Raise Refused when the address cannot be listened on: asked before the work, not after."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                "Không mở được {host}:{port} ({why}); chọn cổng khác, ví dụ --port {other}.",
                host=host,
                port=port,
                why=error.strerror,
                other=port + 1 if port < 65535 else 8000,
            ) from None


def _bring_up() -> None:
    copy = upgrade.bring_up()
    if copy is not None:
        print(f"Đã nâng cấp cơ sở dữ liệu (upgraded); bản sao trước đó: {copy}", flush=True)


def _check_agency() -> None:
    if not apps.get_model("people", "Agency")._base_manager.exists():
        raise Refused(
            "Chưa có đơn vị nào trong {folder}: chạy ./motcua demo hoặc ./motcua init trước.",
            folder=settings.DATA,
        )


def _allow_hosts(host: str) -> None:
    """For the office network: answer to the machine's own names, unless MOTCUA_HOSTS says which."""
    if os.environ.get("MOTCUA_HOSTS") or _is_loopback(host):
        return
    names = network.own_names() if host in network.EVERYWHERE else [host]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, *names]
    print(
        f"Trả lời cho các tên (answering to): {', '.join(names)}. Tên khác: đặt MOTCUA_HOSTS.",
        flush=True,
    )


def _warn(host: str) -> None:
    if os.environ.get("MOTCUA_TLS") != "1" and not _is_loopback(host):
        print(
            f"Cảnh báo: mở ở {host} không qua TLS thì mật khẩu và dữ liệu cá nhân đi trên mạng ở "
            "dạng đọc được; đặt máy chủ TLS phía trước và MOTCUA_TLS=1. (Warning: no TLS.)",
            file=sys.stderr,
            flush=True,
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Application(BaseApplication):
    def __init__(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        self.address = f"{shown}:{port}"
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self.address,
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "loglevel": "warning",
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "when_ready": lambda server: self._say(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from django.urls import get_resolver

        from motcua.wsgi import application

        # Read all addresses before the workers part: they share them, and a fault shows at once.
        _ = get_resolver().url_patterns
        return application

    def _say(self) -> None:
        print(f"Một Cửa: http://{self.address}/   (Ctrl-C: dừng, stop)", flush=True)


class _Server(Arbiter):
    """Gunicorn's master, which remembers whether Ctrl-C ended it."""

    interrupted = False

    def handle_int(self) -> None:
        self.interrupted = True
        super().handle_int()


def _start_ticker() -> int:
    """A process for the work of the clock. It ends with its parent, however that ends."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _tick_while(parent)
    finally:
        os._exit(0)


def _tick_while(parent: int) -> None:
    due = clear_due = time.monotonic()
    while os.getppid() == parent:
        if time.monotonic() >= due:
            due = time.monotonic() + TICK_SECONDS
            _once(_seal)
        if time.monotonic() >= clear_due:
            clear_due = time.monotonic() + HOUR_SECONDS
            _once(_clear_sessions)
        time.sleep(LOOK_SECONDS)


def _seal() -> None:
    from motcua.journal.tick import tick

    tick()


def _clear_sessions() -> None:
    from motcua.people.sessions import clear_expired
    from motcua.web.clock import now

    clear_expired(now())


def _once(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        # One failed round is told and tried again: the pages go on meanwhile.
        traceback.print_exc()
    finally:
        connections.close_all()


def _stop_ticker(ticker: int) -> None:
    try:
        os.kill(ticker, signal.SIGTERM)
        os.waitpid(ticker, 0)
    except (ProcessLookupError, ChildProcessError):
        return  # it has ended, and gunicorn has noticed

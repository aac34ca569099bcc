"""./motcua systemd: a hardened unit that serves this folder from boot (khởi động cùng máy)."""

import getpass
import os
import re
import sys
from pathlib import Path

from motcua.kernel.errors import BadInput
from motcua.setup.options import Parser

REPOSITORY = Path(__file__).resolve().parents[3]
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}", re.ASCII)
_HOST = re.compile(r"[0-9A-Za-z.:-]{1,253}", re.ASCII)

AS_ROOT = (
    "Chú ý: dịch vụ này chạy bằng root. Tạo tài khoản riêng (sudo adduser --system motcua), "
    "giao thư mục dữ liệu cho tài khoản đó, rồi chạy lại với --user motcua."
)
UNIT = """\
# Một Cửa. Đặt vào /etc/systemd/system/motcua.service, rồi:
#   sudo systemctl daemon-reload && sudo systemctl enable --now motcua
# (Put it there, then run the line above.)
[Unit]
Description=Mot Cua: the one-stop desk
Wants=network-online.target
After=network-online.target postgresql.service

[Service]
Type=exec
User={user}
WorkingDirectory={program}
Environment=MOTCUA_DATA={data}
{more}ExecStart={program}/motcua serve --host {host} --port {port}
Restart=on-failure
RestartSec=3
KillSignal=SIGTERM
TimeoutStopSec=30
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome={home}
ReadWritePaths={data}
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
CapabilityBoundingSet=
AmbientCapabilities=

[Install]
WantedBy=multi-user.target
"""


def main(argv: list[str]) -> int:
    """Print the unit; nothing is written anywhere. Raises BadInput for words it cannot hold."""
    parser = Parser(
        prog="./motcua systemd",
        description="In tệp dịch vụ systemd để mở trang khi máy khởi động.",
    )
    parser.add_argument("--user", default=getpass.getuser(), help="tài khoản của máy chạy dịch vụ")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe")
    parser.add_argument("--port", default="8000", help="cổng")
    parser.add_argument("--tls", action="store_true", help="có máy chủ TLS đứng trước")
    options = parser.parse_args(argv)
    print(unit(options.user, options.host, options.port, tls=options.tls), end="")
    if options.user == "root":
        print(AS_ROOT, file=sys.stderr)
    return 0


def unit(user: str, host: str, port: str, *, tls: bool) -> str:
    """The text of the unit for this program and MOTCUA_DATA."""
    if not _USER.fullmatch(user):
        raise BadInput("Tên tài khoản máy “{text}” không đúng dạng.", text=user)
    if not _HOST.fullmatch(host):
        raise BadInput("Địa chỉ “{text}” không đúng dạng.", text=host)
    if not (port.isascii() and port.isdigit() and 1 <= int(port[:6]) <= 65535):
        raise BadInput("--port là một số từ 1 đến 65535, không phải “{text}”.", text=port)
    data = _path(Path(os.environ["MOTCUA_DATA"]))
    program = _path(REPOSITORY)
    more = "Environment=MOTCUA_TLS=1\n" if tls else ""
    for name in ("MOTCUA_HOSTS",):
        if given := os.environ.get(name):
            more += f"Environment={name}={_path(Path(given))}\n"
    if os.environ.get("MOTCUA_DATABASE"):
        # With its password in it: not in a unit, which everybody on the machine reads.
        more += "EnvironmentFile=/etc/motcua.env\n"
    home = (
        "read-only" if _is_home(Path(os.environ["MOTCUA_DATA"])) or _is_home(REPOSITORY) else "yes"
    )
    return UNIT.format(
        user=user, host=host, port=port, data=data, program=program, more=more, home=home
    )


def _path(path: Path) -> str:
    """As systemd reads it: no blanks, no specifiers."""
    text = str(path)
    if re.search(r"[\s\"'\\]", text):
        raise BadInput("Đường dẫn “{text}” có dấu cách; chuyển sang thư mục không có.", text=text)
    return text.replace("%", "%%")


def _is_home(path: Path) -> bool:
    return path.is_relative_to("/home") or path.is_relative_to("/root")

"""Receiving a dossier over HTTP with everything on, beside a view that inserts the same two rows.

Everything: session, login, CSRF, permission, the form's validation, a new citizen, the serial, the
due time, papers, two chained events, the fact row.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from bench.result import Line
from bench.stage import Client, Race, Stage, compare

NAME = "receive_http"
CLIENTS, MANY_CLIENTS = 8, 16
_numbers = count()


def run(stage: Stage) -> list[Line]:
    """One client, eight clients of eight communes; on SQLite also sixteen, for its lock."""
    name = f"{NAME}.{stage.engine}"
    alone = _race(stage, 1)
    lines = compare(name, alone, _race(stage, CLIENTS), CLIENTS)
    if stage.engine == "sqlite":
        lines += compare(name, alone, _race(stage, MANY_CLIENTS), MANY_CLIENTS)[1:3]
    return lines


def _race(stage: Stage, clients: int) -> Race:
    communes = stage.known["communes"]
    chosen = [communes[n % len(communes)] for n in range(clients)]
    ours = [
        _requests(Client.at(stage.ours.port, "/tiep-nhan", one, one["session"]), "/tiep-nhan")
        for one in chosen
    ]
    minimal = [_requests(Client.at(stage.minimal.port, "/nhan", one), "/nhan") for one in chosen]
    return stage.race(ours, minimal)


def _requests(client: Client, path: str) -> Iterator[bytes]:
    while True:
        yield client.post(path, filled(client.known, next(_numbers)))


def filled(known: dict[str, Any], number: int) -> dict[str, str]:
    """The form as the page sends it, for a citizen who was never here before."""
    fields = {
        "khoa": str(uuid4()), "ma-thu-tuc": known["procedure"], "thu-tuc": "kết hôn",
        "so-dinh-danh": f"9{number:011}", "ho-ten": "Nguyễn Thị Đo Đạc", "ngay-sinh": "1990",
        "dien-thoai": "0900000000", "email": "", "dia-chi": "Thôn 1, xã Đo", "nop-cho": "minh",
        "nguoi-nop": "", "tu-cach": "written", "uy-quyen": "", "nguoi-nop-so": "",
        "nguoi-nop-dt": "", "giay-khac": "Tờ khai" if not known["papers"] else "",
        "noi-dung": "", "kenh": "counter", "nhan-kq": "counter", "ghi": "1",
    }  # fmt: skip
    for paper in range(1, known["papers"] + 1):
        fields |= {f"giay-{paper}": "co", f"so-ban-{paper}": "1"}
    return fields

"""Desks under load: each repeats a request without an answer until one comes, with the same key."""

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

HOST = "127.0.0.1"
TOKEN = "a" * 32
BOUNDARY = "motcua-ranh-gioi"
PATIENCE = 10
PAUSE = 0.1
DONE, NO_ANSWER = 302, 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A status (0: none came), where it sends to, and what it says."""

    status: int
    location: str = ""
    text: str = ""


def ask(
    port: int, session: str, method: str, path: str, fields: dict[str, str] | None = None,
    accept: str = "text/html", body: bytes = b"", kind: str = "application/x-www-form-urlencoded",
) -> Answer:  # fmt: skip
    """One request on a connection of its own; a broken one is an answer with status 0."""
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Accept": accept}
    headers["Content-Type"] = kind
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    content = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode() if fields else body
    try:
        connection.request(method, path, content or None, headers)
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        return Answer(response.status, response.headers.get("Location", ""), text)
    except (OSError, http.client.HTTPException):
        return Answer(NO_ANSWER)
    finally:
        connection.close()


def multipart(fields: dict[str, str], name: str, content: bytes) -> bytes:
    """The body of a form with one PDF."""
    parts = [f'name="{field}"\r\n\r\n{value}'.encode() for field, value in fields.items()]
    parts.append(
        f'name="{name}"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
        + content
    )
    begin = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
    return b"".join(begin + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


def filled(key: str, number: int) -> dict[str, str]:
    """The form of reception for a citizen who was never here before."""
    return {
        "khoa": key, "ma-thu-tuc": "1.001193", "thu-tuc": "khai sinh",
        "so-dinh-danh": f"0{number:011}", "ho-ten": "Nguyễn Thị Ngọc Ẩn", "ngay-sinh": "1990",
        "dien-thoai": "", "email": "", "dia-chi": "Thôn 1", "nop-cho": "minh", "nguoi-nop": "",
        "tu-cach": "written", "uy-quyen": "", "nguoi-nop-so": "", "nguoi-nop-dt": "",
        "giay-khac": "", "noi-dung": "", "kenh": "counter", "nhan-kq": "counter", "ghi": "1",
        "giay-1": "co", "so-ban-1": "1",
    }  # fmt: skip


@dataclass
class Desks:
    """`clients` threads that receive dossiers; `acknowledged` holds the code of each key."""

    office: Any
    clients: int = 6
    acknowledged: dict[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers, self._stop, self._lock = count(1), threading.Event(), threading.Lock()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "Desks":
        self._threads = [threading.Thread(target=self._work) for _ in range(self.clients)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        """No new dossier; those on their way are repeated until they are answered."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for_more(self, more: int = 6) -> None:
        """Return once `more` dossiers are acknowledged from now on."""
        wanted = len(self.acknowledged) + more
        self.office.wait_for(lambda: len(self.acknowledged) >= wanted, "no more is received")

    def wait_for_refusals(self, more: int) -> None:
        """Return once `more` answers said no from now on."""
        wanted = len(self.refused) + more
        self.office.wait_for(lambda: len(self.refused) >= wanted, "nothing is refused")

    def _work(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                key, number = str(uuid4()), next(self._numbers)
                self.sent.append(key)
            if not self._until_answered(key, filled(key, number)):
                return

    def _until_answered(self, key: str, fields: dict[str, str]) -> bool:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            answer = ask(self.office.port, self.office.session, "POST", "/tiep-nhan", fields)
            with self._lock:
                self.statuses[answer.status] += 1
                if answer.status == DONE:
                    self.acknowledged[key] = answer.location.split("/")[2]
                    return True
                if answer.status not in (NO_ANSWER, DONE):
                    self.refused.append(answer.text)
            time.sleep(PAUSE)
        return False

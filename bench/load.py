"""A small load generator over keep-alive connections to this machine: bounded, one thread each.

Requests are written as bytes beforehand, so that its own share of the two cores stays small.
"""

import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 30


@dataclass(slots=True)
class Sample:
    """What came back: milliseconds of the good answers, the number of each other status."""

    times: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, other: "Sample") -> None:
        self.times += other.times
        self.failed += other.failed
        self.seconds += other.seconds

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which `share` of the good answers came (0.5, 0.99)."""
        if not self.times:
            return 0.0
        if share == 0.5:
            return statistics.median(self.times)
        return sorted(self.times)[min(int(share * len(self.times)), len(self.times) - 1)]


class Connection:
    """One keep-alive connection to a port of this machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def ask(self, request: bytes) -> tuple[str, bytes, bytes]:
        """Send one request; returns status, head and body."""
        self._socket.sendall(request)
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, _, body = self._rest.partition(b"\r\n\r\n")
        length = _length(head)
        while len(body) < length:
            self._rest = body
            self._more()
            body = self._rest
        self._rest = body[length:]
        return head[9:12].decode(), head, body[:length]

    def close(self) -> None:
        self._socket.close()

    def _more(self) -> None:
        got = self._socket.recv(1 << 18)
        if not got:
            raise ConnectionError("the server closed the connection")
        self._rest += got


def _length(head: bytes) -> int:
    for row in head.split(b"\r\n"):
        if row.lower().startswith(b"content-length:"):
            return int(row[15:])
    raise ConnectionError("an answer without a length")


def get(path: str, port: int, cookies: str = "") -> bytes:
    """The bytes of a GET."""
    cookie = f"Cookie: {cookies}\r\n" if cookies else ""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{cookie}\r\n".encode()


def post(path: str, port: int, cookies: str, fields: dict[str, str]) -> bytes:
    """The bytes of a POST of a form."""
    body = urlencode(fields).encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def drive(
    port: int, clients: Sequence[Iterator[bytes]], *, good: str, seconds: float, most: int
) -> Sample:
    """Every client asks one request after another until the time or `most` requests are over."""
    until = time.perf_counter() + seconds
    samples = [Sample() for _ in clients]
    threads = [
        threading.Thread(target=_ask, args=(port, requests, good, until, most, sample))
        for requests, sample in zip(clients, samples, strict=True)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Sample(seconds=time.perf_counter() - begun)
    for sample in samples:
        whole.times += sample.times
        whole.failed += sample.failed
    return whole


def _ask(
    port: int, requests: Iterator[bytes], good: str, until: float, most: int, sample: Sample
) -> None:
    connection = Connection(port)
    try:
        for _, request in zip(range(most), requests, strict=False):
            start = time.perf_counter()
            if start > until:
                return
            status, _head, _body = connection.ask(request)
            if status == good:
                sample.times.append(1000 * (time.perf_counter() - start))
            else:
                sample.failed[status] += 1
    except OSError as error:
        sample.failed[type(error).__name__] += 1
    finally:
        connection.close()

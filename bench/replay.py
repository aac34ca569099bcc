"""An hour of a busy desk as requests, replayed over the communes faster than it happened.

Each citizen is a script: from the first letters of the procedure to the leader's signature, with
the pages that people look at in between. What an answer says (the code) goes into the next request.
Reads the communes and prints what came back, both as JSON: `python -m bench.replay PORT SECONDS
CITIZENS FIRST`.
"""

import json
import sys
import threading
import time
from collections.abc import Generator
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from bench import load
from bench.receive_http import filled
from bench.stage import Client

PER_CITIZEN = 24
GOOD = ("200", "302")
TYPED = ("ket", "ket h", "ket ho", "ket hon")
OPINION = "Đủ điều kiện, đúng bản chính"

Answer = tuple[str, bytes, bytes]
Script = Generator[bytes, Answer, None]


class Desk:
    """The three people of a commune at their pages."""

    def __init__(self, port: int, known: dict[str, Any]) -> None:
        self.port, self.known = port, known
        self.desk = Client.at(port, "/tiep-nhan", known, known["session"])
        self.specialist = Client.at(port, "/hom-nay", known, known["specialist_session"])
        self.leader = Client.at(port, "/hom-nay", known, known["leader_session"])

    def citizen(self, number: int) -> Script:
        """All requests about one citizen, whose number nobody else has."""
        yield self._see(self.desk, "/hom-nay")
        yield self._see(self.desk, "/tiep-nhan")
        for letters in TYPED:
            yield self._see(self.desk, f"/tiep-nhan/thu-tuc?{urlencode({'thu-tuc': letters})}")
        form = filled(self.known, number)
        checked = {name: value for name, value in form.items() if name != "ghi"}
        yield self.desk.post("/tiep-nhan", checked | {"kiem-tra": "1"})
        answer = yield self.desk.post("/tiep-nhan", form)
        dossier = _place(answer).removesuffix("/da-tiep-nhan")
        yield self._see(self.desk, f"{dossier}/da-tiep-nhan")
        yield self._see(self.desk, f"{dossier}/mau/01")
        yield self._act(self.desk, dossier, "chuyen-xu-ly", den=self.known["specialist"])
        yield self._see(self.desk, "/ho-so")
        yield self._see(self.desk, f"/ho-so?{urlencode({'tim': 'nguyen van an'})}")
        yield self._see(self.desk, f"/ho-so?{urlencode({'tim': dossier[-4:]})}")
        yield from self._decided(dossier)

    def _decided(self, dossier: str) -> Script:
        yield self._see(self.specialist, "/hom-nay")
        yield self._see(self.specialist, dossier)
        yield self._see(self.specialist, f"{dossier}/viec/tham-dinh")
        yield self._act(self.specialist, dossier, "tham-dinh", **{"y-kien": OPINION})
        yield self._see(self.specialist, f"{dossier}/viec/trinh-ky")
        signer = {"nguoi-ky": self.known["leader"]}
        yield self._act(self.specialist, dossier, "trinh-ky", **signer)
        yield self._see(self.leader, "/cho-ky")
        yield self._see(self.leader, quote(f"/cho-ky/{dossier.rpartition('/')[2]}"))
        yield self._act(self.leader, dossier, "ky-duyet")
        yield self._see(self.desk, dossier)

    def _see(self, who: Client, path: str) -> bytes:
        return load.get(path, self.port, who.cookies)

    def _act(self, who: Client, dossier: str, verb: str, **fields: str) -> bytes:
        return who.post(f"{dossier}/viec/{verb}", {"khoa": str(uuid4()), **fields})


class NoWay(Exception):
    """An answer that leads nowhere: the script of this citizen ends."""


def _place(answer: Answer) -> str:
    """The path that an answer leads to."""
    for row in answer[1].decode().split("\r\n"):
        if row.lower().startswith("location:"):
            return row.partition(":")[2].strip()
    raise NoWay(f"{answer[0]} without an address")


def play(desk: Desk, numbers: range, begun: float, seconds: float, sample: load.Sample) -> None:
    """One citizen after another, each request at its time or, when late, at once; until the end."""
    connection = load.Connection(desk.port)
    gap = seconds / (max(len(numbers), 1) * PER_CITIZEN)
    asked = 0
    try:
        for number in numbers:
            script = desk.citizen(number)
            request = next(script)
            while request:
                time.sleep(max(0.0, begun + asked * gap - time.perf_counter()))
                start = time.perf_counter()
                if start > begun + seconds:
                    return
                answer = connection.ask(request)
                asked += 1
                if answer[0] in GOOD:
                    sample.times.append(1000 * (time.perf_counter() - start))
                else:
                    sample.failed[answer[0]] += 1
                request = _next(script, answer, sample)
    except OSError as error:
        sample.failed[type(error).__name__] += 1
    finally:
        connection.close()


def _next(script: Script, answer: Answer, sample: load.Sample) -> bytes:
    """The next request; nothing when the citizen is done."""
    try:
        return script.send(answer)
    except StopIteration:
        return b""
    except NoWay as fault:
        sample.failed[str(fault)] += 1
        return b""


def main(port: int, seconds: float, citizens: int, first: int) -> None:
    """Replay over all communes at once; the citizens go round them."""
    desks = [Desk(port, known) for known in json.load(sys.stdin)]
    last = first + citizens
    samples = [load.Sample() for _ in desks]
    begun = time.perf_counter()
    threads = [
        threading.Thread(
            target=play,
            args=(desk, range(first + n, last, len(desks)), begun, seconds, sample),
        )
        for n, (desk, sample) in enumerate(zip(desks, samples, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = load.Sample()
    for sample in samples:
        whole.add(sample)
    print(json.dumps({"times": whole.times, "failed": whole.failed}))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))

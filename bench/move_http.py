"""Moving a dossier a step over HTTP (assigning it), beside a view that updates one row and inserts
one."""

from collections.abc import Iterator
from itertools import cycle
from uuid import uuid4

from bench.result import Line
from bench.stage import Client, Race, Stage, compare

NAME = "move_http"
CLIENTS = 8
ALONE_SHARE = 0.3
"""Of the dossiers that wait, the share that one client moves; eight move the others."""


def run(stage: Stage) -> list[Line]:
    """One client, which goes round the eight communes; then eight clients, one in each."""
    communes = stage.known["communes"]
    ours = [Client.at(stage.ours.port, "/tiep-nhan", one, one["session"]) for one in communes]
    minimal = [Client.at(stage.minimal.port, "/nhan", one) for one in communes]
    alone = round(stage.size.moves * ALONE_SHARE)
    one = _race(stage, [_turns([_ours(c, 0, alone) for c in ours])], minimal[:1])
    eight = _race(stage, [_ours(c, alone, stage.size.moves) for c in ours], minimal)
    return compare(f"{NAME}.{stage.engine}", one, eight, CLIENTS)


def _race(stage: Stage, ours: list[Iterator[bytes]], minimal: list[Client]) -> Race:
    parts = len(minimal)
    return stage.race(
        ours, [_minimal(c, stage.minimal_rows[n::parts]) for n, c in enumerate(minimal)]
    )


def _turns(iterators: list[Iterator[bytes]]) -> Iterator[bytes]:
    for several in zip(*iterators, strict=True):
        yield from several


def _ours(client: Client, first: int, last: int) -> Iterator[bytes]:
    for code in client.known["codes"][first:last]:
        fields = {"den": client.known["specialist"], "khoa": str(uuid4()), "da-thay": "1"}
        yield client.post(f"/ho-so/{code}/viec/chuyen-xu-ly", fields)


def _minimal(client: Client, rows: list[str]) -> Iterator[bytes]:
    for row in cycle(rows):
        fields = {"den": client.known["specialist"], "khoa": str(uuid4()), "da-thay": "1"}
        yield client.post(f"/chuyen/{row}", fields)

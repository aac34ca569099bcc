"""How many SQL statements each act takes, the caches warm; BEGIN and COMMIT not counted."""

import json
import sys
from typing import Any
from uuid import uuid4

from bench.result import Line, line
from bench.stage import Stage

NAME = "statements"
TARGET = 8
_OUTSIDE = ("BEGIN", "COMMIT")


def run(stage: Stage) -> list[Line]:
    """Counted in a process of its own, through the whole stack with its middleware."""
    counts = stage.scratch.run("bench.statements", given=stage.known)
    target = f"target {TARGET}"
    notes = {
        "receive": f"a citizen never seen before; {target}",
        "receive_known": f"a citizen known already; {target}",
        "assign": target,
        "approve": target,
        "list": "no target is set; limit as for an act",
        "list_deep": "limit: the first page's number",
        "today": "no target is set; limit as for an act",
    }
    limits = {"list_deep": counts["list"]}
    return [
        line(f"{NAME}.{stage.engine}.{name}", counts[name], "statements",
             limits.get(name, TARGET), note)
        for name, note in notes.items()
    ]  # fmt: skip


def main(known: dict[str, Any]) -> None:
    """Do everything twice, count the second time, print the counts."""
    import django

    django.setup()
    counts: dict[str, int] = {}
    for _ in range(2):
        counts = {name: len(said) for name, said in statements(known).items()}
    print(json.dumps(counts))


def statements(known: dict[str, Any]) -> dict[str, list[str]]:
    """The SQL of each act, in order."""
    from bench.receive_http import filled

    one = known["communes"][-1]
    desk, number = _client(one["desk"]), int(str(uuid4().int)[:10])
    form, again = filled(one, number), filled(one, number) | {"da-kiem-tra": "1"}
    code = one["codes"].pop()
    found = {
        "receive": _said(desk, "/tiep-nhan", form, 302),
        "receive_known": _said(desk, "/tiep-nhan", again, 302),
        "assign": _said(desk, f"/ho-so/{code}/viec/chuyen-xu-ly", _to(one["specialist"]), 302),
    }
    specialist, leader = _client(one["specialist"]), _client(one["leader"])
    opinion = {"khoa": str(uuid4()), "y-kien": "Đủ điều kiện", "ket-luan": "duoc"}
    signer = {"khoa": str(uuid4()), "nguoi-ky": one["leader"]}
    _said(specialist, f"/ho-so/{code}/viec/tham-dinh", opinion, 302)
    _said(specialist, f"/ho-so/{code}/viec/trinh-ky", signer, 302)
    found["approve"] = _said(leader, f"/ho-so/{code}/viec/ky-duyet", {"khoa": str(uuid4())}, 302)
    long = _client(known["list"]["desk"])
    found["list"] = _said(long, "/ho-so", None, 200)
    found["list_deep"] = _said(long, f"/ho-so?sau={known['list']['after']}", None, 200)
    found["today"] = _said(long, "/hom-nay", None, 200)
    return found


def _to(officer: str) -> dict[str, str]:
    return {"den": officer, "khoa": str(uuid4()), "da-thay": "1"}


def _client(officer_id: str) -> Any:
    from django.test import Client

    from motcua.people.login import OfficerBackend

    client = Client(SERVER_NAME="127.0.0.1")
    officer = OfficerBackend().get_user(officer_id)
    client.force_login(officer, backend="motcua.people.login.OfficerBackend")
    return client


def _said(client: Any, path: str, fields: dict[str, str] | None, good: int) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path) if fields is None else client.post(path, fields)
    if answer.status_code != good:
        raise AssertionError(f"{path} gave {answer.status_code}")
    said = (str(query["sql"]) for query in captured)
    return [sql for sql in said if not sql.startswith(_OUTSIDE)]


if __name__ == "__main__":
    main(json.load(sys.stdin))

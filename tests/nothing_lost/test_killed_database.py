"""The PostgreSQL server killed under load: a readable page, and back to work by itself."""

import json
import signal
from contextlib import ExitStack

import pytest

from tests.nothing_lost.clients import Desks, filled
from tests.nothing_lost.counts import reckon
from tests.nothing_lost.office import Database, Office, children, kill

AWAY = "Máy chủ chưa kết nối được cơ sở dữ liệu."


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office on a database server of its own."""
    with ExitStack() as stack:
        server = Database()
        stack.callback(server.stop)
        server.start()
        made = Office(tmp_path_factory.mktemp("office"), server.url)
        stack.callback(made.stop)
        made.start()
        made.server = server
        yield made


def test_a_killed_database_loses_nothing_and_the_web_goes_on_by_itself(office, tell):
    server = office.server
    with Desks(office) as desks:
        desks.wait_for_more()
        before = set(children(office.process.pid))
        for _ in range(3):  # one connection: the server drops all of them and recovers
            office.wait_for(server.backends, "no connection")
            kill(server.backends()[0])
            desks.wait_for_more()
        server.kill()
        page = office.get("/tiep-nhan")
        server.start_again()
        desks.wait_for_more()
        server.process.send_signal(signal.SIGQUIT)  # the immediate stop of pg_ctl
        server.process.wait()
        desks_told = len(desks.refused)
        office.wait_for(lambda: len(desks.refused) > desks_told, "nobody is told")
        server.start_again()
        desks.wait_for_more()
    assert page.status == 503 and AWAY in page.text and "Chưa mở được trang" in page.text
    assert set(desks.statuses) == {302, 503}, desks.statuses
    for text in desks.refused:
        assert ("Chưa ghi gì." in text) != ("Chưa rõ đã ghi hay chưa" in text), text
        assert "Gửi lại không ghi hai lần." in text and "Traceback" not in text
    assert len(before) == 3 and set(children(office.process.pid)) == before, (
        "a worker had to be replaced"
    )
    tell(f"{reckon(office, desks)}; 5 kills, {len(desks.refused)} answers 503")


def test_a_programme_is_told_the_same_as_json(office):
    office.server.kill()
    answer = office.post("/tiep-nhan", filled("k", 1), accept="application/json")
    given = json.loads(answer.text)
    assert answer.status == 503
    assert given["code"] == "database-away" and given["message"].startswith(AWAY)

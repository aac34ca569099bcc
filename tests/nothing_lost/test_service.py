"""Stopping and starting as a service does it: what is on its way is finished first."""

import threading
from contextlib import ExitStack
from uuid import uuid4

import pytest

from motcua.web import failpoints
from tests.nothing_lost.clients import filled
from tests.nothing_lost.office import open_office


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with ExitStack() as stack:
        yield open_office(tmp_path_factory.mktemp("office"), stack)


def test_a_stop_finishes_what_is_on_its_way_and_takes_nothing_new(office):
    answers = []
    file = office.arm(failpoints.BEFORE_COMMIT, failpoints.PAUSE)
    fields = filled(str(uuid4()), 1)
    sender = threading.Thread(target=lambda: answers.append(office.post("/tiep-nhan", fields)))
    sender.start()
    office.wait_for(lambda: not file.exists(), "the form does not arrive")
    process = office.process
    office.stop()
    sender.join()
    assert answers[0].status == 302, "the answer came although the stop came before it"
    assert process.returncode == 0
    assert office.get("/phim-tat").status == 0, "nothing new is taken"
    office.start()
    code = answers[0].location.split("/")[2]
    assert office.get(f"/ho-so/{code}").status == 200
    again = office.post("/tiep-nhan", fields)
    assert again.location == answers[0].location, "sent again, it is the same dossier"


def test_the_server_logs_nothing_personal_when_it_is_broken_off(office):
    office.arm(failpoints.BEFORE_COMMIT)
    fields = filled(str(uuid4()), 2)
    assert office.post("/tiep-nhan", fields).status == 0
    assert office.post("/tiep-nhan", fields).status == 302
    for typed in (fields["ho-ten"], fields["so-dinh-danh"], fields["khoa"]):
        assert typed not in office.log()

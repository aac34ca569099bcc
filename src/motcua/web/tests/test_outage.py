"""What the pages say when the machine fails: which failure, whether anything was written."""

import errno
import sqlite3

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from motcua.web import outage
from motcua.web.outage import outage_of
from tests.visits import words

PROBLEMS = {}


def view(request):
    """Fails as the test says."""
    PROBLEMS["now"]()
    return HttpResponse()


urlpatterns = [path("viec", view)]
handler500 = "motcua.web.outage.server_error"


def fails(problem):
    def fail():
        raise problem

    return fail


def full():
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    problem = OperationalError("database or disk is full")
    problem.__cause__ = cause
    return problem


@pytest.fixture
def send(settings):
    """POST to a view that fails with the given exception."""
    settings.ROOT_URLCONF = "motcua.web.tests.test_outage"
    client = Client(raise_request_exception=False)

    def post(fail, method="post"):
        PROBLEMS["now"] = fail
        return getattr(client, method)("/viec")

    return post


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Đĩa máy chủ đã đầy"),
        (OSError(errno.EFBIG, "File too large"), "Đĩa máy chủ đã đầy"),
        (full(), "Đĩa máy chủ đã đầy"),
        (OperationalError("server closed the connection"), "chưa kết nối được cơ sở dữ liệu"),
    ],
)
def test_an_outage_is_a_503_that_says_what_failed_and_what_to_do(send, problem, said):
    answer = send(fails(problem))
    assert answer.status_code == 503 and answer["Retry-After"] == "5"
    assert said in words(answer) and "Chưa ghi gì." in words(answer)
    assert "Gửi lại không ghi hai lần." in words(answer)


def test_a_page_that_was_only_opened_speaks_of_no_writing(send):
    answer = send(fails(OperationalError("x")), "get")
    assert answer.status_code == 503
    assert "Chưa mở được trang" in words(answer) and "ghi gì" not in words(answer)


def test_a_defect_of_ours_stays_a_500(send):
    answer = send(fails(ValueError("x")))
    assert answer.status_code == 500 and "Phần mềm gặp lỗi" in words(answer)


def test_a_defect_on_opening_a_page_claims_nothing_about_what_was_sent_before(send):
    answer = send(fails(ValueError("x")), "get")
    assert answer.status_code == 500 and "chưa mở được trang" in words(answer)
    assert "chưa được ghi" not in words(answer) and "chưa ghi được" not in words(answer)
    assert "Việc vừa làm" in words(answer)


def test_a_defect_says_not_written_only_before_the_act_is_committed(send):
    def fail():
        outage.note_commit()
        raise ValueError("x")

    assert "Việc vừa gửi chưa được ghi" in words(send(fails(ValueError("x"))))
    answer = send(fail)
    assert "Chưa rõ đã ghi hay chưa" in words(answer) and "chưa được ghi" not in words(answer)


def test_nobody_says_not_written_once_an_act_is_committed(send):
    def fail():
        outage.note_commit()
        raise OperationalError("the connection is gone")

    answer = send(fail)
    assert "Chưa rõ đã ghi hay chưa" in words(answer) and "Chưa ghi gì" not in words(answer)
    assert "Chưa ghi gì." in words(send(fails(OperationalError("x")))), (
        "the next request begins new"
    )


def test_an_answer_to_commit_that_is_lost_leaves_it_open_whether_it_was_written(send):
    database = connections.create_connection(DEFAULT_DB_ALIAS)
    database._commit = fails(OperationalError("the connection is gone"))
    answer = send(database.commit)
    assert "Chưa rõ đã ghi hay chưa" in words(answer) and "Chưa ghi gì" not in words(answer)


def test_what_is_no_outage_is_none():
    assert outage_of(OSError(errno.ENOENT, "x")) is None
    assert outage_of(KeyError("x")) is None

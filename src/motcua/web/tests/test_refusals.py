"""A refusal has the right status and the form its client reads, and says nothing was done."""

import json
from types import SimpleNamespace

import pytest
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from motcua.kernel.errors import BadInput, NotPermitted, Refused
from motcua.web.middleware import policy, refusals
from motcua.web.refusals import answer


class NotSigned(Refused):
    code = "not-signed"
    message = "Chưa trả được: kết quả chưa ký. Đang chờ {who} từ {since}."


NOT_SIGNED = NotSigned(who="Phó Chủ tịch <A>", since="09:40")
NO_DAY = BadInput("Ngày {text} không có. Nhập lại.", field="han", text="30/02/1990")


def request(method="get", user=True, **headers):
    made = getattr(RequestFactory(), method)("/ho-so/x", headers=headers)
    made.user = SimpleNamespace(is_authenticated=user)
    made.session = {}
    made._messages = []
    HtmxMiddleware(lambda given: HttpResponse())(made)
    return made


@pytest.mark.parametrize(
    ("refusal", "status"), [(NotPermitted(), 403), (NO_DAY, 422), (NOT_SIGNED, 409)]
)
def test_each_kind_of_refusal_has_its_status(refusal, status):
    assert answer(request(), refusal).status_code == status


def test_a_page_says_what_happened_with_its_values_and_escapes_them():
    page = answer(request("post"), NOT_SIGNED).content.decode()
    assert "Đang chờ Phó Chủ tịch &lt;A&gt; từ 09:40." in page
    assert "Chưa ghi gì." in page
    assert "Hỏi:" in page
    assert "<html" in page


def test_reading_a_page_does_not_claim_that_something_was_not_written():
    assert "Chưa ghi gì." not in answer(request(), NOT_SIGNED).content.decode()


def test_htmx_gets_a_part_to_put_into_the_page():
    part = answer(request("post", HX_Request="true"), NOT_SIGNED).content.decode()
    assert "Chưa trả được" in part
    assert "<html" not in part and "<main" not in part and "<h1" not in part


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_htmx_that_replaces_the_whole_page_gets_a_whole_page(header):
    whole = answer(request(**{"HX-Request": "true", header: "true"}), NOT_SIGNED)
    assert "<html" in whole.content.decode()


def test_a_program_gets_the_stable_code_and_the_sentence():
    given = answer(request("post", accept="application/json"), NO_DAY)
    assert json.loads(given.content) == {
        "code": "bad-input",
        "message": "Ngày 30/02/1990 không có. Nhập lại.",
    }


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/json;q=0.9"])
def test_a_browser_is_never_given_json(accept):
    assert answer(request(accept=accept), NO_DAY)["Content-Type"].startswith("text/html")


def test_the_middleware_answers_refusals_and_lets_everything_else_pass():
    middle = refusals(lambda given: HttpResponse("page"))
    assert middle(request()).content == b"page"
    assert middle.process_exception(request(), NOT_SIGNED).status_code == 409
    assert middle.process_exception(request(), Http404()) is None
    assert middle.process_exception(request(), ValueError()) is None


def test_every_answer_carries_the_policy_and_a_logged_in_page_is_kept_nowhere():
    response = policy(lambda given: HttpResponse("x"))(request())
    assert response["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]
    assert response["Cache-Control"] == "no-store"
    assert "HX-Request" in response["Vary"]


def test_a_public_page_may_be_kept_and_a_view_may_set_its_own_headers():
    assert "Cache-Control" not in policy(lambda given: HttpResponse("x"))(request(user=False))
    own = HttpResponse("x", headers={"Cache-Control": "private, max-age=60"})
    assert policy(lambda given: own)(request())["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html"])
def test_the_framework_s_own_refusals_look_like_ours(name):
    page = render_to_string(name, request=request(user=False))
    assert "Hỏi:" in page and '<html lang="vi"' in page
    assert "<html" not in render_to_string(name, request=request(HX_Request="true"))


def test_the_page_of_a_fault_needs_nothing_that_may_be_broken():
    page = render_to_string("500.html", {"wrote": True, "unsure": False})
    assert "chưa được ghi" in page and "<script" not in page

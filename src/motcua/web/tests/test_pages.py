"""The pages of the frame: who may open them, and how the components hold in a real browser."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django_htmx.middleware import HtmxMiddleware

from motcua.web import views
from motcua.web.middleware import policy
from tests.chromium import NARROW, WIDE, axe, overflows

HOST = "http://localhost:1"
PAGES = ("/thiet-ke", "/thiet-ke?mat-do=calm", "/lenh", "/phim-tat")
FRAME = {
    "agency": "UBND xã Mẫu (bản tập huấn)",
    "officer": "Nguyễn Thị Ngọc Ẩn",
    "roles": ["desk"],
    "absence": "Đang vắng đến 17:00",
    "watermark": "Bản tập huấn: dữ liệu bịa",
}


def respond(path, headers=None):
    request = RequestFactory().get(path, headers=headers or {})
    request.user = SimpleNamespace(is_authenticated=True)
    request.session, request._messages, request.frame = {}, [], FRAME
    HtmxMiddleware(lambda given: HttpResponse())(request)
    match = resolve(request.path_info)
    return policy(lambda given: match.func(given, *match.args, **match.kwargs))(request)


def serve(page):
    """Answer the browser from here: our pages and static files, nothing else."""

    def fulfil(route):
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
            return
        headers = {k: v for k, v in route.request.headers.items() if k.startswith(("hx-", "acc"))}
        answer = respond(path, headers)
        route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=answer.content)

    page.route("**/*", fulfil)
    return page


@pytest.mark.parametrize("view", [views.acts, views.keys, views.design])
def test_a_stranger_is_sent_to_the_login(view):
    request = RequestFactory().get("/x")
    request.user = AnonymousUser()
    assert view(request).status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_names_the_agency_and_who_prints_it(path):
    shown = respond(path).content.decode()
    assert "UBND xã Mẫu" in shown and "Người in: Nguyễn Thị Ngọc Ẩn" in shown
    assert 'id="tin" class="said" role="status"' in shown


def test_a_search_that_htmx_asks_for_gives_results_only():
    part = respond("/thiet-ke?thu-tuc=khai", {"HX-Request": "true"}).content.decode()
    assert "1.001193" in part and "2.000815" not in part and "<html" not in part


@pytest.mark.browser
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
@pytest.mark.parametrize("path", PAGES)
def test_no_fault_of_access_no_sideways_scroll_nothing_against_the_policy(context, path, size):
    page = serve(context(viewport=size).new_page())
    page.goto(HOST + path)
    assert axe(page) == []
    assert not overflows(page)


CLIPPED = """() => [...document.querySelectorAll('main *, header *')]
  .filter(one => one.textContent.includes('Ẳ Ẫ Ễ Ộ Ự') && !one.closest('.unseen')
    && getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1)
  .map(one => one.outerHTML)"""
TIGHT = """() => [...document.querySelectorAll('main :is(p, td, th, h2, h3, button, label, a)')]
  .filter(one => !one.closest('.figure, .ticket-number'))
  .filter(one => parseFloat(getComputedStyle(one).lineHeight)
    < 1.4 * parseFloat(getComputedStyle(one).fontSize) - 0.01)
  .map(one => one.outerHTML)"""
SMALL = """least => [...document.querySelectorAll('button, .button, select, input')]
  .filter(one => one.offsetParent && !one.matches('[type=hidden], [tabindex="-1"]'))
  .filter(one => { const box = (one.closest('label') || one).getBoundingClientRect();
    return box.height < least || box.width < least; })
  .map(one => one.outerHTML)"""


@pytest.mark.browser
@pytest.mark.parametrize(("density", "least"), [("day", 32), ("calm", 48)])
def test_tone_marks_have_room_and_targets_are_large_enough(page, density, least):
    serve(page).goto(f"{HOST}/thiet-ke?mat-do={density}")
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(TIGHT) == []
    assert page.evaluate(SMALL, least) == []


@pytest.mark.browser
def test_without_script_everything_is_there_and_nothing_dead_is_shown(plain_page):
    serve(plain_page).goto(f"{HOST}/thiet-ke")
    assert plain_page.get_by_role("button", name="Tìm", exact=True).first.is_visible()
    assert plain_page.get_by_role("button", name="Hiện mật khẩu").count() == 0
    assert plain_page.get_by_role("link", name="Trang sau").is_visible()


@pytest.mark.browser
def test_a_print_has_no_controls_and_says_who_printed(page):
    serve(page).goto(f"{HOST}/thiet-ke")
    page.emulate_media(media="print")
    assert page.get_by_text("Người in: Nguyễn Thị Ngọc Ẩn").is_visible()
    assert not page.get_by_role("navigation", name="Chính").is_visible()
    assert page.locator("button:visible").all_inner_texts() == []
    assert page.get_by_text("Chờ bổ sung", exact=True).first.is_visible()

"""A new administrator sees on the first page what is left to set up; others see nothing of it."""

from motcua.setup import first_day
from tests.visits import words


def test_an_administrator_is_told_how_much_is_left_and_led_there(world, visit):
    page = visit("administrator").get("/hom-nay")
    assert "việc trước khi mở: Thiết lập" in words(page)
    assert '<a href="/thiet-lap">Thiết lập</a></p>' in page.content.decode()
    assert 'href="/thiet-lap">Thiết lập</a></li>' in page.content.decode()


def test_nobody_else_hears_of_it(world, visit):
    page = visit("specialist").get("/hom-nay")
    assert "trước khi mở" not in words(page) and "/thiet-lap" not in page.content.decode()


def test_nothing_is_said_once_all_is_ready(world, visit, monkeypatch):
    ready = [first_day.Task("Sao lưu", "/thiet-lap/san-sang", True, "xong")]
    monkeypatch.setattr(first_day, "tasks", lambda _agency, _at: ready)
    assert "trước khi mở" not in words(visit("administrator").get("/hom-nay"))

"""The door: one sentence for a wrong name and a wrong password, and the way back in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.visits import words

PASSWORD = "mật khẩu thử"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


def enter(login, password, **more):
    client = Client()
    answer = client.post(reverse("dang-nhap"), {"username": login, "password": password} | more)
    return client, answer


def test_the_right_password_opens_the_day(world, clock):
    client, answer = enter("xa-thu-desk", PASSWORD)
    assert answer.url == reverse("hom-nay")
    assert "Hôm nay, thứ Hai, 02/03/2026" in words(client.get(answer.url))


@pytest.mark.parametrize(
    ("login", "password"), [("xa-thu-desk", "sai mật khẩu"), ("khong-co-ai", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_sentence(world, clock, login, password):
    client, answer = enter(login, password)
    assert answer.status_code == 200
    assert WRONG in words(answer) and "Lỗi:" in words(answer)
    assert f'value="{login}"' in answer.content.decode()
    assert password not in answer.content.decode()
    assert client.get(reverse("hom-nay")).status_code == 302


def test_an_empty_form_says_what_to_fill_in(world, clock):
    assert "Nhập tên đăng nhập và mật khẩu." in words(enter("", "")[1])


def test_a_locked_account_stays_out(world, clock):
    world.desk.is_active = False
    world.desk.save()
    assert WRONG in words(enter("xa-thu-desk", PASSWORD)[1])


def test_after_the_login_the_page_that_was_asked_for_opens(world, clock):
    wanted = reverse("ho-so")
    sent = Client().get(wanted)
    assert sent.url == f"{reverse('dang-nhap')}?next={wanted}"
    assert enter("xa-thu-desk", PASSWORD, next=wanted)[1].url == wanted


def test_another_host_is_never_the_page_after_the_login(world, clock):
    answer = enter("xa-thu-desk", PASSWORD, next="https://noi-khac.example/")[1]
    assert answer.url == reverse("hom-nay")


def test_who_is_in_already_does_not_log_in_twice(visit):
    assert visit("desk").get(reverse("dang-nhap")).url == reverse("hom-nay")


def test_logging_out_closes_the_pages_and_is_no_link(visit):
    client = visit("desk")
    assert client.get(reverse("dang-xuat")).status_code == 405
    assert client.post(reverse("dang-xuat")).url == reverse("dang-nhap")
    assert client.get(reverse("hom-nay")).status_code == 302


def test_an_officer_without_any_role_today_is_told_so_on_every_page_and_may_leave(world, visit):
    dossier = world.receive()
    world.clerk.assignments.all().delete()
    client = visit("clerk")
    for url in (
        reverse("hom-nay"), reverse("ho-so"), reverse("ho-so-chi-tiet", args=[dossier.code]),
        reverse("so-lieu"), reverse("lenh"), reverse("vang-mat"), "/khong-co-trang-nay",
    ):  # fmt: skip
        answer = client.get(url)
        assert answer.status_code == 403, url
        assert "Hôm nay tài khoản này không có vai trò nào ở UBND xã xa-thu." in words(answer)
        assert "xa-thu-desk" not in words(answer) and dossier.code not in words(answer)
    assert reverse("dang-xuat") in answer.content.decode()
    assert client.post(reverse("vang-mat"), {"den": "hom-nay"}).status_code == 403
    assert client.post(reverse("dang-xuat")).url == reverse("dang-nhap")


def test_the_day_after_a_password_changes_the_old_session_is_closed(world, clock, visit):
    client = visit("desk")
    world.desk.set_password("mật khẩu mới hơn")
    world.desk.save()
    assert client.get(reverse("hom-nay")).status_code == 302

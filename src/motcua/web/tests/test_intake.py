"""What is turned away at the door: in words, with our headers, and before the body is read."""

import io

import pytest
from django.test import Client
from django.urls import reverse

from tests.visits import KEY, words

MB = 1024 * 1024
NO_TEXT = "có ký tự rỗng (mã 0), không phải chữ"


class Unread(io.BytesIO):
    """A body that tells whether somebody read it."""

    touched = False

    def read(self, *size):
        self.touched = True
        return super().read(*size)


def send(path, length, cookie="", kind="application/x-www-form-urlencoded"):
    client, body = Client(), Unread(b"a=1")
    if cookie:
        client.cookies["sessionid"] = cookie
    extra = {"CONTENT_LENGTH": length, "CONTENT_TYPE": kind, "wsgi.input": body}
    return client.post(path, **extra), body


def page_of_refusal(answer, status, said):
    assert answer.status_code == status
    assert said in words(answer) and "Dữ liệu chưa đọc được" in words(answer)
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")


@pytest.mark.parametrize(
    "url",
    ["/ho-so/%00", "/ho-so?tim=%00", "/ho-so?%00=1", "/%00", "/ho-so?sau=a%00b", "/lenh?tim=x%00"],
)  # fmt: skip
def test_an_address_with_a_nul_is_refused_in_words(visit, url):
    page_of_refusal(visit("desk").get(url), 400, NO_TEXT)
    page_of_refusal(Client().get(url), 400, NO_TEXT)


def test_a_session_key_with_a_nul_never_reaches_the_database():
    client = Client()
    client.cookies.load('sessionid="abcdefgh\\000"')
    page_of_refusal(client.get(reverse("hom-nay")), 400, NO_TEXT)


@pytest.mark.parametrize("given", [{"ho-ten": "a\0b"}, {"a\0": "b"}, {"a": ["b", "c\0"]}])
def test_a_form_with_a_nul_is_refused_and_nothing_is_written(world, visit, given):
    before = world.written()
    page_of_refusal(visit("desk").post(reverse("tiep-nhan"), given | {"khoa": KEY}), 400, NO_TEXT)
    assert world.written() == before


def test_a_login_name_with_a_nul_is_refused(db):
    given = {"username": "xa-thu-desk\0", "password": "x"}
    page_of_refusal(Client().post(reverse("dang-nhap"), given), 400, NO_TEXT)


def test_a_form_without_a_token_is_turned_away_before_its_values_are_looked_at(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("dang-nhap"), {"username": "\0"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "length", "cookie"),
    [
        ("/dang-nhap", 5 * MB // 2 + 1, ""),
        ("/tiep-nhan", 5 * MB // 2 + 1, "abcdefgh"),
        ("/khong-co", 10**17, ""),
        ("/khong-co", "9" * 40, ""),
        ("/ho-so/x/ban-quet", 5 * MB // 2 + 1, ""),
        ("/ho-so/x/ban-quet", 65 * MB + 1, "abcdefgh"),
        ("/ho-so/x/ban-quet/khac", 5 * MB // 2 + 1, "abcdefgh"),
    ],
)
def test_a_body_too_large_is_refused_unread(path, length, cookie):
    answer, body = send(path, str(length), cookie)
    page_of_refusal(answer, 413, "MB; trang này nhận đến")
    assert "Chưa ghi gì." in words(answer)
    assert not body.touched


def test_the_largest_body_for_scans_goes_on_to_the_page(db):
    answer, _body = send("/ho-so/x/ban-quet", str(65 * MB), "abcdefgh", "text/plain")
    assert answer.status_code == 302 and answer.url.startswith(reverse("dang-nhap"))


@pytest.mark.parametrize("length", ["-1", "+5", "1e3", "٣", "12 MB", "0x10"])
def test_a_length_that_is_no_number_is_refused(length):
    answer, body = send("/dang-nhap", length)
    page_of_refusal(answer, 400, "Không đọc được độ dài")
    assert not body.touched


@pytest.mark.parametrize("length", ["", "0"])
def test_without_a_length_there_is_nothing_to_read(db, length):
    answer, _body = send(reverse("dang-nhap"), length)
    assert "Nhập tên đăng nhập và mật khẩu." in words(answer)


def test_a_program_is_told_in_json():
    answer = Client().get("/ho-so/%00", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "no-text")


def test_more_fields_than_a_form_has_are_refused_in_words(db):
    answer = Client().post(reverse("dang-nhap"), {f"o{n}": "" for n in range(2_001)})
    assert answer.status_code == 400 and "quá nhiều ô" in words(answer)

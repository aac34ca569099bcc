"""Getting in: with the right name and password, and not otherwise."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.test import override_settings

from motcua.people.login import OfficerBackend
from motcua.people.models import Officer
from motcua.web.scope import _scope
from tests.world import build

PASSWORD = "mật khẩu thử"
BOTH = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.MD5PasswordHasher",
]


@pytest.fixture
def outside(db):
    """A commune as a stranger meets it at the login page: nobody is in any scope."""
    world = build()
    assert _scope.get() is None
    return world


def test_the_right_name_and_password_open_the_account(outside):
    assert authenticate(username="xa-thu-desk", password=PASSWORD) == outside.desk


@pytest.mark.parametrize(
    ("name", "password"),
    [("xa-thu-desk", "sai"), ("xa-thu-desk", ""), ("xa-thu-desk", None), ("ai-do", PASSWORD)],
)
def test_a_wrong_name_or_password_opens_nothing(outside, name, password):
    assert authenticate(username=name, password=password) is None


def test_a_closed_account_opens_no_more_and_ends_its_session(outside):
    Officer.across_agencies.filter(pk=outside.desk.pk).update(is_active=False)
    assert authenticate(username="xa-thu-desk", password=PASSWORD) is None
    assert OfficerBackend().get_user(outside.desk.pk) is None


def test_an_officer_without_a_password_cannot_get_in(outside):
    Officer.across_agencies.filter(pk=outside.desk.pk).update(password=make_password(None))
    assert authenticate(username="xa-thu-desk", password="") is None


def test_a_password_kept_in_an_old_way_is_renewed_at_login(outside):
    with override_settings(PASSWORD_HASHERS=BOTH):
        assert authenticate(username="xa-thu-desk", password=PASSWORD) == outside.desk
    kept = Officer.across_agencies.get(pk=outside.desk.pk).password
    assert kept.startswith("pbkdf2_sha256$")

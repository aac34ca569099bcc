"""./motcua admin-code LOGIN: the way back of an administrator who cannot log in any more.

Run at the server's console by who looks after the machine. Prints a one-time code, journaled on
the officer; a lock after wrong tries is lifted.
"""

import argparse

from motcua.kernel.errors import BadInput
from motcua.kernel.vntime import clock_words, local_day, slashed
from motcua.people import actions, door, queries
from motcua.people.models import Officer
from motcua.people.rules import LoginKind
from motcua.people.secret import new_code
from motcua.web.clock import now
from motcua.web.ids import uuid7
from motcua.web.scope import agency_scope

CONSOLE = "console"


class NoSuchLogin(BadInput):
    code = "no-such-login"
    message = "Không có tài khoản đang dùng tên “{login}”. Xem lại tên đăng nhập của quản trị."


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="motcua admin-code",
        description="Cấp mã dùng một lần cho quản trị bị mất mật khẩu (chạy trên máy chủ).",
    )
    parser.add_argument("login", metavar="LOGIN", help="tên đăng nhập của quản trị")
    login = parser.parse_args(argv).login
    at = now()
    officers = Officer.across_agencies.select_related("agency")
    officer = officers.filter(login=login, is_active=True, twin_of=None).first()
    if officer is None:
        raise NoSuchLogin(login=login)
    code = new_code()
    with agency_scope(queries.scope_of(officer.agency)):
        actions.give_console_code(
            by=None, at=at, key=str(uuid7()), officer_id=officer.pk, code=code
        )
    door.note(LoginKind.UNLOCKED, login, CONSOLE, at)
    until = at + actions.LIFE
    print(f"Mã dùng một lần của {officer.name} ({login}): {code.reveal()}")
    print(f"Dùng đến {clock_words(until)} ngày {slashed(local_day(until))}, một lần.")
    print("Mở trang /ma-dung-mot-lan, ghi tên đăng nhập và mã, đặt mật khẩu mới.")
    return 0

"""An installation without demo data: what is asked, what is refused, how the first one gets in."""

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.commands import assert_one_sentence, environment, motcua
from tests.test_upgrade import program

GIVEN = {
    "name": "UBND xã Suối Thử", "place": "Suối Thử", "code": "H57.12.34",
    "parent": "UBND tỉnh Thử", "admin-name": "Nguyễn Thử Trị",
}  # fmt: skip


def words(**changed):
    given = {name: value for name, value in (GIVEN | changed).items() if value is not None}
    return [part for name, value in given.items() for part in (f"--{name}", value)]


def test_an_agency_is_founded_and_its_administrator_comes_in_with_a_code(new_place):
    place = new_place("moi")
    said = place.done("init", *words())
    code = re.search(r"quantri +mã ([A-Z0-9-]{14})", said)[1]
    assert "mật khẩu" not in said.replace("đặt mật khẩu", "")
    entered = program(
        place,
        f"""
import django; django.setup()
from motcua.people import actions
from motcua.people.models import Officer
from motcua.people.secret import Secret
from motcua.web.clock import now
from motcua.people.queries import scope_of
from motcua.web.scope import agency_scope
one = Officer.across_agencies.select_related("agency").get(login="quantri")
with agency_scope(scope_of(one.agency)):
    actions.use_code(by=one, at=now(), key="1", code=Secret("{code}"), new=Secret("suoi rung bien"))
print(one.name, Officer.across_agencies.get().check_password("suoi rung bien"))
""",
    )
    assert entered.stdout.strip() == "Nguyễn Thử Trị True", entered.stderr
    assert "Nhật ký nguyên vẹn" in place.done("verify")


def test_the_code_of_the_agency_is_required_and_checked(tmp_path):
    folder = tmp_path / "data"
    for changed, parts in (
        ({"code": None}, ("--code",)), ({"code": "ABC"}, ("ABC", "H57.12.34")),
        ({"code": "H57"}, ("trùng mã",)), ({"sessions": "khong-co"}, ("khong-co",)),
        ({"admin": "Quản trị"}, ("Quản trị",)), ({"since": "hôm qua"}, ("hôm qua", "2025-07-01")),
        ({"officer": "a:b"}, ("a:b", "desk")),
        ({"name": None, "place": None}, ("--name, --place",)),
        ({"officer": "quantri:Lê Thử:desk"}, ("hai lần",)),
    ):  # fmt: skip
        result = motcua("init", *words(**changed), "--data", str(folder))
        assert_one_sentence(result, 2, *parts)
    assert not folder.exists()


def test_a_folder_with_data_in_it_is_left_alone(new_place):
    place = new_place("moi")
    place.done("init", *words())
    assert_one_sentence(place.run("init", *words()), 2, "đã có", "--data")
    other = new_place("khac")
    other.folder.mkdir()
    (other.folder / "anh.jpg").touch()
    assert_one_sentence(other.run("init", *words()), 2, "anh.jpg")


@pytest.mark.parametrize(("offer", "found"), [("all", "True"), ("none", "False")])
def test_the_desk_offers_all_procedures_or_none_at_first(new_place, offer, found):
    place = new_place("moi")
    place.done("init", *words(offer=offer))
    asked = program(
        place,
        """
import django; django.setup()
from motcua.people import queries
from motcua.procedures.queries import search
from motcua.web.clock import now
from motcua.web.scope import agency_scope
with agency_scope(queries.scope_of(queries.agency_by_code("H57.12.34"))):
    print(bool(search("khai sinh", now())))
""",
    )
    assert asked.stdout.strip() == found, asked.stderr


def test_on_a_terminal_what_is_missing_is_asked_until_it_is_right(new_place):
    place = new_place("moi")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "motcua.cli", "init", *words(code=None)],
        env=environment() | place.settings, stdin=theirs, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.write(ours, b"abc\nH57.12.34\n\n\n")
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    assert said.index("“abc” không đúng dạng") < said.index("Đã lập UBND xã Suối Thử, mã H57.12.34")
    assert "[quantri]" in said and "[default]" in said

"""An installation of the first release goes on with this code: nothing lost, all of it workable."""

import json
import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from tests.commands import assert_one_sentence, environment
from tests.places import FIXTURES

TO_THE_END = """
import django; django.setup()
from datetime import datetime, timedelta
from motcua.kernel.vntime import VN
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import PaperIn
from motcua.people import queries
from motcua.people.models import Officer
from motcua.web.scope import agency_scope

agency = queries.agency_by_code("H99.88.77")
with agency_scope(queries.scope_of(agency)):
    who = {o.login: o for o in Officer.objects.select_related("agency", "post")}
    desk, expert, leader, clerk = (who[n] for n in ("tiepnhan", "chuyenmon", "chutich", "vanthu"))
    ways = {
        "received": ("assign", desk, {"to": expert}),
        "assessing": ("assess", expert, {"opinion": "Đủ"}),
        "assessed": ("submit", expert, {"to": leader}), "signing": ("approve", leader, {}),
        "approved": ("number_and_seal", clerk, {"number": "1/TL"}), "sealed": ("finish", clerk, {}),
    }
    pauses = {
        "5": ("take_supplement", {"papers": [PaperIn("Giấy")]}),
        "6": ("take_fee", {"amount": 8000}),
    }
    made, begun = 0, datetime(2026, 11, 24, 8, tzinfo=VN)
    for dossier in Dossier.objects.all():
        while dossier.state not in ("7", "8", "10"):
            if dossier.state in pauses:
                verb, more = pauses[dossier.state]; by = desk
            elif dossier.state == "9":
                verb, by, more = "hand_over", desk, {}
            else:
                verb, by, more = ways[dossier.phase]
            made += 1
            dossier = getattr(actions, verb)(
                by=by, at=begun + timedelta(minutes=made), key=f"moi{made}",
                dossier_id=dossier.pk, **more,
            )
    print(sorted(Dossier.objects.values_list("state", flat=True)))
"""


def program(place, text):
    told = {"DJANGO_SETTINGS_MODULE": "motcua.settings", **place.settings}
    return subprocess.run(
        [sys.executable, "-P", "-c", text], env=environment() | told, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def figures(place):
    report = json.loads(place.done("report", "--period", "2026", "--format", "json"))
    return [{k: row[k] for k in ("id", "value", "records")} for row in report["figures"]]


@pytest.fixture
def serving(free_port):
    """Serve a place until its first line of an address, then stop it; returns what it said."""

    def serve(place, *words):
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "motcua.cli", "serve", "--port", str(free_port), *words],
            env=environment() | place.settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, start_new_session=True,
        )  # fmt: skip
        lines = []
        try:
            for line in process.stdout:
                lines.append(line)
                if "http://" in line:
                    page = f"http://127.0.0.1:{free_port}/dang-nhap"
                    with urllib.request.urlopen(page, timeout=20) as answer:
                        assert answer.status == 200
                    break
        finally:
            os.killpg(process.pid, signal.SIGINT)
            errors = process.communicate(timeout=30)[1]
        assert "Traceback" not in errors
        return "".join(lines)

    return serve


def test_serve_upgrades_in_place_after_a_copy_and_nothing_is_lost(first_release, serving):
    said = serving(first_release)
    copies = list((first_release.folder / "truoc-nang-cap").iterdir())
    assert len(copies) == 1 and str(copies[0]) in said
    assert "Nhật ký nguyên vẹn: 486 sự kiện," in first_release.done("verify")
    known = {row["id"]: row for row in figures(first_release)}
    for row in json.loads((FIXTURES / "first_release.json").read_text(encoding="utf-8")):
        assert known[row["id"]] == row
    assert "Đã nâng cấp" not in serving(first_release), "once is enough"
    assert len(list((first_release.folder / "truoc-nang-cap").iterdir())) == 1


def test_after_the_upgrade_the_journal_still_refuses_every_change(first_release):
    first_release.done("manage", "migrate")
    changes = (
        "UPDATE journal_event SET verb = 'x'", "DELETE FROM journal_event",
        "UPDATE journal_seal SET root = 'x'", "DELETE FROM journal_seal",
        "UPDATE journal_read SET purpose = 'x'", "DELETE FROM people_loginevent",
    )  # fmt: skip
    with first_release.connect() as base:
        base.execute(
            "INSERT INTO journal_read (id, agency_id, by_id, at, day, subject_type, subject_id, "
            "subject_label, purpose) SELECT id, agency_id, id, '2026-05-02 08:00:00+07', "
            "'2026-05-02', 'x', id, 'x', 'x' FROM people_officer WHERE login = 'tiepnhan'"
        )
        base.execute(
            "INSERT INTO people_loginevent (id, login, at, kind, address) SELECT id, login, "
            "'2026-05-02 08:00:00+07', 'login', '' FROM people_officer WHERE login = 'tiepnhan'"
        )
        for one in changes:
            with pytest.raises(Exception, match="the journal is append-only"):
                base.execute(one)


def test_old_dossiers_of_every_state_are_worked_on_to_the_end(first_release):
    first_release.done("manage", "migrate")
    done = program(first_release, TO_THE_END)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == str(["10"] * 14 + ["7", "8"])
    assert "Số liệu đúng như nhật ký" in first_release.done("verify")


def test_a_copy_made_before_the_upgrade_is_the_old_database(first_release, tmp_path):
    program(first_release, "import django; django.setup(); "
            "from motcua.setup import upgrade; upgrade.bring_up()")  # fmt: skip
    (copy,) = (first_release.folder / "truoc-nang-cap").iterdir()
    done = program(
        first_release,
        "import django; django.setup(); from pathlib import Path; "
        "from motcua.setup import snapshot; "
        f"snapshot.check(Path({str(copy)!r}), snapshot.engine())",
    )
    assert done.returncode == 0, done.stderr
    assert copy.stat().st_mode & 0o077 == 0


def test_a_database_newer_than_the_code_is_not_touched(first_release, free_port):
    first_release.done("manage", "migrate")
    with first_release.connect() as base:
        base.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('dossiers', '9999_of_next_year', '2027-01-01 00:00:00+07')"
        )
    result = first_release.run("serve", "--port", str(free_port))
    assert_one_sentence(result, 1, "mới hơn bản này", "dossiers.9999_of_next_year")
    assert not (first_release.folder / "truoc-nang-cap").exists()


BRING_UP = """
import django; django.setup()
from motcua.setup import upgrade
print(upgrade.bring_up())
"""


def test_two_processes_at_once_bring_it_up_one_after_the_other(first_release):
    told = {"DJANGO_SETTINGS_MODULE": "motcua.settings", **first_release.settings}
    both = [
        subprocess.Popen([sys.executable, "-P", "-c", BRING_UP], env=environment() | told,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]  # fmt: skip
    said = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sorted(out.strip() == "None" for out, _err in said) == [False, True]
    assert len(list((first_release.folder / "truoc-nang-cap").iterdir())) == 1

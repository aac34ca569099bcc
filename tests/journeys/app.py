"""The application under the journeys: a process of its own, with a commune at every stage.

`main` builds the commune in a folder that goes away, prints one line of JSON (address, database,
a session per officer, codes of dossiers), and serves until its standard input ends. Its clock
starts on Wednesday 4 March 2026, 08:30, and runs. `main(whole=True)` adds what every address of the
permission test is about, and a second commune where nothing has happened yet; `main(day=True)`
only the latter, for a day of work.
"""

import json
import sys
import threading
import time
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers import actions, persons
from motcua.kernel.text import fold
from motcua.people import actions as people
from motcua.people.rules import PostGroup, Role
from motcua.people.session_store import SessionStore
from motcua.people.sessions import BEGUN, LONGEST, SEEN
from motcua.procedures.models import Field, Procedure, Version
from motcua.surveys import actions as surveys
from motcua.web.scope import Scope, agency_scope
from tests import world
from tests.test_permissions import RULES, Rule

NOW = "2026-03-04 08:30"
KNOWN = persons.PersonIn("Trần Văn Biết", "001090000077", birth="1990", phone="0912345678",
                         address="Thôn 2")  # fmt: skip
HARD = "Nguyễn Thị Ngọc Ẩn Ẳ Ẫ Ễ Ộ Ự ỵ g"
LONG = (
    "Thủ tục đăng ký nhận cha, mẹ, con kết hợp đăng ký khai sinh cho trẻ em chưa được khai sinh mà "
    "người mẹ có chồng nhưng không thừa nhận là con chung hoặc cha, mẹ không đăng ký kết hôn, tại "
    "Ủy ban nhân dân cấp xã nơi cư trú của người nhận"
)


def main(whole: bool = False, day: bool = False) -> None:
    """Build, tell, serve."""
    call_command("migrate", verbosity=0)
    commune = world.build("xa-thu")
    _two_papers(commune.province)
    with commune.scope():
        addresses = _addresses(commune) if whole else {}
        told = {"dossiers": _stages(commune), "token": _out(commune), "addresses": addresses}
        told["sessions"] = {name: _session(getattr(commune, name)) for name in ROLES}
        told["sessions"]["ended"] = _session(commune.desk, begun=world.at(NOW) - LONGEST)
        told["sessions"]["ending"] = _session(
            commune.desk, begun=world.at(NOW) - LONGEST + timedelta(minutes=4)
        )
    if whole or day:
        told["empty"] = _where_nothing_happened(commune)
    connections.close_all()
    _start_clock()
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told |= {
        "url": f"http://127.0.0.1:{server.server_port}",
        "database": str(settings.DATABASES["default"]["NAME"]),
    }
    print(json.dumps(told), flush=True)
    sys.stdin.read()


ROLES = ("desk", "specialist", "leader", "deputy", "clerk", "statistician", "administrator")


def _addresses(commune: world.World) -> dict[str, str]:
    """The path of every address that is opened, by its name."""
    return {
        name: reverse(name, args=[*rule.before, *_about(rule, commune), *rule.more])
        for name, rule in RULES.items()
        if not rule.post
    }


def _about(rule: Rule, commune: world.World) -> list[str]:
    return [rule.about(commune)] if rule.about else []


def _where_nothing_happened(commune: world.World) -> dict[str, str]:
    """Sessions in a commune that has its officers and not one dossier."""
    bare = world.build("xa-moi", "H99.99.97", commune.province)
    with bare.scope():
        sessions = {name: _session(getattr(bare, name)) for name in ROLES}
        return sessions | {"colleague": _session(_colleague(bare))}


def _colleague(commune: world.World) -> Any:
    """A second officer at the desk."""
    return people.add_officer(
        agency=commune.agency, login="xa-moi-colleague", name="Cán bộ tiếp nhận hai",
        post_code="colleague", post_title="Cán bộ tiếp nhận hai", group=PostGroup.JUSTICE,
        roles=(Role.DESK,), effective_from=world.FOUNDED.date(), source="thử", at=world.FOUNDED,
        password="mật khẩu thử",
    )  # fmt: skip


class _Handler(WSGIRequestHandler):
    def log_message(self, *_words: Any) -> None:
        """Say nothing: what goes wrong is seen in the page."""


def _start_clock() -> None:
    """Let the time of day be NOW at this moment, and run on."""
    start, begun = world.at(NOW), time.monotonic()

    def shifted() -> datetime:
        return start + timedelta(seconds=time.monotonic() - begun)

    mock.patch.object(timezone, "now", shifted).start()


def _session(officer: Any, begun: datetime | None = None) -> str:
    """The key of a session of the officer, begun NOW or when it is said."""
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[SEEN] = int(world.at(NOW).timestamp())
    session[BEGUN] = int(begun.timestamp()) if begun else session[SEEN]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    with mock.patch.object(timezone, "now", lambda: world.at(NOW)):
        session.save()
    return session.session_key


def _two_papers(province: Any) -> None:
    """A procedure with a long legal name and two required papers."""
    with agency_scope(Scope(province.pk, (province.pk,))):
        procedure = Procedure.objects.create(publisher=province, code="1.000689")
        Version.objects.create(
            publisher=province, procedure=procedure, field=Field.objects.get(code="ho-tich"),
            name=LONG, short_name="Nhận cha, mẹ, con",
            folded=fold(f"1.000689 nhan cha me con {LONG}"),
            effective_from=world.FOUNDED, term="3 ngày làm việc", fee=12000,
            channels=["counter", "online"], linkage="none", online_level="4", owner="commune",
            papers=[{"name": "Tờ khai theo mẫu"}, {"name": "Giấy tờ, đồ vật chứng minh quan hệ"}],
            steps=world.STEPS, result="Trích lục", source="thử",
        )  # fmt: skip


def _stages(commune: world.World) -> dict[str, list[str]]:
    """Dossiers at every stage around NOW, their codes by stage."""
    commune.receive("2026-02-24 08:00", applicant=KNOWN)
    made = {
        "late": [_submitted(commune, "2026-02-25 08:00", commune.leader, name=HARD)],
        "fresh": [
            commune.receive("2026-03-02 08:00", name="Lê Thị Hoa"),
            commune.receive("2026-03-03 09:00", name=HARD),
            commune.receive("2026-03-04 08:00", name="Phạm Văn Đức", procedure="2.000815"),
        ],
        "signing": [
            _submitted(commune, f"2026-03-0{2 + n % 2} 09:0{n}", commune.leader, name=name)
            for n, name in enumerate(("Đỗ Thị Mơ", "Hồ Văn Nhị", "Lý Thị Phượng", "Mai Văn Quý"))
        ],
        "batch": [
            _submitted(commune, f"2026-03-03 10:0{n}", commune.deputy, name=name)
            for n, name in enumerate(("Vũ Thị Tư", "Ngô Văn Năm", "Tạ Thị Sáu"))
        ],
        "assessing": [_assigned(commune, "2026-03-03 13:30", name="Bùi Văn Bảy")],
        "paused": [_paused(commune)],
        "done": [_done(commune, n) for n in range(2)],
    }
    return {stage: [dossier.code for dossier in rows] for stage, rows in made.items()}


def _assigned(commune: world.World, when: str, **given: Any) -> Any:
    dossier = commune.receive(when, **given)
    return actions.assign(
        by=commune.desk, at=world.at(when), key=commune.key(), dossier_id=dossier.pk,
        to=commune.specialist,
    )  # fmt: skip


def _submitted(commune: world.World, when: str, signer: Any, **given: Any) -> Any:
    dossier = commune.receive(when, **given)
    return commune.to_signing(dossier, when, signer)


def _paused(commune: world.World) -> Any:
    dossier = commune.receive("2026-03-02 08:10", name="Đinh Thị Tám")
    return actions.ask_supplement(
        by=commune.desk, at=world.at("2026-03-03 08:10"), key=commune.key(),
        dossier_id=dossier.pk, papers=["Giấy xác nhận tình trạng hôn nhân"],
        reason="Giấy đã nộp quá 6 tháng",
    )  # fmt: skip


def _done(commune: world.World, number: int) -> Any:
    dossier = commune.receive(f"2026-03-02 08:2{number}", name=f"Dương Văn Chín {number}")
    return commune.to_done(dossier, "2026-03-03 15:00")


def _out(commune: world.World) -> str:
    """The token of a survey form handed out and not collected."""
    dossier = _done(commune, 9)
    moment = world.at("2026-03-03 16:00")
    actions.hand_over(
        by=commune.desk, at=moment, key=commune.key(), dossier_id=dossier.pk, offer_survey=True
    )
    form = surveys.hand_out(by=commune.desk, at=moment, key=commune.key(), dossier=dossier)
    return str(form.token)

"""A small commune for tests: officers of every role, four procedures, a calendar of 2026.

Instants are given as "2026-03-02 08:00" (local).
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from django.db import connection

from motcua.dossiers import actions, persons
from motcua.dossiers.models import Dossier, DossierFact, Paper, Person
from motcua.dossiers.rules import PaperIn
from motcua.journal import guard
from motcua.journal.models import Event
from motcua.kernel.errors import Refused
from motcua.kernel.text import fold
from motcua.kernel.vntime import VN
from motcua.papers.models import StoredFile
from motcua.people import actions as people
from motcua.people import queries
from motcua.people.models import LoginEvent
from motcua.people.rules import AbsenceKind, AgencyKind, PostGroup, Role
from motcua.procedures.models import Field, Procedure, Version
from motcua.web.scope import Scope, agency_scope

STEPS = [
    {"key": "nhan", "name": "Tiếp nhận", "kind": "receive", "role": "desk", "minutes": 30},
    {"key": "tham", "name": "Thẩm định", "kind": "assess", "role": "specialist", "minutes": 120},
    {"key": "ky", "name": "Ký duyệt", "kind": "sign", "role": "leader", "minutes": 60},
    {"key": "so", "name": "Vào số", "kind": "seal", "role": "clerk", "minutes": 30},
    {"key": "tra", "name": "Trả kết quả", "kind": "return", "role": "desk", "minutes": 0},
]
PROCEDURES = {
    # code: short name, field, group, term, cutoff, fee, papers, on the spot
    "1.001193": ("Khai sinh", "ho-tich", "justice", "trong ngày", "15:00", 0, ["Giấy chứng sinh"]),
    "1.000894": ("Kết hôn", "ho-tich", "justice", "3 ngày làm việc", "", 0, []),
    "2.000815": ("Chứng thực bản sao", "chung-thuc", "justice", "trong ngày", "15:00", 2000, []),
    "1.001776": ("Trợ cấp xã hội", "bao-tro", "social", "22 ngày làm việc", "", 0, []),
    "1.009999": ("Chưa rõ thời hạn", "bao-tro", "social", "", "", None, []),
    "1.010000": ("Tạm trú", "cu-tru", "justice", "3 ngày làm việc", "", 7000, []),
    "1.010001": ("Bỏ hộ khẩu", "ho-tich", "justice", "trong ngày", "", 0, []),
}
FIELDS = {
    "ho-tich": ("Hộ tịch", "justice"), "chung-thuc": ("Chứng thực", "justice"),
    "bao-tro": ("Bảo trợ xã hội", "social"), "cu-tru": ("Cư trú", "justice"),
}  # fmt: skip


def at(text: str) -> dt.datetime:
    """The local instant "2026-03-02 08:00"."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=VN)


GUARDED = (*guard.TABLES, LoginEvent._meta.db_table)
FOUNDED = at("2022-01-01 00:00")


@dataclass
class World:
    """The commune, its people by role, and short ways to act."""

    agency: Any
    province: Any
    desk: Any
    specialist: Any
    leader: Any
    deputy: Any
    clerk: Any
    statistician: Any
    administrator: Any
    keys: count = field(default_factory=count)

    def key(self) -> str:
        return f"k{next(self.keys)}"

    def scope(self) -> Any:
        return agency_scope(queries.scope_of(self.agency))

    def written(self) -> dict[str, Any]:
        """How much there is of everything an act writes: equal before and after a refusal."""
        models = (Event, Dossier, DossierFact, Person, Paper, StoredFile)
        counts: dict[str, Any] = {m.__name__: m.across_agencies.count() for m in models}
        heads = Dossier.across_agencies.values_list("code", "journal_seq", "state", "due_at")
        return counts | {"dossiers": sorted(heads)}

    @contextmanager
    def refuses(self, kind: type[Refused], words: str) -> Iterator[Any]:
        """What is done inside is refused in these words, and nothing was written."""
        before = self.written()
        with pytest.raises(kind, match=words) as caught:
            yield caught
        assert self.written() == before
        assert "{" not in str(caught.value)

    def do(self, verb: str, dossier: Any, when: str, **given: Any) -> Any:
        """One act on a dossier, by who usually does it, with a fresh key."""
        usual = {
            "approve": self.leader, "refuse": self.leader, "return_for_rework": self.leader,
            "extend": self.leader, "number_and_seal": self.clerk, "finish": self.clerk,
            "assess": self.specialist, "submit": self.specialist, "correct": self.clerk,
        }  # fmt: skip
        arguments = {"by": usual.get(verb, self.desk), "key": self.key()} | given
        return getattr(actions, verb)(at=at(when), dossier_id=dossier.pk, **arguments)

    def absent(self, officer: Any, start: str, end: str) -> Any:
        """Note that the officer is at a meeting."""
        return people.note_absence(
            by=officer, at=at("2026-01-02 08:00"), key=self.key(), officer=officer,
            kind=AbsenceKind.MEETING, start=at(start), end=at(end),
        )  # fmt: skip

    def receive(self, when: str = "2026-03-02 08:00", **given: Any) -> Any:
        """A dossier of a new citizen, by default for a marriage (3 working days)."""
        number = given.pop("id_number", f"001{next(self.keys):09}")
        name = given.pop("name", "Nguyễn Thị Ẩn")
        arguments = {
            "by": self.desk,
            "key": self.key(),
            "procedure": "1.000894",
            "applicant": persons.PersonIn(name, number, birth="1990", address="Thôn 1"),
            "papers": [PaperIn("Tờ khai")],
        } | given
        return actions.receive(at=at(when), **arguments)

    def to_signing(self, dossier: Any, when: str, signer: Any = None) -> Any:
        """Assigned, assessed and submitted at one instant."""
        moment = at(when)
        common: dict[str, Any] = {"at": moment, "dossier_id": dossier.pk}
        actions.assign(by=self.desk, key=self.key(), to=self.specialist, **common)
        actions.assess(by=self.specialist, key=self.key(), opinion="Đủ điều kiện", **common)
        return actions.submit(
            by=self.specialist, key=self.key(), to=signer or self.leader, **common
        )

    def to_done(self, dossier: Any, when: str) -> Any:
        """Carried to state 9 at one instant."""
        self.to_signing(dossier, when)
        common: dict[str, Any] = {"at": at(when), "dossier_id": dossier.pk}
        actions.approve(by=self.leader, key=self.key(), **common)
        actions.number_and_seal(by=self.clerk, key=self.key(), number="12/TL", **common)
        return actions.finish(by=self.clerk, key=self.key(), **common)


def build(slug: str = "xa-thu", code: str = "H99.99.99", province: Any = None) -> World:
    """Set a commune up under a province, with the procedures of this module."""
    if province is None:
        province = people.found_agency(
            slug="tinh-thu", kind=AgencyKind.PROVINCE, name="UBND tỉnh Thử", place="Thử",
            code="H99", parent=None, effective_from=dt.date(2022, 1, 1), source="thử", at=FOUNDED,
        )  # fmt: skip
        with agency_scope(Scope(province.pk, (province.pk,))):
            _catalogue(province)
    agency = people.found_agency(
        slug=slug, kind=AgencyKind.COMMUNE, name=f"UBND xã {slug}", place=slug, code=code,
        parent=province, effective_from=dt.date(2022, 1, 1), source="thử", at=FOUNDED,
    )  # fmt: skip
    with agency_scope(queries.scope_of(agency)):
        people.set_hours(
            by=None, at=FOUNDED, key="hours", agency=agency, unit="desk", sessions="default",
            on=dt.date(2022, 1, 1), source="thử",
        )  # fmt: skip
        return World(agency=agency, province=province, **_officers(agency, slug))


def _officers(agency: Any, slug: str) -> dict[str, Any]:
    rows = {
        "desk": ("Cán bộ tiếp nhận", PostGroup.JUSTICE, (Role.DESK,)),
        "specialist": ("Công chức chuyên môn", PostGroup.JUSTICE, (Role.SPECIALIST,)),
        "leader": ("Chủ tịch", PostGroup.LEADER, (Role.LEADER,)),
        "deputy": ("Phó Chủ tịch", PostGroup.LEADER, (Role.LEADER,)),
        "clerk": ("Văn thư", PostGroup.OFFICE, (Role.CLERK,)),
        "statistician": ("Thống kê", PostGroup.OFFICE, (Role.STATISTICIAN,)),
        "administrator": ("Quản trị", PostGroup.OTHER, (Role.ADMINISTRATOR,)),
    }
    return {
        name: people.add_officer(
            agency=agency, login=f"{slug}-{name}", name=title, post_code=name, post_title=title,
            group=group, roles=roles, effective_from=dt.date(2022, 1, 1), source="thử",
            at=FOUNDED, password="mật khẩu thử",
        )
        for name, (title, group, roles) in rows.items()
    }  # fmt: skip


def _catalogue(province: Any) -> None:
    fields = {}
    for code, (name, group) in FIELDS.items():
        fields[code] = Field.objects.create(publisher=province, code=code, name=name, group=group)
    for code, (short, field_code, _, term, cutoff, fee, papers) in PROCEDURES.items():
        procedure = Procedure.objects.create(publisher=province, code=code)
        ended = at("2026-02-01 00:00") if short.startswith("Bỏ") else None
        Version.objects.create(
            publisher=province, procedure=procedure, field=fields[field_code],
            name=f"Thủ tục {short}", short_name=short, folded=fold(f"{code} {short}"),
            effective_from=FOUNDED, effective_to=ended, term=term, cutoff=cutoff, fee=fee,
            channels=["counter", "online", "post"] if code != "2.000815" else ["counter"],
            linkage="none", online_level="4" if code != "2.000815" else "none",
            owner="police" if field_code == "cu-tru" else "commune",
            on_the_spot=code == "2.000815", papers=[{"name": p} for p in papers], steps=STEPS,
            result="Trích lục", source="thử",
        )  # fmt: skip


@pytest.fixture
def world(db: Any) -> Any:
    """The commune, with its scope open."""
    made = build()
    with made.scope():
        yield made


@pytest.fixture
def unguarded(world: Any) -> Any:
    """The commune, its journal open to forgery until the end of the test (rolled back)."""
    connection.check_constraints()
    guard.remove(connection)
    return world


@pytest.fixture
def _guard_after(django_db_setup: Any, django_db_blocker: Any) -> Any:
    yield
    with django_db_blocker.unblock():
        guard.install(connection, GUARDED)


@pytest.fixture
def committed_world(_guard_after: Any, transactional_db: Any) -> Any:
    """The commune in committed transactions, seen by every connection: for true concurrency.

    The guard is lifted while the database is emptied after the test.
    """
    made = build()
    with made.scope():
        yield made
    guard.remove(connection, GUARDED)

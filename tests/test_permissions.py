"""Every named address of the application, and who may open it: stranger, role, other commune.

A new view without a row here fails: deny by default is only true while somebody looks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from motcua.dossiers import act_forms, certifying, persons, printing
from motcua.dossiers import actions as dossiers
from motcua.dossiers.rules import ACTS, CertifiedIn, PaperIn
from motcua.people import actions as people
from motcua.people.rules import AbsenceKind, Role
from motcua.registers import actions as registers
from tests.visits import KEY, words
from tests.world import World, at

DESK, SPECIALIST, LEADER = Role.DESK, Role.SPECIALIST, Role.LEADER
CLERK, STATISTICIAN, ADMINISTRATOR = Role.CLERK, Role.STATISTICIAN, Role.ADMINISTRATOR
ALL = frozenset(Role)
PRINTERS = (DESK, SPECIALIST, LEADER, CLERK)
MORNING = at("2026-03-02 07:30")


@dataclass(frozen=True)
class Rule:
    """Who may open an address. `about` makes the object it is about: another commune's is 404."""

    roles: frozenset[Role] = ALL
    about: Callable[[World], str] | None = None
    more: tuple[Any, ...] = ()
    before: tuple[Any, ...] = ()
    post: bool = False


def _dossier(world: World) -> str:
    return str(world.receive().code)


def _of_a_visit(world: World) -> str:
    first = world.receive(procedure="1.001776", name="Lê Hai")
    person = persons.PersonIn("Lê Hai", same_as=str(first.applicant_id))
    second = dossiers.receive_more(
        by=world.desk, at=at("2026-03-02 08:00"), key=world.key(), after=first.pk,
        procedure="1.000894", applicant=person, papers=[PaperIn("Tờ khai")],
    )  # fmt: skip
    return str(second.code)


def _person(world: World) -> str:
    return str(world.receive().applicant_id)


def _merged(world: World) -> str:
    keep, gone = (world.receive(id_number="").applicant_id for _ in range(2))
    dossiers.merge_persons(
        by=world.desk, at=at("2026-03-02 08:00"), key=world.key(), keep=keep, gone=gone,
        reason="cùng thẻ",
    )  # fmt: skip
    return str(gone)


def _forwarded(world: World) -> str:
    row = dossiers.take_forwarded(
        by=world.desk, at=MORNING, key=world.key(), applicant=persons.PersonIn("Lê Ba"),
        procedure="Cấp đổi", competent="UBND xã Khác", papers=["Đơn"],
    )  # fmt: skip
    return str(row.code)


def _absence(world: World) -> str:
    row = people.note_absence(
        by=world.deputy, at=MORNING, key=world.key(), officer=world.deputy,
        kind=AbsenceKind.MEETING, start=MORNING, end=at("2026-03-02 17:00"),
    )  # fmt: skip
    return str(row.pk)


def _officer(world: World) -> str:
    return str(world.specialist.pk)


def _closure(world: World) -> str:
    people.close_day(
        by=world.administrator, at=MORNING, key=world.key(), day=at("2026-03-06 00:00").date(),
        reason="Lũ",
    )  # fmt: skip
    return "2026-03-06"


def _planned_absence(world: World) -> str:
    start, end = at("2026-03-09 07:30"), at("2026-03-09 17:00")
    row = people.note_absence(
        by=world.deputy, at=MORNING, key=world.key(), officer=world.deputy,
        kind=AbsenceKind.LEAVE, start=start, end=end,
    )  # fmt: skip
    return str(row.pk)


def _certified(world: World) -> str:
    dossier = world.receive(procedure="2.000815")
    dossiers.certify(
        by=world.desk, at=at("2026-03-02 08:00"), key=world.key(), dossier_id=dossier.pk,
        entries=[CertifiedIn("Căn cước")],
    )  # fmt: skip
    return str(certifying.of_dossier(dossier.pk).get().pk)


def _decision(world: World) -> str:
    row = registers.receive_decision(
        by=world.administrator, at=MORNING, key=world.key(), number=world.key(), title="Công bố",
        issued_on=MORNING.date(), on=MORNING.date(),
    )  # fmt: skip
    return str(row.pk)


def _printed(world: World) -> str:
    dossier = world.receive()
    printing.receipt(dossier=dossier, by=world.desk, at=MORNING)
    return str(dossier.code)


def _supplement(world: World) -> str:
    dossier = world.receive()
    world.do(
        "ask_supplement", dossier, "2026-03-02 08:00", papers=["Giấy xác nhận"], reason="thiếu"
    )
    return str(dossier.code)


def _notice(world: World) -> str:
    row = dossiers.decline(
        by=world.desk, at=MORNING, key=world.key(), applicant=persons.PersonIn("Nguyễn Thị Ẩn"),
        reason="không thuộc thẩm quyền", procedure="1.000894",
    )  # fmt: skip
    return str(row.pk)


def only(*roles: Role, **more: Any) -> Rule:
    return Rule(frozenset(roles), **more)


OPEN = {"ma-dung-mot-lan", "ngon-ngu", "dang-nhap"}
LEAVE = {"dang-xuat"}
RULES = {
    "trang-chu": Rule(),
    "hom-nay": Rule(),
    "ho-so-ke-tiep": Rule(),
    "cho-ky": only(LEADER),
    "xem-lai-va-ky": only(LEADER, post=True),
    "ky-nhieu": only(LEADER, post=True),
    "cho-ky-chi-tiet": only(LEADER, about=_dossier),
    "tra-ket-qua": only(DESK, about=_dossier),
    "hoan-tac": Rule(about=_dossier, post=True),
    "viec-vua-lam": Rule(),
    "chuyen-giao": only(LEADER, ADMINISTRATOR),
    "cuoi-ngay": Rule(),
    "cuoi-ngay-muc": Rule(before=("nhan",)),
    "so-chung-thuc": Rule(),
    "ho-so-chung-thuc": only(DESK, SPECIALIST, CLERK, about=_dossier),
    "bo-chung-thuc": only(DESK, SPECIALIST, CLERK, about=_certified),
    "vang-mat-huy": only(CLERK, ADMINISTRATOR, about=_planned_absence),
    "tiep-nhan": only(DESK),
    "tim-thu-tuc": only(DESK),
    "xem-truoc": only(DESK, post=True),
    "ho-so": Rule(),
    "ho-so-chi-tiet": Rule(about=_dossier),
    "da-tiep-nhan": Rule(about=_dossier),
    "ho-so-nhat-ky": Rule(about=_dossier),
    "ho-so-dinh-danh": Rule(about=_dossier),
    "ho-so-ban-quet": only(DESK, SPECIALIST, about=_dossier),
    "ho-so-giay": Rule(about=_dossier, more=(1,)),
    "ho-so-mau": Rule(about=_dossier, more=("01",)),
    "ho-so-bieu-mau": Rule(about=_dossier),
    "ho-so-mau-lap": only(*PRINTERS, about=_supplement, more=("02",), post=True),
    "ho-so-mau-ban-in": Rule(about=_printed, more=("01", 1)),
    "ho-so-mau-in-lai": only(*PRINTERS, about=_printed, more=("01", 1), post=True),
    "ho-so-mau-dien-tu": only(*PRINTERS, about=_printed, more=("01", 1)),
    "tra-loi": only(DESK),
    "phieu-tra-loi": only(DESK, LEADER),
    "phieu-ban-in": only(DESK, about=_notice),
    "phieu-in-lai": only(DESK, about=_notice, post=True),
    "phieu-dien-tu": only(DESK, about=_notice),
    "so-theo-doi": only(DESK, LEADER, CLERK, STATISTICIAN),
    "ho-so-viec": only(DESK, SPECIALIST, LEADER, about=_dossier, more=("chuyen-xu-ly",)),
    "nhan-them": only(DESK, about=_dossier, post=True),
    "giay-luot": Rule(about=_of_a_visit),
    "doi-thu-tuc": only(DESK, about=_dossier),
    "nguoi-nop": only(DESK, LEADER, ADMINISTRATOR),
    "nguoi-nop-gop": only(DESK, LEADER, ADMINISTRATOR, post=True),
    "nguoi-nop-chi-tiet": only(DESK, LEADER, ADMINISTRATOR, about=_person),
    "nguoi-nop-dinh-danh": only(DESK, LEADER, ADMINISTRATOR, about=_person),
    "nguoi-nop-tach": only(DESK, LEADER, ADMINISTRATOR, about=_merged),
    "phi-dia-gioi": Rule(),
    "phi-dia-gioi-nhan": only(DESK),
    "phi-dia-gioi-chi-tiet": Rule(about=_forwarded),
    "thu-tuc": Rule(),
    "thu-tuc-chi-tiet": Rule(before=("1.001193",)),
    "khao-sat": only(DESK, STATISTICIAN, ADMINISTRATOR),
    "phien": Rule(),
    "vang-mat": Rule(),
    "vang-mat-lich": Rule(),
    "vang-mat-tro-lai": only(CLERK, ADMINISTRATOR, about=_absence),
    "so-lieu": Rule(),
    "so-lieu-hoi": Rule(),
    "so-lieu-hoi-ho-so": Rule(),
    "so-lieu-ky": Rule(before=("2026",)),
    "so-lieu-chot": only(STATISTICIAN, before=("2025",)),
    "so-lieu-bang-chung": Rule(before=("2026", "II.2.tthc.reviewed")),
    "so-nho": Rule(),
    "so-nho-so": Rule(before=("quyet-dinh",)),
    "so-nho-ghi": only(STATISTICIAN, CLERK, ADMINISTRATOR, before=("quyet-dinh",)),
    "so-nho-danh-dau": only(
        STATISTICIAN,
        CLERK,
        ADMINISTRATOR,
        about=_decision,
        before=("quyet-dinh",),
        more=("niem-yet",),
    ),
    "can-bo": only(ADMINISTRATOR),
    "can-bo-them": only(ADMINISTRATOR),
    "can-bo-nhap": only(ADMINISTRATOR),
    "can-bo-mau": only(ADMINISTRATOR),
    "can-bo-chi-tiet": only(ADMINISTRATOR, about=_officer),
    "can-bo-sua": only(ADMINISTRATOR, about=_officer),
    "can-bo-vai-tro": only(ADMINISTRATOR, about=_officer),
    "can-bo-thoi-vai-tro": only(ADMINISTRATOR, about=_officer, more=("specialist",)),
    "can-bo-thoi-viec": only(ADMINISTRATOR, about=_officer),
    "can-bo-khoa": only(ADMINISTRATOR, about=_officer, post=True),
    "can-bo-bo-khoa-tam": only(ADMINISTRATOR, about=_officer, post=True),
    "can-bo-ma": only(ADMINISTRATOR, about=_officer),
    "mat-khau": Rule(),
    "tuy-chon": Rule(),
    "co-quan": Rule(),
    "co-quan-ten": only(ADMINISTRATOR),
    "co-quan-tieu-de": only(ADMINISTRATOR),
    "co-quan-gio": only(ADMINISTRATOR),
    "co-quan-ngay-nghi": only(ADMINISTRATOR, LEADER),
    "co-quan-ngay-nghi-bo": only(ADMINISTRATOR, LEADER, about=_closure),
    "tap-huan": Rule(),
    "tap-huan-vao": Rule(post=True),
    "tap-huan-ve": Rule(post=True),
    "tap-huan-mo": only(ADMINISTRATOR, post=True),
    "thiet-lap": only(ADMINISTRATOR),
    "thiet-lap-tieu-de": only(ADMINISTRATOR),
    "thiet-lap-con-dau": only(ADMINISTRATOR, post=True),
    "thiet-lap-con-dau-hinh": only(ADMINISTRATOR),
    "thiet-lap-lich": only(ADMINISTRATOR),
    "thiet-lap-danh-muc": only(ADMINISTRATOR),
    "thiet-lap-so-du": only(ADMINISTRATOR),
    "thiet-lap-so-du-mau": only(ADMINISTRATOR),
    "thiet-lap-so-du-tep": only(ADMINISTRATOR, before=(KEY,)),
    "thiet-lap-san-sang": only(ADMINISTRATOR),
    "lenh": Rule(),
    "phim-tat": Rule(),
    "thiet-ke": Rule(),
}


def _names(patterns: list[Any]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield one.name or f"no name: {one.pattern}"


def ask(client: Client, name: str, about: str = "") -> Any:
    """Open the address, or send it a form where it takes nothing else."""
    rule = RULES[name]
    arguments = [*rule.before, *([about] if about else []), *rule.more]
    url = reverse(name, args=arguments)
    return client.post(url, {"khoa": KEY}) if rule.post else client.get(url)


def test_every_address_has_a_name_and_a_row_here():
    assert set(_names(get_resolver().url_patterns)) == set(RULES) | OPEN | LEAVE


@pytest.mark.parametrize("name", RULES)
def test_a_stranger_is_sent_to_the_login(world, clock, name):
    rule = RULES[name]
    sent = ask(Client(), name, rule.about(world) if rule.about else "")
    assert sent.status_code == 302 and sent.url.startswith(reverse("dang-nhap"))


@pytest.mark.parametrize("name", RULES)
def test_who_may_gets_in_and_who_may_not_is_told_whose_work_it_is(world, visit, name):
    rule = RULES[name]
    about = rule.about(world) if rule.about else ""
    for role in Role:
        answer = ask(visit(role.value), name, about)
        if role in rule.roles:
            absent = name in ("ho-so-giay", "thiet-lap-con-dau-hinh")  # no scan, no seal
            assert answer.status_code == 404 if absent else answer.status_code not in (403, 404)
        else:
            assert answer.status_code == 403, (name, role)
            assert "Việc này dành cho:" in words(answer), (name, role)


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.about])
def test_what_belongs_to_another_commune_is_not_found(world, other, visit, name):
    rule = RULES[name]
    with other.world.scope():
        about = rule.about(other.world)
    for role in rule.roles:
        assert ask(visit(role.value), name, about).status_code == 404, (name, role)


@pytest.mark.parametrize("slug", act_forms.BY_ADDRESS)
def test_each_act_on_a_dossier_is_for_the_roles_of_its_rule(world, visit, slug):
    dossier, may = world.receive(), ACTS[act_forms.BY_ADDRESS[slug]].roles
    url = reverse("ho-so-viec", args=[dossier.code, slug])
    for role in Role:
        refused = visit(role.value).get(url).status_code == 403
        assert refused == (role not in may), (slug, role)

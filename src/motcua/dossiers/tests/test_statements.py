"""How many statements an act sends, once caches are warm; two of them open and close its work."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier

WHEN = "2026-03-02 09:00"
LIFE = [
    ("assign", 5), ("assess", 5), ("submit", 7), ("approve", 6), ("number_and_seal", 5),
    ("finish", 7), ("hand_over", 6),
]  # fmt: skip


def arguments(world, verb):
    return {
        "assign": {"to": world.specialist}, "assess": {"opinion": "Đủ"},
        "submit": {"to": world.leader}, "number_and_seal": {"number": "12/TL"},
    }.get(verb, {})  # fmt: skip


@pytest.fixture(params=[1, 12], ids=["young", "with-a-history"])
def warm(world, request):
    """A commune that carried some dossiers through before."""
    for _ in range(request.param):
        dossier = world.receive()
        for verb, _ in LIFE:
            world.do(verb, dossier, WHEN, **arguments(world, verb))
    return world


def test_receiving_a_dossier_of_a_new_citizen(warm, django_assert_num_queries):
    with django_assert_num_queries(10):
        warm.receive(id_number="001090000001")


def test_receiving_a_dossier_of_a_known_citizen(warm, django_assert_num_queries):
    warm.receive(id_number="001090000001", procedure="1.001776")
    with django_assert_num_queries(10):
        warm.receive(id_number="001090000001")


def test_each_act_of_an_ordinary_life(warm, django_assert_num_queries):
    dossier = warm.receive()
    for verb, statements in LIFE:
        with django_assert_num_queries(statements):
            warm.do(verb, dossier, WHEN, **arguments(warm, verb))
    assert Dossier.objects.get(pk=dossier.pk).handed_at


MOST = 8 + 2
"""What one request may send: eight statements, with BEGIN and COMMIT (in a test, a savepoint)."""
FORM = {
    "ma-thu-tuc": "1.000894", "thu-tuc": "kết hôn", "ho-ten": "Lê Văn An", "ngay-sinh": "1990",
    "giay-khac": "Tờ khai", "ghi": "1",
}  # fmt: skip


def sent(client, path, fields, world):
    """How many statements the second of two such requests sends; both are done."""
    counts = []
    for given in fields:
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(path(given), given | {"khoa": world.key()})
        assert answer.status_code == 302
        counts.append(len(captured))
    return counts[-1]


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_receiving_over_http_sends_eight_statements(world, visit, known):
    if known:
        world.receive(procedure="1.001776", id_number="001090000002", name="Lê Văn An")
    forms = [FORM | {"so-dinh-danh": f"00109000000{n}"} for n in (1, 2)]
    assert sent(visit("desk"), lambda _: reverse("tiep-nhan"), forms, world) <= MOST


def test_each_step_over_http_sends_at_most_eight_statements(world, visit):
    dossiers = [world.receive(), world.receive()]
    walk = [
        ("desk", "chuyen-xu-ly", {"den": str(world.specialist.pk)}),
        ("specialist", "tham-dinh", {"y-kien": "Đủ", "ket-luan": "duoc"}),
        ("specialist", "trinh-ky", {"nguoi-ky": str(world.leader.pk)}),
        ("leader", "ky-duyet", {}),
        ("clerk", "vao-so", {"so": "12/TL"}),
        ("clerk", "chuyen-ket-qua", {}),
    ]
    for who, step, given in walk:
        both = [given | {"hs": d.code} for d in dossiers]
        path = partial(lambda slug, form: reverse("ho-so-viec", args=[form["hs"], slug]), step)
        assert sent(visit(who), path, both, world) <= MOST, step
    both = [{"hs": d.code, "phieu": "khong"} for d in dossiers]
    assert (
        sent(visit("desk"), lambda form: reverse("tra-ket-qua", args=[form["hs"]]), both, world)
        <= MOST
    )
    assert not Dossier.objects.filter(handed_at=None).exists()

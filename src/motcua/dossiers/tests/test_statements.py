"""How many statements an act sends, once caches are warm; two of them open and close its work."""

import pytest

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
    with django_assert_num_queries(12):
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

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.chain import EMPTY_ROOT, GENESIS, canonical, link, merkle_root
from motcua.kernel.terms import Unit

hashes = st.lists(st.integers(0, 30).map(lambda n: f"{n:064x}"), min_size=1, max_size=12)


def test_the_canonical_form_is_sorted_compact_and_utf8():
    value = {"b": [1, True, None], "a": "Đã", "unit": Unit.DAY}
    assert canonical(value) == '{"a":"Đã","b":[1,true,null],"unit":"day"}'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": [0.5]}, {1: "a"}, {"a": b"x"}, {"a": {1}}])
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_a_link_depends_on_what_came_before_and_on_every_value():
    first = link(GENESIS, {"verb": "receive", "n": 1})
    assert first == link(GENESIS, {"n": 1, "verb": "receive"})
    assert first != link(first, {"verb": "receive", "n": 1})
    assert first != link(GENESIS, {"verb": "receive", "n": 2})
    assert len(first) == 64


def test_the_root_is_the_one_worked_out_by_hand():
    def leaf(text: str) -> bytes:
        return hashlib.sha256(b"\x00" + text.encode()).digest()

    def node(left: bytes, right: bytes) -> bytes:
        return hashlib.sha256(b"\x01" + left + right).digest()

    assert merkle_root(["a"]) == leaf("a").hex()
    assert merkle_root(["a", "b"]) == node(leaf("a"), leaf("b")).hex()
    # The third leaf has no sister and is promoted, not doubled.
    assert merkle_root(["a", "b", "c"]) == node(node(leaf("a"), leaf("b")), leaf("c")).hex()
    assert merkle_root([]) == EMPTY_ROOT


def test_doubling_the_last_leaf_changes_the_root():
    assert merkle_root(["a", "b", "c"]) != merkle_root(["a", "b", "c", "c"])


@settings(max_examples=150, deadline=None)
@given(hashes, hashes)
def test_different_lists_have_different_roots(first, second):
    assert (merkle_root(first) == merkle_root(second)) is (first == second)

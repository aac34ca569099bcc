"""The figures as data, and the fold, without a database."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.report.figures import (
    Cell,
    Cube,
    Figure,
    Kind,
    Number,
    Row,
    figures,
    fold,
    fold_rows,
    known,
    matcher,
)

BUILT = ("II.2.", "A.survey.")
BUILT_IN_II_6 = {
    "II.6.online.procedures", "II.6.online.dossiers", "II.6.digitised.share", "II.6.iso.decisions"
}  # fmt: skip


def figure(kind=Kind.COUNT, where=None, inside=None, distinct="") -> Figure:
    return Figure(
        "f", "II.2", "nhãn", kind, "dossiers", "dossiers", "received", "service", where or {},
        inside or {}, distinct, "từ {from} đến {to}", 1, "thử",
    )  # fmt: skip


CUBE = Cube(
    ("colour", "size"),
    {
        ("red", "big"): Cell(2, 20),
        ("red", "small"): Cell(3, 0),
        ("blue", "small"): Cell(5, 7),
    },
)


def test_the_project_knows_104_figures_and_defines_those_whose_register_exists():
    assert len(known()) == 104
    defined = {id for id in figures() if not id.startswith("x.")}
    assert defined == {id for id in known() if id.startswith(BUILT)} | BUILT_IN_II_6
    assert len(defined) == 74


def test_figures_come_in_the_order_of_the_report_then_our_own():
    order = [id for id in known() if id in figures()]
    own = ["x.own.withdrawn", "x.own.stopped", "x.own.carried_over"]
    assert list(figures()) == order + own


@pytest.mark.parametrize("one", figures().values(), ids=list(figures()))
def test_a_definition_is_one_sentence_that_names_its_window(one):
    said = one.defined_for(date(2022, 12, 5), date(2023, 12, 4), date(2023, 12, 4))
    assert said.endswith(".") and "{" not in said
    assert ("04/12/2023" if one.by != "carried" else "05/12/2022") in said
    assert one.by == "stock" or "05/12/2022" in said


@pytest.mark.parametrize("one", figures().values(), ids=list(figures()))
def test_a_figure_has_words_for_its_name_its_unit_and_its_source(one):
    assert one.label and one.unit_label and one.source


def test_no_two_figures_of_the_report_count_the_same_but_the_share_it_says_twice():
    said = defaultdict(list)
    for one in figures().values():
        conditions = tuple(sorted(one.where.items())), tuple(sorted(one.inside.items()))
        said[one.key, conditions, one.distinct, one.kind].append(one.id)
    twice = [ids for ids in said.values() if len(ids) > 1]
    assert twice == [["II.2.digitised.share", "II.6.digitised.share"]]


def test_a_count_takes_the_rows_that_satisfy_every_condition():
    assert fold(figure(where={"colour": ("red",)}), CUBE) == Number(5, 5)
    assert fold(figure(where={"colour": ("red",), "size": ("big",)}), CUBE) == Number(2, 2)
    assert fold(figure(where={"size": ("big", "small")}), CUBE) == Number(10, 10)


def test_a_zero_is_present_with_an_empty_list():
    assert fold(figure(where={"colour": ("green",)}), CUBE) == Number(0, 0)


def test_a_sum_adds_the_amount_and_a_value_says_it():
    assert fold(figure(Kind.SUM), CUBE) == Number(27, 10)
    assert fold(figure(Kind.VALUE), Cube((), {(): Cell(1, 300000)})) == Number(300000, 1)


def test_a_value_without_a_record_in_force_is_not_zero():
    assert fold(figure(Kind.VALUE), Cube((), {})) == Number(None, 0)


def test_a_share_is_in_percent_points_rounded_half_up():
    share = figure(Kind.SHARE, inside={"size": ("small",)}, where={"colour": ("red",)})
    assert fold(share, CUBE) == Number(Decimal("60.00"), 5, 3, 5)
    thirds = Cube(("size",), {("small",): Cell(2, 0), ("big",): Cell(1, 0)})
    small = figure(Kind.SHARE, inside={"size": ("small",)})
    assert fold(small, thirds).value == Decimal("66.67")
    eighth = Cube(("size",), {("small",): Cell(1, 0), ("big",): Cell(799, 0)})
    assert fold(small, eighth).value == Decimal("0.13")


def test_a_share_of_nothing_has_no_value():
    assert fold(figure(Kind.SHARE, inside={}), Cube((), {})) == Number(None, 0, 0, 0)


def test_distinct_counts_values_not_rows():
    assert fold(figure(distinct="colour"), CUBE) == Number(2, 2)
    assert fold(figure(where={"size": ("big",)}, distinct="colour"), CUBE) == Number(1, 1)


ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(-9, 9)), max_size=30
)
KINDS = st.sampled_from([Kind.COUNT, Kind.SUM, Kind.SHARE])


@given(ROWS, KINDS, st.sets(st.sampled_from("ab")), st.sets(st.sampled_from("xyz")))
def test_the_fold_of_the_cube_is_the_fold_of_the_list(rows, kind, first, second):
    one = figure(kind, where={"p": tuple(first)}, inside={"q": tuple(second)})
    cells: dict = defaultdict(lambda: Cell(0, 0))
    for p, q, amount in rows:
        old = cells[p, q]
        cells[p, q] = Cell(old.rows + 1, old.amount + amount)
    listed = [Row("", "", q in second, amount) for p, q, amount in rows if p in first]
    assert fold(one, Cube(("p", "q"), cells)) == fold_rows(one, listed)


def test_a_condition_on_a_dimension_the_cube_lacks_is_a_defect():
    with pytest.raises(ValueError):
        matcher({"taste": ("sweet",)}, CUBE.dimensions)


def test_what_flows_in_adds_up_over_months_and_stocks_and_shares_do_not():
    adding = {one.id for one in figures().values() if one.additive}
    assert {
        "II.2.own.received", "II.2.own.resolved", "II.2.own.late", "II.2.own.open",
        "II.2.linked.birth", "A.survey.c2.land.B",
    } <= adding  # fmt: skip
    assert not adding & {
        "II.2.digitised.share", "II.2.catalogue.procedures", "II.2.catalogue.fields",
        "II.2.desk.staff", "x.own.carried_over",
    }  # fmt: skip

"""Reading a report's figures: what is left out is filled in, what contradicts itself is named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.demo import figures
from motcua.demo.figures import BadFigures, Inconsistent, from_values, parse, read_figures, seed

BROKEN = [
    ("II.2.own.open", 1, "II.2.own.resolved + II.2.own.open = 727 + 1 = 728"),
    ("II.2.own.late", 40, "= 59 + 626 + 40 = 725"),
    ("II.2.digitised.received", 750, "II.2.digitised.received = 750 nhỏ hơn"),
    ("II.2.catalogue.procedures", 49, "II.2.catalogue.procedures = 49 nhỏ hơn"),
    ("II.6.online.procedures", 130, "nhỏ hơn II.6.online.procedures = 130"),
    ("II.2.catalogue.interlevel_fields", 14, "II.2.catalogue.fields = 13 nhỏ hơn"),
    ("II.2.catalogue.interlevel_fields", 0, "II.2.catalogue.interlevel_fields = 0"),
    ("II.2.catalogue.fields", 90, "nhỏ hơn II.2.catalogue.fields − II.2.catalogue"),
    ("II.6.online.dossiers", 728, "nhỏ hơn II.6.online.dossiers = 728"),
    ("II.6.iso.decisions", 10, "II.2.decisions.posted = 9 nhỏ hơn II.6.iso.decisions = 10"),
    ("II.2.tthc.reviewed", 3, "II.2.tthc.review_registered = 2 nhỏ hơn"),
    ("A.survey.dossiers", 728, "II.2.own.resolved = 727 nhỏ hơn A.survey.dossiers = 728"),
    ("A.survey.sent", 686, "A.survey.dossiers = 685 nhỏ hơn A.survey.sent = 686"),
    ("A.survey.returned", 686, "A.survey.sent = 685 nhỏ hơn A.survey.returned = 686"),
    ("A.survey.invalid", 1, "A.survey.valid + A.survey.invalid = 685 + 1 = 686"),
    ("A.survey.c1.C", 1, "A.survey.c1.A + A.survey.c1.B + A.survey.c1.C = 660 + 25 + 1 = 686"),
    ("A.survey.c3.B", 97, "A.survey.valid = 685, nhưng A.survey.c3.A"),
    ("A.survey.c2.land.A", 48, "A.survey.c2.A = 665, nhưng A.survey.c2.justice.A"),
    ("A.survey.c5.office.B", 1, "A.survey.c5.B = 20, nhưng A.survey.c5.justice.B"),
    ("II.6.digitised.share", 99, "nhưng II.6.digitised.share = 99"),
    ("II.2.digitised.share", 101, "II.2.digitised.share = 101 lớn hơn 100 phần trăm"),
    ("II.2.desk.staff", 3, "II.2.desk.staff = 3 người"),
    ("I.directives.assigned", 54, "I.directives.assigned = 54 nhỏ hơn"),
    ("II.1.vbqppl.checked", 5, "II.1.vbqppl.checked = 5, nhưng"),
]


@pytest.mark.parametrize(("name", "value", "line"), BROKEN)
def test_each_sum_that_does_not_hold_is_named_with_both_its_values(name, value, line):
    with pytest.raises(Inconsistent) as refused:
        from_values(dict(seed()) | {name: Decimal(value)})

    assert line in str(refused.value)


def test_every_broken_sum_is_listed_not_only_the_first():
    changed = {"II.2.own.open": Decimal(1), "A.survey.c1.C": Decimal(2)}

    with pytest.raises(Inconsistent) as refused:
        from_values(dict(seed()) | changed)

    assert len(refused.value.broken) == 2


def test_a_share_that_no_whole_number_rounds_to_is_refused():
    shares = dict.fromkeys(("II.2.digitised.share", "II.6.digitised.share"), Decimal(97))

    with pytest.raises(Inconsistent, match="làm tròn"):
        from_values(dict(seed()) | shares)


def test_the_seed_is_consistent_and_has_74_figures_of_this_edition():
    found = read_figures(None)

    assert len(seed()) == 104
    assert (len(found.wanted()), len(found.skipped)) == (74, 30)
    assert "II.5.disbursed" in found.skipped


@given(st.sets(st.sampled_from(sorted(seed())), min_size=1))
def test_figures_left_out_of_the_seed_come_back_consistent(names):
    found = from_values({name: seed()[name] for name in names})

    assert set(found.wanted()) == {name for name in seed() if figures.is_built(name)}
    assert all(found.values[name] == seed()[name] for name in names)


@pytest.mark.parametrize("name", [n for n in seed() if n.startswith(("II.2.own.r", "A.survey.v"))])
@given(value=st.integers(30, 5000))
def test_one_total_alone_scales_the_year(name, value):
    found = from_values({name: Decimal(value)})

    assert found.values[name] == value
    assert list(figures.check(found.values)) == []


def test_half_the_dossiers_take_the_seeds_proportions():
    found = from_values({"II.2.own.received": Decimal(364)})

    parts = [found.count(f"II.2.own.{name}") for name in ("early", "on_time", "late", "open")]
    assert parts == [30, 313, 21, 0]
    assert found.count("A.survey.valid") == 343


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ten,gia\na,1\n", "hai cột tên là id và value"),
        ("id,value\nII.2.own.khac,3\n", "II.2.own.khac"),
        ("id,value\nII.2.own.late,bốn\n", "Dòng 2, II.2.own.late: “bốn”"),
        ("id,value\nII.2.own.late,-1\n", "không phải số không âm"),
        ("id,value\nII.2.own.late,1.5\n", "cần số nguyên"),
        ("id,value\nII.2.own.late,1\nII.2.own.late,1\n", "Dòng 3: II.2.own.late đã có"),
        ("id,value\n", "không có dòng nào"),
    ],
)
def test_a_file_that_cannot_be_read_says_which_line_and_why(text, words):
    with pytest.raises(BadFigures) as refused:
        parse(text)

    assert words in str(refused.value)

"""What comes with the project is complete, consistent and honest about where it comes from."""

from collections import Counter

import pytest

from motcua.kernel.terms import Unit, parse_cutoff, parse_term
from motcua.kernel.text import fold
from motcua.procedures import shipped
from motcua.procedures.rules import OWN, FieldGroup, Linkage, OnlineLevel, StepKind
from motcua.procedures.shipped import ProcedureRow, ShippedDataError, catalogue, fields, steps

BOTH = pytest.mark.parametrize("which", shipped.CATALOGUES)
ADVANCED = (OnlineLevel.LEVEL_3, OnlineLevel.LEVEL_4)
GROUP_OF = {field.code: field.group for field in fields()}


def counted() -> list[ProcedureRow]:
    return [row for row in catalogue("2023") if row.counted]


def by_code(which: str) -> dict[str, ProcedureRow]:
    return {row.code: row for row in catalogue(which)}


def found(which: str, words: str) -> list[str]:
    """Codes of the procedures whose names hold the words, diacritics or not."""
    return [
        row.code
        for row in catalogue(which)
        if fold(words) in fold(f"{row.short_name} {row.name} {row.synonyms}")
    ]


def test_the_catalogue_of_2023_has_the_counts_of_the_report():
    linkage = Counter(row.linkage for row in counted())

    assert len(counted()) == 129
    assert len({row.field for row in counted()}) == 13
    assert linkage == {Linkage.NONE: 79, Linkage.SAME_LEVEL: 2, Linkage.INTER_LEVEL: 48}
    assert len({r.field for r in counted() if r.linkage is Linkage.INTER_LEVEL}) == 5


def test_of_the_catalogue_of_2023_eighty_eight_are_online_at_level_3_or_4():
    levels = Counter(row.online_level for row in counted())
    own_online = [r for r in counted() if r.linkage in OWN and r.online_level in ADVANCED]

    assert levels == {OnlineLevel.LEVEL_3: 59, OnlineLevel.LEVEL_4: 29, OnlineLevel.LEVEL_2: 41}
    assert len(own_online) == 62
    assert all("online" in row.channels for row in own_online)


@BOTH
def test_the_two_linked_groups_stand_once_each_outside_the_count(which):
    outside = [row.linkage for row in catalogue(which) if not row.counted]

    assert outside == [Linkage.GROUP_BIRTH, Linkage.GROUP_DEATH]


@pytest.mark.parametrize("group", FieldGroup)
def test_each_field_of_the_survey_has_own_procedures_of_a_day_and_of_several_with_a_signature(
    group,
):
    own = [r for r in counted() if r.linkage is Linkage.NONE and GROUP_OF[r.field] is group]
    signed = [r for r in own if StepKind.SIGN in {step.kind for step in steps(r.steps)}]
    units = {parse_term(row.term).unit for row in signed}

    assert {Unit.SAME_DAY, Unit.WORKING_DAY} <= units


def test_every_procedure_of_2023_has_a_term():
    assert [row.code for row in catalogue("2023") if not row.term] == []


@BOTH
def test_every_term_and_cutoff_can_be_read_and_is_written_as_the_law_writes(which):
    for row in catalogue(which):
        assert not row.term or parse_term(row.term).words == row.term, row.code
        assert not row.cutoff or parse_cutoff(row.cutoff).text == row.cutoff, row.code


@BOTH
def test_a_cutoff_stands_only_at_a_same_day_term(which):
    with_cutoff = [row for row in catalogue(which) if row.cutoff]

    assert with_cutoff
    assert {parse_term(row.term).unit for row in with_cutoff} == {Unit.SAME_DAY}


@BOTH
def test_short_names_have_at_most_eight_syllables_and_tell_the_rows_of_a_field_apart(which):
    rows = catalogue(which)

    assert max(len(row.short_name.split()) for row in rows) <= 8
    assert len({(row.field, fold(row.short_name)) for row in rows}) == len(rows)
    assert [r.code for r in rows if fold(r.short_name).startswith("thu tuc")] == []


@BOTH
def test_codes_are_unique_and_invented_ones_say_so(which):
    rows = catalogue(which)
    invented = [row for row in rows if row.code.startswith("MH.")]

    assert len({row.code for row in rows}) == len(rows)
    assert {row.source for row in invented} <= {shipped.REBUILT}
    assert bool(invented) == (which == "2023")


@BOTH
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("khai sinh", "1.001193"),
        ("khai tu", "1.000656"),
        ("chung thuc", "2.000815"),
        ("giấy độc thân", "1.004873"),
        ("ket hon", "1.000894"),
    ],
)
def test_everyday_words_without_diacritics_find_the_procedure(which, words, code):
    assert code in found(which, words)


def test_police_and_military_procedures_name_their_owner_and_have_no_steps_here():
    of_field = {row.field: row.owner for row in catalogue("current")}

    for field in ("cu-tru", "can-cuoc", "dang-ky-xe", "xuat-nhap-canh", "dinh-danh-dien-tu"):
        assert of_field[field] == "police"
    assert of_field["nghia-vu-quan-su"] == "military"
    assert of_field["ho-tich"] == "commune"
    for row in catalogue("current"):
        assert (row.owner == "police") or "BCA" not in row.decision, row.code
        assert bool(row.steps) == (row.owner == "commune"), row.code


@BOTH
def test_no_paper_is_shipped_without_naming_its_source(which):
    papers = [paper for row in catalogue(which) for paper in row.papers]

    assert papers
    for paper in papers:
        assert paper["source"].startswith("Bản ghi Cổng Dịch vụ công quốc gia"), paper
    assert any(paper["required"] for paper in papers)


@BOTH
def test_what_has_no_source_claims_nothing_that_would_need_one(which):
    for row in catalogue(which):
        if row.source in (shipped.NO_SOURCE, shipped.REBUILT):
            assert not (row.decision or row.result_code or row.legal_basis), row.code
            assert row.fee is None, row.code
        if row.source.startswith("Bản ghi Cổng"):
            assert row.decision or row.code == "3.000360", row.code
        if row.fee is not None:
            assert row.fee_note, row.code


def test_every_row_of_2023_says_that_it_is_a_reconstruction():
    assert [r.code for r in catalogue("2023") if shipped.REBUILT not in r.source] == []


def test_drafts_of_lists_and_repealed_procedures_are_not_in_the_current_catalogue():
    names = " ".join(row.name for row in catalogue("current"))
    codes = by_code("current")

    assert len(codes) == 402
    assert "Công bố Danh mục" not in names
    assert "cấp huyện)" not in names
    assert not codes.keys() & {"2.000986", "2.001023", "2.002621", "2.002622"}
    assert not [code for code in codes if code.startswith("6.")]


def test_unknown_is_not_free():
    current = by_code("current")

    assert current["1.001193"].fee == 0
    assert current["2.000635"].fee == 8000
    assert current["1.004873"].fee is None
    assert "HĐND" in current["1.004873"].fee_note


def test_every_pattern_runs_in_the_order_of_the_kinds_and_names_its_source():
    sources = shipped.pattern_sources()
    kinds = list(StepKind)

    for pattern, source in sources.items():
        order = [kinds.index(step.kind) for step in steps(pattern)]
        assert order == sorted(set(order)), pattern
        assert steps(pattern)[0].kind is StepKind.RECEIVE
        assert steps(pattern)[-1].kind is StepKind.RETURN
        assert "QĐ 663" in source or "suy ra" in source.casefold(), pattern
    used = {row.steps for which in shipped.CATALOGUES for row in catalogue(which) if row.steps}
    assert used == sources.keys()


def test_the_published_pattern_is_two_three_two_and_one_hour():
    assert [step.minutes for step in steps("civil_status")] == [120, 180, 120, 60, 0]


@BOTH
def test_the_allotted_hours_of_a_day_term_add_up_to_the_term(which):
    for row in catalogue(which):
        term = parse_term(row.term) if row.term else None
        if not term or term.unit is not Unit.WORKING_DAY or not row.steps:
            continue
        minutes = [step.minutes for step in steps(row.steps, row.term)]
        assert sum(minutes) == term.amount * shipped.WORKING_DAY_MINUTES, row.code


def test_a_procedure_of_another_owner_has_no_steps():
    assert steps("") == ()


def test_every_field_is_used_and_belongs_to_one_of_the_four_of_the_survey():
    used = {row.field for which in shipped.CATALOGUES for row in catalogue(which)}

    assert used == {field.code for field in fields()}
    assert {field.group for field in fields()} == set(FieldGroup)


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("code", "1.1", "not a procedure code"),
        ("short_name", "một hai ba bốn năm sáu bảy tám chín", "over 8 syllables"),
        ("field", "khong-co", "unknown"),
        ("term", "mươi hôm", "Không hiểu thời hạn"),
        ("cutoff", "chiều", "Không hiểu giờ chốt"),
        ("fee", "8.000", "not whole đồng"),
        ("channels", "counter+fax", "unknown"),
        ("linkage", "half", "half"),
        ("steps", "quick", "no pattern"),
        ("counted", "0", "linked group"),
        ("source", "", "empty"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line_and_column(column, value, complaint):
    line, row = shipped._table("catalogue_2023.csv")[0]

    with pytest.raises(ShippedDataError) as refusal:
        shipped.read_procedure({**row, column: value}, line, {})

    assert f"catalogue_2023.csv, line 2, column {column}" in str(refusal.value)
    assert complaint in str(refusal.value)


def test_a_fact_beside_no_source_is_refused():
    line, row = shipped._table("catalogue_2023.csv")[0]

    with pytest.raises(ShippedDataError, match="need a source"):
        shipped.read_procedure({**row, "source": shipped.NO_SOURCE}, line, {})


def test_there_is_no_third_catalogue():
    with pytest.raises(KeyError):
        catalogue("2019")

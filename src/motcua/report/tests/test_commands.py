"""What `./motcua report` and `./motcua records` print, and how they refuse."""

import json

import pytest

from motcua.kernel.errors import BadInput
from motcua.report import records_command, report_command
from motcua.report.command_line import NoAgency, UnknownAgency, WhichAgency
from motcua.report.figures import figures, known
from motcua.report.periods import UnknownPeriod
from motcua.report.queries import NoRegister, UnknownFigure
from tests import world as worlds

REPORT = ["--period", "2023", "--format", "json"]
KEYS = [
    "id", "kind", "value", "unit", "numerator", "denominator", "window", "definition", "origin",
    "records", "list",
]  # fmt: skip


def printed(capsys, command, *argv: str) -> dict:
    assert command.main(list(argv)) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def report(year, capsys) -> dict:
    return printed(capsys, report_command, *REPORT)


def test_the_report_has_the_promised_shape(report):
    assert list(report) == ["agency", "period", "figures", "findings", "confirmed"]
    assert (report["agency"], report["period"]) == ("UBND xã xa-thu", "2023")
    assert (report["findings"], report["confirmed"]) == ([], 0)
    assert [figure["id"] for figure in report["figures"]] == list(figures())
    for figure in report["figures"]:
        assert list(figure) == KEYS
        assert figure["origin"] == "computed"
        assert figure["list"] == f"/so-lieu/2023/{figure['id']}"
        assert set(figure["window"]) == {"from", "to"}


def test_values_are_json_numbers(report):
    by_id = {figure["id"]: figure for figure in report["figures"]}
    assert type(by_id["II.2.own.received"]["value"]) is int
    share = by_id["II.2.digitised.share"]
    assert share["value"] == round(100 * share["numerator"] / share["denominator"], 2)
    assert share["records"] == share["denominator"]
    assert by_id["II.2.desk.allowance"]["value"] == 300000
    assert by_id["II.2.own.received"]["numerator"] is None


def test_windows_are_those_of_the_regime(report):
    windows = {f["id"]: (f["window"]["from"], f["window"]["to"]) for f in report["figures"]}
    assert windows["II.2.own.received"] == ("2022-12-05", "2023-12-04")
    assert windows["A.survey.sent"] == ("2022-12-05", "2023-11-29")
    assert windows["II.2.decisions.posted"] == ("2023-01-01", "2023-11-29")


def test_figures_without_a_register_are_absent(report):
    ids = {figure["id"] for figure in report["figures"]}
    assert "I.directives.assigned" not in ids and "II.6.ecert.cases" not in ids
    assert sum(id in known() for id in ids) == 74


def test_two_reports_of_the_same_data_are_the_same_bytes(year, tmp_path):
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        report_command.main([*REPORT, "--out", str(file)])
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "hồ sơ" in files[0].read_text(encoding="utf-8")


def test_an_empty_commune_has_zeros_and_no_invented_values(world, capsys):
    report = printed(capsys, report_command, *REPORT)
    values = {figure["id"]: figure["value"] for figure in report["figures"]}
    assert values["II.2.own.received"] == 0
    assert values["II.2.digitised.share"] is None and values["II.2.desk.allowance"] is None


def test_the_list_behind_a_figure_folds_to_the_figure(report, capsys):
    for figure in report["figures"]:
        given = ["--period", "2023", "--figure", figure["id"], "--format", "json"]
        listed = printed(capsys, records_command, *given)
        assert list(listed) == ["id", "kind", "value", "rows"]
        assert listed["value"] == figure["value"]
        assert len(listed["rows"]) == figure["records"]
        assert all(list(row) == ["id", "label", "in", "amount"] for row in listed["rows"])


def test_labels_are_how_people_call_the_records(year, capsys):
    def first(id: str) -> str:
        given = ["--period", "2023", "--figure", id]
        return printed(capsys, records_command, *given)["rows"][0]["label"]

    assert first("II.2.own.received").startswith("D-")
    assert first("A.survey.sent").startswith("Phiếu ")
    assert first("II.2.desk.allowance") == "Mức hỗ trợ từ 29/11/2023"
    assert first("II.2.feedback") == "Phản ánh ngày 01/01/2023"


@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx"])
def test_documents_of_a_later_version_are_refused_in_a_sentence(world, format):
    with pytest.raises(BadInput, match="phiên bản sau"):
        report_command.main(["--period", "2023", "--format", format])


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "Thiếu giá trị của --period"),
        (["--period"], "Thiếu giá trị của --period"),
        (["--period", "2023", "--format", "yaml"], "Không có dạng “yaml”"),
        (["--period", "2023", "--khac"], "Không hiểu “--khac”"),
    ],
)
def test_a_command_that_is_not_understood_is_told_why(argv, said):
    with pytest.raises(BadInput, match=said):
        report_command.main(argv)


def test_refusals_name_what_was_asked(world):
    with pytest.raises(UnknownPeriod):
        report_command.main(["--period", "quý một"])
    with pytest.raises(UnknownFigure, match="II.9.x"):
        records_command.main(["--period", "2023", "--figure", "II.9.x"])
    with pytest.raises(NoRegister, match="Ý kiến chỉ đạo được giao"):
        records_command.main(["--period", "2023", "--figure", "I.directives.assigned"])


def test_the_only_commune_is_found_by_itself_and_one_of_several_by_name_or_code(world, capsys):
    other = worlds.build("xa-khac", "H97.97.97", province=world.province)
    with pytest.raises(WhichAgency, match="xa-khac, xa-thu"):
        report_command.main(REPORT)
    for given in ("xa-khac", "H97.97.97"):
        report = printed(capsys, report_command, *REPORT, "--agency", given)
        assert report["agency"] == f"UBND xã {other.agency.slug}"
    with pytest.raises(UnknownAgency, match="xa-la"):
        report_command.main([*REPORT, "--agency", "xa-la"])


def test_data_without_a_commune_says_what_to_run(db):
    with pytest.raises(NoAgency, match="./motcua demo"):
        report_command.main(REPORT)

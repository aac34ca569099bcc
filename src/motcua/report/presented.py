"""Figures as the pages show them: sections, the survey annex, sums, the chart of months."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.kernel.rounding import percent, vn_decimal
from motcua.kernel.text import group_digits
from motcua.kernel.vntime import slashed
from motcua.people.rules import PostGroup
from motcua.procedures.rules import FieldGroup
from motcua.report import evidence, periods, sums
from motcua.report.figures import Kind
from motcua.report.results import Result
from motcua.surveys.rules import CRITERIA, Answer
from motcua.web.parts import Bar, Cell, Column, Row

ANNEX = "Annex"
SECTIONS = {
    "I": "I. Chỉ đạo, điều hành",
    "II.1": "II.1. Cải cách thể chế",
    "II.2": "II.2. Cải cách thủ tục hành chính",
    "II.3": "II.3. Cải cách tổ chức bộ máy",
    "II.4": "II.4. Cải cách chế độ công vụ",
    "II.5": "II.5. Cải cách tài chính công",
    "II.6": "II.6. Chính quyền điện tử, chính quyền số",
    ANNEX: "Phụ lục. Khảo sát sự hài lòng",
}
WINDOWS = {
    "service": "hồ sơ, số hóa, trực tuyến, liên thông",
    "survey": "phiếu khảo sát",
    "year": "danh mục, trang thiết bị, các sổ",
}
SMALLEST_SHARE = 10
DETAILED = {"c2": (PostGroup, sums.OFFICIALS), "c5": (FieldGroup, sums.FIELDS)}


@dataclass(frozen=True, slots=True)
class Section:
    """Một mục of the report with the rows of its table."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A sum in words, with whether it holds."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    finding: str
    bars: tuple[Bar, ...]
    note: str


def windows(days: periods.Period) -> list[tuple[str, str]]:
    """What is counted over which days; one line when all windows are the same."""
    spans = {name: _span(window) for name, window in days.windows.items()}
    if len(set(spans.values())) == 1:
        return [(_("Mọi số liệu"), next(iter(spans.values())))]
    return [(_(WINDOWS[name]).capitalize(), span) for name, span in spans.items()]


def figure_columns() -> tuple[Column, ...]:
    return (
        Column(_("Số liệu")), Column(_("Giá trị"), "number"), Column(_("Đơn vị")),
        Column(_("Trong đó")), Column(_("Kỳ tính"), "date"),
    )  # fmt: skip


def sections(found: Iterable[Result]) -> list[Section]:
    """Every figure but the answers of the survey, by section in the order of the report."""
    plain = [one for one in found if not _is_answer(one.id)]
    return [
        Section(_(SECTIONS.get(name, name)), tuple(map(_figure_row, rows)))
        for name, rows in groupby(_by_section(plain), key=lambda one: one.section)
    ]


def frozen_columns() -> tuple[Column, ...]:
    return (
        Column(_("Mục")), Column(_("Số liệu"), "number"), Column(_("Dòng danh sách"), "number"),
    )  # fmt: skip


def frozen(found: Iterable[Result]) -> list[Row]:
    """How many figures of each section closing a period keeps, and how many records."""
    rows = []
    for name, group in groupby(_by_section(found), key=lambda one: one.section):
        kept = list(group)
        records = sum(one.records for one in kept)
        title = _(SECTIONS.get(name, name))
        rows.append(Row((title, group_digits(len(kept)), group_digits(records))))
    return rows


def _by_section(found: Iterable[Result]) -> list[Result]:
    names = list(SECTIONS)
    return sorted(found, key=lambda one: names.index(one.section) if one.section in names else 99)


def _figure_row(one: Result) -> Row:
    part = ""
    if one.denominator is not None:
        part = _("{part} trên {whole}").format(
            part=group_digits(one.numerator or 0), whole=group_digits(one.denominator)
        )
    return Row(
        (one.label, Cell(one.shown, one.list_url), _(one.unit_label), part, _span(one.window))
    )


def _span(window: periods.Window) -> str:
    return _("{first} đến hết {last}").format(
        first=slashed(window.first), last=slashed(window.last)
    )


def _is_answer(figure_id: str) -> bool:
    return figure_id.startswith("A.survey.c")


def survey_columns() -> tuple[Column, ...]:
    """One column of counts and one of shares for each answer, so that digits line up."""
    columns = [Column(_("Tiêu chí")), Column(_("Phiếu"), "number")]
    for answer in Answer:
        label = f"{answer.value} ({_(answer.label).lower()})"
        columns += [Column(label, "number"), Column(f"{answer.value}, %", "number")]
    return tuple(columns)


def survey_rows(found: Iterable[Result]) -> list[Row]:
    """The annex: each criterion, then by official (2) and by field (5)."""
    values = {one.id: one for one in found if _is_answer(one.id)}
    rows = []
    for number, (name, words) in enumerate(CRITERIA.items(), 1):
        rows.append(_answers(f"{number}. {_(words)}", f"A.survey.{name}", values))
        labels, groups = DETAILED.get(name, (None, ()))
        for group in groups:
            label = _(labels(group).label) if labels else ""
            rows.append(_answers(f"– {label}", f"A.survey.{name}.{group}", values))
    return [row for row in rows if row is not None]


def _answers(label: str, name: str, values: dict[str, Result]) -> Row | None:
    letters = [values.get(f"{name}.{answer.value}") for answer in Answer]
    if any(one is None for one in letters):
        return None
    counts = [int(one.value or 0) for one in letters if one]
    total = sum(counts)
    cells: list[Cell | str] = [label, group_digits(total)]
    for one, count in zip(letters, counts, strict=True):
        share = vn_decimal(percent(count, total)) if total >= SMALLEST_SHARE else "–"
        cells += [Cell(one.shown, one.list_url) if one else "", share]
    return Row(tuple(cells))


def checks(found: Iterable[Result], of: str = "") -> list[Check]:
    """The sums over these figures, those that do not hold first; `of` keeps one figure's."""
    by_id = {one.id: one for one in found}
    values = {id: int(one.value) for id, one in by_id.items()
              if one.kind is not Kind.SHARE and one.value is not None}  # fmt: skip
    said = [
        _check(one, by_id)
        for one in sums.checked(values)
        if not of or of == one.sum.total or of in one.sum.parts
    ]
    return sorted(said, key=lambda one: one.holds)


def _check(one: sums.Checked, by_id: dict[str, Result]) -> Check:
    numbers = " + ".join(map(group_digits, one.parts))
    sign = "=" if one.holds else "≠"
    return Check(
        one.holds, f"{numbers} {sign} {group_digits(one.total)} · {by_id[one.sum.total].label}"
    )


def share_words(one: Result, whole: Result | None) -> str:
    """ "42 trên 727 = 5,78 %"; without a share under ten, and "" for a figure without a whole."""
    if one.denominator is not None:
        return _of(one.numerator or 0, one.denominator)
    if whole is None or not whole.value or one.value is None:
        return ""
    return _("{share} {unit} ({whole})").format(
        share=_of(int(one.value), int(whole.value)), unit=_(whole.unit_label), whole=whole.label
    )


def _of(part: int, whole: int) -> str:
    words = _("{part} trên {whole}").format(part=group_digits(part), whole=group_digits(whole))
    if whole < SMALLEST_SHARE:
        return words
    return f"{words} = {vn_decimal(percent(part, whole))}\u00a0%"


def facts(one: Result) -> tuple[tuple[str, str], ...]:
    return (
        (_("Định nghĩa"), one.definition),
        (_("Bản định nghĩa"), str(one.version)),
        (_("Kỳ tính"), _span(one.window)),
        (_("Cách tính"), _(one.kind.label)),
        (_("Nguồn gốc"), _("tính từ sổ của phần mềm, không nhập tay")),
        (_("Căn cứ"), one.source),
        (_("Dấu vân khi chốt"), one.hash),
        (_("Mã số liệu"), one.id),
    )


def chart(days: periods.Period, found: Iterable[Result]) -> Chart | None:
    """Own dossiers in time by month of receipt; None where they do not add up to the year.

    A closed year keeps its numbers; when the registers say otherwise today, no chart is drawn.
    """
    found_months = evidence.months(days)
    values: dict[str, Any] = {one.id: one.value for one in found}
    late = sum(month.late for month in found_months)
    in_time = sum(month.in_time for month in found_months)
    said = (values.get("II.2.own.early") or 0) + (values.get("II.2.own.on_time") or 0)
    if not in_time + late or (said, values.get("II.2.own.late")) != (in_time, late):
        return None
    worst = max(found_months, key=lambda month: month.late)
    bars = tuple(
        Bar(
            _month_label(month), month.in_time, _month_url(month), odd=late > 0 and month is worst,
            word=_("trễ {n}").format(n=group_digits(month.late)) if month.late else "",
        )
        for month in found_months
    )  # fmt: skip
    return Chart(_finding(worst, late, in_time + late), bars, _chart_note(days))


def _finding(worst: evidence.Month, late: int, ended: int) -> str:
    if not late:
        return _("Không hồ sơ nào trễ hạn trong {n} hồ sơ đã xong").format(n=group_digits(ended))
    return _("Trễ hạn {late} trên {all} hồ sơ, nhiều nhất {month}: {worst}").format(
        late=group_digits(late), all=group_digits(ended), month=_month_label(worst).lower(),
        worst=group_digits(worst.late),
    )  # fmt: skip


def _month_label(month: evidence.Month) -> str:
    number = int(month.name.rpartition("-")[2])
    return _("Tháng {n} ({first:%d/%m}–{last:%d/%m})").format(
        n=number, first=month.window.first, last=month.window.last
    )


def _month_url(month: evidence.Month) -> str:
    return reverse("so-lieu-ky", args=(month.name,))


def _chart_note(days: periods.Period) -> str:
    return _(
        "Xếp theo tháng tiếp nhận; trước hạn hay đúng hạn đều là kịp hạn, tính đến hết {last}."
    ).format(last=slashed(days.service.last))

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
HEADLINES = (
    ("II.2.own.received", "", "hồ sơ thuộc thẩm quyền tiếp nhận"),
    ("II.2.own.early", "II.2.own.resolved", "trước hạn"),
    ("II.2.own.on_time", "II.2.own.resolved", "đúng hạn"),
    ("II.2.own.late", "II.2.own.resolved", "trễ hạn"),
    ("A.survey.valid", "A.survey.returned", "phiếu khảo sát hợp lệ"),
)
DETAILED = {"c2": (PostGroup, sums.OFFICIALS), "c5": (FieldGroup, sums.FIELDS)}


@dataclass(frozen=True, slots=True)
class Section:
    """Một mục of the report with the rows of its table; `anchor` is its place in the page."""

    anchor: str
    title: str
    caption: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A sum in words, with whether it holds."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A number shown large: `total` is what it is a part of."""

    value: int
    total: int | None
    words: str
    url: str


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
        _section(name, list(group))
        for name, group in groupby(_by_section(plain), key=lambda one: one.section)
    ]


def _section(name: str, found: list[Result]) -> Section:
    anchor = "muc-" + name.lower().replace(".", "-")
    caption = _("{n} số liệu").format(n=group_digits(len(found)))
    return Section(anchor, _(SECTIONS.get(name, name)), caption, tuple(map(_figure_row, found)))


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
    return Row((one.name, Cell(one.shown, one.list_url), one.unit_said, part, _span(one.window)))


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
    label = by_id[one.sum.total].name
    if one.holds:
        return Check(True, f"{numbers} = {group_digits(one.total)} · {label}")
    words = _("{numbers} = {sum}, nhưng “{label}” là {total}").format(
        numbers=numbers, sum=group_digits(sum(one.parts)), label=label,
        total=group_digits(one.total),
    )  # fmt: skip
    return Check(False, words)


def share_words(one: Result, whole: Result | None) -> str:
    """ "42 trên 727 = 5,78 %"; without a share under ten, and "" for a figure without a whole."""
    if one.denominator is not None:
        return _of(one.numerator or 0, one.denominator)
    if whole is None or not whole.value or one.value is None:
        return ""
    return _("{share} của “{whole}”").format(
        share=_of(int(one.value), int(whole.value)), whole=whole.name
    )


def _of(part: int, whole: int) -> str:
    words = _("{part} trên {whole}").format(part=group_digits(part), whole=group_digits(whole))
    if whole < SMALLEST_SHARE:
        return words
    return f"{words} = {vn_decimal(percent(part, whole))}\u00a0%"


def facts(one: Result) -> tuple[tuple[str, str], ...]:
    return ((_("Định nghĩa"), one.explained), (_("Kỳ tính"), _span(one.window)))


def more_facts(one: Result) -> tuple[tuple[str, str], ...]:
    """What an inspector asks: how it is computed, from what, on which ground."""
    return (
        (_("Cách tính"), _(one.kind.label)),
        (_("Nguồn gốc"), _("tính từ sổ của phần mềm, không nhập tay")),
        (_("Căn cứ"), one.source),
        (_("Bản định nghĩa"), str(one.version)),
        (_("Mã số liệu"), one.id),
    )


def headline(found: Iterable[Result]) -> list[Headline]:
    """The few numbers asked for first, with what they are a part of."""
    by_id = {one.id: one for one in found}
    shown = []
    for id, whole, words in HEADLINES:
        one, total = by_id.get(id), by_id.get(whole)
        if one is not None and isinstance(one.value, int):
            all_of = total.value if total is not None and isinstance(total.value, int) else None
            shown.append(Headline(one.value, all_of or None, _(words), one.list_url))
    return shown


def chart(days: periods.Period, found: Iterable[Result]) -> Chart | None:
    """Late own dossiers by month of receipt; None where they do not add up to the year.

    A closed year keeps its numbers; when the registers say otherwise today, no chart is drawn.
    """
    found_months = evidence.months(days)
    values: dict[str, Any] = {one.id: one.value for one in found}
    late = sum(month.late for month in found_months)
    in_time = sum(month.in_time for month in found_months)
    said = (values.get("II.2.own.early") or 0) + (values.get("II.2.own.on_time") or 0)
    if not in_time + late or (said, values.get("II.2.own.late")) != (in_time, late):
        return None
    if not late:
        words = _("Không hồ sơ nào trễ hạn trong {n} hồ sơ đã xong.")
        return Chart(words.format(n=group_digits(in_time)), (), "")
    worst = max(found_months, key=lambda month: month.late)
    bars = tuple(_bar(month, month is worst) for month in found_months)
    return Chart(_finding(worst, late, in_time + late), bars, _chart_note(days))


def _bar(month: evidence.Month, worst: bool) -> Bar:
    ended = group_digits(month.in_time + month.late)
    label = _("{month}: {n} hồ sơ đã xong").format(month=_month_label(month), n=ended)
    return Bar(label, month.late, _month_url(month), worst)


def _finding(worst: evidence.Month, late: int, ended: int) -> str:
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
    return reverse("so-lieu-bang-chung", args=(month.name, "II.2.own.late"))


def _chart_note(days: periods.Period) -> str:
    return _(
        "Hồ sơ thuộc thẩm quyền, xếp theo tháng tiếp nhận, kết quả tính đến hết {last}."
    ).format(last=slashed(days.service.last))

"""Danh mục đi kèm: the catalogues, papers and step patterns that the project ships. Pure.

Two catalogues in `data/`, one procedure a row:

- `current`: commune procedures of 2026 from public records. What a record does not say is empty;
  what came from memory has the source "chưa có nguồn". `linkage` is `none` wherever no source
  speaks of linking: that a procedure is done at several levels is not a link. `online_level` is
  `full` or `partial` only where the record says so, `none` where it lists its ways of filing
  without the online one, else `unknown`. Police and military procedures name their owner and
  have no steps: they are carried through on other systems.
- `2023`: a reconstruction of the demo commune's catalogue. The report of that year gives counts
  and no names: 13 fields, 129 procedures, 2 linked at the same level, 48 linked between levels
  in 5 fields, 88 online at level 3 or 4. Codes `MH.nnn` are openly invented here.

The two linked groups (birth, death) stand **outside** the 129, with `counted` false: the report
speaks of them apart from its catalogue, their parts (khai sinh, khai tử) are already among the
129, and they are neither of its two kinds of linkage, which must stay 2 and 48. A count of the
catalogue takes counted rows only; it equals the rows that are not of a group.

Papers (thành phần hồ sơ) are never invented: a procedure has them only where a public record
names them, each with that source. Hours of steps follow one published pattern (QĐ
663/QĐ-TTPVHCC Hà Nội: 02 + 03 + 02 + 01 giờ); what was inferred from it says "suy ra". They are
allotments inside a term and never move the due time.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any, TypeVar

from motcua.kernel.errors import BadInput
from motcua.kernel.labelled import Labelled
from motcua.kernel.terms import Term, Unit, parse_cutoff, parse_term
from motcua.procedures.rules import OWNERS, FieldGroup, Linkage, OnlineLevel, StepKind

CATALOGUES = ("current", "2023")
CHANNELS = ("counter", "online", "post")
ROLES = ("desk", "specialist", "leader", "clerk")
GROUPS = (Linkage.GROUP_BIRTH, Linkage.GROUP_DEATH)
NO_SOURCE = "chưa có nguồn"
REBUILT = "dựng lại, chưa có nguồn"
SHORT_NAME_SYLLABLES = 8
WORKING_DAY_MINUTES = 480
SHORTEST_REST_MINUTES = 30
E = TypeVar("E", bound=Labelled)
_CODE = re.compile(r"\d\.\d{6}|MH\.\d{3}")


class ShippedDataError(ValueError):
    """A shipped file is wrong; the message names file, line and column."""

    def __init__(self, place: str, column: str, problem: str) -> None:
        super().__init__(f"{place}, column {column}: {problem}")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """Lĩnh vực, with the field of the survey annex it is counted under."""

    code: str
    name: str
    group: FieldGroup


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a pattern. `minutes` of working time; the step with `rest` takes what is left."""

    key: str
    name: str
    kind: StepKind
    role: str
    minutes: int
    output: str
    rest: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One procedure as shipped.

    `term` is what `parse_term` reads, empty when the source gives none (its wording is in
    `term_note`). `fee` is in đồng for one unit named in `fee_note`; None is unknown, 0 is free.
    `papers` are plain dicts: key, name, required, note, source. `steps` is the key of a pattern,
    empty for procedures of another owner.
    """

    code: str
    name: str
    short_name: str
    synonyms: str
    field: str
    term: str
    term_note: str
    cutoff: str
    fee: int | None
    fee_note: str
    channels: tuple[str, ...]
    linkage: Linkage
    online_level: OnlineLevel
    owner: str
    counted: bool
    on_the_spot: bool
    papers: tuple[dict[str, Any], ...]
    steps: str
    decision: str
    result_code: str
    result: str
    legal_basis: str
    source: str


@cache
def fields() -> tuple[FieldRow, ...]:
    """Return every field of both catalogues."""
    rows = [
        FieldRow(
            code=_filled(row, place, "code"),
            name=_filled(row, place, "name"),
            group=_member(FieldGroup, row["group"], place, "group"),
        )
        for place, row in _table("fields.csv")
    ]
    _once((row.code for row in rows), "fields.csv", "code")
    return tuple(rows)


@cache
def catalogue(which: str) -> tuple[ProcedureRow, ...]:
    """Return the catalogue "current" or "2023", checked. Raises ShippedDataError, KeyError."""
    if which not in CATALOGUES:
        raise KeyError(which)
    name = f"catalogue_{which}.csv"
    papers = _papers(which)
    rows = tuple(read_procedure(row, place, papers) for place, row in _table(name))
    _once((row.code for row in rows), name, "code")
    _once((f"{row.field}: {row.short_name}" for row in rows), name, "short_name")
    if missing := papers.keys() - {row.code for row in rows}:
        raise ShippedDataError("papers.csv", "code", f"not in {name}: {sorted(missing)}")
    return rows


def steps(pattern: str, term: str = "") -> tuple[StepRow, ...]:
    """Return the steps of a pattern; none for the empty pattern. Raises KeyError.

    With a term the step marked `rest` gets what the others leave of it (a working day as 8
    hours, calendar days as five working days of seven, at least half an hour); without one, and
    for a same-day term, the pattern's own minutes stand.
    """
    if not pattern:
        return ()
    rows = _patterns()[pattern]
    total = _working_minutes(parse_term(term)) if term else None
    if total is None:
        return rows
    left = total - sum(row.minutes for row in rows if not row.rest)
    return tuple(_with_rest(row, left) if row.rest else row for row in rows)


@cache
def pattern_sources() -> dict[str, str]:
    """Return where each step pattern comes from, by its key."""
    return {key: pattern["source"] for key, pattern in _steps_file().items()}


def read_procedure(
    row: Mapping[str, str], place: str, papers: Mapping[str, tuple[dict[str, Any], ...]]
) -> ProcedureRow:
    """Read and check one line of a catalogue. Raises ShippedDataError naming the column."""
    procedure = ProcedureRow(
        code=_code(row, place),
        name=_filled(row, place, "name"),
        short_name=_short_name(row, place),
        synonyms=row["synonyms"],
        field=_one_of(row, place, "field", {field.code for field in fields()}),
        term=_read_by(parse_term, row, place, "term"),
        term_note=row["term_note"],
        cutoff=_read_by(parse_cutoff, row, place, "cutoff"),
        fee=_fee(row, place),
        fee_note=row["fee_note"],
        channels=_channels(row, place),
        linkage=_member(Linkage, row["linkage"], place, "linkage"),
        online_level=_member(OnlineLevel, row["online_level"], place, "online_level"),
        owner=_one_of(row, place, "owner", OWNERS),
        counted=_flag(row, place, "counted"),
        on_the_spot=_flag(row, place, "on_the_spot"),
        papers=papers.get(row["code"], ()),
        steps=row["steps"],
        decision=row["decision"],
        result_code=row["result_code"],
        result=row["result"],
        legal_basis=row["legal_basis"],
        source=_filled(row, place, "source"),
    )
    _check_together(procedure, place)
    return procedure


def _check_together(row: ProcedureRow, place: str) -> None:
    """Check what columns say about one another."""
    if row.counted == (row.linkage in GROUPS):
        raise ShippedDataError(place, "counted", "a linked group is not counted, all else is")
    if (row.owner == "commune") != bool(row.steps):
        raise ShippedDataError(place, "steps", "the commune's own have steps, others have none")
    if row.steps and row.steps not in _patterns():
        raise ShippedDataError(place, "steps", f"no pattern {row.steps!r}")
    if row.code.startswith("MH.") and row.source != REBUILT:
        raise ShippedDataError(place, "source", f"an invented code says {REBUILT!r}")
    facts = row.decision or row.result_code or row.legal_basis or row.fee is not None
    if row.source == NO_SOURCE and facts:
        raise ShippedDataError(place, "source", "facts that need a source, and none named")
    if row.fee is not None and not row.fee_note:
        raise ShippedDataError(place, "fee_note", "a fee says what it is for")


def _papers(which: str) -> dict[str, tuple[dict[str, Any], ...]]:
    found: dict[str, tuple[dict[str, Any], ...]] = {}
    for place, row in _table("papers.csv"):
        if _one_of(row, place, "catalogue", CATALOGUES) != which:
            continue
        source = _filled(row, place, "source")
        if NO_SOURCE in source:
            raise ShippedDataError(place, "source", "a paper without a source is not shipped")
        paper = {
            "key": _filled(row, place, "key"),
            "name": _filled(row, place, "name"),
            "required": _flag(row, place, "required"),
            "note": row["note"],
            "source": source,
        }
        found[row["code"]] = (*found.get(row["code"], ()), paper)
    return found


@cache
def _patterns() -> dict[str, tuple[StepRow, ...]]:
    return {key: _pattern(key, body) for key, body in _steps_file().items()}


def _pattern(key: str, body: Mapping[str, Any]) -> tuple[StepRow, ...]:
    place = f"steps.json, {key}"
    rows = tuple(
        StepRow(
            key=step["key"],
            name=step["name"],
            kind=_member(StepKind, step["kind"], place, "kind"),
            role=_one_of(step, place, "role", ROLES),
            minutes=int(step["minutes"]),
            output=step["output"],
            rest=bool(step.get("rest")),
        )
        for step in body["steps"]
    )
    order = [list(StepKind).index(row.kind) for row in rows]
    if order != sorted(set(order)) or not body["source"]:
        raise ShippedDataError(place, "steps", "kinds in order, each once, and a source")
    return rows


def _working_minutes(term: Term) -> int | None:
    """Estimate the working minutes of a term, for allotting only; None for a same-day term."""
    if term.unit is Unit.SAME_DAY:
        return None
    if term.unit is Unit.WORKING_HOUR:
        return term.amount * 60
    days = term.amount * 30 if term.unit is Unit.MONTH else term.amount
    working = days if term.unit is Unit.WORKING_DAY else max(1, days * 5 // 7)
    return working * WORKING_DAY_MINUTES


def _with_rest(row: StepRow, minutes: int) -> StepRow:
    return replace(row, minutes=max(minutes, SHORTEST_REST_MINUTES))


@cache
def _steps_file() -> dict[str, Any]:
    patterns: dict[str, Any] = json.loads(_text("steps.json"))["patterns"]
    return patterns


def _table(name: str) -> list[tuple[str, dict[str, str]]]:
    rows = csv.DictReader(StringIO(_text(name)))
    return [(f"{name}, line {number}", row) for number, row in enumerate(rows, start=2)]


def _text(name: str) -> str:
    return files("motcua.procedures").joinpath("data", name).read_text(encoding="utf-8")


def _filled(row: Mapping[str, str], place: str, column: str) -> str:
    if not row[column]:
        raise ShippedDataError(place, column, "empty")
    return row[column]


def _code(row: Mapping[str, str], place: str) -> str:
    if not _CODE.fullmatch(row["code"]):
        raise ShippedDataError(place, "code", f"not a procedure code: {row['code']!r}")
    return row["code"]


def _short_name(row: Mapping[str, str], place: str) -> str:
    name = _filled(row, place, "short_name")
    if len(name.split()) > SHORT_NAME_SYLLABLES:
        raise ShippedDataError(place, "short_name", f"over 8 syllables: {name!r}")
    return name


def _one_of(row: Mapping[str, str], place: str, column: str, known: Iterable[str]) -> str:
    if row[column] not in known:
        raise ShippedDataError(place, column, f"unknown: {row[column]!r}")
    return row[column]


def _member(kind: type[E], value: str, place: str, column: str) -> E:
    try:
        return kind(value)
    except ValueError as error:
        raise ShippedDataError(place, column, str(error)) from error


def _read_by(parse: Any, row: Mapping[str, str], place: str, column: str) -> str:
    try:
        _ = parse(row[column]) if row[column] else None
    except BadInput as error:
        raise ShippedDataError(place, column, str(error)) from error
    return row[column]


def _fee(row: Mapping[str, str], place: str) -> int | None:
    if row["fee"] and not re.fullmatch("[0-9]+", row["fee"]):
        raise ShippedDataError(place, "fee", f"not whole đồng: {row['fee']!r}")
    return int(row["fee"]) if row["fee"] else None


def _channels(row: Mapping[str, str], place: str) -> tuple[str, ...]:
    channels = tuple(row["channels"].split("+")) if row["channels"] else ()
    if set(channels) - set(CHANNELS):
        raise ShippedDataError(place, "channels", f"unknown: {row['channels']!r}")
    return channels


def _flag(row: Mapping[str, str], place: str, column: str) -> bool:
    return _one_of(row, place, column, ("0", "1")) == "1"


def _once(values: Iterable[str], place: str, column: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ShippedDataError(place, column, f"twice: {value!r}")
        seen.add(value)

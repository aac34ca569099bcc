"""Số liệu hỏi qua điện thoại: some figures, or the dossiers of a procedure or field, for any days.

What is asked for is found by words without diacritics; what is answered is numbers with their
whole, a sentence to be read out, and the way to the records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.kernel.errors import BadInput
from motcua.kernel.labelled import Labelled
from motcua.kernel.spans import Span, parse_span
from motcua.kernel.text import fold, group_digits
from motcua.kernel.timeliness import Outcome
from motcua.kernel.vntime import epoch_day, slashed
from motcua.kernel.words import say
from motcua.procedures import queries as procedures
from motcua.report import periods, presented, queries
from motcua.report.figures import figures
from motcua.report.periods import Period, Window
from motcua.report.results import Result
from motcua.report.sums import whole_of
from motcua.report.tables import SOURCES, table

MOST_FIGURES, MOST_SUBJECTS, MOST_FOUND = 8, 4, 30
USUAL = ("II.2.own.received", "II.2.own.early", "II.2.own.on_time", "II.2.own.late",
         "II.2.own.open")  # fmt: skip
_IDLE = ("bao nhieu", "may", "tong so", "ho so", "thu tuc", "linh vuc", "co", "da", "duoc", "la",
         "cho hoi", "how many", "dossiers")  # fmt: skip


class Counted(Labelled):
    """Which dossiers of a procedure or field are counted (đếm gì)."""

    RECEIVED = "nhan", "Nhận trong những ngày này"
    EARLY = "truoc-han", "Trong đó xong trước hạn"
    ON_TIME = "dung-han", "Trong đó xong đúng hạn"
    LATE = "tre-han", "Trong đó xong trễ hạn"
    OPEN = "chua-xong", "Trong đó chưa xong"
    FINISHED = "xong", "Xong trong những ngày này, kể cả nhận từ trước"


OUTCOMES = {
    Counted.EARLY: Outcome.EARLY.value,
    Counted.ON_TIME: Outcome.ON_TIME.value,
    Counted.LATE: Outcome.LATE.value,
    Counted.OPEN: "",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A procedure or a field: `kind` is the name of its parameter, `column` that of its fact."""

    kind: str
    code: str
    name: str

    @property
    def column(self) -> str:
        return "procedure" if self.kind == "thu-tuc" else "field"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: days, and figures or subjects by their ids. Its address holds nothing else."""

    span: Span
    figures: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()

    @property
    def url(self) -> str:
        ids = [("so", one) for one in self.figures]
        ids += [(one.kind, one.code) for one in self.subjects]
        return f"{reverse('so-lieu-hoi')}?{urlencode([*self.days, *ids])}"

    @property
    def days(self) -> list[tuple[str, str]]:
        return [("tu", self.span.first.isoformat()), ("den", self.span.last.isoformat())]

    def list_url(self, subject: Subject, counted: Counted) -> str:
        given = [*self.days, (subject.kind, subject.code), ("dem", counted.value)]
        return f"{reverse('so-lieu-hoi-ho-so')}?{urlencode(given)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One figure: its number, its whole, the sentence to read out, the way to its records."""

    result: Result
    share: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The dossiers of a subject: each count with the words for it and its list."""

    subject: Subject
    lines: tuple[tuple[str, str, str], ...]
    sentence: str


def days_within(text: str, today: date) -> tuple[str, Span | None]:
    """Part what is asked from the days at its end: "khai sinh từ 1/3 đến hôm nay"."""
    words = text.split()
    for begin in range(1, len(words)):
        try:
            return " ".join(words[:begin]), parse_span(" ".join(words[begin:]), today)
        except BadInput:
            continue
    return text, None


def figures_named(text: str) -> tuple[str, ...]:
    """The ids of the figures whose label holds every word, the shortest labels first."""
    words = _words(text)
    found = [
        one
        for one in figures().values()
        if words and all(word in fold(f"{one.label} {say(one.label)} {one.id}") for word in words)
    ]
    return tuple(one.id for one in sorted(found, key=lambda one: len(one.label))[:MOST_FIGURES])


def subjects_named(text: str, at: datetime, broadly: bool = False) -> tuple[Subject, ...]:
    """The fields and procedures whose (short) names hold every word, from its beginning.

    `broadly`: where none is called so, whatever the catalogue finds in names and synonyms.
    """
    words = _words(text)
    if not words:
        return ()
    fields = [
        Subject("linh-vuc", one.code, one.name)
        for one in procedures.fields()
        if _holds(one.name, words)
    ]
    found = procedures.search(" ".join(words), at, limit=MOST_FOUND)
    named = [one for one in found if _holds(one.short_name, words)]
    if broadly and not (fields or named):
        named = found
    procedure_of = [Subject("thu-tuc", one.procedure.code, one.short_name) for one in named]
    return (*fields[:MOST_SUBJECTS], *procedure_of[:MOST_SUBJECTS])


def _holds(name: str, words: list[str]) -> bool:
    parts = fold(name).replace(",", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _words(text: str) -> list[str]:
    """The words that say what is meant; all of them when nothing would be left."""
    plain = f" {fold(text).strip(' ?.')} "
    for idle in _IDLE:
        while f" {idle} " in plain:
            plain = plain.replace(f" {idle} ", " ")
    return plain.split() or fold(text).split()


def subjects(codes: Iterable[tuple[str, str]]) -> tuple[Subject, ...]:
    """Those that the catalogue knows, by parameter and code."""
    found = []
    for kind, code in codes:
        if kind == "thu-tuc":
            version = procedures.every_version().filter(procedure__code=code).last()
            name = version.short_name if version else ""
        else:
            field = procedures.fields().filter(code=code).first()
            name = field.name if field else ""
        if name:
            found.append(Subject(kind, code, name))
    return tuple(found)


def period_of(span: Span) -> Period:
    """Raises BadInput for years without reports."""
    return periods.parse(f"{span.first.isoformat()}/{span.last.isoformat()}")


def answers(question: Question, today: date) -> list[Answer]:
    """The figures asked for, with what they are a part of. Raises BadInput."""
    wholes = [whole_of(one) for one in question.figures]
    asked = {*question.figures, *filter(None, wholes)}
    found = {one.id: one for one in queries.some(asked, period_of(question.span).name)}
    made = []
    for id, whole in zip(question.figures, wholes, strict=True):
        if id in found:
            share = presented.share_words(found[id], found.get(whole))
            made.append(Answer(found[id], share, _sentence(question.span, found[id], share, today)))
    return made


def days_words(span: Span, today: date) -> str:
    if span.first == span.last:
        return _("ngày {day}").format(day=slashed(span.first))
    words = (
        _("từ {first} đến hôm nay, {last}")
        if span.last == today
        else _("từ {first} đến hết {last}")
    )
    return words.format(first=slashed(span.first), last=slashed(span.last))


def _sentence(span: Span, one: Result, share: str, today: date) -> str:
    days = days_words(span, today)
    if one.value is None:
        words = _("{days}: chưa có gì để tính “{label}”.")
        return _begun(words.format(days=days, label=one.name))
    words = _("{days}: {label}, {value} {unit}.")
    said = words.format(days=days, label=one.name, value=one.shown, unit=one.unit_said)
    return _begun(said) + (f" {share}." if share else "")


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def tallies(question: Question, today: date) -> Iterator[Tally]:
    """Each subject's dossiers, in two statements."""
    window = period_of(question.span).service
    for subject in question.subjects:
        counts = _counts(subject, window)
        lines = tuple(
            (counted.label, group_digits(counts[counted]), question.list_url(subject, counted))
            for counted in Counted
        )
        yield Tally(subject, lines, _tally_words(question, subject, counts, today))


def _tally_words(
    question: Question, subject: Subject, counts: dict[Counted, int], today: date
) -> str:
    number = {one.name.lower(): group_digits(count) for one, count in counts.items()}
    said = {**number, "days": days_words(question.span, today), "name": subject.name}
    words = (
        _("{days}: nhận {received} hồ sơ {name}."),
        _("Trong đó {early} trước hạn, {on_time} đúng hạn, {late} trễ hạn, {open} chưa xong."),
        _("Cũng trong những ngày ấy xong {finished} hồ sơ, kể cả nhận từ trước."),
    )
    return _begun(" ".join(words).format(**said))


def _counts(subject: Subject, window: Window) -> dict[Counted, int]:
    rows = _received(subject, window).values_list("cube_outcome")
    by_outcome = dict(rows.annotate(rows=Count("pk")))
    counts = {one: by_outcome.get(outcome, 0) for one, outcome in OUTCOMES.items()}
    finished = _finished(subject, window).count()
    return {Counted.RECEIVED: sum(by_outcome.values()), **counts, Counted.FINISHED: finished}


def dossiers(subject: Subject, window: Window, counted: Counted) -> QuerySet:
    """The fact rows behind a count."""
    if counted is Counted.FINISHED:
        return _finished(subject, window)
    rows = _received(subject, window)
    return rows if counted is Counted.RECEIVED else rows.filter(cube_outcome=OUTCOMES[counted])


def _received(subject: Subject, window: Window) -> QuerySet:
    """Received in the window, with the outcome as it stood on its last day."""
    source = SOURCES["dossiers", "received"]
    outcome = source.dimension("outcome", window)
    return (
        source.rows(window).filter(**{subject.column: subject.code}).annotate(cube_outcome=outcome)
    )


def _finished(subject: Subject, window: Window) -> QuerySet:
    span = (epoch_day(window.first), epoch_day(window.last))
    rows = table(SOURCES["dossiers", "received"].model)
    return rows.filter(finished_day__range=span, **{subject.column: subject.code})

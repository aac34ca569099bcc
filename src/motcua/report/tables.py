"""Bảng số liệu: the tables that rooms give to figures, and how a window chooses their rows.

The only place of this room that knows another room's table by name. Every dimension is text, so
that cubes of several tables can be read in one statement; what is a question of the window's end
("finished by then?") is a dimension computed from dated columns, never from a state as of now.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from string import Formatter
from typing import Any

from django.apps import apps
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from motcua.kernel.vntime import VN, epoch_day
from motcua.people.rules import Role
from motcua.report.figures import CARRIED, STOCK
from motcua.report.periods import Window

Select = Callable[[QuerySet, Window], QuerySet]
Dimension = str | Callable[[Window], Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one table chosen by one rule.

    `dimensions`: a column, or an expression of the window. `names`: the label column of a
    dimension that figures count distinct values of. `label`: how a row is called, from its
    columns. `small`: a register of few rows, with one dimension at most. `hides_id`: the id of a
    row tells when it was made, and with it whose it is; lists give a digest of it instead.
    """

    model: str
    select: Select
    label: str
    order: tuple[str, ...]
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    amount: str = ""
    small: bool = False
    hides_id: bool = False

    def rows(self, window: Window) -> QuerySet:
        """The rows of the agency in scope that the window chooses, unordered."""
        return self.select(table(self.model), window).order_by()

    def dimension(self, name: str, window: Window) -> Any:
        found = self.dimensions[name]
        return F(found) if isinstance(found, str) else found(window)

    @property
    def label_columns(self) -> list[str]:
        return [name for _, name, _, _ in Formatter().parse(self.label) if name]


def table(label: str) -> QuerySet:
    """All rows of a model that the agency in scope may read."""
    return apps.get_model(label).objects.all()


def communes() -> QuerySet:
    """The communes of this database, by slug, without their training copies.

    The only question asked without a scope.
    """
    versions = apps.get_model("people.AgencyVersion").objects.filter(kind="commune")
    agencies = apps.get_model("people.Agency").objects.filter(training_of=None)
    return agencies.filter(pk__in=versions.values("agency_id")).order_by("slug")


def agency(agency_id: Any) -> Any:
    return apps.get_model("people.Agency").objects.get(pk=agency_id)


def _days(column: str) -> Select:
    """Rows whose epoch-day column falls in the window."""

    def select(rows: QuerySet, window: Window) -> QuerySet:
        span = (epoch_day(window.first), epoch_day(window.last))
        return rows.filter(**{f"{column}__range": span})

    return select


def _dates(column: str) -> Select:
    def select(rows: QuerySet, window: Window) -> QuerySet:
        return rows.filter(**{f"{column}__range": (window.first, window.last)})

    return select


def _lasting(start: str, end: str) -> Select:
    """Rows in force on the window's last day; `end` is the first day they are no more."""

    def select(rows: QuerySet, window: Window) -> QuerySet:
        still = Q(**{end: None}) | Q(**{f"{end}__gt": window.last})
        return rows.filter(still, **{f"{start}__lte": window.last})

    return select


def _open_at_start(rows: QuerySet, window: Window) -> QuerySet:
    """Two ends of one index: the open ones, and those finished since. Never all of history."""
    start = epoch_day(window.first)
    still_open = Q(finished_day=None, received_day__lt=start)
    return rows.filter(still_open | Q(finished_day__gte=start, received_day__lt=start))


def _versions_at_end(rows: QuerySet, window: Window) -> QuerySet:
    end = datetime.combine(window.last, time(), VN) + timedelta(days=1)
    still = Q(effective_to=None) | Q(effective_to__gte=end)
    return rows.filter(still, effective_from__lt=end)


def _at_the_desk(rows: QuerySet, window: Window) -> QuerySet:
    held = table("people.Assignment").filter(officer=OuterRef("pk"), role=Role.DESK)
    return rows.filter(Exists(_lasting("effective_from", "effective_to")(held, window)))


def _latest_rate(rows: QuerySet, window: Window) -> QuerySet:
    latest = rows.filter(effective_from__lte=window.last).order_by("-effective_from")
    return rows.filter(pk__in=latest.values("pk")[:1])


def _flag(**condition: Any) -> Any:
    return Case(When(**condition, then=Value("1")), default=Value("0"))


def _by_end(column: str) -> Dimension:
    """Whether a day or date column is set and not after the day the window is judged on."""

    def expression(window: Window) -> Any:
        last = epoch_day(window.judged_on) if column.endswith("_day") else window.judged_on
        return _flag(**{f"{column}__lte": last})

    return expression


def _when_finished(column: str, otherwise: str) -> Dimension:
    """A column that says how a dossier ended, where it ended by the day of judgement."""

    def expression(window: Window) -> Any:
        ended = When(finished_day__lte=epoch_day(window.judged_on), then=F(column))
        return Case(ended, default=Value(otherwise))

    return expression


def _digitised_by_end(window: Window) -> Any:
    """Whether a dossier stood digitised on the day of judgement, a supplement since or not."""
    end = epoch_day(window.judged_on)
    kept = Q(reopened_day=None) | Q(reopened_day__gt=end)
    whole = Q(redigitised_day__lte=end) | (Q(digitised_day__lte=end) & kept)
    return Case(When(whole, then=Value("1")), default=Value("0"))


DOSSIER: dict[str, Dimension] = {
    "linkage": "linkage",
    "channel": "channel",
    "ending": _when_finished("finished_as", "open"),
    "outcome": _when_finished("outcome", ""),
    "digitised": _digitised_by_end,
    "surveyed": _by_end("survey_day"),
}
FORM: dict[str, Dimension] = {
    "valid": lambda _: _flag(valid=1),
    **{name: name for name in ("post_group", "group", "c1", "c2", "c3", "c4", "c5")},
}
VERSION: dict[str, Dimension] = {
    "counted": lambda _: _flag(counted=True),
    "linkage": "linkage",
    "online_level": "online_level",
    "field": "field__code",
}


def _dossiers(select: Select) -> Source:
    return Source(
        "dossiers.DossierFact", select, "{code}", ("received_day", "code"), dimensions=DOSSIER
    )


def _forms(column: str) -> Source:
    return Source(
        "surveys.FormFact", _days(column), "Phiếu {label}", ("label", "pk"), dimensions=FORM,
        hides_id=True,
    )  # fmt: skip


SOURCES: Mapping[tuple[str, str], Source] = {
    ("dossiers", "received"): _dossiers(_days("received_day")),
    ("dossiers", "handed"): _dossiers(_days("handed_day")),
    ("dossiers", CARRIED): _dossiers(_open_at_start),
    ("forms", "sent"): _forms("sent_day"),
    ("forms", "returned"): _forms("returned_day"),
    ("procedures", STOCK): Source(
        "procedures.Version", _versions_at_end, "{procedure__code} {short_name}",
        ("field__code", "procedure__code"), dimensions=VERSION, names={"field": "field__name"},
    ),
    ("officers", STOCK): Source(
        "people.Officer", _at_the_desk, "{name}", ("name", "login"), small=True
    ),
    ("equipment", STOCK): Source(
        "registers.Equipment", _lasting("used_from", "used_to"), "{name}", ("name", "used_from"),
        dimensions={"kind": "kind"}, small=True,
    ),
    ("allowances", STOCK): Source(
        "registers.AllowanceRate", _latest_rate, "Mức hỗ trợ từ {effective_from:%d/%m/%Y}",
        ("effective_from",), amount="amount", small=True,
    ),
    ("decisions", "posted"): Source(
        "registers.ProvincialDecision", _dates("posted_on"), "{number}", ("posted_on", "number"),
        dimensions={"processed": _by_end("processed_on")}, small=True,
    ),
    ("reviews", "registered"): Source(
        "registers.ProcedureReview", _dates("registered_on"), "{procedure}",
        ("registered_on", "procedure"), dimensions={"reviewed": _by_end("reviewed_on")}, small=True,
    ),
    ("petitions", "received"): Source(
        "registers.Petition", _dates("received_on"), "Phản ánh ngày {received_on:%d/%m/%Y}",
        ("received_on", "id"), small=True,
    ),
}  # fmt: skip

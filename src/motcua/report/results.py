"""What a report says of one figure, computed now or read as it was frozen. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from motcua.kernel.rounding import vn_decimal
from motcua.kernel.vntime import slashed
from motcua.kernel.words import say
from motcua.report.figures import UNITS, Figure, Kind, Number, Row
from motcua.report.periods import Period, Window

COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Result:
    """One figure of one period. `frozen`: read as it was when the period was closed.

    `value` is None where it has none: a share of nothing, a rate without a record in force.
    `list_url` is the address of its list, within the site.
    """

    id: str
    label: str
    section: str
    kind: Kind
    value: int | Decimal | None
    unit: str
    numerator: int | None
    denominator: int | None
    window: Window
    definition: str
    version: int
    source: str
    records: int
    list_url: str
    origin: str = COMPUTED
    frozen: bool = False
    hash: str = ""
    pattern: str = ""

    @property
    def name(self) -> str:
        """The label in the reader's language; `label` stays as it is kept and reported."""
        return say(self.label)

    @property
    def explained(self) -> str:
        """The definition in the reader's language; of a closed period as it was kept."""
        if not self.pattern:
            return self.definition
        days = {"from": self.window.first, "to": self.window.last, "judged": self.window.judged_on}
        return say(self.pattern).format(**{name: slashed(day) for name, day in days.items()})

    @property
    def unit_label(self) -> str:
        return UNITS[self.unit]

    @property
    def unit_said(self) -> str:
        """The unit in the reader's language."""
        return say(self.unit_label)

    @property
    def shown(self) -> str:
        """The value as documents write it: 96,98 or 4.210.546.000; a dash where there is none."""
        if self.value is None:
            return "—"
        value = Decimal(self.value)
        return vn_decimal(value.quantize(Decimal(1)) if value == value.to_integral() else value)


@dataclass(frozen=True, slots=True)
class Listing:
    """A figure with the list its value is folded from."""

    result: Result
    rows: tuple[Row, ...]


def computed(figure: Figure, number: Number, period: Period) -> Result:
    """The result of a figure whose number was just folded."""
    window = period.windows[figure.window]
    return Result(
        id=figure.id, label=figure.label, section=figure.section, kind=figure.kind,
        value=number.value, unit=figure.unit, numerator=number.numerator,
        denominator=number.denominator, window=window,
        definition=figure.defined_for(window.first, window.last, window.judged_on),
        version=figure.version, source=figure.source, records=number.records,
        list_url=list_url(period, figure.id), pattern=figure.definition,
    )  # fmt: skip


def list_url(period: Period, figure_id: str) -> str:
    return f"/so-lieu/{period.slug}/{figure_id}"

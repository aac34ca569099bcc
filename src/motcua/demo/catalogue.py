"""Danh mục của xã mẫu: which procedures the demo's commune offers, so that the counts hold. Pure.

Taken from the shipped catalogue of 2023; where a file counts more of a kind than it has, openly
invented rows (MH.nnn, "minh họa") are added. What a dossier needs and the count has no room
for is a row outside the count (`counted` false).
"""

from collections.abc import Iterable, Sequence
from random import Random

from motcua.demo.figures import Figures
from motcua.kernel.terms import Unit, parse_term
from motcua.procedures.rules import FieldGroup, Linkage, OnlineLevel
from motcua.procedures.shipped import GROUPS as LINKED_GROUPS
from motcua.procedures.shipped import REBUILT, FieldRow, ProcedureRow

FIRST_INVENTED = 100
LINKED_FIELDS = ("bao-tro-xa-hoi", "dat-dai", "nguoi-co-cong", "ho-tich", "de-dieu-thien-tai")
OWN_FIELDS = ("chung-thuc", "ho-tich", "van-hoa", "tin-nguong-ton-giao", "dat-dai")
ONLINE = frozenset({OnlineLevel.LEVEL_3, OnlineLevel.LEVEL_4})
SHORT_DAYS, LONG_DAYS = 15, 45
WEIGHTS = {
    "2.000815": 30, "2.000884": 14, "2.001035": 5, "1.001193": 11, "1.000656": 5, "1.000894": 7,
    "2.000635": 13, "1.004873": 12, "1.004859": 2, "1.004884": 2, "1.004772": 2, "2.000942": 0.5,
    "2.000908": 1, "1.003583": 0.05, "1.000593": 0.05, "1.000419": 0.05, "MH.021": 40,
    "1.001653": 5, "1.001758": 3, "1.011607": 6, "1.011608": 3, "1.011609": 4, "1.000954": 1,
    "MH.002": 40, "1.008004": 6, "MH.018": 4, "1.012812": 0.5, "MH.004": 20, "MH.005": 5,
    "MH.006": 7, "MH.013": 8, "MH.014": 7, "1.001776": 12, "1.010803": 6, "2.000986": 6,
    "2.001023": 8, "1.001731": 5, "2.002307": 3, "1.001753": 3,
}  # fmt: skip
OTHERWISE = 0.3


def weight(row: ProcedureRow) -> float:
    """How often people come for it."""
    return WEIGHTS.get(row.code, OTHERWISE)


def is_online(row: ProcedureRow) -> bool:
    return row.online_level in ONLINE and "online" in row.channels


def in_days(row: ProcedureRow) -> bool:
    return parse_term(row.term).in_days


def days_of(row: ProcedureRow) -> int:
    """Roughly how many calendar days its term is."""
    term = parse_term(row.term)
    per = {Unit.WORKING_DAY: 1.45, Unit.DAY: 1.0, Unit.MONTH: 31.0}.get(term.unit, 0.0)
    return int(term.amount * per)


class Catalogue:
    """The chosen rows and fields, and what the dossiers need beside them."""

    def __init__(
        self, figures: Figures, fields: Sequence[FieldRow], rows: Sequence[ProcedureRow]
    ) -> None:
        self.fields = list(fields)
        self._groups = {row.code: row.group for row in fields}
        self._next = FIRST_INVENTED
        self._left = [row for row in rows if row.counted]
        self.rows = [row for row in rows if row.linkage in LINKED_GROUPS]
        self._choose(figures)

    def group(self, row: ProcedureRow) -> FieldGroup:
        return self._groups[row.field]

    def of_group(self, linkage: Linkage) -> ProcedureRow:
        """The procedure of a linked group."""
        return next(row for row in self.rows if row.linkage is linkage)

    def pool(
        self, group: str | None, linkages: Iterable[Linkage], *, kind: str, online: bool
    ) -> list[ProcedureRow]:
        """Procedures that fit: `kind` is same_day, days, short_days or any. Never empty."""
        wanted = set(linkages)
        found = [
            row
            for row in self.rows
            if row.linkage in wanted
            and (group is None or self.group(row) == group)
            and (not online or is_online(row))
            and _fits(row, kind)
        ]
        if not found:
            linkage = Linkage.NONE if Linkage.NONE in wanted else min(wanted)
            field = next(f.code for f in self.fields if group is None or f.group == group)
            term = "trong ngày" if kind == "same_day" else "5 ngày làm việc"
            found = [self._invent(field, linkage, online=online, term=term, counted=False)]
        return found

    def pick(self, rng: Random, found: Sequence[ProcedureRow]) -> ProcedureRow:
        return rng.choices(found, [weight(row) for row in found])[0]

    def _choose(self, figures: Figures) -> None:
        count = figures.count
        every, linked = (
            count(f"II.2.catalogue.{name}") for name in ("procedures", "interlevel_procedures")
        )
        same = count("II.2.catalogue.same_level_linked")
        self._quota = {True: count("II.6.online.procedures")}
        self._quota[False] = every - self._quota[True]
        linked_fields = self._pick_fields(LINKED_FIELDS, count("II.2.catalogue.interlevel_fields"))
        others = count("II.2.catalogue.fields") - len(linked_fields)
        own_fields = self._pick_fields(OWN_FIELDS, others, taken=linked_fields)
        all_fields = [*linked_fields, *own_fields]
        left = {
            Linkage.INTER_LEVEL: linked,
            Linkage.SAME_LEVEL: same,
            Linkage.NONE: every - linked - same,
        }
        for field in linked_fields:
            self._take(left, Linkage.INTER_LEVEL, [field])
        for field in own_fields:
            kind = Linkage.NONE if left[Linkage.NONE] else Linkage.SAME_LEVEL
            self._take(left, kind, [field])
        for linkage, where in (
            (Linkage.INTER_LEVEL, linked_fields),
            (Linkage.SAME_LEVEL, all_fields),
            (Linkage.NONE, all_fields),
        ):
            while left[linkage] > 0:
                self._take(left, linkage, where)

    def _pick_fields(
        self, first: Sequence[str], count: int, taken: Sequence[str] = ()
    ) -> list[str]:
        used = [row.field for row in self._left]
        rest = [code for code in dict.fromkeys([*used, *self._groups]) if code not in first]
        found = [code for code in [*first, *rest] if code not in taken][:count]
        while len(found) < count:
            number = len(self.fields) + 1
            code = f"linh-vuc-minh-hoa-{number}"
            self.fields.append(
                FieldRow(code=code, name=f"Lĩnh vực minh họa {number}", group=FieldGroup.OFFICE)
            )
            self._groups[code] = FieldGroup.OFFICE
            found.append(code)
        return found

    def _take(self, left: dict[Linkage, int], linkage: Linkage, fields: Sequence[str]) -> None:
        """Move one fitting row into the catalogue; invent it when there is none."""
        fitting = [
            row
            for row in self._left
            if row.linkage is linkage
            and row.field in fields
            and self._quota[row.online_level in ONLINE] > 0
        ]
        left[linkage] -= 1
        if fitting:
            row = max(fitting, key=weight)
            self._left.remove(row)
            self.rows.append(row)
        else:
            row = self._invent(fields[0], linkage, online=self._quota[True] > 0, counted=True)
        self._quota[row.online_level in ONLINE] -= 1

    def _invent(
        self, field: str, linkage: Linkage, *, online: bool, counted: bool,
        term: str = "5 ngày làm việc",
    ) -> ProcedureRow:  # fmt: skip
        number, self._next = self._next, self._next + 1
        name = f"Thủ tục minh họa số {number}"
        row = ProcedureRow(
            code=f"MH.{number}", name=f"{name} (hư cấu, chỉ để dựng số liệu mẫu)", short_name=name,
            synonyms="", field=field, term=term, term_note="", cutoff="", fee=None, fee_note="",
            channels=("counter", "online") if online else ("counter",), linkage=linkage,
            online_level=OnlineLevel.LEVEL_3 if online else OnlineLevel.LEVEL_2, owner="commune",
            counted=counted, on_the_spot=False, papers=(),
            steps="general_same_day" if term == "trong ngày" else "general_days", decision="",
            result_code="", result="", legal_basis="", source=REBUILT,
        )  # fmt: skip
        self.rows.append(row)
        return row


def _fits(row: ProcedureRow, kind: str) -> bool:
    if not row.term or days_of(row) > LONG_DAYS:
        return False
    if kind == "same_day":
        return not in_days(row)
    if kind == "days":
        return in_days(row)
    return kind == "any" or days_of(row) <= SHORT_DAYS

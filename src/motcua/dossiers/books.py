"""The numbers of official papers: which yearly book, which symbol, which regime. Dated.

TT 03/2025/TT-VPCP Phụ lục I gives the symbols PBS, PTC, PXL, PKS, STD and leaves that of form 01
blank; form 05 is ours (TBD, thông báo dừng). Under TT 01/2018/TT-VPCP /TNHS and /HDHS are the
practice; where none is known the number stands alone. `docs/forms.md` says what is whose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from motcua.dossiers.models import Book
from motcua.dossiers.serials import next_in_book
from motcua.kernel.law import Dated
from motcua.papers.pdf import NEW, OLD
from motcua.web import scope

SOURCE = "TT 03/2025/TT-VPCP; TT 01/2018/TT-VPCP"
CHANGE = date(2025, 7, 1)
LONGEST_FIELD = 16
REGIME: Dated[str] = Dated(SOURCE, {date(2018, 6, 21): OLD, CHANGE: NEW})
"""Which forms a dossier gets, by the local day of its receipt."""


@dataclass(frozen=True, slots=True)
class Series:
    """A yearly series of numbers: `book` names it, `symbol` follows the number on paper.

    `suffixed`: the symbol is followed by the desk's (BPTNTKQ, or TTPVHCC for a centre).
    """

    book: str
    symbol: str = ""
    suffixed: bool = True

    def words(self, number: int, desk: str) -> str:
        """What follows "Số: ": "05/PBS-BPTNTKQ"; two digits at least (NĐ 30/2020/NĐ-CP)."""
        end = "-".join(filter(None, (self.symbol, desk if self.suffixed else "")))
        return f"{number:02d}/{end}" if end else f"{number:02d}"


SERIES: Dated[Mapping[str, Series]] = Dated(
    SOURCE,
    {
        date(2018, 6, 21): {
            "02": Series("HDHS", "HDHS", suffixed=False),
            "03": Series("M03-2018", suffixed=False),
            "04": Series("M04-2018", suffixed=False),
            "06": Series("M05-2018", suffixed=False),
            "07": Series("M06-2018", suffixed=False),
        },
        CHANGE: {
            "02": Series("PBS", "PBS"),
            "03": Series("PTC", "PTC"),
            "04": Series("PXL", "PXL", suffixed=False),
            "05": Series("TBD", "TBD", suffixed=False),
            "06": Series("PKS", "PKS"),
            "07": Series("STD", "STD"),
        },
    },
)
RECEIPT_SYMBOL = {NEW: "", OLD: "TNHS"}


def receipt_number(serial: str, regime: str, desk: str) -> str:
    """Form 01 bears the serial of its dossier's code; its symbol is the desk's, or /TNHS."""
    return f"{serial}/{RECEIPT_SYMBOL[regime] or desk}"


def desk_symbol(desk_line: str) -> str:
    """Viết tắt of the desk's name: a centre is TTPVHCC, the one-stop section BPTNTKQ."""
    return "TTPVHCC" if "TRUNG TÂM" in desk_line.upper() else "BPTNTKQ"


def next_number(series: Series, year: int) -> int:
    """The next number of the series in the year, by one statement. Never given twice."""
    return next_in_book(series.book, year)


def book_of_field(series: Series, field: str, year: int) -> int:
    """The number of the register of a field of procedures (quyển): given once a year, kept.

    Of two who open it at once the first one's holds; the other's number stays unused.
    """
    name = f"{series.book[:3]}.{_short(field)}"
    known = Book.objects.filter(name=name, year=year).values_list("last", flat=True).first()
    if known is None:
        number = next_number(series, year)
        rows = [Book(agency_id=scope.current().agency_id, name=name, year=year, last=number)]
        Book.objects.bulk_create(rows, ignore_conflicts=True)
        known = Book.objects.values_list("last", flat=True).get(name=name, year=year)
    return known


def _short(field: str) -> str:
    """A code of at most 16 letters: the beginning of a longer one, and its digest."""
    if len(field) <= LONGEST_FIELD:
        return field
    return field[:9] + sha256(field.encode()).hexdigest()[:7]

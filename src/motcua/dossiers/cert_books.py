"""Sổ chứng thực: which procedures are entered in which yearly book. Pure.

Law: NĐ 23/2015/NĐ-CP Đ.13 (số chứng thực, sổ chứng thực), with the models of the books in its
annex; a number runs from 1 to the end of the year in each book.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from motcua.kernel.labelled import Labelled
from motcua.kernel.law import Dated


class CertBook(Labelled):
    """A book of certification, by the symbol that follows the number."""

    COPIES = "SCT/BS", "Sổ chứng thực bản sao từ bản chính"
    SIGNATURES = "SCT/CK,ĐC", "Sổ chứng thực chữ ký, chứng thực điểm chỉ"
    TRANSLATORS = "SCT/CKND", "Sổ chứng thực chữ ký người dịch"
    DEALS = "SCT/HĐ,GD", "Sổ chứng thực hợp đồng, giao dịch"


SLUGS: Mapping[str, CertBook] = {
    "ban-sao": CertBook.COPIES, "chu-ky": CertBook.SIGNATURES,
    "nguoi-dich": CertBook.TRANSLATORS, "giao-dich": CertBook.DEALS,
}  # fmt: skip

BOOKS: Dated[Mapping[str, CertBook]] = Dated(
    "NĐ 23/2015/NĐ-CP Đ.13",
    {
        date(2015, 4, 10): {
            "2.000815": CertBook.COPIES,
            "2.000942": CertBook.COPIES,
            "2.000884": CertBook.SIGNATURES,
            "2.000992": CertBook.TRANSLATORS,
            "2.001008": CertBook.TRANSLATORS,
            "2.000913": CertBook.DEALS,
            "2.000927": CertBook.DEALS,
            "2.001016": CertBook.DEALS,
            "2.001019": CertBook.DEALS,
            "2.001035": CertBook.DEALS,
            "2.001406": CertBook.DEALS,
            "MH.001": CertBook.DEALS,
        }
    },
)


PER_COPY: Dated[frozenset[CertBook]] = Dated(
    "TT 226/2016/TT-BTC Đ.4",
    {date(2017, 1, 1): frozenset({CertBook.COPIES})},
)
"""Books whose fee is by the copy; in the others it is by the case or the deed."""


def proposed_fee(book: CertBook, fee: int, copies: int, on: date) -> int:
    """The fee in đồng of an entry for a procedure whose fee is `fee`."""
    return fee * copies if book in PER_COPY.on(on) else fee


def book_of(procedure: str, on: date) -> CertBook | None:
    """The book of a procedure, by its code, on a local day; None for what is not certified."""
    return BOOKS.on(on).get(procedure)


def slug_of(book: CertBook) -> str:
    """How an address names the book."""
    return next(slug for slug, one in SLUGS.items() if one is book)


def runs(pairs: Iterable[tuple[int, int]]) -> Sequence[str]:
    """Gaps as people write them: (4, 4) is "4", (7, 9) is "7–9"."""
    return [str(first) if first == last else f"{first}–{last}" for first, last in pairs]

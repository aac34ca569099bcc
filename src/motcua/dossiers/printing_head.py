"""What heads a paper and who signs it: from the agency as it was, its letterhead, its officers."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from motcua.dossiers import books
from motcua.kernel.vntime import local_day
from motcua.papers import queries as files
from motcua.papers.pdf import place_and_date
from motcua.people import queries as people

DESK = "Bộ phận Tiếp nhận và Trả kết quả"
HEAD_OF_AGENCY = "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"


def _version(agency: Any, day: date) -> Any:
    """The agency on `day`; of an imported dossier older than the agency, as it is called now."""
    try:
        return people.last_version(agency, day)
    except LookupError:
        return people.last_version(agency, date.max)


class Office:
    """The agency on a day, in the words of its papers."""

    def __init__(self, agency: Any, day: date) -> None:
        self.agency, self.day = agency, day
        self.version = _version(agency, day)
        self._head = people.letterhead_on(agency, day)

    @property
    def issuer(self) -> str:
        """The agency in a sentence: "Ủy ban nhân dân xã Sao Mai"."""
        return full_name(self.version.name)

    @property
    def phone(self) -> str:
        return self._head.phone if self._head else ""

    @property
    def desk_line(self) -> str:
        """The desk as it heads papers, as typed or by its usual name."""
        return (self._head.desk_line if self._head else "") or DESK

    @property
    def desk(self) -> str:
        """The desk in a sentence: "Bộ phận Tiếp nhận và Trả kết quả xã Sao Mai"."""
        line = self.desk_line.capitalize() if self.desk_line.isupper() else self.desk_line
        unit = self.version.name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
        return line if unit.lower() in line.lower() else f"{line} {unit}"

    @property
    def symbol(self) -> str:
        return books.desk_symbol(self.desk_line)

    def seal(self) -> bytes:
        """The picture of the seal, PNG; empty where none was given."""
        kept = self._head.seal if self._head else None
        return files.content(kept) if kept is not None and kept.mime == "image/png" else b""

    def of_desk(self, at: datetime) -> dict[str, Any]:
        """The head of what the desk issues."""
        parent = (self._head.parent_line if self._head else "") or self.version.name
        return self._common(at) | {"parent": capitals(parent), "agency": self.desk_line.upper()}

    def of_agency(self, at: datetime) -> dict[str, Any]:
        """The head of what the head of the agency signs."""
        return self._common(at) | {"parent": "", "agency": capitals(self.version.name)}

    def _common(self, at: datetime) -> dict[str, Any]:
        return {
            "place_date": place_and_date(self.version.place, self.day),
            "issued_at": int(at.timestamp()),
            "watermark": self.agency.watermark,
        }


def office_on(agency: Any, at: datetime) -> Office:
    return Office(agency, local_day(at))


def full_name(name: str) -> str:
    return name.replace("UBND", "Ủy ban nhân dân", 1)


@lru_cache(maxsize=1024)
def capitals(name: str) -> str:
    """UBND xã Sao Mai as a letterhead has it, in two lines."""
    full = full_name(name).upper()
    return full.replace("ỦY BAN NHÂN DÂN ", "ỦY BAN NHÂN DÂN\n", 1)


def powers_of(officer: Any) -> tuple[str, ...]:
    """The lines above a signature (quyền hạn, chức vụ): NĐ 30/2020/NĐ-CP, Phụ lục I."""
    title = officer.post.title.upper() if officer is not None and officer.post else ""
    if title.startswith("PHÓ CHỦ TỊCH"):
        return ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    return ("CHỦ TỊCH",) if title.startswith("CHỦ TỊCH") else (HEAD_OF_AGENCY,)

"""./motcua verify: is the journal what was written, and do the facts say what it says? Else exit 1.

Names each event, seal, dossier or form that is not as it was written.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

from motcua.desk.agencies import each_agency
from motcua.dossiers import facts as dossiers
from motcua.journal import queries
from motcua.journal.queries import Fault
from motcua.report import frozen
from motcua.surveys import facts as surveys

FACTS = "số liệu"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="motcua verify",
        description="Kiểm nhật ký: tìm sự kiện bị sửa, bị xóa, bị chèn; niêm phong không khớp; "
        "bảng số liệu không đúng như nhật ký; kỳ đã chốt bị sửa.",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    options = parser.parse_args(argv)
    count = _json() if options.format == "json" else _text()
    return 1 if count else 0


def _json() -> int:
    rows = [{"agency": slug, **asdict(fault)} for slug, fault in _all()]
    print(json.dumps({"ok": not rows, "faults": rows}, ensure_ascii=False, indent=1))
    return len(rows)


def _text() -> int:
    count = 0
    for slug, fault in _all():
        print(f"{slug}: {fault}")
        count += 1
    print(f"{count} chỗ sai." if count else _fine())
    return count


def _all() -> Iterator[tuple[str, Fault]]:
    for agency in each_agency():
        for fault in queries.verify():
            yield agency.slug, fault
        for table in (dossiers.TABLE, surveys.TABLE):
            for one in table.differences():
                yield agency.slug, Fault(one.subject, FACTS, one.what)
        for fault in frozen.faults():
            yield agency.slug, fault


def _fine() -> str:
    events, seals = queries.size()
    return (
        f"Nhật ký nguyên vẹn: {events} sự kiện, {seals} ngày đã niêm phong. "
        "Số liệu đúng như nhật ký."
    )

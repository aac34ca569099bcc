"""./motcua verify: is the journal still what was written? Exit 1 and the names of what is not."""

import argparse
import json
import sys

from motcua.journal import queries
from motcua.web.scope import Scope, agency_scope


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="motcua verify",
        description="Kiểm nhật ký: tìm sự kiện bị sửa, bị xóa, bị chèn; niêm phong không khớp.",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text")
    options = parser.parse_args(argv)
    faults = [(slug, fault) for slug, fault in _all()]
    if options.format == "json":
        rows = [
            {"agency": slug, "subject": f.subject, "event": f.event, "what": f.what}
            for slug, f in faults
        ]
        print(json.dumps({"ok": not faults, "faults": rows}, ensure_ascii=False, indent=1))
    else:
        for slug, fault in faults:
            print(f"{slug}: {fault}")
        print(f"{len(faults)} chỗ sai." if faults else _fine(), file=sys.stderr)
    return 1 if faults else 0


def _all():
    from django.apps import apps

    for agency in apps.get_model("people", "Agency").objects.order_by("slug"):
        with agency_scope(Scope(agency.pk, (agency.pk,))):
            for fault in queries.verify():
                yield agency.slug, fault


def _fine() -> str:
    from motcua.journal.models import Event, Seal

    events, seals = Event.across_agencies.count(), Seal.across_agencies.count()
    return f"Nhật ký nguyên vẹn: {events} sự kiện, {seals} ngày đã niêm phong."

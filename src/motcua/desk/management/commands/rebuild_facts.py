"""./motcua manage rebuild_facts: write the facts that differ from the journal as it tells them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from motcua.desk.agencies import each_agency
from motcua.dossiers import facts as dossiers
from motcua.journal import queries
from motcua.journal.facts import FactsUnreadable
from motcua.surveys import facts as surveys


class Command(BaseCommand):
    help = "Lập lại từ nhật ký những số liệu không đúng như nhật ký, từng đơn vị một."

    def handle(self, *args: Any, **options: Any) -> None:
        for agency in each_agency():
            with transaction.atomic():
                found = self._mend(agency.slug)
            self.stdout.write(f"{agency.slug}: lập lại {found[0]} hồ sơ, {found[1]} phiếu.")

    def _mend(self, slug: str) -> tuple[int, int]:
        fault = next(queries.verify(), None)
        if fault is not None:
            raise CommandError(
                f"{slug}: nhật ký không còn nguyên vẹn ({fault}), nên chưa lập lại số liệu của đơn "
                "vị này. Xem mọi chỗ sai: ./motcua verify"
            )
        try:
            return dossiers.TABLE.mend(), surveys.TABLE.mend()
        except FactsUnreadable as no:
            raise CommandError(f"{slug}: {no}") from no

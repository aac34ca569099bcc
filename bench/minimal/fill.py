"""Make the minimal tables and rows to move; print their ids."""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.minimal.settings"


def main(count: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from bench.minimal.models import Dossier, Event
    from bench.minimal.views import AGENCY

    with connection.schema_editor() as editor:
        editor.create_model(Dossier)
        editor.create_model(Event)
    now = timezone.now()
    rows = [
        Dossier(agency=AGENCY, code=f"{n:032}", state="2", applicant="Nguyễn Văn Đo",
                id_number=f"{n:012}", address="Thôn 1", received_at=now, due_at=now)
        for n in range(count)
    ]  # fmt: skip
    Dossier.objects.bulk_create(rows, batch_size=500)
    print(json.dumps([str(row.pk) for row in rows]))


if __name__ == "__main__":
    main(int(sys.argv[1]))

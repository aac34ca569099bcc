"""Receive dossiers while every write and sync is recorded; an answer is a step between them.

`python -m tests.nothing_lost.recorded SYNCHRONOUS COUNT SESSION FILE`: the steps go to FILE.
"""

import os
import pickle
import sys
from pathlib import Path
from uuid import uuid4

from tests.nothing_lost.clients import filled
from tests.nothing_lost.recorder import Recorder


def main(synchronous: str, number: int, session: str, out: Path) -> None:
    recorder = Recorder()
    recorder.install()
    import django
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"], "the settings no longer say FULL"
    options["init_command"] = options["init_command"].replace("FULL", synchronous)
    options["init_command"] += "PRAGMA wal_autocheckpoint=150;"  # so that cuts fall into many
    django.setup()
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = session
    for one in range(1, number + 1):
        answer = client.post("/tiep-nhan", filled(str(uuid4()), one))
        recorder.steps.append(("answered", answer.url.split("/")[2]))
    out.write_bytes(pickle.dumps(recorder.steps))
    os._exit(0)  # at an ordinary end SQLite would call a recorder that is already gone


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))

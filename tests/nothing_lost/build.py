"""A commune in an empty database, one desk officer logged in: printed as one line of JSON."""

import json
from typing import Any


def main() -> None:
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    from django.core.management import call_command

    from tests import world

    call_command("migrate", verbosity=0)
    commune = world.build()
    with commune.scope():
        print(json.dumps({"session": _session(commune.desk), "code": commune.receive().code}))


def _session(officer: Any) -> str:
    from django.contrib.auth import login
    from django.http import HttpRequest

    from motcua.people.session_store import SessionStore

    request = HttpRequest()
    request.session = SessionStore()
    login(request, officer, backend="motcua.people.login.OfficerBackend")
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    main()

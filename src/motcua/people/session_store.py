"""Where sessions are kept (SESSION_ENGINE): one statement finds session, officer and agency.

Only a digest of the cookie's key is kept: who reads the table, or a copy of it, opens nothing.
"""

from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import Error, IntegrityError, connection, transaction

from motcua.people.models import Officer, Session
from motcua.web.clock import now
from motcua.web.prepared import Asked, Slot, slots

_find = Asked(
    lambda: Session.objects.select_related("officer__agency", "officer__post").filter(
        expires_at__gt=Slot("now", Session._meta.get_field("expires_at")),
        **slots(Session, "digest"),
    )
)


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _found(key: str) -> Session | None:
    """The session, by the first statement of a request, which also tries the connection.

    One that the database closed meanwhile is opened anew: that costs nothing as long as it holds,
    where a statement to try it would cost one each time.
    """
    connection.health_check_done = True
    asked = {"digest": _digest(key), "now": now()}
    try:
        return _find.first(**asked)
    except Error:
        held = connection.connection is not None and not connection.in_atomic_block
        if not held or connection.is_usable():
            raise
        connection.close()
        return _find.first(**asked)


class SessionStore(SessionBase):
    """A session as the framework uses it. `officer`: whose it is, once it has been read."""

    officer: Officer | None = None

    def load(self) -> dict[str, Any]:
        row = _found(self.session_key)
        if row is None:
            self._session_key = None
            return {}
        self.officer = row.officer
        return dict(row.data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=_digest(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue  # somebody else has that key
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)
        digest = _digest(self.session_key)
        kept = {
            "data": data,
            "officer_id": data.get(SESSION_KEY),
            "expires_at": self.get_expiry_date(),
        }
        if not must_create:
            if not Session.objects.filter(digest=digest).update(**kept):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                Session(digest=digest, **kept).save(force_insert=True)
        except IntegrityError:
            raise CreateError from None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(digest=_digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=now()).delete()

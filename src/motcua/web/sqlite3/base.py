"""SQLite as the framework has it, with a queue before its one writer (hàng đợi ghi).

SQLite itself lets writers sleep and try again: with eight of them the unlucky one sleeps for half
a second while others pass. Here a transaction waits for its turn before it begins. Readers, and
writes outside a transaction, never wait here; SQLite's own lock remains below, as before.
"""

from typing import Any

from django.db.backends.sqlite3 import base

from motcua.web.sqlite3.queue import Turn


class DatabaseWrapper(base.DatabaseWrapper):
    """Begins a transaction only when its turn has come; ends the turn with the transaction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        settings = self.get_connection_params()
        with self.wrap_database_errors:
            self._turn = Turn(str(settings["database"]), settings.get("timeout", 5.0))
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.end()

    def _commit(self) -> None:
        super()._commit()
        self._end_turn()

    def _rollback(self) -> None:
        super()._rollback()
        self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()

"""A form that is shown again as it was typed, by us and not by a press: nothing may be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from motcua.kernel.errors import Refused

_showing: ContextVar[bool] = ContextVar("motcua_showing_again", default=False)


class NotPressed(Refused):
    code = "not-pressed"
    message = "Nội dung đã gõ vẫn còn. Chưa ghi: xem lại rồi bấm nút ghi."


@contextmanager
def bounds() -> Iterator[None]:
    """What `begin` begins inside ends here: with its request."""
    token = _showing.set(False)
    try:
        yield
    finally:
        _showing.reset(token)


def begin() -> None:
    """From now on, until the end of the bounds, every act is refused."""
    _showing.set(True)


def check() -> None:
    """Raise NotPressed while a form is only shown again."""
    if _showing.get():
        raise NotPressed

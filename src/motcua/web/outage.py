"""When the machine fails and not the officer: the database away, the disk full (trang 503).

`server_error` is the framework's handler of what no view expected; it is called while the
exception is being handled. Nothing here reads the database or the session: they may be what failed.
"""

import errno
import sys
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.web.refusals import wants_json

RECENT_ACTS = "/viec-vua-lam"
"""Written out: when everything fails, the addresses may be what failed."""

UNAVAILABLE = 503
RETRY_SECONDS = "5"
DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
DISK_STATES = {"53100", "58030"}  # PostgreSQL: disk_full, io_error
SQLITE_DISK = {8, 10, 13}  # SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL
SQLITE_BUSY = {5, 6}
COMMITS = {"commit", "_commit"}

_committed: ContextVar[bool] = ContextVar("motcua_committed", default=False)


@dataclass(frozen=True, slots=True)
class Outage:
    """What failed, in words, and what to do. `unsure`: the database may have kept the act."""

    code: str
    message: str | Promise
    todo: str | Promise
    unsure: bool = False


_TRY = _("Chờ một lát rồi gửi lại. Gửi lại không ghi hai lần.")
_ASK = _("Báo quản trị máy chủ giải phóng đĩa, rồi gửi lại. Gửi lại không ghi hai lần.")
_AWAY = _("Máy chủ chưa kết nối được cơ sở dữ liệu.")
_FULL = _("Đĩa máy chủ đã đầy hoặc không ghi được.")
_BUSY = _("Cơ sở dữ liệu đang bận, chưa đến lượt ghi.")


def begin_request(**_signal: Any) -> None:
    """A new request has committed nothing yet."""
    _committed.set(False)


def note_commit() -> None:
    """An act of this request is committed: whatever fails from now on, nobody says it is not."""
    _committed.set(True)


def outage_of(problem: BaseException) -> Outage | None:
    """What kind of outage an exception tells of; None for a defect of ours."""
    if isinstance(problem, OSError) and problem.errno in DISK_ERRORS:
        return Outage("disk-full", _FULL, _ASK)
    if not isinstance(problem, DatabaseError | InterfaceError):
        return None
    cause, unsure = problem.__cause__, _in_commit(problem)
    number = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if number in SQLITE_DISK or getattr(cause, "sqlstate", None) in DISK_STATES:
        return Outage("disk-full", _FULL, _ASK, unsure)
    if number in SQLITE_BUSY:
        return Outage("database-busy", _BUSY, _TRY, unsure)
    if isinstance(problem, OperationalError | InterfaceError):
        return Outage("database-away", _AWAY, _TRY, unsure)
    return None


def _in_commit(problem: BaseException) -> bool:
    """Whether the answer to COMMIT is what was lost: then nobody knows but the database."""
    step = problem.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_name in COMMITS:
            return True
        step = step.tb_next
    return False


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with what to do for an outage, 500 for a defect."""
    problem = sys.exc_info()[1]
    found = outage_of(problem) if problem else None
    if found is None:
        return _defect(request, unsure=_committed.get() or bool(problem and _in_commit(problem)))
    return answer(request, replace(found, unsure=found.unsure or _committed.get()))


def _defect(request: HttpRequest, *, unsure: bool) -> HttpResponse:
    """Only an act that failed before it was committed is said not to be written."""
    told = {"wrote": _wrote(request), "unsure": unsure, "recent": RECENT_ACTS}
    page = render_to_string("500.html", told)
    return HttpResponseServerError(page)


def _wrote(request: HttpRequest) -> bool:
    return request.method not in ("GET", "HEAD")


def answer(request: HttpRequest, found: Outage) -> HttpResponse:
    """The page or JSON of an outage."""
    headers = {"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store"}
    if wants_json(request):
        given = {"code": found.code, "message": f"{found.message} {found.todo}"}
        return JsonResponse(given, status=UNAVAILABLE, headers=headers)
    wrote = _wrote(request)
    page = render_to_string("503.html", {"outage": found, "wrote": wrote})
    return HttpResponse(page, status=UNAVAILABLE, headers=headers)

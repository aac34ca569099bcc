"""What one officer has before them: their dossiers by urgency, and what waits around them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import present, queries
from motcua.kernel.calendar import Calendar
from motcua.kernel.vntime import local_day
from motcua.people.rules import Role
from motcua.web.parts import Row

MOST = 200


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of the day: `kind` is its shape, `words` what the count line says."""

    title: str
    kind: str
    words: str
    rows: list[Row]
    open: bool = True
    note: str = ""


def groups(officer: Any, at: datetime, calendar: Calendar) -> list[Group]:
    """Overdue, due today, coming, paused, done and waiting for the citizen."""
    kinds: dict[str, list[Row]] = {"late": [], "today": [], "running": []}
    for one in queries.listed(queries.waiting_for(officer, at))[:MOST]:
        badge = present.clock(one, at, calendar)
        kinds.setdefault(badge.kind, []).append(present.row(one, badge))
    late, due_today, coming = kinds["late"], kinds["today"], kinds["running"]
    found = [
        Group(_("Quá hạn"), "late", _("{n} quá hạn").format(n=len(late)), late),
        Group(_("Hạn hôm nay"), "today", _("{n} hạn hôm nay").format(n=len(due_today)), due_today),
        Group(_("Sắp đến hạn"), "running", _("{n} khác").format(n=len(coming)), coming),
    ]
    if officer.has_role(Role.DESK, Role.SPECIALIST, on=local_day(at)):
        paused = present.rows(queries.listed(queries.paused())[:MOST], at, calendar)
        words = _("{n} đang dừng").format(n=len(paused))
        found.append(Group(_("Đang dừng"), "paused", words, paused, open=False))
    if officer.has_role(Role.DESK, on=local_day(at)):
        done = present.rows(queries.listed(queries.to_hand_over())[:MOST], at, calendar)
        words = _("{n} chờ trả").format(n=len(done))
        found.append(Group(_("Đã xong, chờ trả"), "done", words, done, open=False))
    return found

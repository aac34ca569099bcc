"""Told at the counter instead of being taken in: form 02 (complete the papers) or 03 (declined).

NĐ 118/2025/NĐ-CP Đ.17.2: what is not complete or not ours is said in writing, once and for all.
No dossier comes of it and no record of a person: the notice holds who it was for as typed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.dossiers import books, notices, persons
from motcua.dossiers import refusals_forms as wrong
from motcua.dossiers.actions._common import need_reason
from motcua.dossiers.models import Notice
from motcua.journal.actions import action, record
from motcua.kernel.text import nfc
from motcua.kernel.vntime import local, local_day
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.web.ids import uuid7

COMPLETE, DECLINE = "02", "03"


@action("notice.completion-asked")
def ask_completion(
    *,
    by: Any,
    at: datetime,
    key: str,
    applicant: persons.PersonIn,
    items: Sequence[str],
    reason: str,
    procedure: str = "",
    request: str = "",
    again: bool = False,
) -> Notice:
    """Ask to complete the papers before they are taken in (phiếu yêu cầu bổ sung, hoàn thiện).

    `procedure` is a code, or "" where `request` says in words what was wanted. Refused when the
    same person was asked for the same before, unless `again`: the law allows one time.
    """
    asked = [line for line in (nfc(one) for one in items) if line]
    if not asked:
        raise wrong.NothingToComplete(field="items")
    given = _given(by, at, applicant, procedure, request, reason)
    before = None if again else notices.asked_before(given, at=at)
    if before is not None:
        raise wrong.ToldBefore(
            name=given.who["name"], number=notices.number_words(before),
            day=f"{local(before.at):%d/%m/%Y}",
        )  # fmt: skip
    given.form, given.items = COMPLETE, asked
    return _keep(given, "completion-asked", by=by, at=at, key=key)


@action("notice.declined")
def decline(
    *,
    by: Any,
    at: datetime,
    key: str,
    applicant: persons.PersonIn,
    reason: str,
    procedure: str = "",
    request: str = "",
) -> Notice:
    """Decline to take the papers in, with the reason (phiếu từ chối tiếp nhận giải quyết hồ sơ)."""
    given = _given(by, at, applicant, procedure, request, reason)
    given.form = DECLINE
    return _keep(given, "declined", by=by, at=at, key=key)


def _given(
    by: Any, at: datetime, applicant: persons.PersonIn, procedure: str, request: str, reason: str
) -> Notice:
    permissions.require(by, Role.DESK, at=at)
    typed = persons.clean(applicant)
    version = notices.procedure(procedure, at) if procedure else None
    words = nfc(request)
    if version is None and not words:
        raise wrong.WhatWasAsked(field="request")
    return Notice(
        id=uuid7(), agency=by.agency, version=version, request=words, at=at, by=by,
        reason=nfc(need_reason(reason)),
        who={
            "name": typed.name, "id_number": typed.id_number, "phone": typed.phone,
            "email": typed.email, "address": typed.address,
        },
    )  # fmt: skip


def _keep(notice: Notice, verb: str, *, by: Any, at: datetime, key: str) -> Notice:
    day = local_day(at)
    series = books.SERIES.on(day)[notice.form]
    notice.number = books.next_number(series, day.year)
    data = {
        "form": notice.form, "number": notice.number, "items": notice.items,
        "procedure": notice.version.procedure.code if notice.version else "",
        "reason": notice.reason,
    }  # fmt: skip
    record(notice, verb=f"notice.{verb}", by=by, at=at, key=key, data=data)
    notice.save(force_insert=True)
    return notice

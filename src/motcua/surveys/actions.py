"""Handing survey forms out and taking them back."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers.queries import handed_over
from motcua.journal.actions import action, record
from motcua.kernel.vntime import local
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.surveys import facts, rules
from motcua.surveys.models import SurveyForm
from motcua.web import scope
from motcua.web.ids import uuid7

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_token() -> str:
    """Eight letters and digits that are not mistaken for each other."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


@action("survey.sent")
def hand_out(*, by: Any, at: datetime, key: str, dossier: Any, token: str = "") -> SurveyForm:
    """Hand out the form of a dossier whose result was handed over."""
    permissions.require(by, Role.DESK, at=at)
    fresh = handed_over(dossier.pk)
    if fresh is None:
        raise rules.NotHandedOver(code=dossier.code)
    if SurveyForm.objects.filter(dossier_id=fresh.pk).exists():
        raise rules.AlreadyOffered(code=fresh.code)
    form = SurveyForm(
        id=uuid7(), agency_id=scope.current().agency_id, token=token or new_token(),
        dossier=fresh, sent_at=at,
    )  # fmt: skip
    post = fresh.received_by.post
    data = {
        "token": form.token,
        "post_group": post.group if post else "other",
        "group": fresh.version.field.group,
    }
    event = record(form, verb=facts.SENT, by=by, at=at, key=key, data=data)
    form.save(force_insert=True)
    facts.follow(event)
    return form


@action("survey.returned")
def take_back(
    *, by: Any, at: datetime, key: str, token: str, marks: Mapping[str, str]
) -> SurveyForm:
    """Enter a collected form; an invalid one is kept with its reason and counts as collected."""
    permissions.require(by, Role.DESK, Role.STATISTICIAN, at=at)
    wanted = "".join(token.upper().split())
    form = SurveyForm.objects.select_for_update().filter(token=wanted).first()
    if form is None:
        raise rules.UnknownToken(token=token, field="token")
    if form.returned_at is not None:
        raise rules.AlreadyReturned(on=f"{local(form.returned_at):%d/%m/%Y}")
    verdict = rules.judge(marks)
    form.returned_at, form.valid, form.reason = at, verdict.valid, verdict.reason
    for name, answer in verdict.answers.items():
        setattr(form, name, answer)
    data = {"valid": verdict.valid, "reason": str(verdict.reason), "answers": dict(verdict.answers)}
    event = record(form, verb="survey.returned", by=by, at=at, key=key, data=data)
    form.save(force_update=True)
    facts.follow(event)
    return form

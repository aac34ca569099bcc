"""Bản tập huấn: a copy of the agency to practise in, apart from the live one in every table."""

from datetime import datetime
from typing import Any

from django.apps import apps

from motcua.journal.actions import action, record
from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local_day
from motcua.people import permissions
from motcua.people.actions._common import keep, locked, require_administrator, touch_staff
from motcua.people.models import (
    Agency,
    AgencyVersion,
    Assignment,
    Closure,
    Letterhead,
    Officer,
    Post,
    WorkingHours,
)
from motcua.people.rules import Role
from motcua.web import scope
from motcua.web.ids import uuid7

WATERMARK = "BẢN TẬP HUẤN"
SLUG, LOGIN = "tap-huan", "taphuan"
LONGEST_SLUG, LONGEST_LOGIN = 60, 60


class TrainingOpen(Refused):
    code = "training-open"
    message = "Bản tập huấn đã mở. Chọn “Vào bản tập huấn”, hoặc “Làm lại từ đầu”."


class NoTraining(Refused):
    code = "no-training"
    message = "Chưa có bản tập huấn. Quản trị của cơ quan mở bản tập huấn trước."


class TrainingOfTraining(Refused):
    code = "training-of-training"
    message = "Đang ở bản tập huấn. Trở về bản thật rồi làm việc này."


@action("agency.training-opened")
def open_training(*, by: Any, at: datetime, key: str) -> Agency:
    """Open a training copy: same name, calendar, letterhead (without the seal), twin officers.

    Returns the live agency; `queries.training_copy` finds the copy. Raises WrongRole,
    TrainingOpen, TrainingOfTraining.
    """
    live = _live(by, at)
    if _copies(live).exists():
        raise TrainingOpen()
    _open(live, by=by, at=at, key=key, verb="agency.training-opened")
    return live


@action("agency.training-reset")
def reset_training(*, by: Any, at: datetime, key: str) -> Agency:
    """Begin the training copy anew: the old one stays closed for good, none of it is removed.

    Raises WrongRole, NoTraining, TrainingOfTraining.
    """
    live = _live(by, at)
    old = _copies(live).order_by("-pk").first()
    if old is None:
        raise NoTraining()
    with scope.agency_scope(scope.Scope(old.pk, (old.pk,))):
        Officer.objects.filter(is_active=True).update(is_active=False)
        old = locked(old)
        record(old, verb="agency.training-closed", by=None, at=at, key=None, data={})
        old.staff_rev += 1
        old.save()
    _open(live, by=by, at=at, key=key, verb="agency.training-reset")
    return live


def _live(by: Any, at: datetime) -> Agency:
    if by is not None and by.agency.training_of_id:
        raise TrainingOfTraining()
    require_administrator(by, at)
    return locked(by.agency)


def _copies(live: Agency) -> Any:
    return Agency.objects.filter(training_of_id=live.pk)


def _open(live: Agency, *, by: Any, at: datetime, key: str, verb: str) -> None:
    number = _copies(live).count() + 1
    tail = f"-{SLUG}" + (f"-{number}" if number > 1 else "")
    copy = Agency(
        slug=live.slug[: LONGEST_SLUG - len(tail)] + tail,
        training_of=live,
        watermark=" · ".join(words for words in (WATERMARK, live.watermark) if words)[:80],
    )
    rows = _reference_rows(live)
    officers = list(Officer.objects.filter(is_active=True, twin_of=None).select_related("post"))
    held = _held(officers)
    with scope.agency_scope(scope.Scope(copy.pk, (copy.pk,))):
        copy.save(force_insert=True)
        for row in rows:
            _copy_row(row, copy)
        data = {"of": live.slug, "from": local_day(at).isoformat()}
        record(copy, verb="agency.founded", by=None, at=at, key=None, data=data)
        for one in officers:
            _twin(one, held.get(one.pk, []), copy, number, at)
        copy.save()
    record(live, verb=verb, by=by, at=at, key=key, data={"training": str(copy.pk)})
    live.rev += 1  # which copy is open is remembered by it
    keep(live, *((by.agency,) if by is not None else ()))


def _reference_rows(live: Agency) -> list[Any]:
    """What the copy takes over, read in the scope of the live agency."""
    letterheads = list(Letterhead.objects.order_by("effective_from"))
    for row in letterheads:
        row.seal_id = None  # nothing printed for practice bears the seal
    versions = AgencyVersion.objects.filter(agency=live).order_by("effective_from")
    # A room above: what the desk does not take in is the agency's own choice as well.
    not_offered = apps.get_model("procedures", "NotOffered").objects.all()
    dated = (*WorkingHours.objects.all(), *Closure.objects.all(), *letterheads)
    return [*versions, *dated, *not_offered]


def _copy_row(row: Any, copy: Agency) -> None:
    row.pk, row.agency = uuid7(), copy
    row._state.adding = True
    row.save(force_insert=True)


def _held(officers: list[Officer]) -> dict[Any, list[Assignment]]:
    found: dict[Any, list[Assignment]] = {}
    for row in Assignment.objects.filter(officer__in=officers, effective_to=None):
        found.setdefault(row.officer_id, []).append(row)
    return found


def _twin(one: Officer, held: list[Assignment], copy: Agency, number: int, at: datetime) -> Officer:
    """The part of a live officer in the copy: same post and roles, no way in but by switching."""
    tail = f"@{LOGIN}{number if number > 1 else ''}"
    twin = Officer(
        id=uuid7(), agency=copy, login=one.login[: LONGEST_LOGIN - len(tail)] + tail,
        name=one.name, preferences=one.preferences, twin_of=one,
    )  # fmt: skip
    twin.post = _post(one, copy)
    twin.set_password(None)
    data = {"name": twin.name, "roles": sorted(row.role for row in held)}
    record(twin, verb="officer.added", by=None, at=at, key=None, data=data)
    twin.save(force_insert=True)
    _assign(twin, held, copy)
    return twin


def _post(one: Officer, copy: Agency) -> Post | None:
    if one.post is None:
        return None
    defaults = {"title": one.post.title, "group": one.post.group}
    post, _new = Post.objects.get_or_create(agency=copy, code=one.post.code, defaults=defaults)
    return post


def _assign(twin: Officer, held: list[Assignment], copy: Agency) -> None:
    for row in held:
        Assignment(
            agency=copy, officer=twin, role=row.role, fields=row.fields,
            effective_from=row.effective_from, source=row.source,
        ).save(force_insert=True)  # fmt: skip


@action("officer.joined-training")
def join_training(*, by: Officer, at: datetime, key: str) -> Officer:
    """The officer goes to practise: their twin is there, with the roles they hold now.

    Returns the live officer; `queries.twin_of` finds the twin. Raises NoTraining,
    TrainingOfTraining, WrongRole for somebody without a role today.
    """
    if by.agency.training_of_id:
        raise TrainingOfTraining()
    permissions.require(by, *Role, at=at)
    copy = _copies(by.agency).order_by("-pk").first()
    if copy is None:
        raise NoTraining()
    number = _copies(by.agency).count()
    officers = Officer.objects.select_for_update(of=("self",), no_key=True)
    officer = officers.select_related("post").get(pk=by.pk)
    held = _held([officer]).get(officer.pk, [])
    with scope.agency_scope(scope.Scope(copy.pk, (copy.pk,))):
        locked(copy)
        # Acts on what the twin holds lock the twin only, not the copy.
        twins = Officer.objects.select_for_update(of=("self",), no_key=True)
        twin = twins.filter(twin_of=officer).first()
        if twin is None:
            _twin(officer, held, copy, number, at)
            touch_staff(copy)
        else:
            _bring_up(twin, officer, held, copy, at)
    record(officer, verb="officer.joined-training", by=by, at=at, key=key, data={})
    officer.save(update_fields=["journal_seq", "journal_hash", "journal_at"])
    return officer


def _bring_up(
    twin: Officer, officer: Officer, held: list[Assignment], copy: Agency, at: datetime
) -> None:
    """Name, post and roles of the twin as those of the live officer are now."""
    wanted = {(row.role, row.effective_from, tuple(row.fields)) for row in held}
    rows = list(Assignment.objects.filter(officer=twin, effective_to=None))
    known = {(row.role, row.effective_from, tuple(row.fields)) for row in rows}
    post = _post(officer, copy)
    same = (twin.name, twin.post_id, twin.preferences, twin.is_active) == (
        officer.name, post.pk if post else None, officer.preferences, True,
    )  # fmt: skip
    if same and wanted == known:
        return
    Assignment.objects.filter(officer=twin).delete()
    _assign(twin, held, copy)
    twin.name, twin.post, twin.is_active = officer.name, post, True
    twin.preferences = officer.preferences
    data = {"name": twin.name, "roles": sorted(row.role for row in held)}
    record(twin, verb="officer.brought-up", by=None, at=at, key=None, data=data)
    twin.save(force_update=True)
    touch_staff(copy)

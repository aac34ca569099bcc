"""The first days: what is to be set up, how far it is, and each task's own page. Administrators."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.printing_head import office_on
from motcua.kernel.clock import due
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.terms import parse_term, said
from motcua.kernel.vntime import VN, day_said, local_day, official_date
from motcua.papers import queries as files
from motcua.papers.actions import Upload, store
from motcua.people import actions, permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.setup import first_day, picture
from motcua.setup.backup_command import last_backup
from motcua.web import clock, flash
from motcua.web.forms import FieldError
from motcua.web.ids import uuid7
from motcua.web.parts import Cell, Column, Row
from motcua.web.refusals import sentence, status_of

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
"""As papers are headed (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
EXAMPLES = ("trong ngày", "4 giờ làm việc", "3 ngày làm việc", "15 ngày")
LOCKED_DOWN = "default-src 'none'; sandbox; frame-ancestors 'none'"


def administrator(request: HttpRequest) -> datetime:
    """The instant of the request, if its officer is an administrator."""
    at = clock.now()
    permissions.require(request.user, Role.ADMINISTRATOR, at=at)
    return at


def key_of(request: HttpRequest) -> str:
    return request.POST.get("khoa", "")[:80] or str(uuid7())


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every task with its state, in the order advised; each can be left and come back to."""
    at = administrator(request)
    found = first_day.tasks(request.user.agency, at)
    following = next((one for one in found if not one.done and one.needed), None)
    context = {
        "columns": (Column(_("Việc")), Column(_("Tình trạng")), Column(_("Cần trước khi mở"))),
        "rows": [_task_row(number, one) for number, one in enumerate(found, 1)],
        "following": following,
    }
    return render(request, "setup/index.html", context)


def _task_row(number: int, one: first_day.Task) -> Row:
    done = _("Xong") if one.done else _("Chưa")
    needed = _("cần") if one.needed else _("tùy cơ quan")
    title = Cell(f"{number}. {one.title}", one.url)
    return Row((title, f"{done}: {one.words}", needed))


@login_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Sẵn sàng: what is still missing before the desk opens, and how the data is kept safe."""
    at = administrator(request)
    found = first_day.tasks(request.user.agency, at)
    context = {
        "missing": [one for one in found if one.needed and not one.done],
        "backup": last_backup(),
        "backup_words": next(t.words for t in found if t.title == _("Sao lưu")),
    }
    return render(request, "setup/ready.html", context)


@login_required
@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """How the head of form 01 will look today: letterhead, motto, place and date, seal."""
    at = administrator(request)
    return render(request, "setup/head.html", _head_context(request, at))


def _head_context(request: HttpRequest, at: datetime, **more: Any) -> dict[str, Any]:
    agency = request.user.agency
    kept = people.letterhead_on(agency, local_day(at))
    shown = office_on(agency, at).of_desk(at)
    return {
        "parent": shown["parent"].splitlines(),
        "motto": MOTTO,
        "agency_lines": shown["agency"].splitlines(),
        "place": people.last_version(agency, local_day(at)).place,
        "date": official_date(local_day(at)),
        "kept": kept,
        "has_seal": bool(kept and kept.seal_id),
        "key": str(uuid7()),
        "errors": (),
    } | more


@login_required
@require_http_methods(["POST"])
def seal(request: HttpRequest) -> HttpResponse:
    """Take in the picture of the seal: read as a hostile file, kept as a picture only."""
    at = administrator(request)
    given = request.FILES.get("tep")
    if "kiem-tra" in request.POST:
        return redirect("thiet-lap-tieu-de")
    try:
        actions.refuse_seal_in_training(request.user.agency)
        if given is None:
            raise BadInput("Chưa chọn tệp. Chọn hình con dấu dạng .png.")
        content = picture.cleaned(given.read(picture.MOST_BYTES + 1))
        kept = people.letterhead_on(request.user.agency, local_day(at))
        file = store(Upload("con-dau.png", content))
        told = {name: getattr(kept, name) for name in WORDS} if kept else {}
        actions.set_letterhead(
            by=request.user, at=at, key=key_of(request), agency=request.user.agency,
            on=local_day(at), seal_id=file.pk, **told,
        )  # fmt: skip
    except Refused as no:
        wrong = (FieldError(sentence(no), "o-tep"),)
        context = _head_context(request, at, errors=wrong)
        return render(request, "setup/head.html", context, status=status_of(no))
    flash.say(request, _("Đã ghi hình con dấu, dùng từ hôm nay."))
    return redirect("thiet-lap-tieu-de")


WORDS = ("parent_line", "desk_line", "address", "phone", "lookup_url", "source")


@login_required
@require_safe
def seal_picture(request: HttpRequest) -> HttpResponse:
    """The kept picture, as bytes that no browser takes for anything else."""
    at = administrator(request)
    kept = people.letterhead_on(request.user.agency, local_day(at))
    if kept is None or kept.seal is None:
        raise Http404
    response = HttpResponse(files.content(kept.seal), content_type="image/png")
    response.headers["Content-Security-Policy"] = LOCKED_DOWN
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Hours and days off as they stand, with due times worked out from them as an example."""
    at = administrator(request)
    known = people.calendar(request.user.agency)
    day = known.next_working_day(local_day(at) + timedelta(days=1))
    sessions = known.sessions_on(day)
    moments = [
        datetime.combine(day, sessions[0].start, VN) + timedelta(minutes=40),
        datetime.combine(day, sessions[-1].end, VN) - timedelta(minutes=50),
    ]
    rows = [_example(known, received, term) for term in EXAMPLES for received in moments]
    context = {
        "day": day_said(day),
        "sessions": ", ".join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in sessions),
        "columns": (
            Column(_("Thời hạn")), Column(_("Nhận lúc")), Column(_("Hẹn trả")), Column(_("Vì sao")),
        ),
        "rows": rows,
        "links": [reverse("co-quan-gio"), reverse("co-quan-ngay-nghi")],
    }  # fmt: skip
    return render(request, "setup/calendar.html", context)


def _example(known: Any, received: datetime, term: str) -> Row:
    found = due(received=received, term=parse_term(term), calendar=known)
    why = " ".join(str(line.said) for line in found.proof[-2:])
    return Row((said(term), f"{received:%H:%M %d/%m/%Y}", f"{found.at:%H:%M %d/%m/%Y}", why))

"""Lists of dossiers, one dossier with its journal, its forms."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import (
    act_forms,
    certifying,
    listing,
    present,
    queries,
    reception_origin,
    rules,
)
from motcua.dossiers.cert_books import book_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ACTS, AuthorityKind, Phase, State
from motcua.journal import queries as journal
from motcua.journal.actions import record_read
from motcua.kernel.terms import said
from motcua.kernel.text import mask
from motcua.kernel.vntime import local, local_day
from motcua.kernel.words import say
from motcua.people import permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.web.clock import now
from motcua.web.forms import Answers, Field, summary
from motcua.web.parts import Link
from motcua.web.xlsx import workbook


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every dossier of the agency: search, filters, pages by key, XLSX."""
    at = now()
    permissions.require(request.user, *Role, at=at)
    asked = listing.read(request.GET)
    found = listing.filtered(asked, at)
    if request.GET.get("dang") == "xlsx" and not asked.errors:
        return _export(request, found, at)
    after = request.GET.get("sau") or None
    shown = listing.page_of(found, asked, after)
    calendar = people.calendar(request.user.agency)
    context = {
        "filters": listing.bar(asked, request),
        "more_open": bool(asked.channel or asked.first or asked.last or asked.errors),
        "columns": present.SORTED_COLUMNS,
        "rows": present.rows(shown.rows, at, calendar),
        "page": shown,
        "count": listing.count_words(found, asked, shown, after),
    }
    status = 422 if asked.errors else 200
    return render(request, "dossiers/index.html", context, status=status)


def _export(request: HttpRequest, found: QuerySet[Dossier], at: datetime) -> HttpResponse:
    """The list as a sheet. The read says how many dossiers, and by which filters in words."""
    rows = listing.export_rows(found)
    chosen = listing.bar(listing.read(request.GET), request).chosen
    # What was typed may be an identity number: the trace of a read does not spread it.
    labels = [mask(w) if "".join(w.split()).isdigit() else w for w in (one.label for one in chosen)]
    words = ", ".join(labels) or _("không lọc")
    purpose = _("xuất danh sách {n} hồ sơ: {filters}").format(n=len(rows), filters=words)
    short = purpose if len(purpose) <= 120 else f"{purpose[:119]}…"
    record_read(request.user.agency, by=request.user, at=at, purpose=short)
    title = _("Danh sách hồ sơ")
    content = workbook(title, listing.EXPORT_COLUMNS, rows, by=request.user.name, at=at)
    return download(content, XLSX, "ho-so.xlsx")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get(request: HttpRequest, code: str, at: datetime) -> Dossier:
    """The dossier with that code in the agency in scope, or 404; for officers with a role."""
    permissions.require(request.user, *Role, at=at)
    dossier = queries.by_code(code)
    if dossier is None:
        raise Http404
    return dossier


@login_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier: papers, steps, clock with its proof, forms, journal. Opening it is a read."""
    at = now()
    dossier = get(request, code, at)
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"mở hồ sơ {code}")
    events = list(journal.events_of(dossier))
    calendar = people.calendar(request.user.agency)
    context = head(dossier, request.user, at) | {
        "steps": present.steps(dossier, events, at, calendar),
        "papers": present.paper_lines(dossier),
        "entries": present.entries(events)[:4],
        "events": len(events),
        "facts": _facts(dossier),
        **_certified(dossier, request.user, at),
    }
    return render(request, "dossiers/detail.html", context)


def _certified(dossier: Dossier, by: Any, at: datetime) -> dict[str, Any]:
    """The entries in a certification book, asked for only where the procedure has one."""
    day = local_day(at)
    if book_of(dossier.version.procedure.code, day) is None:
        return {}
    act = ACTS["void_certification"]
    may = by.has_role(*act.roles, on=day) and State(dossier.state) in act.before
    return {"entries_in_book": list(certifying.of_dossier(dossier.pk)), "may_void": may}


def head(dossier: Dossier, by: Any, at: datetime) -> dict[str, Any]:
    """What the identity bar and the sub navigation of every page of a dossier need."""
    calendar = people.calendar(by.agency)
    proof, before = queries.proof_of_due(dossier), reception_origin.proof_line(dossier)
    lines = (*filter(None, [before]), *(line.said for line in proof.proof))
    acts = possible(dossier, by, at)
    expected = len(act_forms.PRIMARY)
    first = next((link for name, link in acts if _rank(name, dossier) < expected), None)
    return {
        "dossier": dossier,
        "code": dossier.code,
        "title": dossier.version.short_name,
        "person": dossier.applicant.name,
        "id_number": dossier.applicant.id_number,
        "unmask_url": reverse("ho-so-dinh-danh", args=[dossier.code]),
        "state_number": int(dossier.state),
        "clock_given": present.clock(dossier, at, calendar, lines),
        "next_actor": present.next_actor(dossier),
        "act_label": first.label if first else "",
        "act_url": first.url if first else "",
        "acts": [link for name, link in acts if link is not first and name != "attach"],
        "can_attach": any(name == "attach" for name, _link in acts),
    }


def possible(dossier: Dossier, by: Any, at: datetime) -> list[tuple[str, Link]]:
    """The acts this officer may do to this dossier now, the expected one first."""
    day, state, phase = local_day(at), State(dossier.state), Phase(dossier.phase)
    found = []
    for name, act in ACTS.items():
        may = rules.allowed(name, state, phase) and by.has_role(*act.roles, on=day)
        if may and _mine(name, dossier, by, day):
            url = reverse("ho-so-viec", args=[dossier.code, act_forms.ADDRESSES[name]])
            found.append((name, Link(_(act.label), url)))
    return sorted(found, key=lambda pair: _rank(pair[0], dossier))


def _mine(name: str, dossier: Dossier, by: Any, day: date) -> bool:
    """Leave out what cannot be done: papers not on the spot, nothing owed, no second extension."""
    if name in BY_HOLDER and dossier.holder_id != by.pk:
        return False
    if name == "resolve_on_the_spot":
        return bool(dossier.version.on_the_spot)
    if name == "take_fee":
        return dossier.fee_owed > dossier.fee_paid
    if name == "extend":
        return dossier.extensions == 0
    if name == "certify":
        return book_of(dossier.version.procedure.code, day) is not None
    return name != "void_certification"  # which starts from the entry


BY_HOLDER = ("assign", "assess", "submit", "approve", "refuse", "resolve_on_the_spot")


def _rank(name: str, dossier: Dossier) -> int:
    """How expected an act is; an unpaid fee comes before what it holds up."""
    if name == "take_fee" and dossier.state in (State.DONE, State.PAYMENT):
        return -1
    order = act_forms.PRIMARY
    return order.index(name) if name in order else len(order)


def _facts(dossier: Dossier) -> list[tuple[str, str]]:
    """Facts of the dossier as label and words; the empty ones are left out."""
    rows = [
        (_("Tên thủ tục"), f"{dossier.version.name} ({dossier.version.procedure.code})"),
        (_("Lĩnh vực"), dossier.version.field.name),
        (_("Nội dung"), dossier.content),
        (_("Kênh nộp"), say(dossier.get_channel_display())),
        (_("Nơi nhận trước"), reception_origin.words(dossier.origin)),
        (_("Người nộp thay"), _filer_words(dossier.filer)),
        (_("Nhận kết quả"), say(dossier.get_return_by_display())),
        (_("Nhận lúc"), f"{local(dossier.received_at):%H:%M %d/%m/%Y}"),
        (_("Người nhận"), dossier.received_by.name),
        (_("Thời hạn"), said(dossier.term)),
        (_("Người ký"), dossier.signer.name if dossier.signer else ""),
        (_("Số văn bản"), dossier.result_number),
        (_("Người nhận kết quả"), _collector(dossier)),
    ]
    return [(label, words) for label, words in rows if words]


def _collector(dossier: Dossier) -> str:
    """Who fetched the result or where it was sent, when it was not the applicant."""
    return present.collector_words(dossier.collected_by) if dossier.collected_by else ""


def _filer_words(filer: Any) -> str:
    """Who files for the applicant and on what authority; the number masked as everywhere."""
    if not filer:
        return ""
    kind = AuthorityKind(filer["kind"]).label.lower()
    parts = [filer["name"], f"{kind}: {filer['paper']}", mask(filer.get("id_number", ""))]
    return " · ".join(part for part in parts if part)


@login_required
@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """The whole journal of a dossier, newest first."""
    at = now()
    dossier = get(request, code, at)
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"xem nhật ký hồ sơ {code}")
    events = list(journal.events_of(dossier))
    context = head(dossier, request.user, at) | {"entries": present.entries(events)}
    return render(request, "dossiers/history.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the purpose, note the read, then show the whole identity number."""
    at = now()
    dossier = get(request, code, at)
    answers = Answers(request.POST)
    shown, errors = "", ()
    fields: tuple[Field, ...] = (
        Field("muc-dich", _("Xem để làm gì"), hint=_("Lượt xem được ghi lại cùng câu này.")),
    )
    if request.method == "POST":
        purpose = answers.text("muc-dich", missing="Chưa ghi mục đích. Viết vài chữ.")
        if purpose:
            record_read(dossier.applicant, by=request.user, at=at, purpose=purpose[:120])
            shown = dossier.applicant.id_number
        fields = answers.back_into(fields)
        errors = summary(fields)
    context = head(dossier, request.user, at) | {
        "fields": fields, "errors": errors, "shown": shown, "act_label": "",
    }  # fmt: skip
    return render(request, "dossiers/identity.html", context, status=422 if errors else 200)


def download(content: bytes, mime: str, name: str, inline: bool = False) -> HttpResponse:
    kind = "inline" if inline else "attachment"
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

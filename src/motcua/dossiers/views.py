"""Lists of dossiers, one dossier, its acts and its papers."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import act_forms, actions, listing, present, printing, queries, rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ACTS, Phase, State
from motcua.journal import queries as journal
from motcua.journal.actions import record_read
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.vntime import local, local_day
from motcua.papers import queries as files
from motcua.papers import uploads
from motcua.papers.actions import Upload
from motcua.people import queries as people
from motcua.web.clock import now
from motcua.web.flash import say
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.pagination import page
from motcua.web.parts import Link
from motcua.web.refusals import sentence, status_of
from motcua.web.xlsx import workbook


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every dossier of the agency: search, filters, pages by key, XLSX."""
    at = now()
    asked = listing.read(request.GET)
    found = listing.filtered(asked, at)
    if request.GET.get("dang") == "xlsx":
        return _export(request, found, at)
    shown = page(found, order=asked.order, after=request.GET.get("sau") or None)
    calendar = people.calendar(request.user.agency)
    context = {
        "filters": listing.bar(asked, request),
        "columns": present.COLUMNS,
        "rows": present.rows(shown.rows, at, calendar),
        "page": shown,
        "count": listing.count_words(found),
        "asked": asked,
    }
    return render(request, "dossiers/index.html", context)


def _export(request: HttpRequest, found: QuerySet[Dossier], at: datetime) -> HttpResponse:
    rows = listing.export_rows(found)
    purpose = _("xuất danh sách {n} hồ sơ").format(n=len(rows))
    record_read(request.user.agency, by=request.user, at=at, purpose=purpose)
    title = _("Danh sách hồ sơ")
    content = workbook(title, listing.EXPORT_COLUMNS, rows, by=request.user.name, at=at)
    return _download(content, XLSX, "ho-so.xlsx")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _get(code: str) -> Dossier:
    dossier = queries.by_code(code)
    if dossier is None:
        raise Http404
    return dossier


@login_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier: papers, steps, clock with its proof, forms, journal. Opening it is a read."""
    at, dossier = now(), _get(code)
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"mở hồ sơ {code}")
    events = list(journal.events_of(dossier))
    calendar = people.calendar(request.user.agency)
    acts = possible(dossier, request.user, at)
    context = head(dossier, request.user, at) | {
        "steps": present.steps(dossier, events, at, calendar),
        "papers": present.paper_lines(dossier),
        "entries": present.entries(events)[:4],
        "events": len(events),
        "acts": acts[1:] if acts else [],
        "facts": _facts(dossier),
        "can_attach": rules.allowed("attach", State(dossier.state), Phase(dossier.phase)),
    }
    return render(request, "dossiers/detail.html", context)


def head(dossier: Dossier, by: Any, at: datetime) -> dict[str, Any]:
    """What the identity bar and the sub navigation of every page of a dossier need."""
    calendar = people.calendar(by.agency)
    proof = queries.proof_of_due(dossier)
    lines = tuple(line.vi for line in proof.proof)
    acts = possible(dossier, by, at)
    first = acts[0] if acts else None
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
    }


def possible(dossier: Dossier, by: Any, at: datetime) -> list[Link]:
    """The acts this officer may do to this dossier now, the expected one first."""
    day, found = local_day(at), []
    for name, act in ACTS.items():
        slug = act_forms.ADDRESSES.get(name)
        may = slug and rules.allowed(name, State(dossier.state), Phase(dossier.phase))
        if (
            may
            and name != "attach"
            and by.has_role(*act.roles, on=day)
            and _mine(name, dossier, by)
        ):
            url = reverse("ho-so-viec", args=[dossier.code, slug])
            found.append((name, Link(act.label, url)))
    found.sort(key=lambda pair: _rank(pair[0]))
    return [link for _name, link in found]


def _mine(name: str, dossier: Dossier, by: Any) -> bool:
    """Leave out what cannot be done: papers not on the spot, nothing owed, no second extension."""
    if name in BY_HOLDER and dossier.holder_id != by.pk:
        return False
    if name == "resolve_on_the_spot":
        return dossier.version.on_the_spot
    if name == "take_fee":
        return dossier.fee_owed > dossier.fee_paid
    if name == "extend":
        return dossier.extensions == 0
    return True


BY_HOLDER = ("assign", "assess", "submit", "approve", "refuse", "resolve_on_the_spot")


def _rank(name: str) -> int:
    order = act_forms.PRIMARY
    return order.index(name) if name in order else len(order)


def _facts(dossier: Dossier) -> list[tuple[str, str]]:
    """Facts of the dossier as label and words; the empty ones are left out."""
    filer = dossier.filer or {}
    rows = [
        (_("Tên thủ tục"), f"{dossier.version.name} ({dossier.version.procedure.code})"),
        (_("Lĩnh vực"), dossier.version.field.name),
        (_("Nội dung"), dossier.content),
        (_("Kênh nộp"), dossier.get_channel_display()),
        (_("Người nộp thay"), " · ".join(v for k, v in filer.items() if v and k != "kind")),
        (_("Nhận kết quả"), dossier.get_return_by_display()),
        (_("Nhận lúc"), f"{local(dossier.received_at):%H:%M %d/%m/%Y}"),
        (_("Người nhận"), dossier.received_by.name),
        (_("Thời hạn"), dossier.term),
        (_("Người ký"), dossier.signer.name if dossier.signer else ""),
        (_("Số văn bản"), dossier.result_number),
    ]
    return [(label, words) for label, words in rows if words]


@login_required
@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """The whole journal of a dossier, newest first."""
    at, dossier = now(), _get(code)
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"xem nhật ký hồ sơ {code}")
    events = list(journal.events_of(dossier))
    context = head(dossier, request.user, at) | {"entries": present.entries(events)}
    return render(request, "dossiers/history.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The form of one act; done, back to the dossier with one sentence."""
    name = act_forms.BY_ADDRESS.get(slug)
    if name is None:
        raise Http404
    at, dossier, form = now(), _get(code), act_forms.FORMS[name]
    fields = form.fields(dossier, request.user, at)
    status, errors = 200, ()
    if request.method == "POST":
        answers = Answers(request.POST)
        given = form.read(dossier, request.user, at, answers)
        if not answers.errors:
            try:
                done = _do(form, given, request, dossier, at)
            except BadInput as refusal:
                answers.errors[_field_of(fields, refusal)] = sentence(refusal)
                status = status_of(refusal)
            else:
                say(request, _done_words(form, done))
                if request.POST.get("ve") == "cho-ky":
                    return redirect("cho-ky")
                return redirect("ho-so-chi-tiet", code=code)
        fields = answers.back_into(fields)
        errors = summary(fields) or tuple(FieldError(e) for e in answers.errors.values())
        status = max(status, 422)
    context = head(dossier, request.user, at) | {
        "label": ACTS[name].label, "fields": fields, "errors": errors,
        "key": request.POST.get("khoa") or str(uuid7()),
        "seen": request.POST.get("da-thay") or dossier.journal_seq,
        "act_label": "", "effect": EFFECTS.get(name, ""),
    }  # fmt: skip
    return render(request, "dossiers/act.html", context, status=status)


EFFECTS = {
    "approve": "Ký duyệt là quyết định của người ký. Kết quả sang văn thư để vào số, đóng dấu.",
    "refuse": "Hồ sơ kết thúc với văn bản từ chối có lý do. Không hoàn tác được.",
    "withdraw": "Hồ sơ kết thúc, giấy tờ gốc trả lại người nộp. Không hoàn tác được.",
    "stop": "Hồ sơ dừng hẳn, người nộp được thông báo. Không hoàn tác được.",
    "ask_supplement": "Thời hạn tạm dừng đến khi nhận đủ giấy tờ. Luật chỉ cho yêu cầu một lần.",
    "finish": "Lúc này quyết định hồ sơ trước hạn, đúng hạn hay trễ hạn.",
    "extend": "Luật chỉ cho hẹn lại một lần, trước khi hết hạn. Hạn đầu vẫn dùng để thống kê.",
}


def _do(
    form: act_forms.ActForm, given: dict[str, Any], request: HttpRequest, dossier: Dossier,
    at: datetime,
) -> Dossier:  # fmt: skip
    seen = request.POST.get("da-thay", "")
    return form.action(
        by=request.user,
        at=at,
        key=request.POST.get("khoa") or str(uuid7()),
        dossier_id=dossier.pk,
        seen=int(seen) if seen.isdigit() else None,
        **given,
    )


def _field_of(fields: tuple[Field, ...], refusal: Refused) -> str:
    """The field a refusal speaks of; the first one when it names none of this page."""
    names = [field.name for field in fields]
    wanted = REFUSED_FIELDS.get(getattr(refusal, "field", None) or "", "")
    return wanted if wanted in names else names[0] if names else ""


REFUSED_FIELDS = {
    "to": "den", "signer": "nguoi-ky", "reason": "ly-do", "number": "so", "papers": "giay",
    "amount": "so-tien", "new_due_at": "ngay",
}  # fmt: skip


def _done_words(form: act_forms.ActForm, dossier: Dossier) -> str:
    return _(form.done).format(
        code=dossier.code,
        to=dossier.holder.name if dossier.holder else "",
        due=f"{local(dossier.due_at):%H:%M %d/%m/%Y}",
    )


@login_required
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the purpose, note the read, then show the whole identity number."""
    at, dossier = now(), _get(code)
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


@login_required
@require_http_methods(["GET", "POST"])
def scans(request: HttpRequest, code: str) -> HttpResponse:
    """Attach scans to papers, or say why one is not scanned."""
    at, dossier = now(), _get(code)
    errors: list[FieldError] = []
    if request.method == "POST":
        errors = _attach(request, dossier, at)
        if not errors:
            say(request, _("Đã ghi bản quét của hồ sơ {code}.").format(code=code))
            return redirect("ho-so-chi-tiet", code=code)
        dossier = _get(code)
    context = head(dossier, request.user, at) | {
        "papers": present.paper_lines(dossier), "errors": errors,
        "key": request.POST.get("khoa") or str(uuid7()), "act_label": "",
    }  # fmt: skip
    return render(request, "dossiers/scans.html", context, status=422 if errors else 200)


def _attach(request: HttpRequest, dossier: Dossier, at: datetime) -> list[FieldError]:
    given = {
        int(name.removeprefix("tep-")): Upload(file.name or "", file.read(uploads.LIMIT + 1))
        for name, file in request.FILES.items()
        if name.removeprefix("tep-").isdigit()
    }
    reasons = {
        int(name.removeprefix("mien-")): value.strip()
        for name, value in request.POST.items()
        if name.removeprefix("mien-").isdigit() and value.strip()
    }
    if not given and not reasons:
        return [FieldError(_("Chưa chọn tệp nào. Chọn tệp quét, hoặc ghi lý do không quét."))]
    key = request.POST.get("khoa") or str(uuid7())
    common: dict[str, Any] = {"by": request.user, "at": at, "dossier_id": dossier.pk}
    try:
        if given:
            actions.attach_scans(key=key, scans=given, **common)
        for number, reason in reasons.items():
            actions.exempt_scan(key=f"{key}-{number}", number=number, reason=reason, **common)
    except BadInput as refusal:
        return [FieldError(sentence(refusal))]
    return []


@login_required
@require_safe
def paper(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One scan, as a download: never shown inside our own pages."""
    at, dossier = now(), _get(code)
    found = dossier.papers.filter(number=number).select_related("file").first()
    if found is None or found.file is None:
        raise Http404
    purpose = f"mở bản quét {number} hồ sơ {code}"
    record_read(dossier.applicant, by=request.user, at=at, purpose=purpose)
    return _download(files.content(found.file), found.file.mime, found.file.name)


@login_required
@require_safe
def form(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """Form 01 (receipt) or 06 (control slip) as PDF, rendered when first asked for."""
    at, dossier = now(), _get(code)
    render_form = {"01": printing.receipt, "06": printing.control_slip}.get(which)
    if render_form is None:
        raise Http404
    record_read(dossier.applicant, by=request.user, at=at, purpose=f"in mẫu {which} hồ sơ {code}")
    file = render_form(dossier=dossier, by=request.user, at=at)
    return _download(files.content(file), "application/pdf", f"{code}-mau-{which}.pdf", True)


def _download(content: bytes, mime: str, name: str, inline: bool = False) -> HttpResponse:
    kind = "inline" if inline else "attachment"
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

"""Cuối ngày: the sheet of one day to print and sign, each number with its list; XLSX."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.dossiers.day_end import DayEnd, Item, day_end, described, tagged
from motcua.dossiers.rules import Channel
from motcua.dossiers.views import XLSX, download
from motcua.journal.actions import record_read
from motcua.kernel.errors import BadInput
from motcua.kernel.text import group_digits, money_words
from motcua.kernel.vntime import VN, local, local_day, parse_day, slashed
from motcua.kernel.words import either
from motcua.people import permissions
from motcua.people.rules import Role
from motcua.procedures import queries as procedures
from motcua.web import xlsx
from motcua.web.clock import now
from motcua.web.forms import Field, FieldError
from motcua.web.parts import Cell, Column, Row
from motcua.web.refusals import sentence

PAGE = 50


@dataclass(frozen=True, slots=True)
class Part:
    """One number of the sheet: its name, its items, what `amount` and `words` of an item are."""

    title: Any
    items: Callable[[DayEnd], list[Item]]
    amount: Any = ""
    words: Any = ""
    when: Any = gettext_lazy("Lúc")


_SINCE = gettext_lazy("Nhận lúc")
PARTS = {
    "nhan": Part(gettext_lazy("Tiếp nhận"), lambda d: d.received),
    "tra": Part(
        gettext_lazy("Đã trả kết quả"), lambda d: d.returned, words=gettext_lazy("Người nhận")
    ),
    "han-hom-nay": Part(
        gettext_lazy("Hạn trong ngày, chưa xong"), lambda d: d.due_today, when=_SINCE
    ),
    "qua-han": Part(gettext_lazy("Quá hạn từ trước"), lambda d: d.late, when=_SINCE),
    "tam-dung": Part(gettext_lazy("Đang tạm dừng"), lambda d: d.paused, when=_SINCE),
    "thu-phi": Part(gettext_lazy("Tiền đã thu"), lambda d: d.cash, gettext_lazy("Số tiền, đồng")),
    "chua-tra": Part(
        gettext_lazy("Kết quả chưa trả"), lambda d: d.undelivered,
        gettext_lazy("Đã chờ, ngày"), when=gettext_lazy("Xong từ"),
    ),
    "chung-thuc": Part(
        gettext_lazy("Chứng thực"), lambda d: d.certified, gettext_lazy("Số bản"),
        gettext_lazy("Số, sổ"),
    ),
    "thong-bao": Part(
        gettext_lazy("Văn bản gửi người nộp"), lambda d: d.told, words=gettext_lazy("Mẫu")
    ),
}  # fmt: skip
FORM_NAMES = {
    "02": gettext_lazy("Yêu cầu bổ sung, hoàn thiện (mẫu 02)"),
    "03": gettext_lazy("Từ chối (mẫu 03)"),
    "04": gettext_lazy("Xin lỗi, hẹn lại (mẫu 04)"),
    "05": gettext_lazy("Dừng, rút hồ sơ (mẫu 05)"),
}
AGE_NAMES = {
    "tuan": gettext_lazy("đến 7 ngày"),
    "thang": gettext_lazy("8 đến 30 ngày"),
    "lau": gettext_lazy("trên 30 ngày"),
}


@login_required
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The day asked for, today when none: counts, the cash with its sum in words, who signs."""
    at = now()
    permissions.require(request.user, *Role, at=at)
    day, error = _day(request, at)
    given = day_end(day, at)
    if request.GET.get("dang") == "xlsx" and not error:
        return _export(request, given, at)
    text = request.GET.get("ngay") or slashed(day)
    field = Field("ngay", _("Ngày"), "date", text, error=error, hint=_("Ví dụ 27/11/2026."))
    context = {
        "given": given, "day": day, "today": day == local_day(at), "field": field,
        "numbers": {name.replace("-", "_"): _number(name, given) for name in PARTS},
        "channels": _parts("nhan", given, {c.value: c.label for c in Channel}),
        "fields": _parts("nhan", given, {f.code: f.name for f in procedures.fields()}),
        "cash": [(local(i.at), i) for i in given.cash],
        "taken_words": either(money_words(given.taken), "") if given.taken > 0 else "",
        "ages": _parts("chua-tra", given, AGE_NAMES),
        "notices": _parts("thong-bao", given, FORM_NAMES),
        "errors": (FieldError(error, field.target),) if error else (),
        "xlsx": f"?ngay={slashed(day)}&dang=xlsx",
    }  # fmt: skip
    return render(request, "desk/day_end.html", context, status=422 if error else 200)


def _day(request: HttpRequest, at: datetime) -> tuple[date, str]:
    """The day asked for; today, and what is wrong, when it is none or has not come."""
    text = request.GET.get("ngay", "").strip()
    today = local_day(at)
    if not text:
        return today, ""
    try:
        day = parse_day(text)
    except BadInput as refusal:
        return today, sentence(refusal)
    if day > today:
        words = _("Ngày {day} chưa đến. Chọn hôm nay hoặc một ngày trước.")
        return today, words.format(day=slashed(day))
    return day, ""


def _number(name: str, given: DayEnd) -> dict[str, Any]:
    """A number with the address of its list."""
    part = PARTS[name]
    url = f"{reverse('cuoi-ngay-muc', args=[name])}?ngay={slashed(given.day)}"
    return {"title": part.title, "n": len(part.items(given)), "url": url}


def _parts(name: str, given: DayEnd, names: dict[str, Any]) -> list[dict[str, Any]]:
    """The numbers that a number is made of, each with the address of its own list."""
    counts = tagged(PARTS[name].items(given))
    url = f"{reverse('cuoi-ngay-muc', args=[name])}?ngay={slashed(given.day)}"
    return [
        {"title": title, "n": counts[tag], "url": f"{url}&loc={tag}"}
        for tag, title in names.items() if counts[tag]
    ]  # fmt: skip


@login_required
@require_safe
def listing(request: HttpRequest, part: str) -> HttpResponse:
    """The dossiers behind one number of the sheet, fifty at a time; a page is one read."""
    at = now()
    permissions.require(request.user, *Role, at=at)
    if part not in PARTS:
        raise Http404
    day, error = _day(request, at)
    given, asked = day_end(day, at), PARTS[part]
    only = request.GET.get("loc", "")
    found = [item for item in asked.items(given) if not only or only in item.tags]
    after = request.GET.get("sau", "")
    rest = [(place, item) for place, item in _placed(found) if place > after]
    shown = [item for _place, item in rest[:PAGE]]
    if shown:
        purpose = f"xem danh sách cuối ngày {slashed(day)} ({part}): {len(shown)} dòng"
        record_read(request.user.agency, by=request.user, at=at, purpose=purpose)
    context = {
        "part": asked, "day": day, "count": len(found), "columns": _columns(asked),
        "rows": _rows(asked, shown), "errors": (FieldError(error),) if error else (),
        "back": f"{reverse('cuoi-ngay')}?ngay={slashed(day)}",
        "page": {"next_token": rest[PAGE - 1][0] if len(rest) > PAGE else None},
    }  # fmt: skip
    return render(request, "desk/day_list.html", context, status=422 if error else 200)


def _placed(items: list[Item]) -> Iterator[tuple[str, Item]]:
    """The items in order, each with its place: time, dossier, which of several. No name: the
    place of the last line stands in the address of the next page."""
    same: Counter[str] = Counter()
    for item in sorted(items, key=lambda item: item.key):
        place = f"{item.at.astimezone(VN).isoformat()}|{item.dossier or item.code}"
        same[place] += 1
        yield f"{place}|{same[place]:04}", item


def _columns(part: Part) -> tuple[Column, ...]:
    more = (Column(str(part.amount), "number"),) if part.amount else ()
    more += (Column(str(part.words)),) if part.words else ()
    return (
        Column(_("Mã hồ sơ")), Column(_("Thủ tục")), Column(_("Người nộp")),
        Column(str(part.when), "date"), *more,
    )  # fmt: skip


def _rows(part: Part, items: list[Item]) -> list[Row]:
    known = described(items)
    found = []
    for item in items:
        procedure, person = known.get(item.dossier, (_("phiếu tại quầy"), "–"))
        url = reverse("ho-so-chi-tiet", args=[item.code]) if item.dossier else ""
        more = [group_digits(item.amount)] if part.amount else []
        more += [item.words or "–"] if part.words else []
        found.append(Row((
            Cell(item.code, url, code=True), procedure, person,
            f"{local(item.at):%H:%M %d/%m/%Y}", *more,
        )))  # fmt: skip
    return found


COLUMNS = (
    xlsx.Column("Mục", width=26), xlsx.Column("Mã hồ sơ", "code", 26),
    xlsx.Column("Thủ tục", width=30), xlsx.Column("Người nộp", width=26),
    xlsx.Column("Lúc", "datetime", 18), xlsx.Column("Người làm", width=24),
    xlsx.Column("Số tiền, số bản hoặc số ngày", "int", 16), xlsx.Column("Ghi", width=26),
)  # fmt: skip


def _export(request: HttpRequest, given: DayEnd, at: datetime) -> HttpResponse:
    """Every list of the day in one sheet; that is a read of everybody in it."""
    every = [(part, item) for part in PARTS.values() for item in part.items(given)]
    known, counter = described([item for _part, item in every]), (_("phiếu tại quầy"), "–")
    rows = (
        (
            str(part.title), item.code, *known.get(item.dossier, counter), item.at, item.who,
            item.amount if part.amount else None, item.words,
        )
        for part, item in every
    )  # fmt: skip
    purpose = f"xuất bảng cuối ngày {slashed(given.day)}: {len(every)} dòng"
    record_read(request.user.agency, by=request.user, at=at, purpose=purpose)
    title = _("Cuối ngày {day}").format(day=slashed(given.day))
    content = xlsx.workbook(title, COLUMNS, rows, by=request.user.name, at=at)
    return download(content, XLSX, f"cuoi-ngay-{given.day.isoformat()}.xlsx")

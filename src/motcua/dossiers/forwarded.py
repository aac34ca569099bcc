"""Sổ theo dõi hồ sơ phi địa giới: what was taken in for others, as lists, sheets and pages show it.

It is in no figure of this agency: the competent agency counts it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.listing import TooManyToExport
from motcua.dossiers.models import Forwarded
from motcua.kernel.errors import BadInput
from motcua.kernel.text import group_digits, mask
from motcua.kernel.vntime import VN, local, parse_day
from motcua.kernel.words import say
from motcua.web.forms import Field
from motcua.web.parts import Cell, Choice, Column, Entry, Row
from motcua.web.xlsx import Column as SheetColumn

EXPORT_TO, COUNT_TO = 20_000, 1000
STEPS = {
    "chua-chuyen": gettext_lazy("Chưa chuyển đi"), "da-chuyen": gettext_lazy("Chờ kết quả"),
    "co-ket-qua": gettext_lazy("Có kết quả, chờ trả"), "da-tra": gettext_lazy("Đã trả"),
}  # fmt: skip
WHERE: Mapping[str, dict[str, bool]] = {
    "chua-chuyen": {"sent_at__isnull": True},
    "da-chuyen": {"sent_at__isnull": False, "result_at__isnull": True},
    "co-ket-qua": {"result_at__isnull": False, "handed_at__isnull": True},
    "da-tra": {"handed_at__isnull": False},
}
TITLES = {
    "forwarded.taken": gettext_lazy("Tiếp nhận cho nơi khác"),
    "forwarded.sent": gettext_lazy("Chuyển đi"),
    "forwarded.noted": gettext_lazy("Ghi trả lời của nơi có thẩm quyền"),
    "forwarded.handed": gettext_lazy("Trả kết quả"),
}
ANSWERS = {
    "their_code": gettext_lazy("mã ở nơi đó"), "accepted_at": gettext_lazy("nhận lúc"),
    "due_at": gettext_lazy("hẹn trả"), "result_at": gettext_lazy("có kết quả lúc"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: where it stands, from which day to which."""

    step: str
    first: date | None
    last: date | None
    errors: Mapping[str, str]


def read(given: Mapping[str, Any]) -> Asked:
    errors: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in ("tu", "den"):
        try:
            days[name] = parse_day(given[name]) if given.get(name, "").strip() else None
        except BadInput as refusal:
            days[name], errors[name] = None, str(refusal)
    step = given.get("buoc", "")
    return Asked(step if step in WHERE else "", days["tu"], days["den"], errors)


def book(asked: Asked) -> QuerySet[Forwarded]:
    rows = Forwarded.objects.select_related("person").filter(**WHERE.get(asked.step, {}))
    if asked.first:
        rows = rows.filter(received_at__gte=_midnight(asked.first))
    if asked.last:
        rows = rows.filter(received_at__lt=_midnight(asked.last) + timedelta(days=1))
    return rows


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VN)


def by_code(code: str) -> Forwarded | None:
    rows = Forwarded.objects.select_related("person", "received_by")
    return rows.filter(code=code).first()


def count_words(rows: QuerySet[Forwarded]) -> str:
    """Exact up to a thousand."""
    counted = rows.order_by()[: COUNT_TO + 1].count()
    if counted > COUNT_TO:
        return _("hơn {n} hồ sơ").format(n=group_digits(COUNT_TO))
    return _("{n} hồ sơ").format(n=counted)


def bar(asked: Asked, request: HttpRequest) -> dict[str, Any]:
    """The filters of the book."""
    steps = tuple(Choice(name, str(words)) for name, words in STEPS.items())
    given = request.GET
    return {
        "fields": (
            Field("buoc", _("Đang ở bước"), "select", asked.step,
                  choices=(Choice("", _("Mọi bước")), *steps)),
            Field("tu", _("Nhận từ ngày"), "date", given.get("tu", ""),
                  error=asked.errors.get("tu", "")),
            Field("den", _("Đến hết ngày"), "date", given.get("den", ""),
                  error=asked.errors.get("den", "")),
        ),
    }  # fmt: skip


def step(row: Forwarded) -> str:
    """Where it stands: a key of STEPS."""
    if row.handed_at:
        return "da-tra"
    if row.result_at:
        return "co-ket-qua"
    return "da-chuyen" if row.sent_at else "chua-chuyen"


def columns() -> tuple[Column, ...]:
    return (
        Column(_("Số")), Column(_("Thủ tục")), Column(_("Người nộp")),
        Column(_("Cơ quan có thẩm quyền")), Column(_("Nhận lúc"), "date"),
        Column(_("Hẹn trả"), "date"), Column(_("Đang ở bước")),
    )  # fmt: skip


def rows(found: Iterable[Forwarded]) -> list[Row]:
    return [
        Row((
            Cell(one.code, reverse("phi-dia-gioi-chi-tiet", args=[one.code]), code=True),
            one.procedure, one.person.name, one.competent, moment(one.received_at),
            moment(one.due_at) or "–", str(STEPS[step(one)]),
        ))
        for one in found
    ]  # fmt: skip


SHEET = (
    SheetColumn("Số", "code", 16), SheetColumn("Người nộp", width=26),
    SheetColumn("Số định danh", "code", 16), SheetColumn("Thủ tục", width=40),
    SheetColumn("Mã thủ tục", "code", 12), SheetColumn("Cơ quan có thẩm quyền", width=30),
    SheetColumn("Nhận lúc", "datetime", 18), SheetColumn("Chuyển lúc", "datetime", 18),
    SheetColumn("Mã ở nơi đó", "code", 22), SheetColumn("Nơi đó nhận lúc", "datetime", 18),
    SheetColumn("Hẹn trả", "datetime", 18), SheetColumn("Có kết quả lúc", "datetime", 18),
    SheetColumn("Trả lúc", "datetime", 18),
)  # fmt: skip


def sheet_rows(asked: Asked) -> list[tuple[Any, ...]]:
    """The rows of the XLSX, oldest first, numbers masked. Raises TooManyToExport."""
    found = list(book(asked).order_by("received_at", "id")[: EXPORT_TO + 1])
    if len(found) > EXPORT_TO:
        raise TooManyToExport(most=group_digits(EXPORT_TO))
    return [
        (
            one.code, one.person.name, mask(one.person.id_number), one.procedure,
            one.procedure_code, one.competent, one.received_at, one.sent_at, one.their_code,
            one.accepted_at, one.due_at, one.result_at, one.handed_at,
        )
        for one in found
    ]  # fmt: skip


def facts(row: Forwarded) -> list[tuple[str, str]]:
    """What is known of it, as label and words; the empty ones are left out."""
    found = [
        (_("Người nộp"), f"{row.person.name} {mask(row.person.id_number)}".strip()),
        (_("Thủ tục"), f"{row.procedure} ({row.procedure_code})" if row.procedure_code
         else row.procedure),
        (_("Cơ quan có thẩm quyền"), row.competent),
        (_("Kênh nộp"), say(row.get_channel_display())),
        (_("Nhận lúc"), moment(row.received_at)),
        (_("Người nhận"), row.received_by.name),
        (_("Chuyển lúc"), moment(row.sent_at)),
        (_("Mã ở nơi đó"), row.their_code),
        (_("Nơi đó nhận lúc"), moment(row.accepted_at)),
        (_("Hẹn trả"), moment(row.due_at)),
        (_("Có kết quả lúc"), moment(row.result_at)),
        (_("Trả lúc"), moment(row.handed_at)),
    ]  # fmt: skip
    return [(label, words) for label, words in found if words]


def moment(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at is not None else ""


def entries(events: Iterable[Any]) -> list[Entry]:
    """Its journal, newest first."""
    found = [
        Entry(
            title=str(TITLES[event.verb]), who=event.by.name if event.by else _("Tự động"),
            at=event.at, text=_answered(event.data),
        )
        for event in events
    ]  # fmt: skip
    return found[::-1]


def _answered(data: dict[str, Any]) -> str:
    parts = []
    for name, (_before, after) in data.get("changed", {}).items():
        words = after if name == "their_code" else moment(datetime.fromisoformat(after))
        parts.append(f"{ANSWERS[name]} {words}")
    return ", ".join(parts)

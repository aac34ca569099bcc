"""The list of dossiers: what is asked for in the address, and the rows that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.dossiers import queries, rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Channel, State
from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.labelled import Labelled
from motcua.kernel.text import group_digits, nfc
from motcua.kernel.vntime import VN, local_day, parse_day
from motcua.kernel.words import say
from motcua.people import queries as people
from motcua.procedures import queries as procedures
from motcua.web import scope
from motcua.web.forms import Field, Filters
from motcua.web.pagination import Page, page
from motcua.web.parts import Choice, Link
from motcua.web.xlsx import Column

PAGE, COUNT_TO = 50, 1000
EXPORT_TO = 20_000


class View(Labelled):
    """Which dossiers: the daily questions."""

    ALL = "", "Tất cả"
    OPEN = "dang-mo", "Đang giải quyết"
    LATE = "qua-han", "Quá hạn"
    TODAY = "hom-nay", "Hạn hôm nay"
    PAUSED = "tam-dung", "Đang tạm dừng"
    DONE = "cho-tra", "Đã xong, chờ trả"
    RETURNED = "da-tra", "Đã trả kết quả"
    ENDED = "da-dung", "Đã rút hoặc dừng"


SORTS = {"": "-by_receipt", "nhan": "by_receipt", "-nhan": "-by_receipt",
         "han": "by_due", "-han": "-by_due"}  # fmt: skip
LONG = (View.ALL, View.RETURNED)
"""What grows with history; the others are few, found by their state."""


class TooManyToExport(Refused):
    code = "too-many-to-export"
    message = "Danh sách có hơn {most} hồ sơ, một tệp không chứa gọn. Lọc theo ngày rồi xuất lại."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, read leniently; a day that cannot be one keeps its words."""

    text: str
    view: View
    field: str
    channel: str
    first: date | None
    last: date | None
    sort: str
    errors: Mapping[str, str]

    @property
    def order(self) -> tuple[str, str]:
        """The order of the page; the id goes the same way as the key, as it does in indexes."""
        key = SORTS[self.sort]
        return key, "-pk" if key.startswith("-") else "pk"

    @property
    def key(self) -> str:
        return SORTS[self.sort].lstrip("-")

    @property
    def picked(self) -> bool:
        """Whether it is picked out of history one by one, by what no index tells."""
        return bool(self.text or self.field or self.channel)


def read(given: Mapping[str, Any]) -> Asked:
    errors: dict[str, str] = {}
    days = {name: _day(given.get(name, ""), name, errors) for name in ("tu", "den")}
    view, sort = given.get("loai", ""), given.get("sap", "")
    return Asked(
        text=nfc(given.get("tim", "")),
        view=View(view) if view in set(View) else View.ALL,
        field=given.get("linh-vuc", ""),
        channel=given.get("kenh", ""),
        first=days["tu"],
        last=days["den"],
        sort=sort if sort in SORTS else "",
        errors=errors,
    )


def _day(text: str, name: str, errors: dict[str, str]) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_day(text)
    except BadInput as refusal:
        errors[name] = str(refusal)
        return None


def filtered(asked: Asked, at: datetime) -> QuerySet[Dossier]:
    rows = _viewed(queries.search(asked.text, at), asked.view, at)
    if asked.view not in LONG:
        rows = rows.annotate(**queries.SOUGHT)
    if asked.view is View.RETURNED or asked.first or asked.last:
        rows = rows.annotate(by_due=F("due_at"))
    if asked.field:
        rows = rows.filter(version__field__code=asked.field)
    if asked.channel:
        rows = rows.filter(channel=asked.channel)
    if asked.first or asked.last:
        first, last = asked.first or date(2000, 1, 1), asked.last or date(2999, 12, 30)
        rows = queries.received_between(rows, first, last)
    return rows


def page_of(found: QuerySet[Dossier], asked: Asked, after: str | None) -> Page:
    """Fifty of them as a list shows them. Few that are sought are sorted before they are read."""
    if not queries.are_sought(found):
        rows = queries.listed(found, asked.key)
        return page(rows, order=asked.order, after=after, size=PAGE)
    return page(
        found, order=asked.order, after=after, size=PAGE,
        shown=lambda keys: queries.listed(queries.of_keys(keys), asked.key),
    )  # fmt: skip


def _viewed(rows: QuerySet[Dossier], view: View, at: datetime) -> QuerySet[Dossier]:
    if view is View.OPEN:
        return rows.filter(state__in=rules.OPEN)
    if view is View.LATE:
        return rows.filter(state__in=rules.WORKING, due_at__lt=at)
    if view is View.TODAY:
        day = local_day(at)
        end = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=VN)
        return rows.filter(state__in=rules.WORKING, due_at__gte=at, due_at__lte=end)
    if view is View.PAUSED:
        return rows.filter(state__in=rules.PAUSED)
    if view is View.DONE:
        return rows.filter(state=State.DONE)
    if view is View.RETURNED:
        return rows.filter(state=State.RETURNED)
    if view is View.ENDED:
        return rows.filter(state__in=[State.WITHDRAWN, State.STOPPED])
    return rows


def count_words(rows: QuerySet[Dossier], asked: Asked, shown: Page, after: str | None) -> str:
    """How many, exact up to a thousand: an exact count of a long list grows with history.

    What fits the first page is counted there. What is picked out of history by name, code, field
    or channel is not counted beyond: that would read much to find little.
    """
    if not (shown.next_token or after):
        return _("{n} hồ sơ").format(n=len(shown.rows))
    if asked.picked:
        return _("hơn {n} hồ sơ").format(n=PAGE)
    counted = rows.order_by()[: COUNT_TO + 1].count()
    if counted > COUNT_TO:
        return _("hơn {n} hồ sơ").format(n=group_digits(COUNT_TO))
    return _("{n} hồ sơ").format(n=group_digits(counted))


def _fields() -> tuple[Choice, ...]:
    """The fields of the catalogue, kept while the agency says that nothing in it changed."""
    agency, here = people.fresh_agency(), scope.current()
    if agency is None:
        return _read_fields()
    return _kept_fields(here.agency_id, here.publishers, agency.catalogue_rev)


@lru_cache(maxsize=512)
def _kept_fields(
    agency_id: UUID, publishers: tuple[UUID, ...], catalogue_rev: int
) -> tuple[Choice, ...]:
    return _read_fields()


def _read_fields() -> tuple[Choice, ...]:
    return tuple(Choice(*one) for one in procedures.fields().values_list("code", "name"))


def bar(asked: Asked, request: HttpRequest) -> Filters:
    """The filter bar with what is asked for, and a way out of each filter."""
    fields = _fields()
    channels = tuple(Choice(c.value, c.label) for c in Channel)
    given = request.GET
    return Filters(
        search=Field("tim", _("Mã, số định danh hoặc tên"), "search", asked.text, width=24),
        fields=(
            Field("loai", _("Loại"), "select", asked.view,
                  choices=tuple(Choice(v.value, v.label) for v in View)),
            Field("linh-vuc", _("Lĩnh vực"), "select", asked.field,
                  choices=(Choice("", _("Mọi lĩnh vực")), *fields)),
        ),
        more=(
            Field("kenh", _("Kênh nộp"), "select", asked.channel,
                  choices=(Choice("", _("Mọi kênh")), *channels)),
            Field("tu", _("Nhận từ ngày"), "date", given.get("tu", ""),
                  error=asked.errors.get("tu", "")),
            Field("den", _("Đến hết ngày"), "date", given.get("den", ""),
                  error=asked.errors.get("den", "")),
        ),
        chosen=tuple(_chosen(asked, request, {c.value: c.label for c in (*fields, *channels)})),
        clear_url=request.path,
    )  # fmt: skip


def _chosen(asked: Asked, request: HttpRequest, labels: Mapping[str, str]) -> list[Link]:
    shown = {
        "tim": asked.text,
        "loai": asked.view.label if asked.view else "",
        "linh-vuc": labels.get(asked.field, asked.field),
        "kenh": labels.get(asked.channel, asked.channel),
        "tu": f"{_('từ')} {asked.first:%d/%m/%Y}" if asked.first else "",
        "den": f"{_('đến')} {asked.last:%d/%m/%Y}" if asked.last else "",
    }
    found = []
    for name, label in shown.items():
        if label:
            rest = request.GET.copy()
            rest.pop(name, None)
            rest.pop("sau", None)
            found.append(Link(label, f"{request.path}?{rest.urlencode()}"))
    return found


EXPORT_COLUMNS = (
    Column("Mã hồ sơ", "code", 26), Column("Mã thủ tục", "code", 12), Column("Thủ tục", width=30),
    Column("Người nộp", width=26), Column("Kênh", width=14), Column("Nhận lúc", "datetime", 18),
    Column("Hẹn trả", "datetime", 18), Column("Xong lúc", "datetime", 18),
    Column("Trả lúc", "datetime", 18), Column("Trạng thái", width=18),
    Column("Kết quả thời hạn", width=14), Column("Phí phải nộp", "money", 14),
    Column("Phí đã nộp", "money", 14),
)  # fmt: skip


def export_rows(rows: QuerySet[Dossier]) -> list[tuple[Any, ...]]:
    """The rows of the XLSX. Raises TooManyToExport."""
    found = rows.select_related("version__procedure").order_by("received_at")[: EXPORT_TO + 1]
    made = [
        (
            d.code, d.version.procedure.code, d.version.short_name, d.applicant.name,
            say(d.get_channel_display()), d.received_at, d.due_at, d.finished_at, d.handed_at,
            say(d.get_state_display()), say(d.get_outcome_display()), d.fee_owed, d.fee_paid,
        )
        for d in found
    ]  # fmt: skip
    if len(made) > EXPORT_TO:
        raise TooManyToExport(most=group_digits(EXPORT_TO))
    return made

"""How dossiers look on screen: clock, rows, steps, journal. Words only; nothing is asked here."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.dossiers import undoing
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import ACTS, PAUSED, PaperAs, ReturnBy, State
from motcua.kernel.calendar import Calendar
from motcua.kernel.clock import ClockState, clock_state, working_time
from motcua.kernel.terms import Term, parse_term
from motcua.kernel.text import group_digits, mask
from motcua.kernel.vntime import local
from motcua.kernel.words import say
from motcua.people.rules import Role
from motcua.procedures.rules import StepKind
from motcua.web.parts import Cell, Clock, Column, Entry, Row, Step

COLUMNS = (
    Column(gettext_lazy("Mã hồ sơ")),
    Column(gettext_lazy("Thủ tục")),
    Column(gettext_lazy("Người nộp")),
    Column(gettext_lazy("Hạn")),
    Column(gettext_lazy("Trạng thái")),
    Column(gettext_lazy("Đang chờ")),
)

SORTED_COLUMNS = (
    Column(gettext_lazy("Mã hồ sơ"), sort="nhan"),
    *COLUMNS[1:3],
    Column(gettext_lazy("Hạn"), sort="han"),
    *COLUMNS[4:],
)


def address(dossier: Any) -> str:
    return reverse("ho-so-chi-tiet", args=[dossier.code])


def clock(dossier: Any, now: datetime, calendar: Calendar, proof: tuple[str, ...] = ()) -> Clock:
    """The clock badge of a dossier, or of a row of a list, at `now`."""
    if dossier.state in (State.WITHDRAWN, State.STOPPED):
        ended = f"{local(dossier.finished_at):%d/%m/%Y}"
        label = State(dossier.state).label
        return Clock("stopped", _("{label} từ {day}").format(label=label, day=ended))
    ended = dossier.finished_at
    state = _state(
        ended or now, dossier.due_at, dossier.paused_at, ended, parse_term(dossier.term), calendar
    )
    words = state.words_en if get_language() == "en" else state.words
    return Clock(state.kind, words, dossier.due_at, proof)


@lru_cache(maxsize=4096)
def _state(
    now: datetime,
    due_at: datetime,
    paused_since: datetime | None,
    ended: datetime | None,
    term: Term,
    calendar: Calendar,
) -> ClockState:
    """Kept: many rows of a page are due at the same time, and what has ended never changes."""
    return clock_state(
        now=now, due_at=due_at, calendar=calendar, paused_since=paused_since, finished_at=ended,
        term=term,
    )  # fmt: skip


def next_actor(dossier: Dossier) -> str:
    """Who must act next, in words; nobody once it is over."""
    name = dossier.holder.name if dossier.holder is not None else None
    return _next_actor(State(dossier.state), name, dossier.holder_role)


def _next_actor(state: State, holder: str | None, role: str) -> str:
    if state in PAUSED:
        return _("người nộp")
    return holder or (Role(role).label if role else "")


def row(listed: Any, clock_given: Clock, url: str = "") -> Row:
    """The line of a dossier in a list; `listed` is a row of `queries.listed`."""
    return Row(
        cells=(
            Cell(listed.code, url or address(listed), code=True),
            listed.procedure,
            listed.person,
            Cell("", clock=clock_given),
            Cell("", state=int(listed.state)),
            _next_actor(State(listed.state), listed.holder_name, listed.holder_role),
        ),
        id=str(listed.pk),
        name=listed.code,
    )


def rows(listed: Iterable[Any], now: datetime, calendar: Calendar) -> list[Row]:
    home = reverse("ho-so")
    return [row(one, clock(one, now, calendar), f"{home}/{quote(one.code)}") for one in listed]


def steps(dossier: Dossier, events: list[Any], now: datetime, calendar: Calendar) -> list[Step]:
    """The steps of the pinned version: who did them, how much working time they took.

    The time of a pause is the citizen's: it counts for no step.
    """
    ended = _step_ends(events)
    found, since = [], dossier.received_at
    over = dossier.finished_at is not None
    for index, one in enumerate(dossier.version.step_list):
        end = ended.get(one.kind)
        current = not over and index == dossier.step and end is None
        minutes = _used(dossier, calendar, since, end or now) if end or current else None
        found.append(_step(one, end, current, minutes, paused=dossier.paused))
        since = end or since
    return found


def _step(one: Any, end: datetime | None, current: bool, minutes: int | None, paused: bool) -> Step:
    late = minutes is not None and one.minutes > 0 and minutes > one.minutes
    kind = "done" if end else "running" if current else "waiting"
    notes = [_("quá {span}").format(span=_span((minutes or 0) - one.minutes))] if late else []
    if current and paused:
        kind = "paused"
        notes.append(_("đang tạm dừng"))
    elif current and late:
        kind = "late"
    return Step(
        name=say(one.name), who=Role(one.role).label, kind=kind, ended=end, current=current,
        allotted=_span(one.minutes) if one.minutes else "",
        used=_span(minutes) if minutes is not None else "", note=", ".join(notes),
    )  # fmt: skip


def _used(dossier: Dossier, calendar: Calendar, since: datetime, until: datetime) -> int:
    """Minutes of working time between two instants, without the pauses of the dossier."""
    used = working_time(calendar, since, until)
    for pause in dossier.pauses:
        start = max(since, datetime.fromisoformat(pause["start"]))
        end = min(until, datetime.fromisoformat(pause["end"]) if pause["end"] else until)
        if start < end:
            used -= working_time(calendar, start, end)
    return int(used.total_seconds() // 60)


STEP_ENDS = {
    "dossier.assign": StepKind.RECEIVE,
    "dossier.submit": StepKind.ASSESS,
    "dossier.approve": StepKind.SIGN,
    "dossier.refuse": StepKind.SIGN,
    "dossier.finish": StepKind.SEAL,
    "dossier.hand_over": StepKind.RETURN,
}


def _step_ends(events: list[Any]) -> dict[StepKind, datetime]:
    """When each kind of step ended last; a return for rework opens its steps again."""
    found: dict[StepKind, datetime] = {}
    for event in undoing.standing(events):
        if event.verb in STEP_ENDS:
            found[STEP_ENDS[event.verb]] = event.at
        elif event.verb == "dossier.return_for_rework":
            found.pop(StepKind.ASSESS, None)
        elif event.verb == "dossier.resolve_on_the_spot":
            found |= {kind: event.at for kind in StepKind if kind is not StepKind.RETURN}
    return found


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{n} phút").format(n=rest)
    if not rest:
        return _("{n} giờ").format(n=hours)
    return _("{h} giờ {m} phút").format(h=hours, m=rest)


TITLES = {
    "received": gettext_lazy("Tiếp nhận"),
    "imported": gettext_lazy("Nhập từ hệ thống khác"),
    "reimported": gettext_lazy("Nhập từ hệ thống khác"),
    "attach_scans": gettext_lazy("Đính kèm bản quét"),
    "exempt_scan": gettext_lazy("Ghi lý do không quét"),
    "undone": gettext_lazy("Hoàn tác"),
    "reassigned": gettext_lazy("Chuyển giao hồ sơ"),
    "certify": gettext_lazy("Ghi sổ chứng thực"),
    "void_certification": gettext_lazy("Bỏ lần chứng thực"),
    "refiled": gettext_lazy("Đổi thủ tục"),
}


def entries(events: Iterable[Any]) -> list[Entry]:
    """The journal, newest first."""
    found = [_entry(event) for event in events]
    return found[::-1]


def title_of(verb: str) -> str:
    """The name of an act (`verb` without its room) as the journal shows it, or “another act”."""
    if verb in TITLES:
        return str(TITLES[verb])
    return ACTS[verb].label if verb in ACTS else _("Việc khác")


def _entry(event: Any) -> Entry:
    verb = event.verb.removeprefix("dossier.")
    title = title_of(verb)
    before, after = event.data.get("number_before", ""), ""
    if before:
        after = event.data.get("number", "")
    if verb == "refiled":
        before, after = event.data["from_name"], event.data["procedure_name"]
    return Entry(
        title=title,
        who=event.by.name if event.by else _("Tự động"),
        at=event.at,
        text=_said(verb, event.data),
        before=before,
        after=after,
    )


def _said(verb: str, data: dict[str, Any]) -> str:
    """What an event adds to its title, in one or two short sentences."""
    parts = []
    if data.get("to_name"):
        parts.append(_("Đến: {name}.").format(name=data["to_name"]))
    if verb == "received":
        names = "; ".join(name for name, _how, _n in data["paper_names"])
        parts.append(_("Giấy tờ: {names}.").format(names=names))
    if verb == "ask_supplement":
        parts.append(_("Cần bổ sung: {papers}.").format(papers="; ".join(data["papers"])))
    if data.get("collected_by"):
        parts.append(_("Người nhận: {who}.").format(who=collector_words(data["collected_by"])))
    if verb == "undone":
        undone = title_of(data["verb"].removeprefix("dossier."))
        parts.append(_("Việc đã hoàn tác: {act}.").format(act=undone))
    for entry in data.get("entries", ()):
        words = _("Số {number} {book}: {document}, {copies} bản.")
        parts.append(words.format(**entry))
    for name, words in WORDS.items():
        if data.get(name):
            parts.append(words.format(value=data[name]))
    if data.get("amount"):
        parts.append(_("{amount} đồng.").format(amount=group_digits(data["amount"])))
    if data.get("due_at") and verb != "received":
        due = local(datetime.fromisoformat(data["due_at"]))
        parts.append(_("Hẹn trả: {due}.").format(due=f"{due:%H:%M %d/%m/%Y}"))
    return " ".join(parts)


def collector_words(collected: dict[str, str]) -> str:
    """Who has the result: the collector (the number masked), or where it was sent."""
    how = ReturnBy(collected["how"])
    number = mask(collected.get("id_number", ""))
    said = [collected["name"], number, collected.get("paper", ""), collected.get("tracking", "")]
    if how is not ReturnBy.COUNTER:
        said.insert(0, how.label)
    return " · ".join(part for part in said if part)


WORDS = {
    "opinion": gettext_lazy("Ý kiến: {value}."),
    "reason": gettext_lazy("Lý do: {value}."),
    "grounds": gettext_lazy("Căn cứ: {value}."),
    "number": gettext_lazy("Số: {value}."),
    "what": gettext_lazy("Nội dung: {value}."),
    "identity": gettext_lazy("Mất giấy hẹn, đã đối chiếu: {value}."),
}


def paper_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """The papers as the dossier page shows them."""
    found = []
    for paper in dossier.papers.all():
        how = PaperAs(paper.how)
        stored = paper.file_id is not None
        if stored:
            words, kind = _("có bản quét"), "done"
        elif paper.exemption:
            words, kind = _("không quét: {why}").format(why=paper.exemption), "done"
        elif how is PaperAs.PAPER:
            words, kind = _("chưa quét"), "today"
        else:
            words, kind = how.label, "done"
        found.append({"paper": paper, "how": how.label, "words": words, "kind": kind})
    return found

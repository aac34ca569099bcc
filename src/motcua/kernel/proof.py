"""The lines of a clock's proof (cách tính hạn), one plain sentence each, in two languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.kernel.calendar import ONE_DAY, SATURDAY, Calendar, days_between
from motcua.kernel.terms import Term, Unit
from motcua.kernel.vntime import clock_words, day_words, day_words_en, slashed
from motcua.kernel.words import either

FEW_DAYS = 6


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One sentence of a proof: `vi` Vietnamese, `en` English."""

    vi: str
    en: str

    @property
    def said(self) -> str:
        """In the reader's language; papers take `vi`."""
        return either(self.vi, self.en)


def received(calendar: Calendar, begun: datetime, started: datetime) -> ProofLine:
    vi, en = f"Nhận lúc {_moment(begun)}", f"Received at {_moment_en(begun)}"
    if started == begun:
        return ProofLine(f"{vi}, trong giờ làm việc.", f"{en}, within working hours.")
    why = calendar.why_off(begun.date())
    if why is None:
        vi, en = f"{vi}, ngoài giờ làm việc", f"{en}, outside working hours"
    elif _is_named(calendar, begun.date()):
        vi, en = f"{vi}, ngày nghỉ ({why})", f"{en}, a day off ({_why_en(calendar, begun.date())})"
    else:
        vi, en = f"{vi}, ngày nghỉ", f"{en}, a day off"
    return ProofLine(
        f"{vi}: tính là nhận lúc {_moment(started)}.",
        f"{en}: counts as received at {_moment_en(started)}.",
    )


def before_cutoff(limit: datetime) -> ProofLine:
    at = clock_words(limit)
    return ProofLine(
        f"Nhận trước giờ chốt {at}: tính từ ngày nhận.",
        f"Received before the cut-off at {at}: counts from that day.",
    )


def after_cutoff(limit: datetime, started: datetime) -> ProofLine:
    at = clock_words(limit)
    return ProofLine(
        f"Nhận từ giờ chốt {at} trở đi: tính là nhận lúc {_moment(started)}.",
        f"Received at or after the cut-off at {at}: counts as received at {_moment_en(started)}.",
    )


def restarted(at: datetime) -> ProofLine:
    return ProofLine(
        f"Nhận đủ bổ sung lúc {_moment(at)}: thời hạn tính lại từ đầu.",
        f"Supplement complete at {_moment_en(at)}: the term begins again.",
    )


def term_in_hours(term: Term) -> ProofLine:
    return ProofLine(
        f"Thời hạn {term.words}: chỉ tính trong giờ làm việc.",
        f"Term of {term.words_en}: only working hours count.",
    )


def term_in_working_days(term: Term, day: date) -> ProofLine:
    if term.unit is Unit.SAME_DAY:
        return ProofLine(
            f"Thời hạn trong ngày: trả trước khi hết giờ làm việc ngày {slashed(day)}.",
            f"Same-day term: by the end of working hours on {slashed(day)}.",
        )
    return ProofLine(
        f"Thời hạn {term.words}: không tính ngày nhận {slashed(day)}.",
        f"Term of {term.words_en}: the day of receipt, {slashed(day)}, is not counted.",
    )


def term_in_calendar_days(term: Term, day: date, last: date) -> ProofLine:
    if term.unit is Unit.MONTH and last.day != day.day:
        return ProofLine(
            f"Thời hạn {term.words} từ {slashed(day)}: tháng cuối không có ngày {day.day}, "
            f"lấy ngày cuối tháng {slashed(last)}.",
            f"Term of {term.words_en} from {slashed(day)}: that month has no day {day.day}, "
            f"so its last day, {slashed(last)}.",
        )
    return ProofLine(
        f"Thời hạn {term.words}, tính cả ngày nghỉ, không tính ngày nhận {slashed(day)}: "
        f"đến hết {slashed(last)}.",
        f"Term of {term.words_en}, days off included, the day of receipt {slashed(day)} not "
        f"counted: to the end of {slashed(last)}.",
    )


def rolled(calendar: Calendar, last: date, to: date) -> ProofLine:
    why = f" ({calendar.why_off(last)})" if _is_named(calendar, last) else ""
    why_en = f" ({_why_en(calendar, last)})" if _is_named(calendar, last) else ""
    return ProofLine(
        f"Ngày cuối {day_words(last)} là ngày nghỉ{why}: chuyển sang {day_words(to)}.",
        f"The last day, {day_words_en(last)}, is a day off{why_en}: moves to {day_words_en(to)}.",
    )


def paused_days(first: date, last: date, moved: int, unit: Unit) -> ProofLine:
    vi = f"Tạm dừng từ {slashed(first)} đến {slashed(last)}"
    en = f"Paused from {slashed(first)} to {slashed(last)}"
    if not moved:
        return ProofLine(f"{vi}: hạn không đổi.", f"{en}: the due day stays.")
    by = Term(moved, unit)
    return ProofLine(f"{vi}: lùi hạn {by.words}.", f"{en}: moves the due day by {by.words_en}.")


def paused_for(first: datetime, last: datetime, span: timedelta) -> ProofLine:
    vi = f"Tạm dừng từ {_moment(first)} đến {_moment(last)}"
    en = f"Paused from {_moment_en(first)} to {_moment_en(last)}"
    if not span:
        return ProofLine(f"{vi}: hạn không đổi.", f"{en}: the due time stays.")
    return ProofLine(
        f"{vi}: lùi hạn {span_words(span)} làm việc.",
        f"{en}: moves the due time by {span_words_en(span)} of working time.",
    )


def skipped(calendar: Calendar, after: date, to: date) -> list[ProofLine]:
    """Say which days in (after, to] do not count and why, and which Saturdays do."""
    lines = [_skipped_run(calendar, run) for run in _named_runs(calendar, after, to)]
    weekend = [
        day
        for day in days_between(after, to)
        if not calendar.is_working(day) and not _is_named(calendar, day)
    ]
    if weekend:
        lines.append(_skipped_weekend(weekend))
    lines += [
        ProofLine(
            f"Có tính {day_words(day)}: {calendar.make_up[day]}.",
            f"{day_words_en(day)} counts: "
            f"{calendar.names_en.get(calendar.make_up[day], calendar.make_up[day])}.",
        )
        for day in days_between(after, to)
        if day in calendar.make_up and calendar.is_working(day)
    ]
    return lines


def unknown_years(calendar: Calendar, first: date, last: date) -> list[ProofLine]:
    """Say of which years the days off are not known: only weekends were left out there."""
    return [
        ProofLine(
            f"Chưa có lịch nghỉ lễ năm {year}: chỉ trừ thứ Bảy và Chủ nhật, hạn có thể thay đổi.",
            f"The public holidays of {year} are not known: only weekends were left out, the due "
            "time may change.",
        )
        for year in range(first.year, last.year + 1)
        if not calendar.first_year <= year <= calendar.last_year
    ]


def ends(at: datetime) -> ProofLine:
    return ProofLine(f"Hạn trả: {_moment(at)}.", f"Due: {_moment_en(at)}.")


def span_words(span: timedelta) -> str:
    """Write a span to the minute, rounded down: "2 giờ 15 phút", "dưới 1 phút"."""
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    parts = [f"{hours} giờ"] * bool(hours) + [f"{minutes} phút"] * bool(minutes)
    return " ".join(parts) or "dưới 1 phút"


def span_words_en(span: timedelta) -> str:
    """Write a span to the minute, rounded down: "2 hours 15 minutes"."""
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    parts = [plural(hours, "hour")] * bool(hours) + [plural(minutes, "minute")] * bool(minutes)
    return " ".join(parts) or "less than 1 minute"


def span_said(span: timedelta) -> str:
    """The span in the reader's language."""
    return either(span_words(span), span_words_en(span))


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _moment(at: datetime) -> str:
    return f"{clock_words(at)} {day_words(at.date())}"


def _moment_en(at: datetime) -> str:
    return f"{clock_words(at)} on {day_words_en(at.date())}"


def _is_named(calendar: Calendar, day: date) -> bool:
    """Say whether a day off has a name of its own, more than being a weekend day."""
    return day in calendar.closures or day in calendar.off


def _why_en(calendar: Calendar, day: date) -> str:
    return calendar.why_off_en(day) or ""


def _named_runs(calendar: Calendar, after: date, to: date) -> Iterator[list[date]]:
    """Yield the runs of consecutive days off of the same name."""
    run: list[date] = []
    for day in days_between(after, to):
        if calendar.is_working(day) or not _is_named(calendar, day):
            continue
        follows = run and day - run[-1] == ONE_DAY
        if follows and calendar.why_off(day) == calendar.why_off(run[-1]):
            run.append(day)
            continue
        if run:
            yield run
        run = [day]
    if run:
        yield run


def _skipped_run(calendar: Calendar, run: list[date]) -> ProofLine:
    name, name_en = calendar.why_off(run[0]), _why_en(calendar, run[0])
    if len(run) == 1:
        return ProofLine(
            f"Không tính {day_words(run[0])}: {name}.",
            f"{day_words_en(run[0])} does not count: {name_en}.",
        )
    return ProofLine(
        f"Không tính từ {slashed(run[0])} đến {slashed(run[-1])}: {name}.",
        f"{slashed(run[0])} to {slashed(run[-1])} do not count: {name_en}.",
    )


def _skipped_weekend(days: list[date]) -> ProofLine:
    if len(days) <= FEW_DAYS:
        listed = ", ".join(slashed(day) for day in days)
    else:
        listed = f"{len(days)} ngày, từ {slashed(days[0])} đến {slashed(days[-1])}"
    listed_en = listed
    if len(days) > FEW_DAYS:
        listed_en = f"{len(days)} days, {slashed(days[0])} to {slashed(days[-1])}"
    kinds = {day.weekday() == SATURDAY for day in days}
    name = {frozenset({True}): "thứ Bảy", frozenset({False}): "Chủ nhật"}.get(
        frozenset(kinds), "thứ Bảy, Chủ nhật"
    )
    return ProofLine(f"Không tính {name}: {listed}.", f"Weekends do not count: {listed_en}.")

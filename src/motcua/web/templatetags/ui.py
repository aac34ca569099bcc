"""Tags and filters of the design system. Every template has them without {% load %}."""

from datetime import date, datetime
from typing import Any

import segno
from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.kernel import terms, text, vntime
from motcua.kernel.rounding import percent as exact_percent
from motcua.kernel.rounding import vn_decimal
from motcua.web import cells
from motcua.web.parts import DONE, Clock

register = template.Library()

SMALLEST_SHARE = 10
BAR_HEIGHT, BAR_SPACE, WIDEST_BAR = 14, 44, 76


@register.filter
def day(value: date | datetime | None) -> str:
    """23/11/2026, in Vietnamese time."""
    return vntime.slashed(_day_of(value)) if value else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    """thứ Hai, 23/11/2026."""
    return vntime.day_said(_day_of(value)) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    """09:12, in Vietnamese time."""
    return vntime.clock_words(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """09:12, 23/11/2026, in Vietnamese time."""
    return f"{hour(value)}, {day(value)}" if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """What <time datetime> wants, in Vietnamese time."""
    if isinstance(value, datetime):
        return vntime.local(value).isoformat(timespec="minutes")
    return value.isoformat() if value else ""


@register.filter
def term(words: str) -> str:
    """3 ngày làm việc, as the reader wants it."""
    return terms.said(words)


@register.filter
def grouped(value: int | None) -> str:
    """1204 is "1.204"."""
    return "" if value is None else text.group_digits(value)


@register.filter
def money(value: int | None) -> str:
    """8000 is "8.000 đồng"."""
    return "" if value is None else _("{amount} đồng").format(amount=text.group_digits(value))


@register.filter
def tail(code: str) -> str:
    """The end of a dossier code that people say: "…0001". The whole stands elsewhere."""
    end = code.rsplit("-", 1)[-1]
    return f"…{end}" if end != code else code


@register.filter
def nth(sequence: Any, index: int) -> Any:
    """The item at an index counted from nought."""
    return sequence[index]


@register.filter
def share(numerator: int, denominator: int) -> str:
    """94,2 % from ten up; below ten a percentage would mislead: "8 trên 9"."""
    if denominator < SMALLEST_SHARE:
        return _("{part} trên {whole}").format(part=grouped(numerator), whole=grouped(denominator))
    return f"{vn_decimal(exact_percent(numerator, denominator, 1))}\u00a0%"


@register.simple_tag
def icon(kind: str) -> SafeString:
    """One of the six shapes (running today late paused done stopped). Words stand beside it."""
    return SafeString(cells.icon(kind))


@register.simple_tag
def tag(words: str, kind: str = DONE) -> SafeString:
    """A tag with its noun first: {% tag "Phí: chưa nộp" "today" %}."""
    return format_html('<span class="tag {}">{}<span>{}</span></span>', kind, icon(kind), words)


@register.simple_tag
def state(number: int, words: str = "") -> SafeString:
    """The state of the work, 1 to 10, in the national words. Not a link, not a button."""
    return SafeString(cells.state(number, words))


@register.simple_tag
def code(value: str) -> SafeString:
    """A code that never breaks across lines and is not translated."""
    return SafeString(cells.code(value))


@register.simple_tag
def clock(given: Clock, full: bool = True) -> SafeString:
    """The clock badge; `full=False` (lists) leaves out the proof."""
    if full and given.proof:
        return get_template("web/parts/clock.html").render({"clock": given})
    return SafeString(cells.badge(given))


@register.simple_tag
def table_body(rows: Any, columns: Any, batch: str = "") -> SafeString:
    """The lines of a table of `parts.Row` under these columns."""
    return cells.body(rows, columns, batch)


@register.simple_tag
def options(given: Any) -> SafeString:
    """The options of a `forms.Field` that is a select."""
    return cells.options(given.choices, given.value)


@register.inclusion_tag("web/parts/figure.html")
def figure(value: int, total: int | None, words: str, url: str) -> dict[str, Any]:
    """A number that opens: {% figure 685 727 "hồ sơ đúng hạn" url %}; no total, no share."""
    shown = grouped(value) if total is None else share(value, total)
    return {"shown": shown, "value": value, "total": total, "words": words, "url": url}


@register.inclusion_tag("web/parts/field.html")
def field(given: Any) -> dict[str, Any]:
    """A `forms.Field`: label above, hint and error under it."""
    return {"field": given}


@register.inclusion_tag("web/parts/errors.html")
def error_summary(errors: Any) -> dict[str, Any]:
    """The lines of `forms.summary(fields)`; nothing when there are none."""
    return {"errors": errors}


@register.inclusion_tag("web/parts/head.html", takes_context=True)
def head(context: Any, column: Any) -> dict[str, Any]:
    """A column head; with `sort` it is a link that keeps the filters and leaves the page."""
    asked = context["request"].GET.get("sap", "") if "request" in context else ""
    rising, falling = asked == column.sort, asked == f"-{column.sort}"
    return {
        "request": context.get("request"),
        "column": column,
        "order": "ascending" if rising else "descending" if falling else "",
        "next": f"-{column.sort}" if rising else column.sort,
    }


@register.inclusion_tag("web/parts/masked.html", takes_context=True)
def masked(context: Any, value: str, url: str = "", what: str = "") -> dict[str, Any]:
    """A personal number with its middle hidden; `url` is the page that asks for the purpose."""
    return {"shown": text.mask(value), "url": url, "what": what}


@register.inclusion_tag("web/parts/chart.html")
def chart(finding: str, bars: Any, noun: str, name: str) -> dict[str, Any]:
    """Horizontal bars from zero with their table. `name` makes the ids of the page unique."""
    bars = list(bars)
    most = max((bar.value for bar in bars), default=0) or 1
    drawn = [
        {
            "bar": bar,
            "width": f"{WIDEST_BAR * bar.value / most:.2f}%",
            "y": index * BAR_SPACE,
            "text_y": index * BAR_SPACE + 16,
            "bar_y": index * BAR_SPACE + 22,
            "value_y": index * BAR_SPACE + 34,
        }
        for index, bar in enumerate(bars)
    ]
    return {
        "finding": finding,
        "drawn": drawn,
        "noun": noun,
        "name": name,
        "height": len(bars) * BAR_SPACE,
        "bar_height": BAR_HEIGHT,
    }


@register.simple_tag
def qr(content: str, title: str) -> SafeString:
    """A QR code as inline SVG: error level M, four modules of quiet zone, `title` says its use."""
    made = segno.make(content, error="m", micro=False)
    svg = made.svg_inline(border=4, omitsize=True, title=title, svgclass="qr", lineclass=None)
    return SafeString(svg.replace("<svg ", '<svg role="img" ', 1))


def _day_of(value: date | datetime) -> date:
    return vntime.local_day(value) if isinstance(value, datetime) else value

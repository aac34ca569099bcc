"""Where a dossier was before it came here: another agency took it in, or the post brought it."""

from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.rules import Channel, Origin
from motcua.kernel.vntime import VN, local, local_day, parse_hour
from motcua.web.forms import Answers

FIELDS = ("noi-truoc", "ma-truoc", "ngay-truoc", "gio-truoc")
POST = "Bưu chính"
LATER = "Ngày {day} sau hôm nay. Chưa ghi. Xem lại ngày trên giấy."
NO_PLACE = "Chưa ghi nơi đã nhận trước. Ghi tên cơ quan, hoặc chọn kênh bưu chính."
NO_DAY = "Có giờ mà chưa có ngày. Ghi ngày nhận ở nơi đó."


def read(answers: Answers, channel: Channel, at: datetime) -> Origin | None:
    """What was typed; None without anything. Errors stay at their fields in `answers`."""
    place, code = answers.text("noi-truoc"), answers.text("ma-truoc")
    day, hour = answers.day("ngay-truoc"), answers.read("gio-truoc", parse_hour)
    if hour is not None and day is None and "ngay-truoc" not in answers.errors:
        answers.errors["ngay-truoc"] = _(NO_DAY)
    if day is not None and day > local_day(at):
        answers.errors["ngay-truoc"] = _(LATER).format(day=f"{day:%d/%m/%Y}")
    if not (place or code or day):
        return None
    if not place and channel is not Channel.POST:
        answers.errors.setdefault("noi-truoc", _(NO_PLACE))
    return Origin(place or POST, code, _moment(day, hour))


def _moment(day: date | None, hour: time | None) -> datetime | None:
    return datetime.combine(day, hour or time(0, 0), VN) if day is not None else None


def words(origin: Any) -> str:
    """Where it was before, its code there and since when, for the page and the proof; or ""."""
    if not origin:
        return ""
    parts = [origin["agency"]]
    if origin.get("code"):
        parts.append(_("mã {code}").format(code=origin["code"]))
    if origin.get("received_at"):
        moment = local(datetime.fromisoformat(origin["received_at"]))
        written = f"{moment:%d/%m/%Y}" if moment.time() == time(0) else f"{moment:%H:%M %d/%m/%Y}"
        parts.append(_("nhận {when}").format(when=written))
    return ", ".join(parts)


def proof_line(dossier: Any) -> str:
    """The line of the proof of the due time that says from when the clock counts; or ""."""
    if not dossier.origin:
        return ""
    return _("Nơi nhận trước: {origin}. Hạn tính từ lúc cơ quan này nhận, {start}.").format(
        origin=words(dossier.origin), start=f"{local(dossier.started_at):%H:%M %d/%m/%Y}"
    )

"""The tasks of an installation's first days and how far each is (việc ngày đầu)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.facts import BROUGHT_IN
from motcua.journal import queries as journal
from motcua.kernel.vntime import clock_words, local_day, slashed
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.procedures import queries as procedures
from motcua.setup.backup_command import last_backup
from motcua.web.ahead import Ahead
from motcua.web.context import address

CHOSEN = "agency.offers_chosen"
STALE = timedelta(days=2)
AT_WORK = (Role.DESK, Role.SPECIALIST, Role.LEADER, Role.CLERK)


@dataclass(frozen=True, slots=True)
class Task:
    """One task: `done` as far as the data shows, `words` how it stands, `needed` to open at all."""

    title: str
    url: str
    done: bool
    words: str
    needed: bool = True


def tasks(agency: Any, at: datetime) -> list[Task]:
    """In the order advised; what another room offers is linked when it is there."""
    found = [_agency(agency, at), _head(agency, at), _calendar(agency, at), _officers(at),
             _catalogue(agency, at), _opening(agency), _training(agency), _backup(at)]  # fmt: skip
    return [one for one in found if one.url]


def ahead(officer: Any, at: datetime) -> Ahead | None:
    """For an administrator: how many tasks are left before the desk opens; None when ready."""
    if officer.agency.training_of_id or not officer.has_role(Role.ADMINISTRATOR, on=local_day(at)):
        return None
    left = sum(one.needed and not one.done for one in tasks(officer.agency, at))
    words = _("Còn {n} việc trước khi mở:").format(n=left)
    return Ahead(words, _("Thiết lập"), address("thiet-lap")) if left else None


def _agency(agency: Any, at: datetime) -> Task:
    now = people.last_version(agency, local_day(at))
    words = _("{name}, mã {code}").format(name=now.name, code=now.code)
    return Task(_("Cơ quan và mã định danh"), address("co-quan"), True, words)


def _head(agency: Any, at: datetime) -> Task:
    head = people.letterhead_on(agency, local_day(at))
    words = _("chưa ghi tiêu đề và con dấu")
    if head is not None:
        words = _("đã ghi, có hình con dấu") if head.seal_id else _("đã ghi, chưa có con dấu")
    done = bool(head and head.seal_id)
    return Task(_("Tiêu đề văn bản và con dấu"), address("thiet-lap-tieu-de"), done, words)


def _calendar(agency: Any, at: datetime) -> Task:
    calendar = people.calendar(agency)
    day = calendar.next_working_day(local_day(at))
    sessions = ", ".join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in calendar.sessions_on(day))
    return Task(_("Lịch và giờ làm việc"), address("thiet-lap-lich"), True, sessions)


def _officers(at: datetime) -> Task:
    held = {role: people.officers_with(role, on=local_day(at)).count() for role in AT_WORK}
    missing = [str(_(role.label)).lower() for role in AT_WORK if not held[role]]
    words = _("đủ vai trò để làm việc")
    if missing:
        words = _("còn thiếu: {roles}").format(roles=", ".join(missing))
    return Task(_("Cán bộ và vai trò"), address("can-bo"), not missing, words)


def _catalogue(agency: Any, at: datetime) -> Task:
    offered, every = procedures.offered_count(at)
    words = _("tiếp nhận {offered} trên {every} thủ tục").format(offered=offered, every=every)
    chosen = journal.latest(agency, CHOSEN) is not None
    if not chosen:
        words = _("chưa chọn; đang tiếp nhận mọi thủ tục kèm theo")
    return Task(
        _("Danh mục thủ tục tiếp nhận"),
        address("thiet-lap-danh-muc"),
        chosen and offered > 0,
        words,
    )


def _opening(agency: Any) -> Task:
    last = journal.latest(agency, BROUGHT_IN)
    words = _("chưa nhập; bỏ qua nếu không có hồ sơ cũ")
    if last is not None:
        words = _("tệp cuối {file}: {count} hồ sơ, ngày {day}").format(
            file=last.data["file"], count=last.data["created"] + last.data["updated"],
            day=slashed(local_day(last.at)),
        )  # fmt: skip
    done = last is not None
    return Task(_("Số dư đầu kỳ"), address("thiet-lap-so-du"), done, words, needed=False)


def _training(agency: Any) -> Task:
    there = people.has_training_copy(agency)
    words = _("đang mở") if there else _("chưa mở; nơi tập mà không vào số liệu")
    return Task(_("Bản tập huấn"), address("tap-huan"), there, words, needed=False)


def _backup(at: datetime) -> Task:
    last = last_backup()
    if last is None:
        words = _("chưa sao lưu lần nào; chạy ./motcua backup mỗi ngày")
        return Task(_("Sao lưu"), address("thiet-lap-san-sang"), False, words)
    words = _("lần cuối {time} ngày {day}").format(
        time=clock_words(last["at"]), day=slashed(local_day(last["at"]))
    )
    fresh = at - last["at"] < STALE and not last["missing"]
    return Task(_("Sao lưu"), address("thiet-lap-san-sang"), fresh, words)

"""What can be taken back (hoàn tác), and what binds: the one table beside `rules.ACTS`.

An act is undone by a compensating event, as long as nothing has left the house. What leaves it, or
binds in law, is confirmed on a page that lists what it will touch. Every action of every room is
in one of the three tables here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from motcua.dossiers import refusals
from motcua.kernel.errors import Refused
from motcua.kernel.vntime import local, local_day

UNDONE = "dossier.undone"
INTERNAL_FORMS = frozenset({"06", "07"})
"""Forms that stay in the house: the control slip and the register."""

UNDOABLE = frozenset(
    f"dossier.{name}"
    for name in (
        "assign", "assess", "submit", "approve", "return_for_rework", "number_and_seal", "finish",
        "resolve_on_the_spot", "ask_supplement", "take_supplement", "ask_fee", "take_fee",
        "attach_scans", "exempt_scan", "reassigned",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Binding:
    """An act that is confirmed, not undone: the address whose page lists its effects, and why."""

    page: str
    why: str


_HANDED = "kết quả đã đến tay người nộp; có thể lập đính chính"
_SAID = "người nộp đã được thông báo; có thể lập đính chính"
_RECEIPT = "đã có giấy tiếp nhận; có thể cho rút hồ sơ"
_BOOK = "số đã vào sổ; bỏ lần ghi đó và nêu lý do ở Sổ chứng thực"
_JOURNAL = "đã là bản ghi chính thức; ghi lại bản mới thay thế"
_ABSENCE = "sửa ở trang Vắng mặt"
_OFFICE = "sửa ở trang Cơ quan"
_STAFF = "sửa ở trang Cán bộ"
_REGISTER = "đã vào sổ; ghi bản mới thay thế"
_ELSEWHERE = "đã báo nơi có thẩm quyền; ghi lại ở trang hồ sơ gửi đi"
_PASSWORD = "đổi lại ở trang mật khẩu"
_SURVEY = "phiếu đã đến tay người nộp"
BINDING: Mapping[str, Binding] = {
    "dossier.received": Binding("tiep-nhan", _RECEIPT),
    "dossier.hand_over": Binding("tra-ket-qua", _HANDED),
    "dossier.refuse": Binding("ho-so-viec", _SAID),
    "dossier.withdraw": Binding("ho-so-viec", _SAID),
    "dossier.stop": Binding("ho-so-viec", _SAID),
    "dossier.extend": Binding("ho-so-viec", _SAID),
    "dossier.correct": Binding("ho-so-viec", _JOURNAL),
    UNDONE: Binding("hoan-tac", "hoàn tác là bản ghi cuối; làm lại việc đó"),
    "dossier.certify": Binding("ho-so-chung-thuc", _BOOK),
    "dossier.void_certification": Binding("bo-chung-thuc", _BOOK),
    "officer.dossiers-reassigned": Binding("chuyen-giao", "chuyển lại ở trang Chuyển giao hồ sơ"),
    "notice.completion-asked": Binding("tra-loi", _SAID),
    "notice.declined": Binding("tra-loi", _SAID),
    "dossier.refiled": Binding("doi-thu-tuc", "thời hạn và phí đã tính lại; đổi thủ tục lần nữa"),
    "person.merged": Binding("nguoi-nop-gop", "tách lại ở trang người nộp"),
    "person.split": Binding("nguoi-nop-tach", "gộp lại ở trang người nộp"),
    "forwarded.taken": Binding("phi-dia-gioi-nhan", _RECEIPT),
    "forwarded.sent": Binding("phi-dia-gioi-chi-tiet", _ELSEWHERE),
    "forwarded.noted": Binding("phi-dia-gioi-chi-tiet", _ELSEWHERE),
    "forwarded.handed": Binding("phi-dia-gioi-chi-tiet", _HANDED),
    "absence.noted": Binding("vang-mat-lich", _ABSENCE),
    "absence.ended": Binding("vang-mat-tro-lai", _ABSENCE),
    "absence.cancelled": Binding("vang-mat-huy", _ABSENCE),
    "survey.sent": Binding("tra-ket-qua", _SURVEY),
    "survey.returned": Binding("khao-sat", "phiếu đã vào sổ; có thể ghi phiếu khác"),
    "decision.received": Binding("so-nho-ghi", _REGISTER),
    "decision.posted": Binding("so-nho-danh-dau", _REGISTER),
    "decision.processed": Binding("so-nho-danh-dau", _REGISTER),
    "review.registered": Binding("so-nho-ghi", _REGISTER),
    "review.done": Binding("so-nho-danh-dau", _REGISTER),
    "petition.received": Binding("so-nho-ghi", _REGISTER),
    "equipment.added": Binding("so-nho-ghi", _REGISTER),
    "equipment.retired": Binding("so-nho-danh-dau", _REGISTER),
    "allowance.set": Binding("so-nho-ghi", _REGISTER),
    "agency.hours-set": Binding("co-quan-gio", _OFFICE),
    "agency.closed": Binding("co-quan-ngay-nghi", _OFFICE),
    "agency.reopened": Binding("co-quan-ngay-nghi-bo", _OFFICE),
    "agency.letterhead-set": Binding("co-quan-tieu-de", _OFFICE),
    "agency.changed": Binding("co-quan-ten", _OFFICE),
    "agency.training-opened": Binding("tap-huan-mo", "bản tập huấn tách rời; lập lại được"),
    "agency.training-reset": Binding("tap-huan-mo", "bản tập huấn tách rời; lập lại được"),
    "officer.joined-training": Binding("tap-huan-vao", "bản tập huấn tách rời; về lại được"),
    "officer.added": Binding("can-bo-them", _STAFF),
    "officers.imported": Binding("can-bo-nhap", _STAFF),
    "officer.changed": Binding("can-bo-sua", _STAFF),
    "officer.assigned": Binding("can-bo-vai-tro", _STAFF),
    "officer.released": Binding("can-bo-thoi-vai-tro", _STAFF),
    "officer.ended": Binding("can-bo-thoi-viec", _STAFF),
    "officer.suspended": Binding("can-bo-khoa", _STAFF),
    "officer.reopened": Binding("can-bo-khoa", _STAFF),
    "officer.lock-lifted": Binding("can-bo-bo-khoa-tam", _STAFF),
    "officer.code-given": Binding("can-bo-ma", _PASSWORD),
    "officer.code-used": Binding("ma-dung-mot-lan", _PASSWORD),
    "officer.password-changed": Binding("mat-khau", _PASSWORD),
    "officer.preferences-set": Binding("tuy-chon", "đổi lại ở trang Tùy chọn"),
    "period.closed": Binding("so-lieu-chot", "kỳ đã khóa; sửa sau này thành bản điều chỉnh"),
}
AT_CONSOLE = frozenset(
    {
        "agency.dossiers_imported", "agency.offers_chosen", "dossier.imported",
        "dossier.reimported",
        "officer.code-given-at-console",
    }
)  # fmt: skip
"""What no page does: the administrator's commands, which say on the console what they do."""


def standing(events: Iterable[Any]) -> list[Any]:
    """The events of one subject, oldest first, without those undone and their undoing."""
    found = list(events)
    gone: set[int] = set()
    for event in found:
        if event.verb == UNDONE:
            gone |= {event.seq, event.data["undone"]}
    return [event for event in found if event.seq not in gone] if gone else found


def offer(event_verb: str) -> bool:
    """Whether a strip with “Hoàn tác” follows this act."""
    return event_verb in UNDOABLE


def why_not(
    event: Any, *, head: int, by: Any, leads: bool, at: datetime, left: Any = None
) -> Refused | None:
    """What speaks against undoing `event` now; None when nothing does.

    `head` is the sequence of the dossier's last event, `leads` whether `by` is a leader or
    administrator, `left` a form that left the house since.
    """
    if event.verb not in UNDOABLE or "before" not in event.data:
        binding = BINDING.get(event.verb)
        why = binding.why if binding else "việc này ghi một chiều; có thể lập đính chính"
        return refusals.NotUndoable(why=gettext(why))
    if event.seq != head:
        return refusals.FollowedByAnother()
    if event.by_id != by.pk and not leads:
        return refusals.UndoOfAnother(who=event.by.name if event.by else "người khác")
    if local_day(event.at) != local_day(at):
        return refusals.UndoTooLate(day=f"{local_day(event.at):%d/%m/%Y}")
    if left is not None:
        return refusals.LeftTheHouse(form=left.form, at=f"{local(left.at):%H:%M}")
    return None

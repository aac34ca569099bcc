"""How people who file look on screen: a line, a head, their journal. Numbers are masked."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers import person_queries
from motcua.dossiers.actions.persons_merge import FILLED, MERGED_INTO
from motcua.kernel.text import mask
from motcua.kernel.vntime import birth_words, local
from motcua.web.parts import Cell, Column, Entry, Link, Row

TITLES = {
    "person.noted": gettext_lazy("Ghi lần đầu"),
    "person.changed": gettext_lazy("Cập nhật"),
    "person.merged": gettext_lazy("Gộp bản ghi khác vào"),
    "person.merged_into": gettext_lazy("Gộp vào bản ghi khác"),
    "person.split_off": gettext_lazy("Tách một bản ghi ra"),
    "person.split": gettext_lazy("Tách ra lại"),
}
NAMES = {
    "name": gettext_lazy("họ tên"), "id_number": gettext_lazy("số định danh"),
    "birth": gettext_lazy("ngày sinh"), "phone": gettext_lazy("điện thoại"),
    "email": gettext_lazy("thư điện tử"), "address": gettext_lazy("địa chỉ"),
}  # fmt: skip
PERSONAL = ("phone", "email", "id_number")


def line(person: Any) -> dict[str, Any]:
    return {
        "id": str(person.pk), "name": person.name, "birth": birth_words(person.birth),
        "number": mask(person.id_number), "address": person.address,
        "organisation": person.is_organisation,
        "url": reverse("nguoi-nop-chi-tiet", args=[person.pk]),
    }  # fmt: skip


def head(person: Any) -> dict[str, Any]:
    return {
        "person": person,
        "unmask_url": reverse("nguoi-nop-dinh-danh", args=[person.pk]),
        "facts": [
            (label, words)
            for label, words in (
                (_("Ngày sinh"), birth_words(person.birth)),
                (_("Điện thoại"), mask(person.phone)),
                (_("Thư điện tử"), _mask_email(person.email)),
                (_("Địa chỉ"), person.address),
            )
            if words
        ],
    }


def _mask_email(email: str) -> str:
    name, at, host = email.partition("@")
    return f"{name[:2]}•••{at}{host}" if at else ""


def columns() -> tuple[Column, ...]:
    return (
        Column(_("Mã hồ sơ")), Column(_("Thủ tục")), Column(_("Nhận lúc"), "date"),
        Column(_("Trạng thái")),
    )  # fmt: skip


def rows(dossiers: Iterable[Any]) -> list[Row]:
    return [
        Row((
            Cell(d.code, reverse("ho-so-chi-tiet", args=[d.code]), code=True),
            d.version.short_name,
            f"{local(d.received_at):%H:%M %d/%m/%Y}",
            Cell("", state=int(d.state)),
        ))
        for d in dossiers
    ]  # fmt: skip


def entries(events: Iterable[Any], person: Any, merged: Collection[UUID]) -> list[Entry]:
    """The journals of a record and of those merged into it, as one, newest first."""
    return [_entry(event, person, merged) for event in events][::-1]


def _entry(event: Any, person: Any, merged: Collection[UUID]) -> Entry:
    link = None
    if event.verb == MERGED_INTO and event.subject_id in merged:
        link = Link(_("Tách lại"), reverse("nguoi-nop-tach", args=[event.subject_id]))
    elif event.verb == MERGED_INTO and event.subject_id == person.pk and person.merged_into_id:
        link = Link(_("Tách lại"), reverse("nguoi-nop-tach", args=[person.pk]))
    title = str(TITLES.get(event.verb, event.verb))
    if event.subject_id != person.pk:
        title = _("{title} (bản ghi đã gộp)").format(title=title)
    return Entry(
        title=title, who=event.by.name if event.by else _("Tự động"), at=event.at,
        text=_said(event.data), link=link,
    )  # fmt: skip


def _said(data: dict[str, Any]) -> str:
    parts = []
    for name, (before, after) in data.get("changed", {}).items():
        words = _("{what}: {before} thành {after}.") if before else _("{what}: thêm {after}.")
        parts.append(words.format(what=NAMES[name], before=_shown(name, before),
                                  after=_shown(name, after)))  # fmt: skip
    if "dossiers" in data:
        parts.append(_("{n} hồ sơ chuyển theo.").format(n=len(data["dossiers"])))
    if data.get("reason"):
        parts.append(_("Lý do: {value}.").format(value=data["reason"]))
    if data.get("no_number"):
        parts.append(_("Không có số định danh: {value}.").format(value=data["no_number"]))
    return " ".join(str(part) for part in parts)


def _shown(name: str, value: str) -> str:
    if name == "birth":
        return birth_words(value)
    if name == "email":
        return _mask_email(value)
    return mask(value) if name in PERSONAL else value


def touches(gone: Any) -> list[str]:
    """What a merge moves, in words with counts."""
    found = person_queries.belongings(gone)
    return [
        words.format(n=found[name])
        for name, words in (
            ("dossiers", _("{n} hồ sơ chuyển sang bản ghi giữ lại.")),
            ("visits", _("{n} lượt đến chuyển theo.")),
            ("forwarded", _("{n} hồ sơ phi địa giới chuyển theo.")),
        )
        if found[name] or name == "dossiers"
    ]


def takes(keep: Any, gone: Any) -> list[str]:
    """What the record that stays takes over, because it lacks it."""
    return [
        f"{NAMES[name]}: {_shown(name, getattr(gone, name))}"
        for name in ("id_number", *FILLED)
        if getattr(gone, name) and not getattr(keep, name)
    ]


def back(data: dict[str, Any]) -> list[str]:
    """What a split gives back, in words with counts."""
    found = [_("{n} hồ sơ trở về bản ghi này.").format(n=len(data["dossiers"]))]
    if data["took"]:
        names = ", ".join(str(NAMES[name]) for name in data["took"])
        found.append(_("Trả lại: {names}.").format(names=names))
    return found

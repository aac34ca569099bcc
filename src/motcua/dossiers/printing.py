"""Forms of a dossier: issued once, kept with their data and number, shown, printed again.

Forms 01 and 06 are issued when first asked for: what the desk prints anyway. Asked for again, 01
is the same file as long as it would say the same, 06 as long as the dossier has not moved.
Forms 02 to 05 bind, so a button issues them (`issue`), once for each event that calls for one.

Opening a kept form is viewing: the same file, nothing counted (a browser opens a PDF again when it
likes). `reprint` (in lại) is an act of its own: it renders the kept data with a mark that says the
how manieth print it is, when and by whom, and counts it. A reading of personal data is noted by
who asks (the view). Law: TT 03/2025/TT-VPCP Phụ lục I; before 2025-07-01 TT 01/2018/TT-VPCP.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from motcua.dossiers import books, printing_events, printing_receipts, undoing
from motcua.dossiers import refusals_forms as refusals
from motcua.dossiers.models import Dossier, IssuedForm
from motcua.dossiers.printing_head import Office
from motcua.journal import queries as journal
from motcua.kernel.numbering import parse_code
from motcua.kernel.vntime import local, local_day
from motcua.papers import actions as files
from motcua.papers.pdf import Letterhead, UnreadableSeal, printed, signable

VISIT = "01C"
"""The receipt of a visit, kept at each dossier it names."""
HEADED = ("04", "05")
"""What the head of the agency signs: the electronic version bears the picture of the seal."""
VOLATILE = ("issued_at",)


def receipt(*, dossier: Dossier, by: Any, at: datetime) -> Any:
    """Form 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả, as the stored file."""
    whole = _whole(dossier)
    kept = _latest(whole, "01")
    if kept is not None and kept.at_seq == whole.journal_seq:
        return kept.file
    data = _plain(printing_receipts.receipt(whole, at))
    if kept is not None and _same(kept.data, data):
        return kept.file
    return _keep(whole, "01", data, seq=whole.journal_seq, by=by, at=at).file


def control_slip(*, dossier: Dossier, by: Any, at: datetime) -> Any:
    """Form 06, phiếu kiểm soát quá trình giải quyết hồ sơ, as the stored file.

    All slips of a dossier bear the number of its first one.
    """
    whole = _whole(dossier)
    kept = _latest(whole, "06")
    if kept is not None and kept.at_seq == whole.journal_seq:
        return kept.file
    data = _plain(printing_receipts.control_slip(whole, at))
    number = kept.number if kept is not None else None
    data, number = _numbered(whole, "06", data, local_day(whole.received_at), at, number)
    return _keep(whole, "06", data, seq=whole.journal_seq, by=by, at=at, number=number).file


def visit_receipt(visit: Any, *, by: Any, at: datetime) -> Any:
    """One receipt for all dossiers of a visit, as the stored file.

    A new one as soon as it would say something else: when a dossier was added, or when one of them
    moved. It is kept at each dossier that has none for its state; older ones stay as history.
    """
    dossiers = list(_rows().filter(visit=visit).order_by("code"))
    data = _plain(printing_receipts.visit_receipt(dossiers, at))
    rows = IssuedForm.objects.filter(dossier__in=dossiers, form=VISIT).select_related("file")
    kept = list(rows.order_by("-at", "-id"))
    same = next((row for row in kept if _same(row.data, data)), None)
    if same is not None:
        return same.file
    held = {(row.dossier_id, row.at_seq) for row in kept}
    free = [one for one in dossiers if (one.pk, one.journal_seq) not in held]
    made = [_keep(one, VISIT, data, seq=one.journal_seq, by=by, at=at) for one in free]
    return (made or kept)[0].file


def issue(*, dossier: Dossier, form: str, by: Any, at: datetime) -> IssuedForm:
    """Give out form 02, 03, 04 or 05 for the newest event that calls for it, with its number.

    Asked for again, the one given. Raises NoOccasion when no event calls for that form.
    """
    whole = _whole(dossier)
    called = printing_events.owed(whole, journal.events_of(whole))
    events = [event for which, event in called if which == form]
    if not events:
        raise refusals.NoOccasion(form=form, code=whole.code)
    event = events[-1]
    kept = _kept(whole, form, event.seq)
    if kept is not None:
        return kept
    data = _plain(printing_events.filled(whole, form, event, at))
    day = printing_events.regime_day(whole, form, event)
    data, number = _numbered(whole, form, data, day, at, None)
    return _keep(whole, form, data, seq=event.seq, by=by, at=at, number=number)


def due(dossier: Dossier, events: Iterable[Any], given: Iterable[IssuedForm]) -> list[str]:
    """The forms 02 to 05 that events of the dossier call for and that were not given out yet."""
    done = {(row.form, row.at_seq) for row in given}
    called = printing_events.owed(dossier, events)
    last = {form: event.seq for form, event in called}
    return [form for form, seq in last.items() if (form, seq) not in done]


def forms_of(dossier: Dossier) -> list[IssuedForm]:
    """What was given out, by form and then in order."""
    rows = IssuedForm.objects.filter(dossier=dossier).select_related("by", "file")
    return list(rows.order_by("form", "at_seq"))


def latest(dossier: Dossier, form: str) -> IssuedForm | None:
    """The newest form of that kind that was given out."""
    return _latest(dossier, form)


def reprint(*, form: IssuedForm, by: Any, at: datetime) -> bytes:
    """Print what was given out once more, marked and counted (in lại).

    A receipt of a visit is counted at every dossier it names.
    """
    rows = IssuedForm.objects.filter(pk=form.pk)
    if form.form == VISIT:
        fellows = Dossier.objects.filter(visit=form.dossier.visit_id)
        rows = IssuedForm.objects.filter(dossier__in=fellows, form=VISIT, file=form.file_id)
    rows.update(prints=F("prints") + 1)
    form.refresh_from_db(fields=["prints"])
    return printed(data_of(form), mark=mark(form.prints - 1, by=by, at=at))


def mark(times: int, *, by: Any, at: datetime) -> str:
    """What a reprint says of itself: "IN LẠI lần 2, 09:15 ngày 05/12/2026, Trần Văn Huỳnh"."""
    return f"IN LẠI lần {times}, {local(at):%H:%M ngày %d/%m/%Y}, {by.name}"


def electronic(form: IssuedForm) -> bytes:
    """PDF/A-2b with an empty field for each signature; with the seal on what the head signs.

    Raises BadSeal when the picture kept with the letterhead cannot be drawn.
    """
    seal = b""
    if form.form in HEADED:
        seal = Office(form.dossier.agency, local_day(form.at)).seal()
    try:
        return signable(data_of(form), seal=seal)
    except UnreadableSeal:
        raise refusals.BadSeal() from None


def data_of(form: IssuedForm) -> dict[str, Any]:
    """What the form says. Forms given out before their data were kept are gathered again."""
    if form.data is not None:
        return dict(form.data)
    whole = _whole(form.dossier)
    if form.form == "01":
        return _plain(printing_receipts.receipt(whole, form.at))
    data = _plain(printing_receipts.control_slip(whole, form.at))
    serial = parse_code(whole.code).serial
    return data | {"number": f"{serial}/PKS-BPTNTKQ"}  # as these slips were numbered then


def _numbered(
    dossier: Dossier, form: str, data: dict[str, Any], day: Any, at: datetime, number: int | None
) -> tuple[dict[str, Any], int]:
    """The data with the number in words: the one given, or the next of this year's book."""
    series = books.SERIES.on(day)[form]
    if number is None:
        number = books.next_number(series, local_day(at).year)
    symbol = Office(dossier.agency, local_day(at)).symbol
    return data | {"number": series.words(number, symbol)}, number


def _keep(
    dossier: Dossier, form: str, data: dict[str, Any], *, seq: int, by: Any, at: datetime,
    number: int | None = None,
) -> IssuedForm:  # fmt: skip
    """Render and keep. Rendering takes no lock: of two who ask at once, both get the first's.

    Raises UndoneMeanwhile when the event the form tells of was undone meanwhile: undoing takes the
    same lock, so either it sees what was kept, or this sees what was undone.
    """
    content = printed(data)
    try:
        with transaction.atomic():
            _check_standing(dossier, form, seq)
            file = files.store_own(files.Upload(f"{dossier.code}.M{form}.pdf", content))
            row = IssuedForm(
                agency_id=dossier.agency_id, dossier=dossier, form=form, at_seq=seq, at=at, by=by,
                file=file, data=data, number=number,
            )  # fmt: skip
            row.save(force_insert=True)
    except IntegrityError:
        kept = _kept(dossier, form, seq)
        if kept is None:
            raise
        return kept
    return row


def _check_standing(dossier: Dossier, form: str, seq: int) -> None:
    now = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if now.journal_seq == seq:
        return
    undoings = journal.events_of(now).filter(verb=undoing.UNDONE, seq__gt=seq)
    if any(event.data["undone"] == seq for event in undoings):
        raise refusals.UndoneMeanwhile(form=form, code=now.code)


def _rows() -> Any:
    return Dossier.objects.select_related(
        "agency", "applicant", "version__procedure", "received_by__post", "holder"
    )


def _whole(dossier: Dossier) -> Dossier:
    """The dossier as it is now: `dossier` is what a page showed before."""
    found: Dossier = _rows().get(pk=dossier.pk)
    return found


def _kept(dossier: Dossier, form: str, seq: int) -> IssuedForm | None:
    rows = IssuedForm.objects.filter(dossier=dossier, form=form, at_seq=seq)
    return rows.select_related("file").first()


def _latest(dossier: Dossier, form: str) -> IssuedForm | None:
    rows = IssuedForm.objects.filter(dossier=dossier, form=form).select_related("file", "by")
    return rows.order_by("-at_seq").first()


def _plain(form: Letterhead) -> dict[str, Any]:
    """The data as they are kept: what JSON makes of them."""
    found: dict[str, Any] = json.loads(json.dumps(form.data(), ensure_ascii=False))
    return found


def _same(kept: dict[str, Any] | None, data: dict[str, Any]) -> bool:
    if kept is None:
        return False
    return all(kept.get(name) == value for name, value in data.items() if name not in VOLATILE)

"""Receiving a dossier (tiếp nhận): NĐ 118/2025/NĐ-CP Đ.17; before, NĐ 61/2018/NĐ-CP Đ.17."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from motcua.dossiers import facts, persons, refusals, rules
from motcua.dossiers.models import Dossier, Paper, Person
from motcua.dossiers.rules import (
    Channel,
    Filer,
    Money,
    Origin,
    PaperAs,
    PaperIn,
    Phase,
    ReturnBy,
    State,
)
from motcua.dossiers.serials import next_serial, pass_over
from motcua.journal.actions import action, drafted, second_try, write
from motcua.kernel.numbering import dossier_code, format_on
from motcua.kernel.terms import parse_term
from motcua.kernel.text import fold, nfc
from motcua.kernel.vntime import local, local_day
from motcua.people import permissions
from motcua.people import queries as people
from motcua.people.rules import Role
from motcua.procedures import queries as procedures
from motcua.web import prepared
from motcua.web.ids import uuid7
from motcua.web.prepared import Asked, Slot, slots


@action("dossier.received")
def receive(
    *,
    by: Any,
    at: datetime,
    key: str,
    procedure: str,
    applicant: persons.PersonIn,
    papers: Sequence[PaperIn],
    channel: Channel = Channel.COUNTER,
    filer: Filer | None = None,
    content: str = "",
    return_by: ReturnBy = ReturnBy.COUNTER,
    copies: int = 1,
    term: str = "",
    fee: int | None = None,
    duplicate_checked: bool = False,
    rename: bool = False,
    visit: Any = None,
    origin: Origin | None = None,
) -> Dossier:
    """Receive a dossier for the procedure code `procedure`, under the version in force at `at`.

    `term` is needed only where the version has none; `fee` (đồng) overrides the version's.
    `rename`: the card shows this name for a number that was noted under another. `visit`: the
    Visit it belongs to, with other dossiers. `origin`: where it was taken in before; the clock
    starts at `at`, when the competent agency has it (NĐ 118/2025/NĐ-CP).
    """
    permissions.require(by, Role.DESK, at=at)
    version = procedures.receivable(procedure, at)
    taken = check_papers(version, papers)
    check_channel(version, channel)
    check_filer(filer)
    person, noted = persons.taken(applicant, by=by, at=at, rename=rename)
    if return_by is ReturnBy.POST:
        check_way_back(person, filer)
    if noted is None and not duplicate_checked:  # who is new here has no other dossier
        _refuse_duplicate(person, version, visit)
    dossier = _new(version, person, by=by, at=at, term=term, fee=fee)
    dossier.channel, dossier.return_by, dossier.copies = channel, return_by, copies
    dossier.content, dossier.filer = nfc(content), filer.as_data() if filer else None
    dossier.visit, dossier.origin = visit, origin.as_data() if origin else None
    dossier.foreign_code = origin.code if origin else ""
    dossier.digitised = rules.is_digitised((p.how, False, "") for p in taken)
    event = drafted(
        dossier, verb="dossier.received", by=by, at=at, key=key, data=_data(dossier, taken)
    )
    write([event] if noted is None else [noted, event])
    if noted is not None:
        prepared.insert([person])
    prepared.insert([dossier])
    prepared.insert(_papers(dossier, taken))
    facts.follow(event)
    return dossier


def check_papers(version: Any, papers: Sequence[PaperIn]) -> list[PaperIn]:
    """The papers taken in; refused when a required one is missing or there is none at all."""
    named = {fold(p.name): p for p in papers}
    required = [p for p in version.papers if p.get("required", True)]
    missing = [p["name"] for p in required if fold(p["name"]) not in named]
    optional = {fold(p["name"]) for p in version.papers} - {fold(p["name"]) for p in required}
    absent = [p.name for p in papers if p.how is PaperAs.MISSING and fold(p.name) not in optional]
    missing += absent
    if missing:
        raise refusals.MissingPaper(papers="; ".join(missing), field="papers")
    taken = [p for p in papers if p.name.strip() and p.how is not PaperAs.MISSING]
    if not taken:
        raise refusals.NoPaper(field="papers")
    return taken


def check_channel(version: Any, channel: Channel) -> None:
    if channel not in (Channel.ONLINE, Channel.POST):
        return
    offered = [Channel(c) for c in version.channels if c in set(Channel)]
    if offered and channel not in offered:
        raise refusals.ChannelNotOffered(
            name=version.short_name, channel=channel.label.lower(), field="channel",
            offered=", ".join(c.label.lower() for c in offered),
        )  # fmt: skip


def check_filer(filer: Filer | None) -> None:
    if filer is not None and not (filer.name.strip() and filer.paper.strip()):
        raise refusals.NoAuthority(name=filer.name.strip() or "người nộp", field="authority")


def check_way_back(person: Person, filer: Filer | None) -> None:
    """What is posted needs an address, or a telephone to ask for it by."""
    if not (person.address or person.phone or (filer and filer.phone.strip())):
        raise refusals.NowhereToSend(field="address")


def _twins() -> QuerySet[Dossier]:
    procedure = Slot("procedure", Dossier._meta.pk)
    rows = Dossier.across_agencies.open().filter(version__procedure=procedure)
    return rows.filter(**slots(Dossier, "agency", "applicant")).order_by("received_at")


_twin = Asked(lambda: _twins()[:1])
_twin_of_another_visit = Asked(lambda: _twins().exclude(**slots(Dossier, "visit"))[:1])


def _refuse_duplicate(person: Person, version: Any, visit: Any) -> None:
    asked = {"applicant": person.pk, "procedure": version.procedure_id}
    if visit is None:
        twin = _twin.first(**asked)
    else:  # several sets in one visit are meant
        twin = _twin_of_another_visit.first(**asked, visit=visit.pk)
    if twin is not None:
        raise refusals.PossibleDuplicate(
            name=person.name, code=twin.code, at=f"{local(twin.received_at):%H:%M %d/%m/%Y}"
        )


def _new(
    version: Any, person: Person, *, by: Any, at: datetime, term: str, fee: int | None
) -> Dossier:
    parsed = parse_term(term_for(version, term))
    calendar = people.calendar(by.agency)
    due = rules.due(started=at, term=parsed, cutoff=version.parsed_cutoff, calendar=calendar)
    owed = version.fee or 0 if fee is None else fee
    day = local_day(at)
    try:
        place = people.version_on(by.agency, day)
    except LookupError:
        raise refusals.AgencyEnded(day=f"{day:%d/%m/%Y}") from None
    return Dossier(
        id=uuid7(),
        agency=by.agency,
        received_by_agency=by.agency,
        code=_next_code(place.code, day),
        version=version,
        state=State.RECEIVED,
        phase=Phase.RECEIVED,
        step=0,
        step_since=at,
        holder=by,
        holder_role=Role.DESK,
        applicant=person,
        received_by=by,
        term=version.term or term,
        received_at=at,
        started_at=at,
        first_due_at=due.at,
        due_at=due.at,
        fee_owed=owed,
        money=Money.OWED if owed else Money.NONE,
    )


def _next_code(agency_code: str, day: date) -> str:
    """The next code of the day; on a second try past those that came from elsewhere."""
    form = format_on(day)
    if second_try():
        pass_over(dossier_code(agency_code, day, 1, form).rpartition("-")[0] + "-", day)
    return dossier_code(agency_code, day, next_serial(day), form)


def term_for(version: Any, given: str) -> str:
    """The term of the version, or the one given where it has none. Raises TermUnknown, BadInput."""
    text: str = version.term or given
    if not text:
        raise refusals.TermUnknown(name=version.short_name, field="term")
    parse_term(text)
    return text


def _data(dossier: Dossier, papers: Sequence[PaperIn]) -> dict[str, Any]:
    """What the event says: enough to rebuild the fact and to reconstruct the reception."""
    version, by = dossier.version, dossier.received_by
    told = {"visit": str(dossier.visit_id)} if dossier.visit_id else {}
    if dossier.origin:
        told["origin"] = dossier.origin
    return told | {
        "code": dossier.code,
        "procedure": version.procedure.code,
        "procedure_name": version.short_name,
        "version": str(version.pk),
        "field": version.field.code,
        "group": version.field.group,
        "linkage": version.linkage,
        "online_level": version.online_level,
        "channel": dossier.channel.value,
        "applicant": str(dossier.applicant_id),
        "filer": bool(dossier.filer),
        "officer": str(by.pk),
        "post_group": by.post.group if by.post else "other",
        "term": dossier.term,
        "due_on": local_day(dossier.due_at).isoformat(),
        "due_at": dossier.due_at.isoformat(),
        "papers": len(papers),
        "paper_names": [[p.name, p.how.value, p.quantity] for p in papers],
        "digitised": dossier.digitised,
        "fee_owed": dossier.fee_owed,
        "fee_paid": 0,
    }


def _papers(dossier: Dossier, papers: Sequence[PaperIn]) -> list[Paper]:
    return [
        Paper(
            agency_id=dossier.agency_id, dossier=dossier, number=number, name=nfc(paper.name),
            how=paper.how, quantity=paper.quantity, original=paper.original, note=paper.note,
        )
        for number, paper in enumerate(papers, 1)
    ]  # fmt: skip

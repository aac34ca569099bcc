"""What dossiers give to figures: one flat row each, a pure consequence of the journal."""

from datetime import date
from typing import Any
from uuid import UUID

from motcua.dossiers.models import Dossier, DossierFact
from motcua.journal.facts import FactTable
from motcua.kernel.vntime import epoch_day, local_day
from motcua.web import prepared

RECEIVED, REFILED = "dossier.received", "dossier.refiled"
UNDONE = "dossier.undone"
IMPORTED, REIMPORTED = "dossier.imported", "dossier.reimported"
BROUGHT_IN = "agency.dossiers_imported"


def follow(event: Any) -> None:
    """Keep the fact row of `event`'s dossier, in the event's own transaction."""
    values = changes(event)
    if not values:
        return
    fact = DossierFact(id=event.subject_id, agency_id=event.agency_id, **values)
    if event.verb in (RECEIVED, IMPORTED):
        prepared.insert([fact])
    else:
        prepared.update(fact, list(values))


def changes(event: Any) -> dict[str, Any]:
    """The fact columns that an event sets. Depends on the event alone."""
    data, on = event.data, local_day(event.at)
    if event.verb == RECEIVED:
        return _received(data, on)
    if event.verb in (IMPORTED, REIMPORTED):
        return _imported(data)
    if event.verb == UNDONE:
        return {name: _day_or(name, value) for name, value in data["facts"].items()}
    found: dict[str, Any] = {}
    if "finished_on" in data:
        finished = date.fromisoformat(data["finished_on"])
        found = {name: data[name] for name in CLOSING}
        found |= {"finished_on": finished, "finished_day": epoch_day(finished)}
    if "due_on" in data:
        due = date.fromisoformat(data["due_on"])
        found |= {"due_on": due, "due_day": epoch_day(due)}
    if event.verb == REFILED:
        found |= {name: data[name] for name in OF_PROCEDURE}
    if "digitised" in data:
        found |= _digitised(data, epoch_day(on))
    if event.verb == "dossier.hand_over" or data.get("handed_over"):
        found |= {"handed_on": on, "handed_day": epoch_day(on)}
        if data["survey_offered"]:
            found["survey_day"] = epoch_day(on)
    for name in COUNTERS:
        if name in data:
            found[name] = data[name]
    return found


def _day_or(name: str, value: Any) -> Any:
    """A column as an undoing carries it: a local day from its text, everything else as it is."""
    return date.fromisoformat(value) if value and name.endswith("_on") else value


def _digitised(data: dict[str, Any], day: int) -> dict[str, Any]:
    """Digitised first on a day, reopened by a supplement on paper, digitised again: so that a
    window that is over keeps what it counted.
    """
    if not data["digitised"]:
        return {"reopened_day": day, "redigitised_day": None}
    return {"redigitised_day" if data.get("again") else "digitised_day": day}


CLOSING = ("finished_as", "outcome", "outcome_promised", "late_phase")
COUNTERS = ("supplements", "extensions", "fee_owed", "fee_paid")
OF_PROCEDURE = (
    "procedure", "procedure_name", "field", "group", "linkage", "online_level", "papers",
)  # fmt: skip
SAME = (
    "code", "procedure", "procedure_name", "field", "group", "linkage", "online_level", "channel",
    "post_group", "papers", "fee_owed", "fee_paid",
)  # fmt: skip


def _received(data: dict[str, Any], on: date) -> dict[str, Any]:
    due = date.fromisoformat(data["due_on"])
    values = {name: data[name] for name in SAME}
    values |= {"received_on": on, "received_day": epoch_day(on)}
    values |= {"due_on": due, "due_day": epoch_day(due)}
    values["officer"] = UUID(data["officer"])
    values["digitised_day"] = epoch_day(on) if data["digitised"] else None
    return values


def _imported(data: dict[str, Any]) -> dict[str, Any]:
    """All columns anew, by the days that the other system told; the event's own day is none."""
    values = _received(data, date.fromisoformat(data["received_on"]))
    values["supplements"] = data["supplements"]
    values |= {name: data.get(name, "") for name in CLOSING if name != "late_phase"}
    for name in ("finished", "handed"):
        day = date.fromisoformat(data[f"{name}_on"]) if data.get(f"{name}_on") else None
        values |= {f"{name}_on": day, f"{name}_day": epoch_day(day) if day else None}
    return values


TABLE = FactTable(DossierFact, Dossier, changes)
rebuilt = TABLE.rebuilt

"""What survey forms give to figures: one flat row each, from events only."""

from typing import Any

from motcua.journal.facts import FactTable
from motcua.kernel.vntime import epoch_day, local_day
from motcua.surveys.models import FormFact, SurveyForm
from motcua.surveys.rules import CRITERIA

SENT = "survey.sent"


def follow(event: Any) -> None:
    """Keep the fact row of `event`'s form, in the event's own transaction."""
    values = changes(event)
    if event.verb == SENT:
        row = FormFact(id=event.subject_id, agency_id=event.agency_id, **values)
        row.save(force_insert=True)
    else:
        FormFact.objects.filter(pk=event.subject_id).update(**values)


def changes(event: Any) -> dict[str, Any]:
    """The fact columns that an event sets. Depends on the event alone."""
    on, data = local_day(event.at), event.data
    if event.verb == SENT:
        found: dict[str, Any] = {name: data[name] for name in ("post_group", "group")}
        found["label"] = event.hash[:8].upper()
        return found | {"sent_on": on, "sent_day": epoch_day(on)}
    values: dict[str, Any] = {name: data["answers"].get(name, "") for name in CRITERIA}
    values |= {"returned_on": on, "returned_day": epoch_day(on)}
    return values | {"valid": int(data["valid"]), "reason": data["reason"]}


TABLE = FactTable(FormFact, SurveyForm, changes)
rebuilt = TABLE.rebuilt

"""How many survey forms went out and came back in a year. Never who answered what."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from motcua.kernel.vntime import epoch_day
from motcua.surveys.models import FormFact


@dataclass(frozen=True, slots=True)
class YearCounts:
    """Forms handed out in the calendar year, collected in it, and out now (of any year)."""

    year: int
    sent: int
    returned: int
    valid: int
    invalid: int
    out: int


def of_year(year: int) -> YearCounts:
    first, last = epoch_day(date(year, 1, 1)), epoch_day(date(year, 12, 31))
    returned = Q(returned_day__range=(first, last))
    rows = {
        "sent": Q(sent_day__range=(first, last)),
        "returned": returned,
        "valid": returned & Q(valid=1),
        "invalid": returned & Q(valid=0),
        "out": Q(returned_day=None),
    }
    counts = {f"n_{name}": Count("pk", filter=which) for name, which in rows.items()}
    found = FormFact.objects.aggregate(**counts)
    return YearCounts(year, **{name: found[f"n_{name}"] for name in rows})

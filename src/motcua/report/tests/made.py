"""Rows of the fact tables made directly, and a year of them with every kind of edge."""

import random
from datetime import date, timedelta
from typing import Any

from django.apps import apps

from motcua.kernel.vntime import epoch_day
from motcua.web import scope
from motcua.web.ids import uuid7
from tests.world import at

LINKAGES = ("none", "same_level", "inter_level", "group_birth", "group_death")
GROUPS = ("justice", "land", "social", "office")


def row(model: str, **columns: Any) -> Any:
    return apps.get_model(model)(agency_id=scope.current().agency_id, **columns)


def save_all(rows: list[Any]) -> list[Any]:
    return type(rows[0]).objects.bulk_create(rows) if rows else []


def dossier(received: date, finished: date | None = None, **given: Any) -> Any:
    """A dossier's fact; `handed` and `digitised` are days, `offered` says a form was offered."""
    handed, digitised = given.pop("handed", None), given.pop("digitised", None)
    offered = given.pop("offered", False)
    columns = {
        "code": f"D-{uuid7().hex[-12:]}", "procedure": "1.000894", "procedure_name": "Kết hôn",
        "field": "ho-tich", "group": "justice", "linkage": "none", "online_level": "4",
        "channel": "counter", "officer": uuid7(), "post_group": "justice", "papers": 1,
        "received_on": received, "received_day": epoch_day(received),
        "due_on": received, "due_day": epoch_day(received),
    }  # fmt: skip
    if finished:
        columns |= {"finished_on": finished, "finished_day": epoch_day(finished)}
        columns |= {"finished_as": "9", "outcome": "on_time"}
    if handed:
        columns |= {"handed_on": handed, "handed_day": epoch_day(handed)}
        columns["survey_day"] = epoch_day(handed) if offered else None
    columns["digitised_day"] = epoch_day(digitised) if digitised else None
    return row("dossiers.DossierFact", **(columns | given))


def form(sent: date, returned: date | None = None, answers: str = "AAAAA", **given: Any) -> Any:
    """A form's fact; `answers` in the order of the criteria, empty for an invalid one."""
    columns = {
        "label": uuid7().hex[-8:].upper(), "post_group": "justice", "group": "justice",
        "sent_on": sent, "sent_day": epoch_day(sent),
    }  # fmt: skip
    if returned:
        columns |= {"returned_on": returned, "returned_day": epoch_day(returned)}
        columns["valid"] = int(bool(answers))
        columns |= {f"c{i}": letter for i, letter in enumerate(answers, 1)}
    return row("surveys.FormFact", **(columns | given))


def a_year() -> None:
    """Some hundred rows around the year 2023, on both sides of every cut-off."""
    dice = random.Random(2023)
    save_all([_any_dossier(dice) for _ in range(400)])
    save_all([_any_form(dice) for _ in range(200)])
    _registers()


def _any_day(dice: random.Random) -> date:
    edges = [date(2022, 12, 4), date(2022, 12, 5), date(2023, 12, 4), date(2023, 12, 5)]
    edges += [date(2023, 11, 29), date(2023, 11, 30), date(2023, 1, 4), date(2023, 1, 5)]
    if dice.random() < 0.2:
        return dice.choice(edges)
    return date(2022, 10, 1) + timedelta(days=dice.randrange(480))


def _any_dossier(dice: random.Random) -> Any:
    received = _any_day(dice)
    finished = received + timedelta(days=dice.randrange(60)) if dice.random() < 0.8 else None
    given: dict[str, Any] = {
        "linkage": dice.choice((*LINKAGES, "none", "none")), "group": dice.choice(GROUPS),
        "channel": dice.choice(("counter", "online")),
        "digitised": received + timedelta(days=dice.randrange(90)) if dice.random() < 0.9 else None,
    }  # fmt: skip
    if finished:
        given |= {
            "finished_as": dice.choice(("9", "9", "9", "7", "8")),
            "outcome": dice.choice(("early", "on_time", "late")),
            "handed": finished + timedelta(days=dice.randrange(9)),
            "offered": dice.random() < 0.8,
        }
    return dossier(received, finished, **given)


def _any_form(dice: random.Random) -> Any:
    sent = _any_day(dice)
    returned = sent + timedelta(days=dice.randrange(20)) if dice.random() < 0.9 else None
    answers = "".join(dice.choice("AAABC") for _ in range(5)) if dice.random() < 0.9 else ""
    given = {"post_group": dice.choice((*GROUPS, "leader")), "group": dice.choice(GROUPS)}
    return form(sent, returned, answers, **given)


def _registers() -> None:
    days = (date(2022, 12, 31), date(2023, 1, 1), date(2023, 11, 29), date(2023, 11, 30))
    for i, day in enumerate(days):
        save_all(_entries(i, day))
    kinds = ("computer", "computer", "printer", "scanner", "copier", "software")
    for i, kind in enumerate(kinds):
        equipment(kind, f"Máy {i}", days[i % 3])
    equipment("computer", "Máy mới", days[3])
    equipment("computer", "Máy cũ", days[0], used_to=date(2023, 11, 29))
    equipment("computer", "Máy sắp bỏ", days[0], used_to=date(2023, 11, 30))
    for amount, day in ((250000, days[0]), (300000, days[2]), (400000, days[3])):
        row("registers.AllowanceRate", amount=amount, effective_from=day, source="thử").save()


def _entries(i: int, day: date) -> list[Any]:
    decisions = [
        row(
            "registers.ProvincialDecision", number=f"{i}{j}/QĐ", issued_on=day, title="thử",
            received_on=day, posted_on=day, processed_on=day + timedelta(days=j) if j else None,
        )
        for j in range(3)
    ]  # fmt: skip
    save_all(decisions)
    review = row(
        "registers.ProcedureReview", procedure=f"Thủ tục {i}", registered_on=day, reviewed_on=day
    )
    waiting = row("registers.ProcedureReview", procedure=f"Chờ {i}", registered_on=day)
    save_all([review, waiting])
    return [row("registers.Petition", received_on=day, content="thử")]


def equipment(kind: str, name: str, used_from: date, used_to: date | None = None) -> None:
    row("registers.Equipment", kind=kind, name=name, used_from=used_from, used_to=used_to).save()


def version(field: str, number: int, begins: str, ends: str = "", **given: Any) -> None:
    """A version of a procedure published by the agency in scope, from one local instant on."""
    publisher = {"publisher_id": scope.current().agency_id}
    known, _ = apps.get_model("procedures.Field").objects.get_or_create(
        code=field, **publisher, defaults={"name": field.title(), "group": "justice"}
    )
    procedure = apps.get_model("procedures.Procedure")(code=f"MH.{number:03}", **publisher)
    procedure.save()
    columns = {
        "name": f"Thủ tục {number}", "short_name": f"Tục {number}", "folded": "",
        "linkage": "none", "online_level": "none", "source": "thử",
        "effective_from": at(begins), "effective_to": at(ends) if ends else None,
    }  # fmt: skip
    apps.get_model("procedures.Version")(
        procedure=procedure, field=known, **publisher, **(columns | given)
    ).save()

"""Any consistent file of figures, small; and what a plan comes to, counted anew."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from motcua.demo.figures import Figures, from_values
from motcua.demo.plan import SERVICE, SURVEY_END, Plan, plan
from motcua.demo.sums import ANSWERS, GROUPS
from motcua.dossiers import rules
from motcua.kernel.calendar import load_calendar
from motcua.kernel.rounding import percent
from motcua.kernel.terms import parse_term
from motcua.kernel.vntime import local_day
from motcua.procedures import shipped
from motcua.procedures.rules import OWN
from motcua.surveys.rules import judge


def planned(figures: Figures) -> Plan:
    return plan(
        figures,
        desk=load_calendar("hue", "desk"),
        office=load_calendar("hue", "office"),
        fields=shipped.fields(),
        rows=shipped.catalogue("2023"),
    )


@st.composite
def small_files(draw: st.DrawFn) -> dict[str, Decimal]:
    """Every built figure of a small commune; all identities hold."""
    few = st.integers(0, 12)
    early, on_time, late, waiting = (draw(few) for _ in range(4))
    resolved = early + on_time + late
    birth, death, inter = draw(few), draw(st.integers(0, 2)), draw(few)
    received = resolved + waiting + birth + death + inter
    if not received:
        on_time = resolved = received = 1
    survey = _survey(draw, resolved)
    rated = sum(
        any(survey[f"A.survey.c2.{group}.{answer}"] for answer in ANSWERS) for group in GROUPS
    )
    share = percent(draw(st.integers(0, received)), received)
    found = {
        "II.2.own.received": resolved + waiting, "II.2.own.resolved": resolved,
        "II.2.own.early": early, "II.2.own.on_time": on_time, "II.2.own.late": late,
        "II.2.own.open": waiting, "II.2.linked.birth": birth, "II.2.linked.death": death,
        "II.2.digitised.received": received, "II.2.digitised.share": share,
        "II.6.digitised.share": share,
        "II.6.online.dossiers": draw(st.integers(0, resolved)),
        "II.2.desk.staff": draw(st.integers(max(rated, 1), 8)),
        "II.2.feedback": draw(few), "II.2.desk.computers": draw(few),
    } | survey | _catalogue(draw) | _registers(draw)  # fmt: skip
    return {name: Decimal(value) for name, value in found.items()}


def _survey(draw: st.DrawFn, resolved: int) -> dict[str, int]:
    dossiers = draw(st.integers(0, resolved))
    sent = draw(st.integers(0, dossiers))
    returned = draw(st.integers(0, sent))
    valid = draw(st.integers(0, returned))
    found = {
        "A.survey.dossiers": dossiers, "A.survey.sent": sent, "A.survey.returned": returned,
        "A.survey.valid": valid, "A.survey.invalid": returned - valid,
    }  # fmt: skip
    for criterion in ("c1", "c3", "c4"):
        found |= _counted(draw, valid, {f"A.survey.{criterion}": ()})
    for criterion in ("c2", "c5"):
        cells = {f"A.survey.{criterion}.{group}": group for group in GROUPS}
        by_group = _counted(draw, valid, cells)
        totals = {
            f"A.survey.{criterion}.{answer}": sum(by_group[f"{cell}.{answer}"] for cell in cells)
            for answer in ANSWERS
        }
        found |= by_group | totals
    return found


def _counted(draw: st.DrawFn, total: int, cells: dict) -> dict[str, int]:
    names = [f"{cell}.{answer}" for cell in cells for answer in ANSWERS]
    drawn = Counter(draw(st.lists(st.sampled_from(names), min_size=total, max_size=total)))
    return {name: drawn[name] for name in names}


def _catalogue(draw: st.DrawFn) -> dict[str, int]:
    linked_fields = draw(st.integers(0, 7))
    linked = linked_fields + draw(st.integers(0, 20)) if linked_fields else 0
    others = draw(st.integers(0, 15))
    same = draw(st.integers(0, 4))
    none = max(others - same, 0) + draw(st.integers(0, 90))
    fields = linked_fields + others
    if not fields:
        same = none = 0
    every = linked + same + none
    return {
        "II.2.catalogue.fields": fields, "II.2.catalogue.procedures": every,
        "II.2.catalogue.same_level_linked": same,
        "II.2.catalogue.interlevel_fields": linked_fields,
        "II.2.catalogue.interlevel_procedures": linked,
        "II.6.online.procedures": draw(st.integers(0, every)),
    }  # fmt: skip


def _registers(draw: st.DrawFn) -> dict[str, int]:
    posted, registered = draw(st.integers(0, 12)), draw(st.integers(0, 6))
    return {
        "II.2.decisions.posted": posted,
        "II.6.iso.decisions": draw(st.integers(0, posted)),
        "II.2.tthc.review_registered": registered,
        "II.2.tthc.reviewed": draw(st.integers(0, registered)),
    }


def tally(made: Plan) -> dict[str, Decimal]:
    """The figures that playing the plan gives, counted from its acts alone."""
    count: Counter[str] = Counter()
    digitised = 0
    for dossier in made.dossiers:
        received = local_day(dossier.acts[0].at)
        if not SERVICE[0] <= received <= SERVICE[1]:
            continue
        count["II.2.digitised.received"] += 1
        digitised += dossier.digitised
        linkage = dossier.row.linkage
        if linkage in OWN:
            _count_own(count, dossier)
        elif linkage.value.startswith("group_"):
            count[f"II.2.linked.{linkage.value.removeprefix('group_')}"] += 1
        _count_survey(count, made, dossier)
    count |= _count_catalogue(made)
    count |= _count_entries(made)
    count["II.2.desk.staff"] = len(made.desk)
    values = {name: Decimal(count[name]) for name in made.figures.wanted()}
    share = percent(digitised, count["II.2.digitised.received"])
    return values | {"II.2.digitised.share": share, "II.6.digitised.share": share}


def _count_own(count: Counter, dossier) -> None:
    count["II.2.own.received"] += 1
    finished = [act.at for act in dossier.acts if act.verb in ("finish", "spot")]
    if not finished or local_day(finished[0]) > SERVICE[1]:
        count["II.2.own.open"] += 1
        return
    count["II.2.own.resolved"] += 1
    term = parse_term(dossier.row.term)
    outcome = rules.outcome(term=term, due_at=dossier.due_at, finished_at=finished[0])
    count[f"II.2.own.{outcome.value}"] += 1
    count["II.6.online.dossiers"] += dossier.channel == "online"


def _count_survey(count: Counter, made: Plan, dossier) -> None:
    group = made.catalogue.group(dossier.row).value
    for act in dossier.acts:
        if not date(2022, 12, 5) <= local_day(act.at) <= SURVEY_END:
            continue
        count["A.survey.dossiers"] += act.verb == "hand" and act.data["offer"]
        count["A.survey.sent"] += act.verb == "form"
        if act.verb == "back":
            count["A.survey.returned"] += 1
            verdict = judge(act.data["marks"])
            count["A.survey.valid" if verdict.valid else "A.survey.invalid"] += 1
            for criterion, answer in verdict.answers.items():
                count[f"A.survey.{criterion}.{answer}"] += 1
                side = {"c2": dossier.wish.officer, "c5": group}.get(criterion)
                if side:
                    count[f"A.survey.{criterion}.{side}.{answer}"] += 1


def _count_catalogue(made: Plan) -> dict[str, int]:
    rows = [row for row in made.catalogue.rows if row.counted]
    linked = [row for row in rows if row.linkage == "inter_level"]
    return {
        "II.2.catalogue.procedures": len(rows),
        "II.2.catalogue.fields": len({row.field for row in rows}),
        "II.2.catalogue.interlevel_procedures": len(linked),
        "II.2.catalogue.interlevel_fields": len({row.field for row in linked}),
        "II.2.catalogue.same_level_linked": sum(r.linkage == "same_level" for r in rows),
        "II.6.online.procedures": sum(r.online_level in ("3", "4") for r in rows),
    }


def _count_entries(made: Plan) -> dict[str, int]:
    verbs = Counter(entry.verb for entry in made.entries)
    kinds = Counter(entry.data.get("kind") for entry in made.entries)
    rate = next(e.data["amount"] for e in made.entries if e.verb == "allowance")
    machines = {"computers": "computer", "printers": "printer", "scanners": "scanner"}
    machines |= {"copiers": "copier", "software": "software"}
    return {f"II.2.desk.{name}": kinds[kind] for name, kind in machines.items()} | {
        "II.2.desk.allowance": rate,
        "II.2.decisions.posted": verbs["posted"],
        "II.6.iso.decisions": verbs["processes"],
        "II.2.tthc.review_registered": verbs["review"],
        "II.2.tthc.reviewed": verbs["reviewed"],
        "II.2.feedback": verbs["petition"],
    }


__all__ = ["from_values", "planned", "small_files", "tally"]

"""Filling in the figures a file leaves out, in the seed's proportions. Pure.

First whatever follows from what is given (a total from its parts, a part from the rest); then
totals, scaled by what is given; then parts, shared out by the seed's weights. What is given is
never changed: where it contradicts itself, the check says so.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from motcua.demo.sums import OWN, SURVEY
from motcua.kernel.rounding import percent

Known = dict[str, int]
OWN_ANCHORS = (
    "II.2.own.resolved", "II.2.own.on_time", "II.2.own.early", "II.2.own.late",
    "II.2.digitised.received", "A.survey.dossiers", "A.survey.sent", "A.survey.returned",
    "A.survey.valid", "II.6.online.dossiers",
)  # fmt: skip
CHAIN = ("A.survey.dossiers", "A.survey.sent", "A.survey.returned", "A.survey.valid")
CATALOGUE = "II.2.catalogue."
PROCEDURES = f"{CATALOGUE}procedures"
ONLINE = "II.6.online.procedures"
SHARES = ("II.2.digitised.share", "II.6.digitised.share")


def complete(
    given: Mapping[str, int], shares: Mapping[str, Decimal], seed: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """Return every built figure: those given, and the rest in the seed's proportions."""
    known = dict(given)
    base = {name: int(value) for name, value in seed.items()}
    _deduce(known)
    _own(known, base)
    share = next((shares[name] for name in SHARES if name in shares), seed[SHARES[0]])
    _linked(known, base, share)
    _survey(known, base)
    _catalogue(known, base)
    _registers(known, base)
    found = {name: Decimal(value) for name, value in known.items()}
    return found | {name: shares.get(name, share) for name in SHARES}


def _deduce(known: Known) -> None:
    """Add what follows: a total of which all parts are known, the one unknown part of a total."""
    while any(_deduced(known, total, parts) for total, parts in OWN + SURVEY):
        pass


def _deduced(known: Known, total: str, parts: Sequence[str]) -> bool:
    unknown = [part for part in parts if part not in known]
    if total not in known and not unknown:
        known[total] = sum(known[part] for part in parts)
        return True
    if total in known and len(unknown) == 1:
        rest = known[total] - sum(known[part] for part in parts if part in known)
        known[unknown[0]] = max(rest, 0)
        return True
    return False


def _fill(known: Known, total: str, parts: Sequence[str], base: Mapping[str, int]) -> None:
    """Share what is left of a known total among its unknown parts, by the seed's weights."""
    unknown = [part for part in parts if part not in known]
    rest = known[total] - sum(known[part] for part in parts if part in known)
    least = [_least(known, part) for part in unknown]
    weights = [base[part] for part in unknown]
    if not any(weights):
        weights = [base[f"{part[:-1]}A"] if part.startswith("A.") else 1 for part in unknown]
    for part, value in zip(unknown, apportion(max(rest, 0), weights, least), strict=True):
        known[part] = value
    _deduce(known)


def _least(known: Known, name: str) -> int:
    """The least a figure can be: the largest sum of known parts below it."""
    below = [0]
    for total, parts in OWN + SURVEY:
        if total == name:
            below.append(sum(known.get(part, _least(known, part)) for part in parts))
    return max(below)


def apportion(total: int, weights: Sequence[int], least: Sequence[int] = ()) -> list[int]:
    """Share a whole number by weights (largest remainder), each at least `least` if it can be."""
    least = least or [0] * len(weights)
    if not weights:
        return []
    every = sum(weights) or len(weights)
    weights = weights if sum(weights) else [1] * len(weights)
    exact = [total * weight for weight in weights]
    shares = [value // every for value in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(exact[i] % every), i))
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    for index, floor in enumerate(least):
        while shares[index] < floor:
            donor = max(range(len(shares)), key=lambda i: shares[i] - least[i])
            if shares[donor] <= least[donor]:
                break
            taken = min(floor - shares[index], shares[donor] - least[donor])
            shares[donor] -= taken
            shares[index] += taken
    return shares


def _scaled(value: int, times: int, by: int) -> int:
    """`value × times ÷ by`, half up."""
    return (2 * value * times + by) // (2 * by) if by else value


def _own(known: Known, base: Mapping[str, int]) -> None:
    received = "II.2.own.received"
    if received not in known:
        anchor = next((name for name in OWN_ANCHORS if name in known), received)
        value = _scaled(base[received], known.get(anchor, base[anchor]), base[anchor])
        least = max(
            _least(known, received),
            known.get("A.survey.dossiers", 0) + known.get("II.2.own.open", 0),
            known.get("II.6.online.dossiers", 0) + known.get("II.2.own.open", 0),
        )
        known[received] = max(min(value, _most_own(known, value)), least)
        _deduce(known)
    for total, parts in OWN:
        _fill(known, total, parts, base)
    resolved = known["II.2.own.resolved"]
    online = _scaled(base["II.6.online.dossiers"], resolved, base["II.2.own.resolved"])
    known.setdefault("II.6.online.dossiers", min(online, resolved))


def _most_own(known: Known, otherwise: int) -> int:
    if "II.2.digitised.received" not in known:
        return otherwise
    groups = known.get("II.2.linked.birth", 0) + known.get("II.2.linked.death", 0)
    return max(known["II.2.digitised.received"] - groups, 0)


def _linked(known: Known, base: Mapping[str, int], share: Decimal) -> None:
    """The two groups, and the rest that is linked between levels.

    The total, where it is not given, is one on which the share can be reached.
    """
    own, total = "II.2.own.received", "II.2.digitised.received"
    groups = ("II.2.linked.birth", "II.2.linked.death")
    inter = base[total] - base[own] - sum(base[name] for name in groups)
    unknown = [name for name in groups if name not in known]
    if total in known:
        rest = known[total] - known[own] - sum(known.get(name, 0) for name in groups)
        weights = [*(base[name] for name in unknown), inter]
        shared = apportion(max(rest, 0), weights)
        known.update(zip(unknown, shared, strict=False))
        return
    for name in unknown:
        known[name] = _scaled(base[name], known[own], base[own])
    inter = _scaled(inter, known[own], base[own])
    least = known[own] + sum(known[name] for name in groups) + inter
    totals = range(least, least + 10_001)
    known[total] = next((n for n in totals if digitised_of(share, n) is not None), least)


def digitised_of(share: Decimal, received: int) -> int | None:
    """The whole number of `received` whose share, half up to 2 decimals, is `share`."""
    if not received:
        return None
    near = int(share * received / 100)
    for number in (near, near + 1, near - 1):
        if 0 <= number <= received and percent(number, received) == share:
            return number
    return None


def _survey(known: Known, base: Mapping[str, int]) -> None:
    """From the answers up as far as they are given, from the dossiers down for the rest."""
    if not any(name in known for name in CHAIN):
        least = _least(known, CHAIN[-1]) + known.get("A.survey.invalid", 0)
        wanted = known["II.2.own.resolved"] - known["II.2.own.late"]
        known[CHAIN[0]] = max(wanted, least)
    below = None
    for name in reversed(CHAIN):
        if below is not None and name not in known:
            known[name] = below
            if name == "A.survey.returned":
                known[name] += known.get("A.survey.invalid", 0)
        below = known.get(name, below)
    for above, name in pairwise(CHAIN[:3]):
        known.setdefault(name, known[above])
    _deduce(known)
    for total, parts in SURVEY:
        _fill(known, total, parts, base)


def _catalogue(known: Known, base: Mapping[str, int]) -> None:
    """The catalogue, scaled by its number of procedures, within what can be."""

    def scaled(name: str) -> int:
        return _scaled(base[name], known[PROCEDURES], base[PROCEDURES])

    fields, linked_fields = f"{CATALOGUE}fields", f"{CATALOGUE}interlevel_fields"
    linked, same = f"{CATALOGUE}interlevel_procedures", f"{CATALOGUE}same_level_linked"
    needed = known.get(linked, 0) + known.get(same, 0) + known.get(fields, 0)
    known.setdefault(PROCEDURES, max(base[PROCEDURES], known.get(ONLINE, 0), needed))
    every = known[PROCEDURES]
    few = min(base[fields], max(scaled(fields), known.get(linked_fields, 0), 1 if every else 0))
    known.setdefault(fields, max(min(few, every), known.get(linked_fields, 0)))
    most = max(min(known[fields], known.get(linked, every)), 0)
    known.setdefault(linked_fields, min(scaled(linked_fields), base[linked_fields], most))
    others = max(known[fields] - known[linked_fields], 0)
    room = max(every - max(known.get(same, 0), others), 0)
    at_least = known[linked_fields]
    known.setdefault(linked, max(min(scaled(linked), room), at_least) if at_least else 0)
    known.setdefault(same, max(min(scaled(same), every - known[linked]), 0))
    known.setdefault(ONLINE, min(scaled(ONLINE), every))


def _registers(known: Known, base: Mapping[str, int]) -> None:
    posted, built = "II.2.decisions.posted", "II.6.iso.decisions"
    if posted not in known:
        known[posted] = max(base[posted], known.get(built, 0))
    known.setdefault(built, min(_scaled(base[built], known[posted], base[posted]), known[posted]))
    registered, reviewed = "II.2.tthc.review_registered", "II.2.tthc.reviewed"
    if registered not in known:
        known[registered] = known.get(reviewed, base[registered])
    known.setdefault(reviewed, known[registered])
    for name in base:
        if name.startswith("II.2.desk.") or name == "II.2.feedback":
            known.setdefault(name, base[name])

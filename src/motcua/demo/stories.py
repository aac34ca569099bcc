"""Việc đang làm of the demo: some forty dossiers at every stage around now, as data. Pure.

Each is a procedure of today's catalogue, how many working minutes ago it was received, and what
was done since, spread over that time.
"""

from typing import NamedTuple

DAY = 480  # working minutes


class Story(NamedTuple):
    """`acts` are verbs of `present`; the first is at `age`, the last still before now."""

    code: str
    age: int
    acts: str
    officer: str = "justice"


TO_ASSESS = "receive scan assign"
TO_SIGN = f"{TO_ASSESS} assess submit"
TO_CHAIR = f"{TO_ASSESS} assess wait"
SIGNED = f"{TO_SIGN} approve"
SEALED = f"{SIGNED} seal"
DONE = f"{SEALED} finish"

BIRTH, MARRIAGE, DEATH, EXTRACT = "1.001193", "1.000894", "1.000656", "2.000635"
UNMARRIED, CORRECTION = "1.004873", "1.004859"
COPY, SIGNATURE, CONTRACT = "2.000815", "2.000884", "2.001035"
ALLOWANCE, DISABILITY, DISABLED_PAPER = "1.001776", "1.001699", "1.001653"
CROPS, WORSHIP, SHIP_PROTEST, WATERWAY = "1.008004", "2.000509", "1.002372", "1.005040"

STORIES = (
    # just received
    Story(EXTRACT, 4, "receive"),
    Story(BIRTH, 11, "receive scan"),
    Story(UNMARRIED, 24, "receive scan", "clerk"),
    Story(CONTRACT, 38, "receive scan"),
    # due in an hour
    Story(WATERWAY, 60, TO_ASSESS, "land"),
    Story(SHIP_PROTEST, 120, TO_SIGN, "land"),
    # with the specialist
    Story(ALLOWANCE, 3 * DAY, TO_ASSESS, "social"),
    Story(DISABLED_PAPER, 2 * DAY, TO_ASSESS, "social"),
    Story(CORRECTION, 150, TO_ASSESS),
    Story(WORSHIP, 5 * DAY, TO_ASSESS, "office"),
    Story(CROPS, 2 * DAY, TO_ASSESS, "land"),
    Story(UNMARRIED, DAY, f"{TO_ASSESS} assess"),
    Story(DISABILITY, 9 * DAY, f"{TO_ASSESS} assess", "social"),
    # waiting for a signature
    Story(UNMARRIED, 600, TO_SIGN),
    Story(MARRIAGE, 110, TO_SIGN),
    Story(CONTRACT, DAY, TO_SIGN),
    Story(DISABLED_PAPER, 3 * DAY, TO_SIGN, "social"),
    Story(CROPS, 3 * DAY, TO_CHAIR, "land"),
    Story(WORSHIP, 4 * DAY, TO_CHAIR, "office"),
    # signed, being numbered and sealed
    Story(EXTRACT, 95, SIGNED),
    Story(UNMARRIED, 900, SIGNED, "clerk"),
    Story(ALLOWANCE, 10 * DAY, SEALED, "social"),
    # paused: papers asked for, a fee asked for
    Story(ALLOWANCE, 6 * DAY, f"{TO_ASSESS} ask", "social"),
    Story(DISABILITY, 4 * DAY, f"{TO_ASSESS} ask", "social"),
    Story(UNMARRIED, DAY, f"{TO_ASSESS} ask"),
    Story(WORSHIP, 3 * DAY, f"{TO_ASSESS} ask", "office"),
    Story(CROPS, 2 * DAY, f"{TO_ASSESS} owe", "land"),
    Story(CORRECTION, 200, f"{TO_ASSESS} owe"),
    # late
    Story(CORRECTION, 3 * DAY, TO_ASSESS),
    Story(BIRTH, 700, TO_SIGN),
    Story(DISABLED_PAPER, 7 * DAY, TO_SIGN, "social"),
    Story(UNMARRIED, 5 * DAY, f"{TO_ASSESS} assess"),
    Story(CROPS, 6 * DAY + 60, TO_CHAIR, "land"),
    # at the desk, waiting for the citizen
    Story(BIRTH, 300, DONE),
    Story(CONTRACT, 2 * DAY, DONE, "clerk"),
    Story(UNMARRIED, 3 * DAY, DONE),
    Story(DISABLED_PAPER, 4 * DAY, DONE, "social"),
    # returned
    Story(COPY, 70, "receive scan spot fee hand"),
    Story(SIGNATURE, 130, "receive scan spot fee hand"),
    Story(COPY, 520, "receive scan spot fee hand survey", "clerk"),
    Story(DEATH, 430, f"{DONE} hand survey"),
    Story(EXTRACT, 280, f"{DONE} fee hand"),
    Story(UNMARRIED, 4 * DAY, f"{DONE} hand survey back"),
    # the other ends and turns
    Story(ALLOWANCE, 15 * DAY, f"{TO_ASSESS} extend", "social"),
    Story(CROPS, 4 * DAY, f"{TO_SIGN} refuse", "land"),
    Story(CONTRACT, 300, f"{TO_ASSESS} withdraw"),
    Story(WORSHIP, 6 * DAY, f"{TO_ASSESS} stop", "office"),
)

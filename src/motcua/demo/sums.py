"""Which figures are the sum of which others (FIGURES: identities). Pure data."""

CRITERIA = ("c1", "c2", "c3", "c4", "c5")
ANSWERS = ("A", "B", "C")
GROUPS = ("justice", "office", "social", "land")
OUTCOMES = ("early", "on_time", "late")

OWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("II.2.own.received", ("II.2.own.resolved", "II.2.own.open")),
    ("II.2.own.resolved", tuple(f"II.2.own.{name}" for name in OUTCOMES)),
)
SURVEY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("A.survey.returned", ("A.survey.valid", "A.survey.invalid")),
    *(
        ("A.survey.valid", tuple(f"A.survey.{criterion}.{answer}" for answer in ANSWERS))
        for criterion in CRITERIA
    ),
    *(
        (
            f"A.survey.{criterion}.{answer}",
            tuple(f"A.survey.{criterion}.{group}.{answer}" for group in GROUPS),
        )
        for criterion in ("c2", "c5")
        for answer in ANSWERS
    ),
)
CHECKED = (
    ("II.1.vbqppl.checked", ("II.1.vbqppl.checked_in_force", "II.1.vbqppl.checked_expired")),
)
SUMS = OWN + SURVEY + CHECKED

"""What only one engine has is collected in its lane: neither is skipped."""

from tests.nothing_lost.office import ON_POSTGRESQL

collect_ignore = [
    "test_power_cut.py" if ON_POSTGRESQL else "test_killed_database.py",
]

"""What was digitised on a day stays so in the figures of a window that is over."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.rules import PaperIn
from motcua.papers.actions import Upload
from motcua.report import queries
from tests.world import at

SCAN = Upload("quet.pdf", b"%PDF-1.4\n%%EOF\n")


def scan(world, dossier, when, number):
    actions.attach_scans(
        by=world.desk, at=at(when), key=world.key(), dossier_id=dossier.pk, scans={number: SCAN}
    )


def share(period):
    return queries.records("II.2.digitised.share", period).result.numerator


@pytest.fixture
def supplemented(world):
    """Scanned on 2 March, a paper more on 4 March, scanned on 6 March."""
    dossier = world.receive("2026-03-02 08:00")
    scan(world, dossier, "2026-03-02 09:00", 1)
    world.do(
        "ask_supplement", dossier, "2026-03-03 08:00", papers=["Giấy xác nhận"], reason="thiếu"
    )
    world.do("take_supplement", dossier, "2026-03-04 08:00", papers=[PaperIn("Giấy xác nhận")])
    scan(world, dossier, "2026-03-06 08:00", 2)


@pytest.mark.parametrize(
    ("last", "counted"),
    [("02", 1), ("03", 1), ("04", 0), ("05", 0), ("06", 1), ("31", 1)],
)
def test_each_day_is_judged_by_what_was_scanned_then(supplemented, last, counted):
    assert share(f"2026-03-01/2026-03-{last}") == counted

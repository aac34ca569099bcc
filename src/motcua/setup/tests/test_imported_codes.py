"""Codes of another system among our own: no serial is given twice, whoever gave it first."""

import pytest

from motcua.dossiers.models import Dossier, Serial
from motcua.journal import queries as journal
from motcua.setup.tests.tables_made import csv, row
from motcua.setup.tests.test_opening import bring, check, reasons
from tests.world import at

TODAY = {"Ngày nhận": "10/03/2026 07:40", "Ngày hẹn trả": "13/03/2026 17:00"}
MORNING = at("2026-03-10 08:00")


def codes():
    return sorted(code[-11:] for code in Dossier.objects.values_list("code", flat=True))


def test_the_desk_goes_on_after_the_serials_that_came_with_a_file(world):
    bring(world, csv(row("260310-0007", "Đang xử lý", **TODAY),
                     row("260310-0003", "Đang xử lý", **TODAY)))  # fmt: skip
    for _ in range(2):
        world.receive("2026-03-10 08:10")
    assert codes() == ["260310-0003", "260310-0007", "260310-0008", "260310-0009"]
    assert list(journal.verify()) == []


def test_a_file_does_not_take_the_serials_of_the_desk_back(world):
    for _ in range(3):
        world.receive("2026-03-10 07:50")
    bring(world, csv(row("260310-0050", "Đang xử lý", **TODAY)))
    bring(world, csv(row("260310-0010", "Đang xử lý", **TODAY)))
    assert world.receive("2026-03-10 08:10").code.endswith("0051")


@pytest.mark.parametrize("code", ["260310-9999999999", "20260310-0009"])
def test_an_odd_serial_leaves_reception_in_peace(world, code):
    bring(world, csv(row(code, "Đang xử lý", **TODAY)))
    assert len(world.receive("2026-03-10 08:10").code) == len("H99.99.99-260310-0001")


def test_reception_steps_over_a_code_that_is_here_though_no_serial_says_so(world):
    bring(world, csv(row("260310-0001", "Đang xử lý", **TODAY),
                     row("260310-0002", "Đang xử lý", **TODAY)))  # fmt: skip
    Serial.objects.all().delete()  # as a database of before would be
    assert world.receive("2026-03-10 08:10").code.endswith("0003")
    assert world.receive("2026-03-10 08:11").code.endswith("0004")


def test_a_code_of_a_day_to_come_is_refused_with_its_place(world):
    plan = check(world, csv(row("260311-0001", "Đang xử lý", **TODAY)))
    assert reasons(plan.reading.refused) == [(2, "Mã hồ sơ", "code-in-future")]
    assert "11/03/2026" in plan.reading.refused[0].message

"""A commune with a year of facts."""

from typing import Any

import pytest

from motcua.report.tests.made import a_year, version
from tests.world import world

__all__ = ["world"]


@pytest.fixture
def year(world: Any) -> Any:
    """The commune's world with `a_year` of facts and a small catalogue, its scope open."""
    a_year()
    catalogue()
    return world


def catalogue() -> None:
    """Versions on both sides of the end of 2023-11-29, as the year's window has it."""
    version("ho-tich", 1, "2022-01-01 00:00", online_level="4")
    version("ho-tich", 2, "2023-11-29 17:00", linkage="inter_level")
    version("dat-dai", 3, "2023-11-30 00:00", linkage="inter_level")
    version("dat-dai", 4, "2022-01-01 00:00", "2023-11-30 00:00", linkage="inter_level")
    version("dat-dai", 5, "2022-01-01 00:00", "2023-11-29 23:59", linkage="same_level")
    version("chung-thuc", 6, "2022-01-01 00:00", linkage="same_level", online_level="3")
    version("ho-tich", 7, "2022-01-01 00:00", linkage="group_birth", counted=False)
    version("ho-tich", 8, "2022-01-01 00:00", online_level="2")

"""Nothing lost: kills, full disks and power cuts under load; every acknowledged dossier counted.

Each test runs `./motcua serve` with a data folder of its own, on the engine of the lane
(MOTCUA_TEST_DATABASE). MOTCUA_SOAK_SECONDS=600 keeps the kills going for that long.
"""

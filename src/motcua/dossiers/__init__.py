"""Hồ sơ TTHC: from the counter to its result (NĐ 118/2025/NĐ-CP Đ.17–21; before: NĐ 61/2018).

Doors: `actions` (everything that changes a dossier), `queries`, `facts`, `rules`, `printing`.
"""

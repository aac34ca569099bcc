"""Con người và cơ quan: agencies with history, posts, officers, dated assignments, absences.

Doors: `actions`, `queries`, `permissions` (who may), `rules` (roles). Law: NĐ 118/2025/NĐ-CP
Chương II (Bộ phận Một cửa); before 2025-07-01 NĐ 61/2018/NĐ-CP.
"""

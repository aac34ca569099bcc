"""Thủ tục hành chính (TTHC): the catalogue, in effective-dated versions that never change.

A version holds everything a dossier needs to be received and carried through: term, fee, papers,
steps. A dossier keeps the version under which it was received (NĐ 63/2010/NĐ-CP Đ.8, Đ.13–15;
NĐ 118/2025/NĐ-CP). Doors: `queries`, `actions`, `rules`, `shipped` (the data that comes with us).
"""

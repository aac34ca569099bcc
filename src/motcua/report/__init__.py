"""Báo cáo: figures of a period, each with its definition, its window and the list it counts.

A figure is data (`data/figures_2023.json`); its number is a fold over a cube of a fact table, its
list the same conditions on the rows. Doors: `queries` (figures and lists of a period), `actions`
(closing a period), `figures` and `periods` (pure). Law: NĐ 09/2019/NĐ-CP, Điều 12 (periods);
NĐ 61/2018/NĐ-CP (outcome of dossiers).
"""

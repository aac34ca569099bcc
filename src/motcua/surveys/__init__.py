"""Khảo sát mức độ hài lòng: the form of the report's annex, five criteria, answers A, B, C.

A form is tied to a dossier by a token; no screen shows an officer who answered what.
Doors: `actions`, `queries`, `facts`, `rules`.
"""

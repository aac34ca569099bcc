"""Sổ theo dõi nhỏ: decisions of the province, procedure reviews, petitions, equipment, rates.

First form of what becomes rooms of its own. Doors: `actions`, `queries`, `rules`.
"""

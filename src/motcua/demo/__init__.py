"""Dữ liệu mẫu: an openly invented commune whose year gives a report's figures, exactly.

Figures (a file, or the seed's) are completed and checked (`figures`), turned into a plan of every
dossier and act (`plan`, pure), and played through the doors the screens use (`build`). Beside
the closed year there is a living present (`present`). Entrance: `command`.
"""

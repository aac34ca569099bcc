"""Nhật ký: what happened, by whom, when; written once, sealed daily, verifiable.

Doors: `actions` (the `action` decorator, `record`, `record_read`, `seal_days`), `queries`.
"""

"""Giấy tờ: stored files (content-addressed) and the rendering of official forms.

Doors: `actions.store`, `queries`, `pdf`. Uploads are hostile: see `uploads`.
"""

"""Addresses of the figures (số liệu)."""

from django.urls import path

from motcua.report import inquiry_views, views

urlpatterns = [
    path("so-lieu", views.choose, name="so-lieu"),
    path("so-lieu/hoi", inquiry_views.ask, name="so-lieu-hoi"),
    path("so-lieu/hoi/ho-so", inquiry_views.records, name="so-lieu-hoi-ho-so"),
    path("so-lieu/<str:period>", views.figures, name="so-lieu-ky"),
    path("so-lieu/<str:period>/chot", views.close, name="so-lieu-chot"),
    path("so-lieu/<str:period>/<str:figure_id>", views.evidence, name="so-lieu-bang-chung"),
]

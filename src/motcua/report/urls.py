"""Addresses of the figures (số liệu)."""

from django.urls import path

from motcua.report import views

urlpatterns = [
    path("so-lieu", views.choose, name="so-lieu"),
    path("so-lieu/<str:period>", views.figures, name="so-lieu-ky"),
    path("so-lieu/<str:period>/chot", views.close, name="so-lieu-chot"),
    path("so-lieu/<str:period>/<str:figure_id>", views.evidence, name="so-lieu-bang-chung"),
]

"""Addresses of absences (vắng mặt)."""

from django.urls import path

from motcua.people import absence_views

urlpatterns = [
    path("vang-mat", absence_views.absences, name="vang-mat"),
    path("vang-mat/lich", absence_views.plan, name="vang-mat-lich"),
    path("vang-mat/<uuid:absence_id>/huy", absence_views.cancel, name="vang-mat-huy"),
    path("vang-mat/<uuid:absence_id>/tro-lai", absence_views.back, name="vang-mat-tro-lai"),
]

"""Addresses of the catalogue (danh mục thủ tục)."""

from django.urls import path

from motcua.procedures import views

urlpatterns = [
    path("thu-tuc", views.catalogue_list, name="thu-tuc"),
    path("thu-tuc/<str:code>", views.procedure, name="thu-tuc-chi-tiet"),
]

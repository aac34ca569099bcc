"""Addresses of the small registers (các sổ nhỏ)."""

from django.urls import path

from motcua.registers import views

urlpatterns = [
    path("so", views.index, name="so-nho"),
    path("so/<slug:slug>", views.book, name="so-nho-so"),
    path("so/<slug:slug>/ghi", views.enter, name="so-nho-ghi"),
    path("so/<slug:slug>/<uuid:row_id>/<slug:mark_slug>", views.mark, name="so-nho-danh-dau"),
]

"""Addresses of officers (cán bộ)."""

from django.urls import path

from motcua.people import code_views, officer_import_views, officer_views

urlpatterns = [
    path("can-bo", officer_views.officers, name="can-bo"),
    path("can-bo/them", officer_views.add, name="can-bo-them"),
    path("can-bo/nhap", officer_import_views.bring_in, name="can-bo-nhap"),
    path("can-bo/mau", officer_import_views.template, name="can-bo-mau"),
    path("can-bo/<uuid:officer_id>", officer_views.officer, name="can-bo-chi-tiet"),
    path("can-bo/<uuid:officer_id>/sua", officer_views.change, name="can-bo-sua"),
    path("can-bo/<uuid:officer_id>/vai-tro", officer_views.assign, name="can-bo-vai-tro"),
    path(
        "can-bo/<uuid:officer_id>/vai-tro/<slug:role>/thoi",
        officer_views.release,
        name="can-bo-thoi-vai-tro",
    ),
    path("can-bo/<uuid:officer_id>/thoi-viec", officer_views.end, name="can-bo-thoi-viec"),
    path("can-bo/<uuid:officer_id>/khoa", officer_views.suspend, name="can-bo-khoa"),
    path("can-bo/<uuid:officer_id>/bo-khoa-tam", officer_views.unlock, name="can-bo-bo-khoa-tam"),
    path("can-bo/<uuid:officer_id>/ma", code_views.give, name="can-bo-ma"),
    path("ma-dung-mot-lan", code_views.use, name="ma-dung-mot-lan"),
    path("mat-khau", code_views.change, name="mat-khau"),
]

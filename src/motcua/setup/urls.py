"""Addresses of the first day (thiết lập)."""

from django.urls import path

from motcua.setup import catalogue_views, opening_views, views

urlpatterns = [
    path("thiet-lap", views.index, name="thiet-lap"),
    path("thiet-lap/tieu-de", views.head, name="thiet-lap-tieu-de"),
    path("thiet-lap/con-dau", views.seal, name="thiet-lap-con-dau"),
    path("thiet-lap/con-dau/hinh", views.seal_picture, name="thiet-lap-con-dau-hinh"),
    path("thiet-lap/lich", views.calendar, name="thiet-lap-lich"),
    path("thiet-lap/danh-muc", catalogue_views.choose, name="thiet-lap-danh-muc"),
    path("thiet-lap/so-du", opening_views.bring, name="thiet-lap-so-du"),
    path("thiet-lap/so-du/mau", opening_views.template, name="thiet-lap-so-du-mau"),
    path("thiet-lap/so-du/<uuid:token>", opening_views.one, name="thiet-lap-so-du-tep"),
    path("thiet-lap/san-sang", views.ready, name="thiet-lap-san-sang"),
]

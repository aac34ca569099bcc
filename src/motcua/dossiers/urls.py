"""Addresses of this room."""

from django.urls import path

from motcua.dossiers import act_views, reception_views, scan_views, views

urlpatterns = [
    path("tiep-nhan", reception_views.receive, name="tiep-nhan"),
    path("tiep-nhan/thu-tuc", reception_views.find_procedure, name="tim-thu-tuc"),
    path("tiep-nhan/xem-truoc", reception_views.preview, name="xem-truoc"),
    path("ho-so", views.index, name="ho-so"),
    path("ho-so/<str:code>", views.detail, name="ho-so-chi-tiet"),
    path("ho-so/<str:code>/da-tiep-nhan", reception_views.received, name="da-tiep-nhan"),
    path("ho-so/<str:code>/nhat-ky", views.history, name="ho-so-nhat-ky"),
    path("ho-so/<str:code>/dinh-danh", views.identity, name="ho-so-dinh-danh"),
    path("ho-so/<str:code>/ban-quet", scan_views.scans, name="ho-so-ban-quet"),
    path("ho-so/<str:code>/giay/<int:number>", scan_views.paper, name="ho-so-giay"),
    path("ho-so/<str:code>/mau/<str:which>", views.form, name="ho-so-mau"),
    path("ho-so/<str:code>/viec/<slug:slug>", act_views.act, name="ho-so-viec"),
]

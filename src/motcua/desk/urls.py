"""Addresses of this room."""

from django.urls import path

from motcua.desk import day_end_views, hand_over_views, recent_views, transfer_views, views

urlpatterns = [
    path("", views.home, name="trang-chu"),
    path("hom-nay", views.today, name="hom-nay"),
    path("cuoi-ngay", day_end_views.sheet, name="cuoi-ngay"),
    path("cuoi-ngay/<slug:part>", day_end_views.listing, name="cuoi-ngay-muc"),
    path("chuyen-giao", transfer_views.transfer, name="chuyen-giao"),
    path("viec-vua-lam", recent_views.recent_acts, name="viec-vua-lam"),
    path("ho-so-ke-tiep", views.next_dossier, name="ho-so-ke-tiep"),
    path("cho-ky", views.to_sign, name="cho-ky"),
    path("cho-ky/xem-lai", views.review_batch, name="xem-lai-va-ky"),
    path("cho-ky/ky", views.sign_batch, name="ky-nhieu"),
    path("cho-ky/<str:code>", views.sign_card, name="cho-ky-chi-tiet"),
    path("ho-so/<str:code>/viec/tra-ket-qua", hand_over_views.hand_over, name="tra-ket-qua"),
]

"""Addresses of this room."""

from django.urls import path

from motcua.desk import views

urlpatterns = [
    path("", views.home, name="trang-chu"),
    path("hom-nay", views.today, name="hom-nay"),
    path("ho-so-ke-tiep", views.next_dossier, name="ho-so-ke-tiep"),
    path("cho-ky", views.to_sign, name="cho-ky"),
    path("cho-ky/xem-lai", views.review_batch, name="xem-lai-va-ky"),
    path("cho-ky/ky", views.sign_batch, name="ky-nhieu"),
    path("cho-ky/<str:code>", views.sign_card, name="cho-ky-chi-tiet"),
    path("ho-so/<str:code>/viec/tra-ket-qua", views.hand_over, name="tra-ket-qua"),
]

"""Addresses of this room."""

from django.urls import include, path

from motcua.people import session_views, views

urlpatterns = [
    path("phien", session_views.session, name="phien"),
    path("dang-nhap", views.Login.as_view(), name="dang-nhap"),
    path("", include("motcua.people.absence_urls")),
    path("", include("motcua.people.officer_urls")),
    path("", include("motcua.people.office_urls")),
    path("dang-xuat", views.Logout.as_view(), name="dang-xuat"),
]

"""Addresses of survey entry (phiếu khảo sát)."""

from django.urls import path

from motcua.surveys import views

urlpatterns = [path("khao-sat", views.entry, name="khao-sat")]

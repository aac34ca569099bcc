"""Pages of the frame itself: what can be done, which keys there are, how components look."""

from django.urls import path

from motcua.web import views

urlpatterns = [
    path("ngon-ngu", views.speak, name="ngon-ngu"),
    path("lenh", views.acts, name="lenh"),
    path("phim-tat", views.keys, name="phim-tat"),
    path("thiet-ke", views.design, name="thiet-ke"),
]

"""Addresses of the office, the training copy, one's own choices (cơ quan, tập huấn, tùy chọn)."""

from django.urls import path

from motcua.people import office_views, preference_views, training_views

urlpatterns = [
    path("co-quan", office_views.office, name="co-quan"),
    path("co-quan/ten", office_views.rename, name="co-quan-ten"),
    path("co-quan/tieu-de", office_views.letterhead, name="co-quan-tieu-de"),
    path("co-quan/gio", office_views.hours, name="co-quan-gio"),
    path("co-quan/ngay-nghi", office_views.closures, name="co-quan-ngay-nghi"),
    path("co-quan/ngay-nghi/<slug:day>/bo", office_views.reopen, name="co-quan-ngay-nghi-bo"),
    path("tap-huan", training_views.training, name="tap-huan"),
    path("tap-huan/vao", training_views.enter, name="tap-huan-vao"),
    path("tap-huan/ve", training_views.leave, name="tap-huan-ve"),
    path("tap-huan/mo", training_views.begin, name="tap-huan-mo"),
    path("tuy-chon", preference_views.preferences, name="tuy-chon"),
]

"""Every address of the application. Public addresses are Vietnamese without diacritics."""

from django.urls import include, path

handler500 = "motcua.web.outage.server_error"

urlpatterns = [  # asked one after another: those that are opened all day come first
    path("", include("motcua.desk.urls")),
    path("", include("motcua.dossiers.urls")),
    path("", include("motcua.web.urls")),
    path("", include("motcua.people.urls")),
    path("", include("motcua.procedures.urls")),
    path("", include("motcua.setup.urls")),
    path("", include("motcua.surveys.urls")),
    path("", include("motcua.registers.urls")),
    path("", include("motcua.report.urls")),
]

"""Receive, move, list: each the shortest honest way."""

import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from bench.minimal.models import Dossier, Event

AGENCY = uuid.UUID(int=1)
COLUMNS = (
    "d.code, v.short_name, p.name, d.due_at, d.state, o.name FROM dossiers_dossier d"
    " JOIN dossiers_person p ON p.id = d.applicant_id"
    " JOIN procedures_version v ON v.id = d.version_id"
    " LEFT JOIN people_officer o ON o.id = d.holder_id"
)


def receive(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "minimal/form.html")
    given, at, made = request.POST, timezone.now(), uuid.uuid4()
    with transaction.atomic():
        dossier = Dossier.objects.create(
            agency=AGENCY, code=made.hex, state="2", applicant=given["ho-ten"],
            id_number=given["so-dinh-danh"], address=given["dia-chi"], received_at=at,
            due_at=at + timedelta(days=3),
        )  # fmt: skip
        _note(dossier.pk, "received", {"procedure": given["ma-thu-tuc"], "key": given["khoa"]})
    return redirect(f"/ho-so/{dossier.code}")


def move(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier_id).update(state="4")
        _note(dossier_id, "assign", {"to": request.POST["den"], "key": request.POST["khoa"]})
    return redirect(f"/ho-so/{dossier_id}")


def _note(dossier_id: uuid.UUID, verb: str, data: dict[str, str]) -> None:
    at = timezone.now()
    Event.objects.create(
        agency=AGENCY, dossier_id=dossier_id, verb=verb, at=at, day=at.date(), data=data,
        hash="0" * 64,
    )  # fmt: skip


def page(request: HttpRequest) -> HttpResponse:
    """Fifty rows of the product's own table after a key, by raw SQL, in a plain table."""
    given, bound, values = request.GET, "", [request.GET["agency"]]
    if "at" in given:
        bound = " AND (d.received_at, d.id) < (%s, %s)"
        values += [given["at"], given["id"]]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} WHERE d.agency_id = %s{bound}"
            " ORDER BY d.received_at DESC, d.id DESC LIMIT 51",
            values,
        )
        rows = cursor.fetchall()
    return render(request, "minimal/page.html", {"rows": rows[:50]})


urlpatterns = [
    path("nhan", receive),
    path("chuyen/<uuid:dossier_id>", move),
    path("trang", page),
]

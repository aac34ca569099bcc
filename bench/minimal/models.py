"""A row like a dossier and a row like an event, with the indexes that such rows must have."""

from django.db import models

from motcua.web.ids import uuid7


class Dossier(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    agency = models.UUIDField()
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=2)
    applicant = models.CharField(max_length=200)
    id_number = models.CharField(max_length=20)
    address = models.CharField(max_length=300)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="bench_code_once")]
        indexes = [
            models.Index(fields=["agency", "received_at", "id"], name="bench_by_receipt"),
            models.Index(fields=["agency", "due_at", "id"], name="bench_by_due"),
        ]


class Event(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    agency = models.UUIDField()
    dossier = models.ForeignKey(Dossier, models.PROTECT)
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    day = models.DateField()
    data = models.JSONField()
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["agency", "day"], name="bench_by_day")]

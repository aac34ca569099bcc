from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.kernel.chain import GENESIS
from motcua.web.scope import AgencyModel


class Journaled(models.Model):
    """A subject of journal events. It carries the head of its chain, so that a cut tail shows."""

    journal_seq = models.PositiveIntegerField(default=0)
    journal_hash = models.CharField(max_length=64, default=GENESIS)
    journal_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def journal_label(self) -> str:
        """How people name this subject, for the journal and for `verify`."""
        return str(self)


class Event(AgencyModel):
    """Sự kiện: one thing that somebody did. Written once; a trigger refuses change and removal.

    `hash` covers every column but `id` and the hash of the event before it on the same subject.
    `key` is the idempotency key of the act, `asked` the digest of its arguments; only the act's
    own event carries them.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    subject_label = models.CharField(max_length=120)
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    day = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    key = models.CharField(max_length=80, null=True)
    asked = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "subject_type", "subject_id", "seq"], name="event_once_in_chain"
            ),
            models.UniqueConstraint(
                fields=["agency", "key"], condition=Q(key__isnull=False), name="event_key_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "day"], name="event_by_day"),
            models.Index(fields=["agency", "by", "id"], name="event_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_label} {self.seq} {self.verb}"


class Read(AgencyModel):
    """Lượt xem dữ liệu cá nhân: who saw whose data, when and for what."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    day = models.DateField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    subject_label = models.CharField(max_length=120)
    purpose = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "day"], name="read_by_day"),
            models.Index(fields=["agency", "subject_type", "subject_id"], name="read_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_label} {self.purpose}"


class Seal(AgencyModel):
    """Niêm phong ngày: the Merkle root of a day's events and reads, chained to the last seal."""

    day = models.DateField()
    at = models.DateTimeField()
    events = models.PositiveIntegerField()
    reads = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="seal_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from motcua.journal.models import Journaled
from motcua.kernel.terms import Cutoff, Term, parse_cutoff, parse_term
from motcua.procedures import rules
from motcua.procedures.rules import FieldGroup, Linkage, OnlineLevel
from motcua.web.scope import AgencyModel, PublishedManager, PublishedModel


class Field(PublishedModel):
    """Lĩnh vực."""

    code = models.SlugField(max_length=60)
    name = models.CharField("lĩnh vực", max_length=200)
    group = models.CharField(max_length=20, choices=FieldGroup.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publisher", "code"], name="field_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Procedure(PublishedModel, Journaled):
    """Thủ tục hành chính: only its code lasts; all else is in its versions."""

    code = models.CharField("mã thủ tục", max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publisher", "code"], name="procedure_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(models.QuerySet):
    def in_force(self, at: datetime) -> "VersionQuerySet":
        """Versions in force at the instant `at`."""
        return self.filter(effective_from__lte=at).filter(
            Q(effective_to=None) | Q(effective_to__gt=at)
        )


class Version(PublishedModel):
    """Phiên bản thủ tục: never changed once written, only ended (`effective_to`).

    `term` is what people write ("3 ngày làm việc"), empty when the source gives none. `fee` is in
    đồng, null when unknown. `papers` and `steps` are read through `rules`. `counted` is false for
    what is received here but not in the commune's own catalogue count.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    name = models.TextField("tên thủ tục")
    short_name = models.CharField("tên gọi tắt", max_length=80)
    folded = models.TextField()
    effective_from = models.DateTimeField("hiệu lực từ")
    effective_to = models.DateTimeField("hết hiệu lực từ", null=True)
    term = models.CharField("thời hạn giải quyết", max_length=60, blank=True)
    term_note = models.CharField(max_length=300, blank=True)
    cutoff = models.CharField(max_length=20, blank=True)
    fee = models.PositiveBigIntegerField("phí, lệ phí", null=True)
    fee_note = models.TextField(blank=True)
    channels = models.JSONField("cách thức nộp", default=list)
    linkage = models.CharField(max_length=20, choices=Linkage.choices())
    online_level = models.CharField(max_length=10, choices=OnlineLevel.choices())
    owner = models.CharField(max_length=20, default="commune")
    counted = models.BooleanField(default=True)
    on_the_spot = models.BooleanField("giải quyết ngay", default=False)
    papers = models.JSONField("thành phần hồ sơ", default=list)
    steps = models.JSONField("quy trình nội bộ", default=list)
    result = models.TextField("kết quả", blank=True)
    legal_basis = models.TextField("căn cứ pháp lý", blank=True)
    decision = models.CharField("quyết định công bố", max_length=200, blank=True)
    source = models.CharField("nguồn", max_length=300)

    objects = PublishedManager.from_queryset(VersionQuerySet)()
    across_agencies = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "procedure", "effective_from"], name="version_one_at_once"
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and kwargs.get("update_fields") != ["effective_to"]:
            raise TypeError("A version is never changed, only ended")
        super().save(*args, **kwargs)

    @cached_property
    def step_list(self) -> tuple[rules.Step, ...]:
        return rules.read_steps(self.steps)

    @property
    def parsed_term(self) -> Term | None:
        return parse_term(self.term) if self.term else None

    @property
    def parsed_cutoff(self) -> Cutoff | None:
        return parse_cutoff(self.cutoff) if self.cutoff else None

    @property
    def owner_name(self) -> str:
        return rules.OWNERS[self.owner]


class NotOffered(AgencyModel):
    """Thủ tục không tiếp nhận: one of the catalogue that the agency's desk does not take in.

    Without a row everything in the catalogue is offered, as it was before there was a choice.
    """

    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="not_offered", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "procedure"], name="not_offered_once")
        ]

    def __str__(self) -> str:
        return str(self.procedure)

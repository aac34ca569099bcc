from typing import Any

from django.db import models

from motcua.journal.models import Journaled
from motcua.kernel.labelled import Labelled
from motcua.report.figures import Kind
from motcua.web.scope import AgencyModel


class PeriodState(Labelled):
    OPEN = "open", "Đang mở"
    CLOSED = "closed", "Đã chốt"


class Period(AgencyModel, Journaled):
    """Kỳ báo cáo of an agency. Once closed, its figures are read as they were frozen.

    `name` is the one spelling of the period ("2023", "2023-Q1"); `first` and `last` are the days
    of its service window.
    """

    name = models.CharField("kỳ", max_length=30)
    regime = models.CharField("chế độ báo cáo", max_length=20)
    first = models.DateField("từ ngày")
    last = models.DateField("đến ngày")
    state = models.CharField(max_length=10, choices=PeriodState.choices(), default=PeriodState.OPEN)
    closed_at = models.DateTimeField("chốt lúc", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="period_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_label(self) -> str:
        return f"Kỳ báo cáo {self.name}"


class Frozen(AgencyModel):
    """Written once, when a period is closed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{self._meta.label} is never changed")
        super().save(*args, **kwargs)


class FrozenList(Frozen):
    """Danh sách đã chốt: rows [id, label, in, amount], found by the hash of their content."""

    hash = models.CharField(max_length=64)
    rows = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "hash"], name="frozen_list_once")]

    def __str__(self) -> str:
        return self.hash[:12]


class FrozenFigure(Frozen):
    """Số liệu đã chốt: number, definition, window and list as they were when the period closed.

    `value` is exact decimal text, empty where there was none. `hash` covers all columns and the
    hash of the list; the journal keeps it in the event that closed the period.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="figures")
    position = models.PositiveSmallIntegerField()
    figure = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    section = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    definition = models.TextField()
    source = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind.choices())
    value = models.CharField(max_length=40, blank=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=30)
    first = models.DateField()
    last = models.DateField()
    records = models.PositiveIntegerField()
    list = models.ForeignKey(FrozenList, models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "period", "figure"], name="frozen_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure} = {self.value}"

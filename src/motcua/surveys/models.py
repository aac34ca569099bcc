from django.db import models

from motcua.journal.models import Journaled
from motcua.surveys.rules import Invalid
from motcua.web.scope import AgencyModel


class SurveyForm(AgencyModel, Journaled):
    """Phiếu khảo sát: handed out with a result; collected once; valid when every criterion has one
    answer. The token is what is printed on it.
    """

    token = models.CharField("mã phiếu", max_length=16)
    dossier = models.OneToOneField("dossiers.Dossier", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("phát lúc")
    returned_at = models.DateTimeField("thu lúc", null=True)
    valid = models.BooleanField("hợp lệ", null=True)
    reason = models.CharField(max_length=20, choices=Invalid.choices(), blank=True)
    c1 = models.CharField(max_length=1, blank=True)
    c2 = models.CharField(max_length=1, blank=True)
    c3 = models.CharField(max_length=1, blank=True)
    c4 = models.CharField(max_length=1, blank=True)
    c5 = models.CharField(max_length=1, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "token"], name="token_once")]

    def __str__(self) -> str:
        return f"Phiếu {self.token}"


class FormFact(AgencyModel):
    """One flat row per form for figures; `id` is the form's. Names no dossier and no person.

    `label` is how lists call the form. It is not the token: who hands a form out sees the token
    beside the dossier, and would find the answers by it. `valid` is 1, 0, or null while the form
    is out.
    """

    label = models.CharField(max_length=8)
    post_group = models.CharField(max_length=20)
    group = models.CharField(max_length=20)
    sent_on = models.DateField()
    sent_day = models.IntegerField()
    returned_on = models.DateField(null=True)
    returned_day = models.IntegerField(null=True)
    valid = models.SmallIntegerField(null=True)
    reason = models.CharField(max_length=20, default="")
    c1 = models.CharField(max_length=1, default="")
    c2 = models.CharField(max_length=1, default="")
    c3 = models.CharField(max_length=1, default="")
    c4 = models.CharField(max_length=1, default="")
    c5 = models.CharField(max_length=1, default="")

    class Meta:
        indexes = [
            models.Index(fields=["agency", "sent_day"], name="form_fact_by_day"),
            models.Index(fields=["agency", "returned_day"], name="form_fact_by_return"),
        ]

    def __str__(self) -> str:
        return f"Phiếu {self.label}"

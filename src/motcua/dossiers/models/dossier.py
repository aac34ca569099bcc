from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from motcua.dossiers import rules
from motcua.dossiers.rules import Channel, Money, PaperAs, Phase, ResultKind, ReturnBy, State
from motcua.journal.models import Journaled
from motcua.kernel.clock import Outcome
from motcua.kernel.text import mask
from motcua.people.rules import Role
from motcua.web.scope import AgencyManager, AgencyModel


class Person(AgencyModel, Journaled):
    """Người nộp: a citizen or an organisation. Birth dates may be a year only.

    Of two records of one person, one lives on: the other points to it (`merged_into`).
    """

    is_organisation = models.BooleanField(default=False)
    name = models.CharField("họ và tên", max_length=200)
    folded = models.CharField(max_length=200)
    id_number = models.CharField("số định danh", max_length=20, blank=True)
    birth = models.CharField("ngày sinh", max_length=10, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "id_number"], condition=~Q(id_number=""), name="person_id_once"
            )
        ]
        # SQLite searches no partial index by a bound value: the constraint's own finds nobody.
        indexes = [
            models.Index(fields=["agency", "folded"], name="person_by_name"),
            models.Index(fields=["agency", "id_number"], name="person_by_id_number"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_label(self) -> str:
        return f"Người nộp {mask(self.id_number) or self.pk}"


class Serial(AgencyModel):
    """The last serial given on a day; only ever moved by one atomic statement."""

    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="serial_of_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.last}"


BY_DUE = Coalesce("due_at", "due_at")
"""The due time as an expression: its index serves the one question that asks for it, no other."""


class DossierQuerySet(models.QuerySet):
    def open(self) -> "DossierQuerySet":
        return self.filter(state__in=rules.OPEN)

    def for_list(self) -> "DossierQuerySet":
        return self.select_related("applicant", "version", "holder")


class Dossier(AgencyModel, Journaled):
    """Hồ sơ. `agency` is competent; `received_by_agency` took it in; `helped_by_agency` helped.

    `origin` says where else it was taken in (tiếp nhận phi địa giới, bưu chính): agency, code and
    instant there; the clock started when we had it. `collected_by` is who fetched the result.
    `first_due_at` moves with pauses only; `due_at` is what was last promised, extension included.
    """

    code = models.CharField("mã hồ sơ", max_length=40)
    version = models.ForeignKey(
        "procedures.Version", models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=2, choices=State.choices())
    phase = models.CharField(max_length=10, choices=Phase.choices())
    step = models.PositiveSmallIntegerField(default=0)
    step_since = models.DateTimeField()
    holder = models.ForeignKey(
        "people.Officer", models.PROTECT, null=True, related_name="+", db_index=False
    )
    holder_role = models.CharField(max_length=20, choices=Role.choices(), blank=True)

    applicant = models.ForeignKey(Person, models.PROTECT, related_name="dossiers", db_index=False)
    filer = models.JSONField("người nộp thay", null=True)
    content = models.CharField("nội dung yêu cầu", max_length=600, blank=True)
    channel = models.CharField("kênh nộp", max_length=10, choices=Channel.choices())
    return_by = models.CharField("nhận kết quả", max_length=10, choices=ReturnBy.choices())
    copies = models.PositiveSmallIntegerField("số bộ", default=1)
    received_by = models.ForeignKey(
        "people.Officer", models.PROTECT, related_name="+", db_index=False
    )
    received_by_agency = models.ForeignKey(
        "people.Agency", models.PROTECT, related_name="+", db_index=False
    )
    helped_by_agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, related_name="+", db_index=False
    )
    visit = models.ForeignKey(
        "dossiers.Visit", models.PROTECT, null=True, related_name="dossiers", db_index=False
    )
    origin = models.JSONField("nơi đã tiếp nhận", null=True)
    collected_by = models.JSONField("người nhận kết quả", null=True)
    foreign_code = models.CharField("mã ở hệ thống khác", max_length=60, blank=True)

    term = models.CharField("thời hạn", max_length=60)
    received_at = models.DateTimeField("lúc nhận")
    started_at = models.DateTimeField("lúc tính hạn")
    first_due_at = models.DateTimeField("hạn đầu")
    due_at = models.DateTimeField("hẹn trả")
    pauses = models.JSONField(default=list)
    paused_at = models.DateTimeField(null=True)
    paused_from = models.CharField(max_length=2, blank=True)
    supplements = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField("xong lúc", null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices(), blank=True)
    late_phase = models.CharField(max_length=10, choices=Phase.choices(), blank=True)
    handed_at = models.DateTimeField("trả lúc", null=True)

    money = models.CharField(max_length=10, choices=Money.choices(), default=Money.NONE)
    fee_owed = models.PositiveBigIntegerField("phí phải nộp, đồng", default=0)
    fee_paid = models.PositiveBigIntegerField("phí đã nộp, đồng", default=0)

    result_kind = models.CharField(max_length=10, choices=ResultKind.choices(), blank=True)
    result_number = models.CharField("số văn bản kết quả", max_length=60, blank=True)
    signer = models.ForeignKey(
        "people.Officer", models.PROTECT, null=True, related_name="+", db_index=False
    )
    digitised = models.BooleanField("đã số hóa", default=False)
    survey_offered = models.BooleanField("đã phát phiếu khảo sát", default=False)

    objects = AgencyManager.from_queryset(DossierQuerySet)()
    across_agencies = models.Manager.from_queryset(DossierQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="dossier_code_once"),
            models.CheckConstraint(
                name="dossier_finished_has_outcome",
                condition=Q(finished_at=None, outcome="") | (~Q(finished_at=None) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="dossier_paused_has_start",
                condition=Q(paused_at=None) & ~Q(state__in=["5", "6"])
                | ~Q(paused_at=None) & Q(state__in=["5", "6"]),
            ),
        ]
        # None is partial: SQLite uses no partial index with bound values. None is by the due time
        # itself alone: SQLite would walk all dossiers in its order to find the few in some states.
        indexes = [
            models.Index(fields=["agency", "received_at", "id"], name="dossier_by_receipt"),
            models.Index(
                fields=["agency", "state", "due_at", "id"], name="dossier_of_state_by_due"
            ),
            models.Index(F("agency"), BY_DUE, F("id"), name="dossier_by_due"),
            models.Index(fields=["agency", "holder", "state"], name="dossier_of_holder"),
            models.Index(
                fields=["agency", "applicant", "received_at", "id"], name="dossier_of_person"
            ),
            models.Index(fields=["agency", "visit", "id"], name="dossier_of_visit"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def paused(self) -> bool:
        return self.paused_at is not None


class Paper(AgencyModel):
    """Thành phần hồ sơ as received, with its scan."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers", db_index=False)
    number = models.PositiveSmallIntegerField("số thứ tự")
    name = models.CharField("tên giấy tờ", max_length=400)
    how = models.CharField(max_length=10, choices=PaperAs.choices())
    quantity = models.PositiveSmallIntegerField("số lượng", default=1)
    original = models.BooleanField("bản chính", default=True)
    note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(
        "papers.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False
    )
    confirmed = models.BooleanField("đã kiểm bản quét", default=False)
    exemption = models.CharField("lý do không quét", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "dossier", "number"], name="paper_once")
        ]

    def __str__(self) -> str:
        return self.name


class IssuedForm(AgencyModel):
    """A form of TT 03/2025/TT-VPCP, rendered when first asked for and kept as it was issued.

    `data` is what it was rendered from, so that a reprint (in lại) says the same; `prints` counts
    the printings, `number` is its number in the yearly book of its kind, when it has one.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="forms", db_index=False)
    form = models.CharField(max_length=4)
    at_seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    file = models.ForeignKey("papers.StoredFile", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField(null=True)
    data = models.JSONField(null=True)
    prints = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "dossier", "form", "at_seq"], name="form_once_a_state"
            )
        ]

    def __str__(self) -> str:
        return f"Mẫu {self.form}"


class DossierFact(AgencyModel):
    """One flat row per dossier for figures; `id` is the dossier's. Days are local, also as epoch
    days. Written from events only, so that it can be rebuilt from the journal to equal content.
    """

    code = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40)
    procedure_name = models.CharField(max_length=80)
    field = models.CharField(max_length=60)
    group = models.CharField(max_length=20)
    linkage = models.CharField(max_length=20)
    online_level = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    officer = models.UUIDField()
    post_group = models.CharField(max_length=20)
    received_on = models.DateField()
    received_day = models.IntegerField()
    due_on = models.DateField()
    due_day = models.IntegerField()
    finished_on = models.DateField(null=True)
    finished_day = models.IntegerField(null=True)
    finished_as = models.CharField(max_length=10, default="")
    outcome = models.CharField(max_length=10, default="")
    outcome_promised = models.CharField(max_length=10, default="")
    late_phase = models.CharField(max_length=10, default="")
    handed_on = models.DateField(null=True)
    handed_day = models.IntegerField(null=True)
    digitised_day = models.IntegerField(null=True)
    reopened_day = models.IntegerField(null=True)
    redigitised_day = models.IntegerField(null=True)
    survey_day = models.IntegerField(null=True)
    papers = models.PositiveSmallIntegerField()
    supplements = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    fee_owed = models.PositiveBigIntegerField(default=0)
    fee_paid = models.PositiveBigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "received_day"], name="fact_by_receipt"),
            models.Index(fields=["agency", "handed_day"], name="fact_by_hand_over"),
            models.Index(
                fields=["agency", "finished_day", "received_day"], name="fact_by_finish_receipt"
            ),
        ]

    def __str__(self) -> str:
        return self.code

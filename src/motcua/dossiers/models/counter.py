"""What else the counter keeps: books, visits, notices, certifications, what is sent elsewhere."""

from django.db import models

from motcua.dossiers.models.dossier import Dossier, Person
from motcua.dossiers.rules import Channel
from motcua.journal.models import Journaled
from motcua.web.scope import AgencyModel


class Book(AgencyModel):
    """Sổ: the last number given in a yearly book of a kind of paper; moved by one statement only.

    `name` is the symbol of the paper (PBS, PTC, PXL, …).
    """

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name", "year"], name="book_of_year")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.last}"


class Visit(AgencyModel, Journaled):
    """Lượt đến: one person at the counter once, with one dossier or several, and one receipt."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="visits", db_index=False)
    at = models.DateTimeField("lúc đến")
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["agency", "at", "id"], name="visit_by_time")]

    def __str__(self) -> str:
        return f"Lượt đến {self.pk}"


class Notice(AgencyModel, Journaled):
    """Phiếu trả lời tại quầy: what the desk gave out instead of taking a dossier in.

    Form 02 asks to complete the papers before receipt, form 03 declines (NĐ 118/2025/NĐ-CP
    Đ.17.2). `who` holds the person as typed: no dossier, no record of a person.
    """

    form = models.CharField(max_length=4)
    number = models.PositiveIntegerField("số")
    version = models.ForeignKey(
        "procedures.Version", models.PROTECT, null=True, related_name="+", db_index=False
    )
    request = models.CharField("nội dung yêu cầu", max_length=600, blank=True)
    who = models.JSONField("người nộp")
    items = models.JSONField("nội dung cần hoàn thiện", default=list)
    reason = models.CharField("lý do", max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", db_index=False)
    file = models.ForeignKey(
        "papers.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False
    )
    prints = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["agency", "at", "id"], name="notice_by_time")]

    def __str__(self) -> str:
        return f"Mẫu {self.form} số {self.number}"


class Certification(AgencyModel):
    """Lần chứng thực: one entry of a yearly book of certification (NĐ 23/2015/NĐ-CP).

    `number` is the number in `book` (SCT/BS, SCT/CK, SCT/HĐGD), `copies` how many copies were
    certified. Paper books have gaps and duplicates: neither is hidden by a constraint.
    """

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="certifications", db_index=False
    )
    book = models.CharField("sổ", max_length=10)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số chứng thực")
    document = models.CharField("giấy tờ", max_length=300)
    copies = models.PositiveSmallIntegerField("số bản", default=1)
    fee = models.PositiveIntegerField("phí, đồng", default=0)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", db_index=False)
    void = models.CharField("lý do bỏ", max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "book", "year", "number"], name="certification_in_book"),
            models.Index(fields=["agency", "dossier", "id"], name="certification_of_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.book}"


class Forwarded(AgencyModel, Journaled):
    """Hồ sơ phi địa giới: taken in here for another competent agency; the clock is theirs.

    It is in its own book, and in no figure of what this agency resolves (NĐ 118/2025/NĐ-CP).
    """

    code = models.CharField("mã hồ sơ", max_length=40)
    competent = models.CharField("cơ quan có thẩm quyền", max_length=200)
    procedure = models.CharField("thủ tục", max_length=400)
    procedure_code = models.CharField("mã thủ tục", max_length=40, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="forwarded", db_index=False)
    papers = models.JSONField("thành phần hồ sơ", default=list)
    channel = models.CharField(max_length=10, choices=Channel.choices())
    received_at = models.DateTimeField("lúc nhận")
    received_by = models.ForeignKey(
        "people.Officer", models.PROTECT, related_name="+", db_index=False
    )
    sent_at = models.DateTimeField("lúc chuyển", null=True)
    their_code = models.CharField("mã ở nơi có thẩm quyền", max_length=60, blank=True)
    accepted_at = models.DateTimeField("nơi có thẩm quyền nhận lúc", null=True)
    due_at = models.DateTimeField("hẹn trả", null=True)
    result_at = models.DateTimeField("có kết quả lúc", null=True)
    handed_at = models.DateTimeField("trả lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="forwarded_code_once")
        ]
        indexes = [
            models.Index(fields=["agency", "received_at", "id"], name="forwarded_by_receipt")
        ]

    def __str__(self) -> str:
        return self.code

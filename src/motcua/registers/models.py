from django.db import models

from motcua.journal.models import Journaled
from motcua.registers.rules import EquipmentKind
from motcua.web.scope import AgencyModel


class ProvincialDecision(AgencyModel, Journaled):
    """Quyết định công bố TTHC of the province: received, reviewed, posted, turned into processes.

    Law: NĐ 63/2010/NĐ-CP Đ.13–15; QĐ 19/2014/QĐ-TTg for the ISO processes.
    """

    number = models.CharField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    title = models.CharField("trích yếu", max_length=400)
    received_on = models.DateField("ngày nhận")
    reviewed_on = models.DateField("ngày rà soát", null=True)
    posted_on = models.DateField("ngày niêm yết", null=True)
    processed_on = models.DateField("ngày công bố quy trình ISO", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="decision_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class ProcedureReview(AgencyModel, Journaled):
    """Rà soát, đánh giá TTHC: registered with the level above, then done."""

    procedure = models.CharField("thủ tục", max_length=300)
    registered_on = models.DateField("ngày đăng ký")
    reviewed_on = models.DateField("ngày rà soát xong", null=True)
    proposal = models.CharField("kiến nghị", max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure", "registered_on"], name="review_once"
            )
        ]

    def __str__(self) -> str:
        return self.procedure


class Petition(AgencyModel, Journaled):
    """Phản ánh, kiến nghị on procedures (NĐ 20/2008/NĐ-CP as amended)."""

    received_on = models.DateField("ngày nhận")
    content = models.CharField("nội dung", max_length=1000)
    answered_on = models.DateField("ngày trả lời", null=True)
    answer = models.CharField("trả lời", max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.received_on:%d/%m/%Y}"


class Equipment(AgencyModel, Journaled):
    """Trang thiết bị and shared software of the desk, in use from a day to a day."""

    kind = models.CharField(max_length=20, choices=EquipmentKind.choices())
    name = models.CharField("tên", max_length=200)
    used_from = models.DateField("dùng từ")
    used_to = models.DateField("thôi dùng từ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "name", "used_from"], name="equipment_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AllowanceRate(AgencyModel, Journaled):
    """Mức hỗ trợ of a desk member, đồng a month, from a day on."""

    amount = models.PositiveBigIntegerField("đồng mỗi tháng")
    effective_from = models.DateField("từ ngày")
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "effective_from"], name="rate_one_at_once")
        ]

    def __str__(self) -> str:
        return f"{self.amount} từ {self.effective_from:%d/%m/%Y}"

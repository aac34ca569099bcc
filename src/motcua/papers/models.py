from django.db import models

from motcua.web.scope import AgencyModel


class StoredFile(AgencyModel):
    """Tệp đã lưu: content-addressed; the name people gave it is only a label."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=80)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "sha256"], name="file_once")]

    def __str__(self) -> str:
        return self.name

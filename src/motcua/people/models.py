import datetime as dt
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.db.models import F, Q

from motcua.journal.models import Journaled
from motcua.people.rules import AbsenceKind, AgencyKind, LoginKind, PostGroup, Role
from motcua.web.ids import uuid7
from motcua.web.scope import AgencyManager, AgencyModel


class Agency(Journaled):
    """Cơ quan: the tenant. What it is called and under whom is dated (`AgencyVersion`).

    `rev` grows with every change of its versions, calendar or closures, `staff_rev` with every
    change of its officers, assignments or absences, `catalogue_rev` with every change of what its
    desk takes in: caches carry them. `training_of` is the live agency of which this one is the
    training copy (bản tập huấn).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    rev = models.PositiveIntegerField(default=1)
    staff_rev = models.PositiveIntegerField(default=1)
    catalogue_rev = models.PositiveIntegerField(default=1)
    training_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    sealed_on = models.DateField(null=True)
    watermark = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.slug


class AgencyVersion(models.Model):
    """What an agency was called, its code and its parent from one day to another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=20, choices=AgencyKind.choices())
    name = models.CharField("tên cơ quan", max_length=200)
    place = models.CharField("địa danh", max_length=100)
    code = models.CharField("mã định danh", max_length=40)
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    effective_from = models.DateField("hiệu lực từ")
    effective_to = models.DateField("hết hiệu lực từ", null=True)
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "effective_from"], name="agency_one_at_once"),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
                name="agency_version_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Merger(models.Model):
    """Sáp nhập: from `on`, `old` lives on in `new`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="merged_from")
    old = models.ForeignKey(Agency, models.PROTECT, related_name="merged_into")
    on = models.DateField()
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "old"], name="merger_once")]

    def __str__(self) -> str:
        return f"{self.old} -> {self.agency} {self.on}"


class WorkingHours(AgencyModel):
    """Giờ làm việc of an agency's desk or offices from a day on: a named set of the kernel's."""

    unit = models.CharField(max_length=10, default="desk")
    sessions = models.CharField(max_length=40)
    effective_from = models.DateField()
    source = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit", "effective_from"], name="hours_one_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sessions} từ {self.effective_from}"


class Closure(AgencyModel):
    """Ngày nghỉ riêng of one agency, such as a flood day."""

    day = models.DateField()
    reason = models.CharField("lý do", max_length=200)
    source = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="closure_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class Post(AgencyModel):
    """Vị trí việc làm, chức danh."""

    code = models.CharField(max_length=40)
    title = models.CharField("chức danh", max_length=200)
    group = models.CharField(max_length=20, choices=PostGroup.choices())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="post_code_once")]

    def __str__(self) -> str:
        return self.title


class OfficerManager(AgencyManager, UserManager):
    pass


class Officer(AgencyModel, Journaled, AbstractBaseUser):
    """Cán bộ, công chức: a person of an agency with an account.

    The login name is unique everywhere, since it is given before any agency is known. `twin_of` is
    the live officer whose part this one plays in the training copy.
    """

    login = models.CharField("tên đăng nhập", max_length=60, unique=True)
    name = models.CharField("họ và tên", max_length=120)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="officers")
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField("phải đổi mật khẩu", default=False)
    preferences = models.JSONField("tùy chọn", default=dict)
    twin_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    last_login = None  # the journal of reads tells more, and a login need not write a row

    USERNAME_FIELD = "login"
    objects = OfficerManager()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def assignments_ever(self) -> list["Assignment"]:
        return list(Assignment.across_agencies.filter(agency_id=self.agency_id, officer=self))

    def roles(self, on: dt.date) -> frozenset[Role]:
        """The roles held on the day `on`."""
        return frozenset(Role(row.role) for row in self.assignments_ever if row.covers(on))

    def has_role(self, *roles: Role, on: dt.date, field: str = "") -> bool:
        """Whether one of the roles is held on the day, for the field of procedures if given."""
        return any(
            row.role in roles and row.covers(on) and row.reaches(field)
            for row in self.assignments_ever
        )


class Assignment(AgencyModel):
    """Phân công: a role of an officer, from a day to a day (not included), in fields or in all."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices())
    fields = models.JSONField("lĩnh vực", default=list, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    source = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "officer", "role", "effective_from"], name="assigned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer}: {Role(self.role).label}"

    def reaches(self, field: str) -> bool:
        """Whether the assignment is for this field: it names it, or names none."""
        return not field or not self.fields or field in self.fields

    def covers(self, day: dt.date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)


class Absence(AgencyModel, Journaled):
    """Vắng mặt of an officer, from `start` to `end` (not included)."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=20, choices=AbsenceKind.choices())
    start = models.DateTimeField("từ")
    end = models.DateTimeField("đến")
    note = models.CharField("ghi chú", max_length=200, blank=True)
    stand_in = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="absence_lasts")
        ]
        indexes = [models.Index(fields=["agency", "officer", "end"], name="absence_of_officer")]

    def __str__(self) -> str:
        return f"{self.officer}: {AbsenceKind(self.kind).label}"


class Letterhead(AgencyModel):
    """Tiêu đề văn bản, con dấu: what heads and seals the agency's papers from a day on.

    An empty line is made from the agency's name. `seal` is the picture of the seal (.png).
    """

    effective_from = models.DateField("áp dụng từ")
    parent_line = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    desk_line = models.CharField("đơn vị ban hành", max_length=200, blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    lookup_url = models.CharField("địa chỉ tra cứu", max_length=200, blank=True)
    seal = models.ForeignKey(
        "papers.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False
    )
    source = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "effective_from"], name="letterhead_one_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.desk_line} từ {self.effective_from}"


class OneTimeCode(AgencyModel):
    """Mã dùng một lần: opens the account of an officer once, to set a new password. Kept hashed."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", db_index=False
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "officer", "id"], name="code_of_officer")]

    def __str__(self) -> str:
        return f"{self.officer} {self.made_at:%Y-%m-%d}"


class LoginEvent(models.Model):
    """Nhật ký đăng nhập: who came in, who could not, who left. Triggers refuse change and removal.

    `login` is the name of an account; of a name that no account has only a keyed digest is kept,
    since people type their password into that box. Of no agency: the door comes before it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField("tên đăng nhập", max_length=60)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=LoginKind.choices())
    address = models.CharField("địa chỉ mạng", max_length=45)

    class Meta:
        indexes = [
            models.Index(fields=["login", "at"], name="login_event_of_name"),
            models.Index(fields=["address", "at"], name="login_event_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.login} {LoginKind(self.kind).label}"


class Session(models.Model):
    """Phiên làm việc: what the browser's cookie opens, found by a digest of it.

    Of no agency: it tells of which officer a request is, and with that of which agency.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    officer = models.ForeignKey(
        Officer, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    data = models.JSONField(default=dict)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:12]

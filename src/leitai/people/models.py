"""Who signs in, who is a person of the season, where they serve, and what they are appointed to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.base.bigrams import Bigrams
from leitai.people.enums import (
    CommitteeKind,
    DraftState,
    Guest,
    LoginKind,
    Position,
    Role,
    SlipPurpose,
    Staffing,
    TransferState,
    UnitPart,
    Window,
)
from leitai.units.models import Unit


class Account(AbstractUser):
    """How a person signs in. `consent` is the version of the privacy notice agreed to."""

    display_name = models.CharField(_("姓名"), max_length=50, blank=True)
    consent = models.CharField(max_length=16, blank=True)
    consent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("账号")


class LoginName(models.Model):
    """Another name to sign in with; kept only as a keyed digest of the number."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="login_names")
    kind = models.CharField(max_length=12, choices=LoginKind.choices)
    digest = models.BinaryField(max_length=32, unique=True)

    class Meta:
        verbose_name = _("登录名")
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="login_name_kind_once")
        ]


class Person(models.Model):
    """Somebody of a body or place. `code` is opaque and stands in bundles and imported files.

    The columns from `unit` to `since` say where the person serves today; `Posting` keeps the past.
    """

    code = models.CharField(_("人员代码"), max_length=32, unique=True)
    name = models.CharField(_("姓名"), max_length=50)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    account = models.OneToOneField(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    guest = models.CharField(_("人员类别"), max_length=12, choices=Guest.choices, blank=True)
    window = models.CharField(_("岗位类别"), max_length=8, choices=Window.choices, blank=True)
    staffing = models.CharField(_("编制"), max_length=12, choices=Staffing.choices, blank=True)
    line = models.CharField(_("条线"), max_length=40, blank=True)
    post = models.CharField(_("岗位"), max_length=40, blank=True)
    since = models.DateField(_("到岗日期"), null=True)
    left_on = models.DateField(_("离岗日期"), null=True)

    class Meta:
        verbose_name = _("人员")
        indexes = [
            GinIndex(Bigrams("name"), name="person_name_bigrams"),
            models.Index(fields=["unit", "code"], name="person_unit_code"),
            models.Index(fields=["guest"], condition=~Q(guest=""), name="person_guest"),
        ]


class Personal(models.Model):
    """Personal numbers, sealed (`base.sealing`, place "person:<id>:<field>"), beside digests.

    `id_tail` is the digest of the last six of the ID number, for activation by unit and name;
    `birth_digest` of the day of birth in it, for finding one person registered twice, by
    `twin_digest`: of name and `birth_digest`. That one the database keeps by triggers (migration
    0006), whatever changes either; nothing else writes it.
    """

    LABELS: ClassVar = {
        "id_number": _("身份证号码"),
        "phone": _("手机号码"),
        "staff_number": _("工号"),
        "bank_account": _("银行账号"),
        "bank_name": _("开户银行"),
    }

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="personal")
    id_number = models.TextField(blank=True)
    id_digest = models.BinaryField(max_length=32, null=True, unique=True)
    id_tail = models.BinaryField(max_length=32, null=True)
    birth_digest = models.BinaryField(max_length=32, null=True)
    twin_digest = models.BinaryField(max_length=16, null=True)
    phone = models.TextField(blank=True)
    phone_digest = models.BinaryField(max_length=32, null=True, db_index=True)
    staff_number = models.TextField(blank=True)
    staff_digest = models.BinaryField(max_length=32, null=True, unique=True)
    bank_account = models.TextField(blank=True)
    bank_name = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("个人信息")
        indexes = [
            models.Index(
                fields=["twin_digest"],
                condition=Q(twin_digest__isnull=False),
                name="personal_twin",
            ),
        ]


class Posting(models.Model):
    """Where a person served from a day to a day (`until` is the first day no more)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    window = models.CharField(max_length=8, choices=Window.choices, blank=True)
    staffing = models.CharField(max_length=12, choices=Staffing.choices, blank=True)
    line = models.CharField(max_length=40, blank=True)
    post = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="posting_current_once"
            ),
        ]


class TransferRequest(models.Model):
    """A receiving manager asks for somebody of another unit; `details` are as a posting's."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="requests")
    giving = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    receiving = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    details = models.JSONField()
    reason = models.CharField(max_length=200)
    state = models.CharField(
        max_length=12, choices=TransferState.choices, default=TransferState.OPEN
    )
    filed_by = models.CharField(max_length=64)
    filed_name = models.CharField(max_length=50)
    filed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_name = models.CharField(max_length=50, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("调入申请")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="transfer_open_once"
            ),
        ]


class ImportDraft(models.Model):
    """A file of people on its way in. `content` and `shown` are sealed (place "draft:<code>").

    `content` is the file, then what it has beside its rows (services/parts.py); `shown` is what
    the preview shows of them. `told_at` is when a job last said that it is at work; `tries` counts
    how often one was found dead.
    """

    code = models.CharField(max_length=32, unique=True)
    owner = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=DraftState.choices)
    content = models.TextField()
    shown = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)  # the sentences of a file that could not be read
    tries = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("人员导入")


class ImportPart(models.Model):
    """A portion of a draft's rows, sealed (place "draft-part:<draft>:<number>").

    `content` has those that are taken as they are, `back` those that somebody has to look at. Once
    taken, `taken` counts them by kind, `content` is empty and `back` has what is given back.
    """

    draft = models.ForeignKey(ImportDraft, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    content = models.TextField()
    back = models.TextField(blank=True)
    taken = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="import_part_once"),
        ]


class Roster(models.Model):
    """The confirmed list of a body on a day: the denominator of every ratio. Never changed.

    `members` is [[person code, window, staffing, line], …] by code; `counts` sums it:
    {"all", "front", "back", "none", "permanent", "contract"}; `digest` is SHA-256 of members.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rosters")
    day = models.DateField()
    members = models.JSONField()
    counts = models.JSONField()
    digest = models.BinaryField(max_length=32)
    confirmed_by = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("花名册")
        indexes = [models.Index(fields=["unit", "-day", "-confirmed_at"], name="roster_latest")]


class Slip(models.Model):
    """A printed one-use code: for a person, or for a unit whose people name themselves.

    `digest` is SHA-256 of the code. A unit's slip (`person` empty) is used many times until it
    expires, once by each person.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="slips")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=SlipPurpose.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("启用单")
        indexes = [models.Index(fields=["unit", "person"], name="slip_unit")]


class Pass(models.Model):
    """A one-day pass: person, duty, event and day; the first device that uses it is its device."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passes")
    role = models.CharField(max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    season = models.CharField(max_length=64)
    event = models.CharField(_("场次"), max_length=120)
    day = models.DateField()
    digest = models.BinaryField(max_length=32, unique=True)
    device = models.BinaryField(max_length=32, null=True)
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("当日通行证")
        indexes = [models.Index(fields=["season", "day"], name="pass_day")]


class Committee(models.Model):
    """A body of a season's committee: office, groups, a city's own committee."""

    season = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=CommitteeKind.choices)
    title = models.CharField(_("名称"), max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("工作机构")
        constraints = [
            models.UniqueConstraint(fields=["season", "unit", "title"], name="committee_once")
        ]


class CommitteeUnit(models.Model):
    """A lead or joint unit of a committee; `unit` empty for one outside the tree."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    part = models.CharField(max_length=8, choices=UnitPart.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="committee_unit_once")
        ]


class Appointment(models.Model):
    """A role over a subtree, in one season or (empty scope) in all, until a moment.

    `third_party` names the company that somebody works for who belongs to no unit of ours: such an
    appointment always ends.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(_("职责"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(_("赛季"), max_length=64, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    position = models.CharField(max_length=8, choices=Position.choices, blank=True)
    third_party = models.CharField(_("第三方机构"), max_length=80, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("heading", "任命")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "unit", "scope", "committee"],
                name="appointment_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(third_party="") | Q(until__isnull=False),
                name="appointment_third_party_ends",
            ),
        ]

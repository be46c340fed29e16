"""The organisation tree: places, and the bodies under them; delegations as sets of subtrees."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.base.bigrams import Bigrams
from leitai.units.enums import BodyKind, Change, ImportState, Level, UnitKind, UnitState


class Unit(models.Model):
    """A node of the tree. `path` is the chain of codes from the root, each ended by a slash."""

    code = models.CharField(_("代码"), max_length=32, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("层级"), max_length=12, choices=Level.choices)
    kind = models.CharField(
        _("类别"), max_length=8, choices=UnitKind.choices, default=UnitKind.PLACE
    )
    path = models.CharField(max_length=255, unique=True)
    body_kind = models.CharField(
        _("机构类型"),
        max_length=12,
        choices=BodyKind.choices,
        blank=True,
        default="",
        db_default="",
    )
    window = models.BooleanField(_("窗口单位"), default=False, db_default=False)
    state = models.CharField(
        _("状态"),
        max_length=8,
        choices=UnitState.choices,
        default=UnitState.OPEN,
        db_default=UnitState.OPEN.value,
    )
    opened_on = models.DateField(_("设立日期"), null=True, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        verbose_name = _("单位")
        indexes = [
            models.Index(fields=["path"], name="unit_path", opclasses=["text_pattern_ops"]),
            GinIndex(Bigrams("name"), name="unit_name_bigrams"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == UnitState.OPEN


class UnitChange(models.Model):
    """One thing done to a unit: what of it changed, from and to. Never changed itself."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=Change.choices)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("单位变更")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["unit", "-at"], name="unit_change_latest")]


IMPORT_KEPT = timedelta(hours=24)


class UnitImport(models.Model):
    """A file on its way in, for a day.

    `content` is the file, sealed (place "unit-import:<id>"), until it has been read into `rows`
    and `problems` ([row, code, data]); `rights` are whoever uploaded or confirmed it, as they were
    then; `language` is theirs. `plan` is the digest of what the preview's lines say would happen:
    only that is carried out. `note` is the code of what its page has to say first.
    """

    name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.READING)
    content = models.TextField(blank=True)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    plan = models.CharField(max_length=64, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=16, default="zh-hans")
    by = models.CharField(max_length=64)
    rights = models.JSONField(default=dict)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("单位导入")
        indexes = [models.Index(fields=["at"], name="unit_import_at")]


class UnitImportLine(models.Model):
    """A row of a file as its preview shows it: what it would do (a `Change`), or "wrong"."""

    draft = models.ForeignKey(UnitImport, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    data = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["draft", "kind", "number"], name="unit_import_line")]


class Delegation(models.Model):
    """A set of subtrees that competes as one in one season (`season` is the season's code)."""

    season = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="delegations")
    name = models.CharField(_("代表队"), max_length=80)
    guest = models.BooleanField(_("计成绩不占晋级名额"), default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("代表队")
        ordering = ["season", "position"]
        constraints = [
            models.UniqueConstraint(fields=["season", "unit"], name="delegation_once"),
            models.UniqueConstraint(fields=["season", "position"], name="delegation_position"),
        ]


class DelegationPart(models.Model):
    """A subtree taken into a delegation, or carved out of it again."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    carved_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegation", "unit"], name="delegation_part_once"),
        ]

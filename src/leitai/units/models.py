"""The organisation tree: places, and the bodies under them; delegations as sets of subtrees."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.units.enums import Level, UnitKind


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

    class Meta:
        verbose_name = _("单位")
        indexes = [models.Index(fields=["path"], name="unit_path", opclasses=["text_pattern_ops"])]


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

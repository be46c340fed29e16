"""Items, their immutable versions, the repair list of imports, and sealed papers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.bank.enums import ItemType


class Bank(models.Model):
    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("题库"), max_length=120)

    class Meta:
        verbose_name = _("题库")


class Item(models.Model):
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField(_("题号"))

    class Meta:
        verbose_name = _("试题")
        constraints = [models.UniqueConstraint(fields=["bank", "number"], name="item_number")]


class ItemVersion(models.Model):
    """Immutable. options: [["A", "…"], …]; key: "AC", "T"/"F", or [["variant", …], …] per blank."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(default=1)
    type = models.CharField(_("题型"), max_length=12, choices=ItemType.choices)
    module = models.CharField(_("模块"), max_length=40, blank=True)
    topic = models.CharField(_("知识点"), max_length=80, blank=True)
    stem = models.TextField(_("题干"))
    options = models.JSONField(default=list)
    key = models.JSONField()
    explanation = models.TextField(_("解析"), blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    basis = models.JSONField(null=True)  # {"law","version","article","quote"}
    digest = models.BinaryField(max_length=32)  # of stem and options: the same question twice

    class Meta:
        verbose_name = _("试题版本")
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="item_version_once"),
        ]
        indexes = [models.Index(fields=["digest"], name="item_digest")]


class RepairRow(models.Model):
    """A row of an import that could not become an item and waits to be mended."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="repairs")
    source = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    raw = models.JSONField()

    class Meta:
        verbose_name = _("待修试题")
        constraints = [
            models.UniqueConstraint(fields=["bank", "source", "row", "code"], name="repair_once")
        ]


class Paper(models.Model):
    """A sealed paper: ciphertext for everybody, its key only wrapped. See the lane's wire."""

    code = models.CharField(max_length=64, unique=True)
    version = models.PositiveSmallIntegerField(default=1)
    season = models.CharField(max_length=64)
    title = models.CharField(_("试卷"), max_length=120)
    sealed = models.BinaryField()  # nonce || AES-256-GCM(plain), aad "paper:<code>:<version>"
    wrapped_key = models.TextField()  # keyring purpose "paper", the same aad
    plain_digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("试卷")


class PaperItem(models.Model):
    """Which item version stands where; points are scaled by 100."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    partial = models.CharField(max_length=12, default="none")

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_number"),
            models.UniqueConstraint(fields=["paper", "item_version"], name="paper_item_once"),
        ]

"""Items, their immutable versions, the repair list of imports, and sealed papers."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.bank.enums import ItemType, ReportKind, ReportState
from leitai.base.bigrams import Bigrams


class Bank(models.Model):
    """`live` (竞赛题库): texts are sealed at rest (`bank.sealed`). Else a practice bank, plain."""

    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("题库"), max_length=120)
    live = models.BooleanField(_("竞赛题库"), default=True)

    class Meta:
        verbose_name = _("题库")


class Item(models.Model):
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField(_("题号"))

    class Meta:
        verbose_name = _("试题")
        constraints = [models.UniqueConstraint(fields=["bank", "number"], name="item_number")]


class ItemVersion(models.Model):
    """Immutable. options: [["A", "…"], …]; key: "AC", "T"/"F", or [["variant", …], …] per blank.

    Of a live bank all that tells the question stands in `sealed` alone: read it with
    `bank.sealed.opened`. Type and module stay plain: papers are composed by them.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(default=1)
    type = models.CharField(_("题型"), max_length=12, choices=ItemType.choices)
    module = models.CharField(_("模块"), max_length=40, blank=True)
    topic = models.CharField(_("知识点"), max_length=80, blank=True)
    stem = models.TextField(_("题干"), blank=True)
    options = models.JSONField(default=list)
    key = models.JSONField(null=True)
    explanation = models.TextField(_("解析"), blank=True)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    basis = models.JSONField(null=True)  # {"law","version","article","quote"}
    digest = models.BinaryField(max_length=32)  # the same question twice; keyed in a live bank
    sealed = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("试题版本")
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="item_version_once"),
            models.CheckConstraint(  # nothing is ever kept both ways
                condition=Q(sealed="")
                | Q(stem="", options=[], key=None, explanation="", source="", topic="", basis=None),
                name="item_version_plain_or_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["digest"], name="item_digest"),
            GinIndex(Bigrams("stem"), name="item_stem_bigrams", condition=~Q(stem="")),
        ]


class Report(models.Model):
    """What a reader says is wrong with a question of a practice bank, and the office's answer.

    `version` is the one that they saw, `account` whose word it is (text), `page` where they read
    it: the answer leads back there. `read_at` is when they opened the answer.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reports")
    version = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=64)
    kind = models.CharField(_("问题"), max_length=8, choices=ReportKind.choices)
    words = models.CharField(_("说明"), max_length=500, blank=True)
    account = models.CharField(max_length=64)
    page = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.OPEN)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("试题纠错")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "account"], condition=Q(state="open"), name="report_open_once"
            )
        ]
        indexes = [models.Index(fields=["account", "season"], name="report_account")]


class RepairRow(models.Model):
    """A row of an import that could not become an item and waits to be mended."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="repairs")
    source = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    raw = models.JSONField(default=dict)  # empty in a live bank, where `sealed` has it
    digest = models.BinaryField(max_length=32, null=True)
    sealed = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("待修试题")
        constraints = [
            models.UniqueConstraint(fields=["bank", "source", "row", "code"], name="repair_once")
        ]


class Paper(models.Model):
    """A sealed paper: ciphertext for everybody, its key only wrapped. See the lane's wire.

    Which items stand on it is sealed as well (`selectors.composition_of`); how many is not.
    """

    code = models.CharField(max_length=64, unique=True)
    version = models.PositiveSmallIntegerField(default=1)
    season = models.CharField(max_length=64)
    title = models.CharField(_("试卷"), max_length=120)
    sealed = models.BinaryField()  # nonce || AES-256-GCM(plain), aad "paper:<code>:<version>"
    wrapped_key = models.TextField()  # keyring purpose "paper", the same aad
    plain_digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    # Purpose "paper", aad "composition:<code>:<version>": [[item version, points, partial], …].
    composition = models.TextField(blank=True, default="")
    item_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("试卷")


class PaperOpening(models.Model):
    """A paper was opened: at T0, or (`early`) before it by decision. The lane reads the early ones.

    `proposal` is the two-officer act's id in the ledger.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="openings")
    early = models.BooleanField()
    opened_at = models.DateTimeField()
    proposal = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("启封记录")
        constraints = [models.UniqueConstraint(fields=["paper", "early"], name="paper_opened_once")]

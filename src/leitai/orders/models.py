"""Orders to units: the notice, who received it, what is handed in, and how deadlines moved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.orders.enums import HandInState, OrderState, ThingKind
from leitai.seasons.models import Season
from leitai.units.models import Unit


class Order(models.Model):
    """A notice of `issuer` to units. `above` is the order that it passes on."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="orders")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    above = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on"
    )
    number = models.CharField(_("文号"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"), blank=True)
    template = models.CharField(max_length=40, blank=True)
    sign_by = models.DateTimeField(_("签收期限"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=OrderState.choices, default=OrderState.DRAFT)
    made_by = models.CharField(max_length=64)
    made_name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_name = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("通知")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["season", "state"], name="order_of_season")]


class Thing(models.Model):
    """Something to hand in. `above` is the thing of the order above that it answers.

    `form` names a form of the rulebook; `columns` are lines of `columns.read`, one a column.
    Files of a `record` stay with the season; those of all else go when its personal data go.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="things")
    above = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on"
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=8, choices=ThingKind.choices)
    form = models.CharField(max_length=64, blank=True)
    columns = models.TextField(blank=True)
    hint = models.CharField(_("说明"), max_length=300, blank=True)
    required = models.BooleanField(_("必须报送"), default=True)
    record = models.BooleanField(_("存档材料"), default=False)
    due_at = models.DateTimeField(_("报送期限"), null=True, blank=True)

    class Meta:
        verbose_name = _("报送事项")
        ordering = ["order", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="thing_position"),
        ]


class Recipient(models.Model):
    """A unit that the order is for, and its receipt. `name` is the unit's when it was sent."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="recipients")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("单位"), max_length=80)
    position = models.PositiveIntegerField(default=0)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=64, blank=True)
    signed_name = models.CharField(_("签收人"), max_length=80, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("接收单位")
        ordering = ["order", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "unit"], name="recipient_once"),
        ]


class HandIn(models.Model):
    """One version of what a unit handed in for a thing; never changed but by its decision.

    `content` is sealed (place "hand-in:<id>"): answers and lists hold phones and numbers of people.
    `parts` are the accepted hand-ins of units below that it gathers.
    """

    thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="hand_ins")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="hand_ins")
    version = models.PositiveSmallIntegerField()
    newest = models.BooleanField(default=True)
    state = models.CharField(
        max_length=10, choices=HandInState.choices, default=HandInState.HANDED_IN
    )
    content = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    late = models.BooleanField(default=False)
    parts = models.ManyToManyField("self", symmetrical=False, related_name="gathered_in")
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_name = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("退回原因"), max_length=500, blank=True)
    mend_by = models.DateTimeField(_("重新报送期限"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)  # numbers and files, by retention

    class Meta:
        verbose_name = _("报送")
        ordering = ["thing", "recipient", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "recipient", "version"], name="hand_in_version"
            ),
            models.UniqueConstraint(
                fields=["thing", "recipient"], condition=Q(newest=True), name="hand_in_newest"
            ),
        ]


class Draft(models.Model):
    """What a unit is filling in for a thing: kept with whatever is still wrong (sealed)."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="drafts")
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="drafts")
    content = models.TextField(blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("填报草稿")
        constraints = [
            models.UniqueConstraint(fields=["thing", "recipient"], name="hand_in_draft_once"),
        ]


class Supplement(models.Model):
    """补充通知: a further notice on an order, which may move deadlines and never hides the old.

    `files` are the ids of those of the order's files that came with it.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="supplements")
    number = models.CharField(_("文号"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"), blank=True)
    files = models.JSONField(default=list)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("补充通知")
        ordering = ["order", "pk"]


class Postponement(models.Model):
    """A deadline that a supplement moved: of a thing, or of the receipt (no thing).

    Without a recipient it holds for all units of the order.
    """

    supplement = models.ForeignKey(
        Supplement, on_delete=models.CASCADE, related_name="postponements"
    )
    thing = models.ForeignKey(
        Thing, on_delete=models.CASCADE, null=True, blank=True, related_name="postponements"
    )
    recipient = models.ForeignKey(
        Recipient, on_delete=models.CASCADE, null=True, blank=True, related_name="postponements"
    )
    before = models.DateTimeField(null=True)
    after = models.DateTimeField()

    class Meta:
        verbose_name = _("期限调整")
        ordering = ["pk"]

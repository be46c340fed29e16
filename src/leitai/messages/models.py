"""What was said to whom and how it travelled, short links, and complaints with their steps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.messages.enums import (
    Category,
    ChannelName,
    ComplaintState,
    DeliveryState,
    Kind,
    StepKind,
)
from leitai.people.models import Account


class Message(models.Model):
    """One thing said, to one or many. `key` names the event behind it: said once."""

    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"))
    link = models.CharField(max_length=300, blank=True)  # a path of our own
    deadline = models.DateTimeField(null=True)
    season = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=160, unique=True, null=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("消息")


class Delivery(models.Model):
    """A message on its way to one account by one channel. No number or address stands here."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=ChannelName.choices)
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=120, blank=True)  # the provider's number for it
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("投递")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "account", "channel"], name="delivery_once_a_channel"
            )
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="inbox", condition=Q(channel="inbox")),
            models.Index(
                fields=["account"],
                name="inbox_unread",
                condition=Q(channel="inbox", read_at=None),
            ),
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["due_at"], name="delivery_failed", condition=Q(state="failed")),
        ]


class Preference(models.Model):
    """By which channels a person wants to be told, and when not, beside the house's hours."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="message_preference"
    )
    mail = models.BooleanField(default=True)
    sms = models.BooleanField(default=False)
    wechat = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        verbose_name = _("接收设置")


class ShortLink(models.Model):
    """A short address of a path of our own, and what its poster says. Visits are not counted."""

    code = models.CharField(max_length=8, unique=True)
    face = models.BinaryField(max_length=32, unique=True)  # SHA-256 of all that follows
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=200, blank=True)
    what = models.TextField(blank=True)
    deadline = models.DateTimeField(null=True)
    organiser = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("短链接")


class Complaint(models.Model):
    """What somebody complains of or suggests.

    `text`, `name` and `phone` are sealed (place "complaint:<id>:<field>"); of the tracking code
    only the digest is kept. `host` is the path of the season's host unit when it was filed;
    `account` is whom to tell of an answer, and is shown to nobody.
    """

    digest = models.BinaryField(max_length=32, unique=True)
    nonce = models.UUIDField(unique=True)  # of the form, so that it is filed once
    category = models.CharField(_("类别"), max_length=12, choices=Category.choices)
    season = models.CharField(max_length=64, blank=True)
    host = models.CharField(max_length=255, blank=True)
    text = models.TextField()
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(
        max_length=12, choices=ComplaintState.choices, default=ComplaintState.RECEIVED
    )
    filed_at = models.DateTimeField()
    accept_by = models.DateTimeField()
    answer_by = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("投诉建议")
        indexes = [models.Index(fields=["season", "state"], name="complaint_season")]


class ComplaintStep(models.Model):
    """What was done or said about it. Never changed; `text` is sealed as the complaint's is."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=50, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("办理记录")
        ordering = ["complaint", "id"]

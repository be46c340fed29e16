"""Exams, sites, sittings and the append-only journal of answers. The lane writes here by SQL."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.bank.models import Paper
from leitai.seasons.models import Entry, Stage
from leitai.sittings.enums import IncidentKind, SittingState


class Exam(models.Model):
    """One that was cancelled before T0 stays as the record; nobody sits in it any more."""

    code = models.CharField(max_length=64, unique=True)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="exams")
    event = models.CharField(max_length=64)
    title = models.CharField(_("考试"), max_length=120)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="exams")
    opens_at = models.DateTimeField(_("开考时间"))
    closes_at = models.DateTimeField(_("交卷时间"))
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("考试")


class Site(models.Model):
    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="sites")
    code = models.CharField(max_length=32)
    name = models.CharField(_("赛点"), max_length=80)

    class Meta:
        verbose_name = _("赛点")
        constraints = [models.UniqueConstraint(fields=["exam", "code"], name="site_code")]


class Sitting(models.Model):
    """One contestant's sitting. `version` rises with every change that the lane must re-read."""

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sittings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="sittings")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="sittings")
    seat = models.PositiveSmallIntegerField(_("座位"))
    number = models.CharField(_("准考证号"), max_length=32)
    admission_digest = models.BinaryField(max_length=32, unique=True)  # SHA-256 of the code
    state = models.CharField(
        max_length=12, choices=SittingState.choices, default=SittingState.WAITING
    )
    deadline = models.DateTimeField()
    epoch = models.PositiveIntegerField(default=0)
    device = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    final_seq = models.PositiveIntegerField(null=True)
    final_digest = models.BinaryField(max_length=32, null=True)
    receipt = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("答卷")
        constraints = [
            models.UniqueConstraint(fields=["exam", "entry"], name="sitting_once"),
            models.UniqueConstraint(fields=["site", "seat"], name="seat_once"),
        ]
        indexes = [
            models.Index(
                fields=["deadline"],
                name="sitting_live",
                condition=models.Q(state__in=["waiting", "open"]),
            )
        ]


class JournalRow(models.Model):
    """One acknowledged batch. Append-only: the lane inserts, nobody updates."""

    pk = models.CompositePrimaryKey("sitting_id", "seq")
    sitting_id = models.BigIntegerField()  # no foreign key: a check per save would cost too much
    seq = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    at = models.DateTimeField()
    body = models.BinaryField()  # {"seq":n,"answers":[[number,a,client_ms],…]} as digested
    digest = models.BinaryField(max_length=32)

    class Meta:
        db_table = "sittings_journal"
        verbose_name = _("作答流水")


class LateBatch(models.Model):
    """What arrived after the deadline: evidence that counts only by decision."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="late")
    at = models.DateTimeField()
    body = models.BinaryField()

    class Meta:
        db_table = "sittings_late"
        verbose_name = _("逾时作答")


class Presence(models.Model):
    """When a seat was last heard of; written by the lane every two seconds."""

    sitting = models.OneToOneField(
        Sitting, on_delete=models.CASCADE, primary_key=True, related_name="presence"
    )
    last_seen = models.DateTimeField()
    seq = models.PositiveIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "sittings_presence"


class Incident(models.Model):
    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="incidents")
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=IncidentKind.choices)
    data = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    recorded_by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("考务记录")

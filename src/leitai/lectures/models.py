"""Lectures of a season, their check questions, and how far each learner has watched."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leitai.bank.models import Item
from leitai.lectures.enums import DoneBy, LectureState
from leitai.practice.models import Learner
from leitai.seasons.models import Season


class Lecture(models.Model):
    """A video with its chapters and its words.

    `video` and `poster` are files of "lecture:<id>", 0 where there is none; `seconds` is the
    video's length as its file says. `chapters` is [[second, title], …], `transcript` is
    [[from, to, text], …] in milliseconds, None for both where the words have no times. `act` is
    the rulebook's act that learning it counts as, "" where it brings no points.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="lectures")
    title = models.CharField(_("标题"), max_length=120)
    kind = models.CharField(_("类别"), max_length=40)
    module = models.CharField(_("模块"), max_length=40, blank=True)
    speaker = models.CharField(_("主讲人"), max_length=80, blank=True)
    summary = models.CharField(_("简介"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()
    video = models.PositiveBigIntegerField(default=0)
    poster = models.PositiveBigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    chapters = models.JSONField(default=list)
    transcript = models.JSONField(default=list)
    act = models.CharField(_("计入"), max_length=64, blank=True)
    done_by = models.CharField(
        _("怎样算学完"), max_length=8, choices=DoneBy.choices, default=DoneBy.WATCHED
    )
    share = models.PositiveSmallIntegerField(_("须看满的比例（%）"), default=90)
    state = models.CharField(
        max_length=10, choices=LectureState.choices, default=LectureState.DRAFT
    )
    made_at = models.DateTimeField()
    made_name = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    published_name = models.CharField(max_length=80, blank=True)
    withdrawn_reason = models.CharField(_("撤下原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("视频讲座")
        ordering = ["season", "position", "pk"]
        indexes = [models.Index(fields=["season", "state", "position"], name="lecture_of_season")]
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="lecture_share")
        ]


class Question(models.Model):
    """An item of the season's practice banks, asked after the video in its newest version."""

    lecture = models.ForeignKey(Lecture, on_delete=models.CASCADE, related_name="questions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("检查题")
        ordering = ["lecture", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lecture", "item"], name="lecture_item_once")
        ]


class Viewing(models.Model):
    """How far a learner has come with a lecture, on whatever device.

    `played` are the seconds really played, [[from, to], …] merged; `watched` is their sum.
    `heard_at` is the last report: never more is credited than could be played since then.
    `answers` is {item id: {"right": bool, "tries": n, "given": answer}}.
    """

    lecture = models.ForeignKey(Lecture, on_delete=models.CASCADE, related_name="viewings")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="viewings")
    position = models.PositiveIntegerField(default=0)
    played = models.JSONField(default=list)
    watched = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    credited = models.BooleanField(default=False)  # whether an act was recorded for it

    class Meta:
        verbose_name = _("观看记录")
        constraints = [
            models.UniqueConstraint(fields=["lecture", "learner"], name="viewing_once"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("begun_at")),
                name="viewing_done_after_begun",
            ),
        ]

"""What was counted (a row each day, learner, title, roster), and the sums by unit and day.

The rows on top say what the sums hold now: a change takes the old row out of them and puts the new
one in, so that everything can be rolled up twice, late or anew. Units are ids without foreign keys;
unit 0 are learners of the public. Sums are kept for places of province, prefecture and county; for
what is smaller the rows themselves are read. Sums follow the tree as it is today, as rosters do.

Distinct persons of any days from a to b are the rows of these days whose `previous` day is before
a: that is why sums are kept by day and previous day. `NEVER` stands where there is none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.insight.enums import ReportState
from leitai.seasons.models import Season
from leitai.units.models import Unit

NEVER: Final = date(1, 1, 1)


class Placement(models.Model):
    """Into which units' sums a unit's rows go (`above`), and which of its rosters are in them."""

    unit = models.BigIntegerField(primary_key=True)
    above = ArrayField(models.BigIntegerField())
    closed_on = models.DateField(null=True)
    rosters = models.PositiveIntegerField(default=0)
    last_roster = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("归属")


class Presence(models.Model):
    """A learner's day as it was rolled up, with the day before it on which they took part."""

    pk = models.CompositePrimaryKey("learner", "day")
    learner = models.BigIntegerField()
    day = models.DateField()
    season = models.CharField(max_length=64)
    previous = models.DateField(default=NEVER)
    unit = models.BigIntegerField()
    line = models.CharField(max_length=40, blank=True)
    staffing = models.CharField(max_length=12, blank=True)
    desk = models.CharField(max_length=8, blank=True)
    times = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    correct = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()
    modules = models.JSONField()
    points = models.JSONField()

    class Meta:
        verbose_name = _("参学记录")
        indexes = [models.Index(fields=["season", "unit", "day"], name="presence_unit_day")]


class Enrolment(models.Model):
    """A learner as registered: where they serve now."""

    learner = models.BigIntegerField(primary_key=True)
    season = models.CharField(max_length=64)
    day = models.DateField()
    unit = models.BigIntegerField()
    line = models.CharField(max_length=40, blank=True)
    staffing = models.CharField(max_length=12, blank=True)
    desk = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name = _("注册记录")
        indexes = [models.Index(fields=["season", "unit"], name="enrolment_unit")]


class Honour(models.Model):
    """A title reached, in the unit of that day; `previous` is the same title's day before."""

    pk = models.CompositePrimaryKey("learner", "title", "period")
    learner = models.BigIntegerField()
    title = models.CharField(max_length=64)
    period = models.CharField(max_length=16)
    day = models.DateField()
    season = models.CharField(max_length=64)
    previous = models.DateField(default=NEVER)
    unit = models.BigIntegerField()
    line = models.CharField(max_length=40, blank=True)
    staffing = models.CharField(max_length=12, blank=True)
    desk = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name = _("称号记录")
        indexes = [models.Index(fields=["season", "unit", "day"], name="honour_unit_day")]


class RosterStep(models.Model):
    """By how many a unit's confirmed roster grew or shrank on a day, of a cut ("" is everybody)."""

    pk = models.CompositePrimaryKey("unit", "cut", "day")
    unit = models.BigIntegerField()
    cut = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    change = models.IntegerField()

    class Meta:
        verbose_name = _("应参学人数变动")


class Flow(models.Model):
    """How many did `what` on a day and had done it last on another: "active", "title:<name>".

    "registered" are learners by their first day, "roster" the changes of rosters (no season).
    So that long periods are few rows, "months" are the same as "active" with all days of a month as
    its first, and "week:monday", "week:sunday" who took part in a week, counted once.
    `cut` is "" (all), "line:…", "staffing:…" or "desk:…".
    """

    pk = models.CompositePrimaryKey("season", "unit", "what", "cut", "day", "previous")
    season = models.CharField(max_length=64, blank=True)
    unit = models.BigIntegerField()
    what = models.CharField(max_length=72)
    cut = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    previous = models.DateField(default=NEVER)
    persons = models.IntegerField()

    class Meta:
        verbose_name = _("人数汇总")


class Tally(models.Model):
    """A day's sums: learner-days, times, answers, right ones, seconds."""

    pk = models.CompositePrimaryKey("season", "unit", "cut", "day")
    season = models.CharField(max_length=64)
    unit = models.BigIntegerField()
    cut = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    days = models.BigIntegerField()
    times = models.BigIntegerField()
    answers = models.BigIntegerField()
    correct = models.BigIntegerField()
    seconds = models.BigIntegerField()

    class Meta:
        verbose_name = _("学习汇总")


class PointSum(models.Model):
    """A day's points of one ledger, exact."""

    pk = models.CompositePrimaryKey("season", "unit", "cut", "day", "ledger")
    season = models.CharField(max_length=64)
    unit = models.BigIntegerField()
    cut = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    ledger = models.CharField(max_length=64)
    points = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        verbose_name = _("积分汇总")


class Topic(models.Model):
    """A day's answers in one module, and how many were right."""

    pk = models.CompositePrimaryKey("season", "unit", "day", "module")
    season = models.CharField(max_length=64)
    unit = models.BigIntegerField()
    day = models.DateField()
    module = models.CharField(max_length=120)
    answers = models.BigIntegerField()
    correct = models.BigIntegerField()

    class Meta:
        verbose_name = _("模块汇总")


class Report(models.Model):
    """A 情况通报: a wording with marked fields, for a unit and, if `each`, every place below it.

    `wording` is the office's until it is issued; then each unit's paper is frozen as a `Copy` and
    all of them lie in one zip (`file`, below the files folder). `number` is the paper's 文号.
    `problem` is why the last attempt to issue it failed.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    each = models.BooleanField(_("同时为每个下级地区各出一份"), default=False)
    title = models.CharField(_("标题"), max_length=120)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    to = models.CharField(_("主送"), max_length=200, blank=True)
    wording = models.TextField(_("正文"))
    signer = models.CharField(_("落款单位"), max_length=120)
    dated = models.DateField(_("成文日期"))
    first = models.DateField(_("统计时段自"))
    last = models.DateField(_("统计时段至"))
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.DRAFT)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    touched_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("情况通报")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "number"],
                condition=~models.Q(state=ReportState.DRAFT),
                name="report_number_once",
            )
        ]
        indexes = [models.Index(fields=["season", "-at"], name="report_season_at")]

    @property
    def shown_number(self) -> str:
        """For lists: × where each copy has a number of its own."""
        return re.sub(r"\{\{[^{}]*\}\}", "×", self.number)


class Copy(models.Model):
    """One unit's paper as it was issued. `parts` are [kind, text or table], never changed."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="copies")
    position = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80)
    to = models.CharField(max_length=300, blank=True)
    parts = models.JSONField()

    class Meta:
        verbose_name = _("情况通报文稿")
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="report_copy_once")
        ]


class HandPoints(models.Model):
    """Points of a rubric's line that an officer gave a unit; the newest counts, none is changed."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="hand_points")
    award = models.CharField(max_length=64)
    line = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(_("得分"), max_digits=18, decimal_places=9)
    reason = models.CharField(_("理由"), max_length=300)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("人工评分")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["season", "award", "unit"], name="hand_points_unit")]

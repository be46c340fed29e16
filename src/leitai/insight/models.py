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
from leitai.seasons.models import Resolution, RulebookVersion, Season
from leitai.units.models import Unit

NEVER: Final = date(1, 1, 1)


class Placement(models.Model):
    """Into which units' sums a unit's rows go (`above`), and which of its rosters are in them.

    `rostered_on` is the day of its first confirmed roster, the last day there is where it has none;
    empty until its rows are in the sums of those without a roster.
    """

    unit = models.BigIntegerField(primary_key=True)
    above = ArrayField(models.BigIntegerField())
    closed_on = models.DateField(null=True)
    rosters = models.PositiveIntegerField(default=0)
    last_roster = models.BigIntegerField(default=0)
    rostered_on = models.DateField(null=True)

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
    modules = ArrayField(models.IntegerField())  # as practice's days have them
    points = models.JSONField()

    class Meta:
        verbose_name = _("参学记录")
        indexes = [models.Index(fields=["unit", "day"], name="presence_unit_day")]


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
    period = models.CharField(max_length=24)  # as long as the title's own
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
    """By how many a unit's confirmed roster grew or shrank on a day, of one kind of people."""

    pk = models.CompositePrimaryKey("unit", "staffing", "desk", "line", "day")
    unit = models.BigIntegerField()
    staffing = models.CharField(max_length=12, blank=True)
    desk = models.CharField(max_length=8, blank=True)
    line = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    change = models.IntegerField()

    class Meta:
        verbose_name = _("应参学人数变动")


class Series(models.Model):
    """What sums are of, so that each of them names it by a number: a unit, what was done, by whom.

    "active", "title:<name>" and "registered" are learners by their first day, "roster" the changes
    of rosters (no season). So that long periods are few rows, "months" are the same as "active"
    with all days of a month as its first, and "week:monday", "week:sunday" who took part in a week,
    counted once. "before:<day>" are those "active" days before it whose units had their first
    confirmed roster on it, "after:<day>" those of units that had one and were closed on it: what a
    share leaves out that looks at a day on the other side; "months-before:…" as "months".
    Without `part` it is everybody, else those of one staffing, desk and line (also
    empty ones); a cut is the sum of those that it names. Never deleted.
    """

    id = models.AutoField(primary_key=True)
    season = models.CharField(max_length=64, blank=True)
    unit = models.BigIntegerField()
    what = models.CharField(max_length=72)
    part = models.BooleanField(default=False)
    staffing = models.CharField(max_length=12, blank=True)
    desk = models.CharField(max_length=8, blank=True)
    line = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("汇总系列")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "season", "what", "part", "staffing", "desk", "line"],
                name="series_once",
            )
        ]


class Flow(models.Model):
    """How many of a series did it on a day, by the day on which they had done it last.

    `previous` are these days in their order, `persons` how many of each: one row a day.
    """

    pk = models.CompositePrimaryKey("series", "day")
    series = models.IntegerField()
    day = models.DateField()
    previous = ArrayField(models.DateField())
    persons = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("人数汇总")


class Tally(models.Model):
    """A day's sums of an "active" series: learner-days, times, answers, right ones, seconds."""

    pk = models.CompositePrimaryKey("series", "day")
    series = models.IntegerField()
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

    pk = models.CompositePrimaryKey("series", "day", "ledger")
    series = models.IntegerField()
    day = models.DateField()
    ledger = models.CharField(max_length=64)
    points = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        verbose_name = _("积分汇总")


class Topic(models.Model):
    """A day's answers in each node of the syllabus, how many were right (`nodes`), by number."""

    pk = models.CompositePrimaryKey("series", "day")
    series = models.IntegerField()
    day = models.DateField()
    nodes = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("知识点汇总")


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


class FrozenRubric(models.Model):
    """An award's table as it was when its body decided; never changed, the newest counts.

    `figures` are {unit: {line: exact figure as text, or null}}, `standing` are [unit, rank, total]
    by the rules of that moment, which give the same again from the figures. `digest` is that of all
    of it as canonical JSON, with the rules' hash.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="frozen_rubrics")
    award = models.CharField(max_length=64)
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="+")
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    figures = models.JSONField()
    standing = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("评定时的评分表")
        indexes = [models.Index(fields=["season", "award", "-at"], name="frozen_rubric_award")]

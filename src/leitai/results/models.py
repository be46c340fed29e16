"""Standings, advancement and awards: computed, frozen, explained, hashed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.people.models import Person
from leitai.results.enums import (
    AnswerState,
    ResultState,
    ScoreListState,
    UpwardKind,
    UpwardState,
)
from leitai.seasons.enums import ScoreStatus
from leitai.seasons.models import Entry, RulebookVersion, Season, Stage
from leitai.units.models import Delegation


class StageResult(models.Model):
    """One computation of a stage. `awards` of the season hang on the last stage's result.

    `rulebook` are the rules that it was decided by, whatever the season's rules are now.
    """

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=12, choices=ResultState.choices, default=ResultState.PREVIEW
    )
    rulebook = models.ForeignKey(RulebookVersion, on_delete=models.PROTECT, related_name="+")
    rulebook_hash = models.CharField(max_length=64)
    input_digest = models.CharField(max_length=64)
    outcome_digest = models.CharField(max_length=64)
    blocked = models.JSONField(default=list)
    computed_at = models.DateTimeField()
    computed_by = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    final_by = models.CharField(max_length=64, blank=True)
    stale_at = models.DateTimeField(null=True)  # when a score or the rules changed
    notes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("阶段成绩")
        ordering = ["stage", "version"]
        constraints = [models.UniqueConstraint(fields=["stage", "version"], name="result_version")]

    @property
    def outdated(self) -> bool:
        """Whether other rules are in force than those that it was decided by."""
        return self.rulebook_id != self.stage.season.rulebook_id


class Standing(models.Model):
    """total is the exact fraction as text: an integer or "p/q"."""

    result = models.ForeignKey(StageResult, on_delete=models.CASCADE, related_name="standings")
    track = models.CharField(max_length=64)
    board = models.CharField(max_length=64)
    rank = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="standings")
    total = models.CharField(max_length=64)
    decided_by = models.JSONField(null=True)

    class Meta:
        verbose_name = _("排名")
        ordering = ["board", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "track", "board", "entry"], name="standing_once"
            )
        ]


class TeamStanding(models.Model):
    result = models.ForeignKey(StageResult, on_delete=models.CASCADE, related_name="teams")
    track = models.CharField(max_length=64)
    rank = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    total = models.CharField(max_length=64)
    counted = models.JSONField()
    advanced = models.BooleanField()
    decided_by = models.JSONField(null=True)

    class Meta:
        verbose_name = _("代表队排名")
        ordering = ["position"]


class Advancement(models.Model):
    result = models.ForeignKey(StageResult, on_delete=models.CASCADE, related_name="advancements")
    to_stage = models.CharField(max_length=64)
    track = models.CharField(max_length=64)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    as_kind = models.CharField(max_length=12)
    reason = models.JSONField()

    class Meta:
        verbose_name = _("晋级")


class Award(models.Model):
    """holder: an entry for persons, a delegation for teams."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="awards")
    result = models.ForeignKey(StageResult, on_delete=models.CASCADE, related_name="awards")
    award = models.CharField(max_length=64)
    title = models.CharField(_("奖项"), max_length=64)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="awards")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="awards")
    position = models.PositiveIntegerField()
    basis = models.CharField(max_length=255)  # stage/track/board/rank of the place it was given for
    reason = models.JSONField()

    class Meta:
        verbose_name = _("奖项")
        ordering = ["position"]


class ScoreList(models.Model):
    """Marks of one event as they were reported from outside, on a list that somebody signed.

    They count from the moment that a second person has compared them with the list.
    """

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="score_lists")
    track = models.CharField(max_length=64)
    event = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=ScoreListState.choices, default=ScoreListState.WAITING
    )
    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the rows, as canonical JSON
    reported_by = models.CharField(_("报送单位或人员"), max_length=120)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=64)
    recorded_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    proposal = models.PositiveBigIntegerField(null=True)  # the deed that brings them in
    confirmed_name = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("成绩单")
        ordering = ["stage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="score_list_number"),
        ]


class ScoreListRow(models.Model):
    """`line` is the row's number in the file; `keys` as the rulebook declares them, scaled."""

    list = models.ForeignKey(ScoreList, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    value = models.BigIntegerField()
    decimals = models.PositiveSmallIntegerField()
    keys = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=ScoreStatus.choices, default=ScoreStatus.OK)

    class Meta:
        verbose_name = _("成绩单的一行")
        ordering = ["list", "line"]


class UpwardList(models.Model):
    """Who is named to the level above. `goal` is a place beyond the season of the rulebook.

    `digest` is that of the rows from the moment that the list is frozen.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="upward_lists")
    number = models.PositiveIntegerField()
    goal = models.CharField(max_length=64, blank=True)
    title = models.CharField(_("名称"), max_length=120)
    to = models.CharField(pgettext_lazy("upper", "报送单位"), max_length=120)
    state = models.CharField(max_length=8, choices=UpwardState.choices, default=UpwardState.DRAFT)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    frozen_name = models.CharField(max_length=120, blank=True)
    frozen_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("list", "报送名单")
        ordering = ["season", "number"]
        constraints = [models.UniqueConstraint(fields=["season", "number"], name="upward_number")]


class UpwardRow(models.Model):
    """`rank` and `total` as they were when the list was made; empty where none decided."""

    list = models.ForeignKey(UpwardList, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=UpwardKind.choices)
    rank = models.PositiveIntegerField(null=True)
    total = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("备注"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("报送名单的一行")
        ordering = ["list", "position"]
        constraints = [models.UniqueConstraint(fields=["list", "entry"], name="upward_entry_once")]


class UpwardAnswer(models.Model):
    """What the level above answered, as its file said. `contest` is what taking part is called."""

    list = models.ForeignKey(UpwardList, on_delete=models.PROTECT, related_name="answers")
    file = models.CharField(max_length=200)
    source = models.CharField(_("依据"), max_length=200)
    contest = models.CharField(max_length=64, blank=True)
    day = models.DateField(_("公布日期"))
    imported_by = models.CharField(max_length=64)
    imported_name = models.CharField(max_length=120)
    imported_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("上级结果")
        ordering = ["-imported_at"]


class AnswerRow(models.Model):
    """A row of the answer, and whom it means: `person` None while somebody must still say."""

    answer = models.ForeignKey(UpwardAnswer, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=200, blank=True)
    chosen = models.BooleanField()
    rank = models.CharField(max_length=32, blank=True)
    score = models.CharField(max_length=32, blank=True)
    title = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=AnswerState.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("上级结果的一行")
        ordering = ["answer", "line"]

"""Standings, advancement and awards: computed, frozen, explained, hashed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.results.enums import ResultState
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

"""Ten questions against a colleague, or against what a colleague answered before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.duels.enums import DuelState
from leitai.practice.models import Learner


class Duel(models.Model):
    """Two sides and the same questions for both (`items`: versions in order).

    `day` is the local day for which it counts. `code` is the address of an invitation, "" where
    whoever comes first is the opponent. Only a duel that is `open` may still be joined.
    """

    season = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    day = models.DateField()
    items = models.JSONField()
    state = models.CharField(max_length=8, choices=DuelState.choices, default=DuelState.OPEN)
    code = models.CharField(max_length=16, blank=True, default="")
    made_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("对战")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="duel_code_once")
        ]
        indexes = [
            models.Index(
                fields=["season", "act", "day"], condition=Q(state="open"), name="duel_open"
            )
        ]


class Side(models.Model):
    """One of the two: a learner's answers, [[answer, ms, right], …] in the order of the questions.

    `asked_at` is when the question after the last answer was shown, empty between questions.
    `recorded` is the side whose answers stand in for an opponent; such a side earns nothing.
    """

    duel = models.ForeignKey(Duel, on_delete=models.CASCADE, related_name="sides")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="duels")
    recorded = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="uses")
    answers = models.JSONField(default=list)
    asked_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        verbose_name = _("对战一方")
        constraints = [
            models.UniqueConstraint(fields=["duel", "learner"], name="duel_learner_once")
        ]
        indexes = [
            models.Index(fields=["learner", "-joined_at"], name="side_of_learner"),
            models.Index(
                fields=["asked_at"],
                condition=Q(done_at=None, asked_at__isnull=False),
                name="side_left_alone",
            ),
        ]

    @property
    def right(self) -> int:
        return sum(1 for _answer, _ms, right in self.answers if right)

    @property
    def seconds(self) -> int:
        return sum(int(ms) for _answer, ms, _right in self.answers) // 1000

"""What was published and for how long; what was objected, how it was handled, what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.notices.enums import (
    NoticeKind,
    NoticeState,
    ObjectionState,
    Outcome,
    Party,
    RemedyKind,
    StepKind,
)
from leitai.people.models import Account
from leitai.seasons.models import Season


class Notice(models.Model):
    """A notice with a list and a period (公示), or a plain announcement (公告).

    `subject` names what the list was taken from ("stage-result:heat", "entries:final"), `basis` the
    rulebook's own entry under `publicity`. `columns` and `rows` are the list as it was published.
    `path` is that of the unit that publishes.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=NoticeKind.choices)
    path = models.CharField(max_length=255, blank=True)
    subject = models.CharField(max_length=128, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"))
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField(null=True)  # of the result that the list is from
    by = models.CharField(_("发布单位"), max_length=120, blank=True)
    channel = models.CharField(_("公示渠道"), max_length=200, blank=True)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True)
    term = models.JSONField(null=True)  # within, unit, first_day, rolls, closes
    state = models.CharField(max_length=8, choices=NoticeState.choices, default=NoticeState.DRAFT)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    reckoning = models.TextField(blank=True)  # the sentence that says how the period was counted
    made_at = models.DateTimeField()
    published_by = models.CharField(max_length=64, blank=True)
    down_at = models.DateTimeField(null=True)
    down_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("公示公告")
        ordering = ["season", "number"]
        constraints = [models.UniqueConstraint(fields=["season", "number"], name="notice_number")]

    @property
    def table(self) -> tuple[list[str], list[list[str]]]:
        """As it is read: without a column that says nothing which the next one does not."""
        wide = range(len(self.columns))
        kept = [at for at in wide if at + 1 == len(wide) or not self._echoes(at)]
        rows = [[row[at] for at in kept] for row in self.rows]
        return [self.columns[at] for at in kept], rows

    def _echoes(self, at: int) -> bool:
        return bool(self.rows) and all(row[at] in {"", row[at + 1]} for row in self.rows)


class Objection(models.Model):
    """An objection, a recheck or an appeal.

    What tells who filed it (`name`, `phone`, `id_number`, `unit`) and what it says (`text`) is
    sealed, place "objection:<id>:<field>"; of the receipt code only the digest is kept. `account`
    is whom to tell, and is shown to nobody. `share` is the digest by which uses are counted.
    `remedy` is the rulebook's entry under `appeals`, or "~code" of the house's own.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32, unique=True)
    nonce = models.UUIDField(unique=True)  # of the form, so that it is filed once
    path = models.CharField(max_length=255, blank=True)
    remedy = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=RemedyKind.choices)
    level = models.PositiveSmallIntegerField(default=0)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="appealed_by"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, related_name="objections"
    )
    stage = models.CharField(max_length=64, blank=True)
    track = models.CharField(max_length=64, blank=True)
    entry = models.CharField(max_length=32, blank=True)
    party = models.CharField(max_length=8, choices=Party.choices)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    share = models.BinaryField(max_length=32, null=True)
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    id_number = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    text = models.TextField()
    state = models.CharField(
        max_length=12, choices=ObjectionState.choices, default=ObjectionState.FILED
    )
    filed_at = models.DateTimeField()
    file_by = models.DateTimeField(null=True)  # when the window ended; None: no limit
    accept_by = models.DateTimeField()
    answer_by = models.DateTimeField()
    clock_words = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # when who filed it was forgotten

    class Meta:
        verbose_name = _("异议")
        ordering = ["season", "number"]
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="objection_number"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
                name="objection_merged_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["season", "state"], name="objection_season")]


class ObjectionStep(models.Model):
    """What was done or said about it. Never changed; `text` is sealed."""

    objection = models.ForeignKey(Objection, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("办理记录")
        ordering = ["objection", "id"]


class Ruling(models.Model):
    """The decision on an objection (处理决定): what was found, and what it changed.

    `effects` are those of `effects.py`, with the values before. `before` and `after` are versions
    of the stage's result: the one that held when it was decided, and the one computed from it.
    """

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="ruling")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.TextField()
    effects = models.JSONField(default=list)
    lines = models.JSONField(default=list)  # the effects in words, as they were decided
    before = models.JSONField(default=dict)  # stage → version
    after = models.JSONField(default=dict)
    proposal = models.PositiveBigIntegerField()  # the ledger's, with who proposed and who approved
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("处理决定")

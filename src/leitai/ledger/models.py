"""The hash-chained record of deciding acts, its signed checkpoints, and deeds of two officers."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.ledger.enums import ProposalState


class LedgerEntry(models.Model):
    """One act. `payload` is canonical JSON; digest = SHA-256(prev_digest || payload).

    `by` repeats the actor's name from the payload, so that one can look for it.
    """

    chain = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    by = models.TextField(_("经办人"), blank=True)
    act = models.CharField(_("事项"), max_length=64)
    subject = models.CharField(max_length=128)
    payload = models.BinaryField()
    prev_digest = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        verbose_name = _("操作留痕")
        ordering = ["chain", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="ledger_chain_seq"),
        ]
        indexes = [models.Index(fields=["chain", "act", "seq"], name="ledger_chain_act")]


class Checkpoint(models.Model):
    """A chain's count and head at a moment, signed, so that a tail cut off later shows."""

    chain = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    head = models.BinaryField()
    at = models.DateTimeField()
    key_id = models.CharField(max_length=64)
    signature = models.BinaryField()

    class Meta:
        verbose_name = _("检查点")
        ordering = ["chain", "count"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "count"], name="checkpoint_chain_count"),
        ]


class Proposal(models.Model):
    """A deed that waits for a second officer, and what became of it. Rows are never removed.

    `preview` is the effect as the proposer saw it, `effect` as it was when carried out (both
    in Chinese, the language of the record); `data` is the deed's own.
    """

    chain = models.CharField(max_length=64)
    deed = models.CharField(_("事项"), max_length=64)
    subject = models.CharField(max_length=128)
    data = models.JSONField()
    preview = models.JSONField()
    effect = models.JSONField(default=list)
    reason = models.CharField(_("理由"), max_length=300)
    level = models.CharField(max_length=12)
    state = models.CharField(
        _("状态"), max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    proposed_by = models.CharField(max_length=64)
    proposed_person = models.CharField(max_length=32, blank=True)
    proposed_name = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="renewals")

    class Meta:
        verbose_name = _("两人办理事项")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "deed", "subject"],
                condition=Q(state=ProposalState.OPEN),
                name="proposal_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(state=ProposalState.OPEN),
                name="proposal_open_expiry",
            ),
            models.Index(fields=["proposed_by", "-id"], name="proposal_proposer"),
            models.Index(fields=["decided_by", "-id"], name="proposal_decider"),
        ]

    def state_at(self, at: datetime) -> ProposalState:
        """An open one is over when its time is, whether or not the job has said so yet."""
        if self.state == ProposalState.OPEN and at >= self.expires_at:
            return ProposalState.EXPIRED
        return ProposalState(self.state)

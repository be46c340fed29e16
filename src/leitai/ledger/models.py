"""The hash-chained record of deciding acts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEntry(models.Model):
    """One act. `payload` is canonical JSON; digest = SHA-256(prev_digest || payload)."""

    chain = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
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

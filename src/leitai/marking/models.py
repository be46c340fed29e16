"""A sitting's marks: each item's points, folded from the journal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.sittings.models import Sitting


class Marking(models.Model):
    """points: scaled by 100, one integer per item number of the paper, in order."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="marking")
    points = models.JSONField()
    total = models.PositiveIntegerField()
    journal_digest = models.BinaryField(max_length=32)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("阅卷")

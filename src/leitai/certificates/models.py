"""Certificates: a serial without gaps, a signed payload, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.results.models import Award


class Series(models.Model):
    """A run of serial numbers: one prefix, and the last number given. Its row is the lock."""

    prefix = models.CharField(max_length=36, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("证书编号序列")


class Certificate(models.Model):
    """payload is canonical JSON; signature is Ed25519 over it by the named results key."""

    serial = models.CharField(_("证书编号"), max_length=40, unique=True)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="certificate")
    holder = models.CharField(_("获奖者"), max_length=80)
    title = models.CharField(max_length=64)
    payload = models.BinaryField()
    key_id = models.CharField(max_length=64)
    signature = models.BinaryField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True)
    pdf = models.CharField(max_length=255, blank=True)  # path below the files folder

    class Meta:
        verbose_name = _("证书")
        ordering = ["serial"]

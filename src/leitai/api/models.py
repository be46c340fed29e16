"""Tokens by which systems of an upper or lower level read one season."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.api.enums import Scope, TokenState
from leitai.seasons.models import Season


class Token(models.Model):
    """`digest` is SHA-256 of the secret, which is shown once; `hint` are its first letters."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="api_tokens")
    label = models.CharField(_("用途"), max_length=80)
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.READ)
    digest = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=16)
    made_by = models.CharField(max_length=64)
    made_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # to the hour
    revoked_name = models.CharField(max_length=120, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["season", "-made_at"], name="api_token_season")]

    def state_at(self, at: datetime) -> TokenState:
        if self.revoked_at is not None:
            return TokenState.REVOKED
        return TokenState.LIVE if at < self.expires_at else TokenState.EXPIRED

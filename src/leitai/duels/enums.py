"""The fixed words of duels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DuelState(models.TextChoices):
    OPEN = "open", _("等待应战")
    PLAYING = "playing", _("对战中")
    OVER = "over", _("已结束")
    EXPIRED = "expired", _("无人应战")

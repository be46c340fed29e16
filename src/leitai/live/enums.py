"""The fixed words of live matches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchState(models.TextChoices):
    PLANNED = "planned", _("筹备中")
    READY = "ready", _("待开场")
    RUNNING = "running", _("进行中")
    CLOSED = "closed", _("已结束")
    CANCELLED = "cancelled", _("已取消")


class Mode(models.TextChoices):
    """How the first press is found (docs/live.md)."""

    ARRIVAL = "arrival", _("到达先后")
    COMPENSATED = "compensated", _("时延补偿")
    MANUAL = "manual", _("举牌记录")


class Screen(models.TextChoices):
    """Whose view of a match a screen shows; the role in a stage ticket."""

    HOST = "host", _("主持台")
    SEAT = "seat", _("抢答席")
    HALL = "hall", _("大屏")
    WATCH = "watch", _("观众页")

"""Reads of draws and of the committee's answers to ties."""

from __future__ import annotations

from django.db.models import QuerySet

from leitai.kernel import draw as lots
from leitai.seasons.models import Draw, Resolution, Season


def list_draws(season: Season) -> QuerySet[Draw]:
    return Draw.objects.filter(season=season).order_by("at", "pk")


def list_resolutions(season: Season) -> QuerySet[Resolution]:
    return Resolution.objects.filter(season=season).select_related("draw").order_by("at", "pk")


def draw_holds(draw: Draw) -> bool:
    """Whether the recorded order is the one that pool and key give."""
    return bool(list(lots.order(draw.pool, draw.key)) == draw.outcome)

"""A season of which nothing is left but a reason, for the routes of its ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from leitai.seasons.models import CalendarWindow
from leitai.sittings import services as sittings
from tests.world import World

FORMS = {
    "seasons:closing": {"reason": "总决赛取消，不评奖"},
    "seasons:reopening": {"reason": "申诉成立"},
    "seasons:first-office": {"name": "leader", "reason": "任命文件"},
}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    sittings.cancel_exam(actor=held.officer, exam=held.ahead, reason="不再举办", at=world.now)
    CalendarWindow.objects.filter(season=held.season).update(
        closes_at=world.now - timedelta(days=1)
    )
    return {}

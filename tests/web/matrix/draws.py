"""A real draw for the matrix: by hand, under way. Steps of the other kind are refused (422)."""

from __future__ import annotations

from typing import Any

from leitai.seasons import services
from tests.factories import draws as make
from tests.factories import people
from tests.world import World

WITNESSES = {
    "name_1": "岑雪桥", "post_1": "监督仲裁组", "name_2": "万里晴", "post_2": "选手代表",
}  # fmt: skip
FORMS = {
    "seasons:draw-commit": {"role": "supervisor", "commitment": "ab" * 32},
    "seasons:draw-abort": {"reason": "时间有误"},
    "seasons:draw-answer": {"agree": "yes"},
    "seasons:draw-call": {"member": "A1", "number": "1"},
    "seasons:draw-freeze": {"roster": "A1 甲\nB2 乙"},
    "seasons:draw-reveal": {"role": "supervisor", "secret": "AB" * 16},
    "seasons:draw-source": {"numbers": "1 2", "again": "1 2"} | WITNESSES,
    "seasons:draw-correct": {"seq": "1", "number": "2", "reason": "看错"},
    "seasons:draw-close": WITNESSES,
    "seasons:draw-hand": {
        "purpose": "另一次抽签", "roster": "A1 甲\nB2 乙", "absent_rule": "last",
    },
}  # fmt: skip
NO_PAGE = {"/s/<slug:season>/draws/<int:draw>/record.json"}


def things(world: World, place: str) -> dict[str, Any]:
    """A draw by hand under way, public from its opening, whose abort the office has asked for."""
    held = world.home if place == "own" else world.away
    office = people.actor("office", season=held.season.code, account="77")
    draw = services.open_hand_draw(
        actor=office,
        season=held.season,
        purpose="出场次序",
        roster=make.ROSTER,
        absent_rule="last",
        at=world.now,
    )
    services.ask_abort(actor=office, draw=draw, reason="场地变更", at=world.now)
    return {"draw": draw.number}

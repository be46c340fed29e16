"""A delegation's own stage, for the routes of stages that each holds for itself."""

from __future__ import annotations

from typing import Any

from tests.world import World

FORMS = {
    "seasons:local-own": {
        "how": "reported",
        "opens_at": "2022-05-10T09:00",
        "closes_at": "2022-05-10T11:00",
    }
}


def things(world: World, place: str) -> dict[str, Any]:
    return {"stage": "selection", "team": "5101"}

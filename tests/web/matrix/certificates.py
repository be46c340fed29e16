"""A batch under way, and an award of the season's rules, for the office's desk."""

from __future__ import annotations

from typing import Any

from leitai.certificates.models import Batch
from leitai.rulebook import load
from tests.world import World

NO_PAGE = {"/c/v/data.js", "/c/v/keys.json", "/c/v/status.json", "/c/offline.zip"}
PART = {"/office/<slug:season>/certificates/design/<str:award>/preview/"}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    batch = Batch.objects.create(season=held.season, total=3, by="77", started_at=world.now)
    award = load(held.season.rulebook.text).awards[0].id
    return {"batch": batch.pk, "award": award}

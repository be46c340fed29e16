"""Both seasons have a buzzer round in the heat, and a match of it that is ready."""

from __future__ import annotations

from typing import Any

from leitai.bank.models import Bank
from leitai.kernel import canonical
from leitai.live import services
from leitai.seasons.models import RulebookVersion
from tests.factories import live as quiz
from tests.factories import people as make
from tests.world import NOBODYS, World

FORMS = {
    "live:new": {"slot": "heat|individual|quiz", "title": "第二场"},
    "live:do": {"reason": "换席"},
    "live:seat": {"code": "0000-0000-0000-0000"},
    "live:together": {"code": "0000-0000-0000-0000"},
    "live:paddles": {"order": "1>2", "after": "1"},
}
NO_PAGE = {
    "/office/<slug:season>/live/<slug:match>/protocol.pdf",
    "/office/<slug:season>/live/<slug:match>/tables.zip",
}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    season = held.season
    version, _ = RulebookVersion.objects.get_or_create(
        hash=f"live-{len(quiz.TEXT)}",
        defaults={
            "text": quiz.TEXT,
            "canonical": canonical.encode(quiz.TEXT),
            "added_at": world.now,
        },
    )
    season.rulebook = version
    season.save(update_fields=["rulebook"])
    office = make.actor("office", season=season.code, unit="51/", account=NOBODYS)
    told = {"actor": office, "at": world.now}
    match = services.plan_match(
        season=season,
        stage="heat",
        track="individual",
        event="quiz",
        title="第一场",
        starts_at=world.now,
        **told,
    )
    match = services.seat_match(match=match, seats=quiz.seats(quiz.entries(season)), **told)
    if not Bank.objects.filter(code=quiz.BANK).exists():
        quiz.bank()
    services.choose_questions(
        match=match, bank_codes=[quiz.BANK], counts={"buzzer": 2}, spares=1, seed="1", **told
    )
    services.make_ready(match=match, **told)
    return {"match": match.code, "act": "unready"}

"""At which seats of which matches an entry sits: for its own people, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from leitai.live.enums import MatchState
from leitai.live.models import Match
from leitai.seasons.models import Entry


class OwnSeat(NamedTuple):
    match: str
    starts_at: datetime | None
    seat: str


def seats_with(entries: Iterable[Entry]) -> dict[int, tuple[OwnSeat, ...]]:
    """By the entry's row; neither rehearsals nor what was cancelled."""
    return {one.pk: tuple(_seats(one)) for one in entries}


def _seats(entry: Entry) -> list[OwnSeat]:
    held = Match.objects.filter(
        season=entry.stage.season.code, stage=entry.stage.code, track=entry.track, rehearsal=False
    ).exclude(state=MatchState.CANCELLED)
    return [
        OwnSeat(match.title, match.starts_at, seat)
        for match in held.order_by("starts_at", "pk")
        for seat, value in match.seats.items()
        if value.partition("=")[0] == entry.code
    ]

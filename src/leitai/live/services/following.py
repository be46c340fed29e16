"""What happens below and changes who plays: somebody takes an entry's place before the match."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone

from leitai.base.actor import system
from leitai.live.enums import MatchState
from leitai.live.models import Line, Match
from leitai.live.selectors.entries import entries_of, name_of
from leitai.live.services.common import record
from leitai.live.services.readying import freeze
from leitai.seasons.events import EntryReplaced

HOUSE: Final = system("live")
BEFORE: Final = (MatchState.PLANNED, MatchState.READY)


def follow_replacement(event: EntryReplaced) -> None:
    """The new entry has the seat, its card and its figure; a draw's place is not lost by it.

    Of a ready match the rules are frozen anew as they stand: nothing of it has been played.
    """
    found = Match.objects.select_for_update().filter(
        season=event.season, track=event.track, rehearsal=False, state__in=BEFORE
    )
    for match in found:
        seat = next(
            (one for one, said in match.seats.items() if said.partition("=")[0] == event.entry), ""
        )
        known = entries_of(match)
        if seat and event.by in known:
            _, sign, figure = match.seats[seat].partition("=")
            match.seats[seat] = f"{event.by}{sign}{figure}"
            match.names[seat] = name_of(known[event.by])[:40]
            _keep(match, seat, timezone.now())


def _keep(match: Match, seat: str, at: datetime) -> None:
    match.version += 1
    match.save(update_fields=["seats", "names", "version"])
    if match.state == MatchState.READY:
        Line.objects.filter(match_id=match.pk).delete()
        freeze(match, HOUSE, at)
    told = {"seats": len(match.seats), "order": dict(match.seats), "draw": match.draw, "seat": seat}
    record(HOUSE, match, "match.seated", at, told)

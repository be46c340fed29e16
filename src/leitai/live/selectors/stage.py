"""A match as the stage process keeps it: the same class, folded from the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from leitai.lane.live.facts import Facts
from leitai.lane.live.facts import Line as StageLine
from leitai.lane.live.playing import Playing
from leitai.lane.live.timing import declared
from leitai.live.models import Line, Match
from leitai.live.selectors.frozen import event_of, live_of, log_of


def playing_of(match: Match, lines: Sequence[Line]) -> Playing:
    """Its epoch, its state, what its screens show; raises what the referee says to a bad line."""
    entries = log_of(match, lines)
    told = [
        StageLine(entry, line.by, line.evidence) for entry, line in zip(entries, lines, strict=True)
    ]
    return Playing(_facts(match), told, now=max((line.at for line in lines), default=0))


def _facts(match: Match) -> Facts:
    live = live_of(match)
    return Facts(
        match.pk,
        match.season,
        match.stage,
        match.track,
        match.event,
        match.code,
        match.title,
        event_of(match),
        live,
        declared(
            match.mode,  # type: ignore[arg-type]  # one of the three
            cap_ms=match.cap_ms,
            band_us=match.band_us,
            correction_ms=live.correction,
        ),
        state=match.state,
        rehearsal=match.rehearsal,
        chosen=bool(match.network),
        names=MappingProxyType(match.names),
    )

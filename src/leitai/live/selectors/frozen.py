"""What a match plays by: its event as it was frozen, its log, and the referee's state of both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.live.models import Line, Match
from leitai.rulebook import live as referee
from leitai.rulebook.data import LogIn
from leitai.rulebook.model import Event, Rulebook
from leitai.rulebook.model.live import Live
from leitai.seasons import selectors as seasons


def law_of(match: Match) -> Rulebook:
    return seasons.rulebook_of(seasons.get_season(match.season))


def event_of(match: Match) -> Event:
    """The event as it was frozen; before that, as the season's rules have it now."""
    if not match.rules:
        return law_of(match).events[match.event]
    return referee.read_event(match.rules)


def live_of(match: Match) -> Live:
    live = event_of(match).live
    if live is None:
        raise DomainError("match_event", stage=match.stage, event=match.event)
    return live


def plain_event(law: Rulebook, event: str) -> dict[str, Any]:
    """The event in the canonical form of the rules: plain values, without a float."""
    found: dict[str, Any] = canonical.decode(law.canonical)["events"][event]
    return found


def rules_hash(plain: dict[str, Any]) -> str:
    return hashlib.sha256(canonical.encode(plain)).hexdigest()


def lines_of(match: Match) -> list[Line]:
    return list(Line.objects.filter(match_id=match.pk).order_by("seq"))


def log_of(match: Match, lines: Iterable[Line]) -> list[LogIn]:
    """The lines as the rulebook reads them; `leitai rulebook decide` reads the same as a table."""
    return [
        LogIn(
            match.stage,
            match.track,
            match.event,
            match.code,
            line.seq,
            line.at,
            line.kind,
            line.seat,
            line.value,
        )
        for line in lines
    ]


def state_of(match: Match, lines: Iterable[Line]) -> referee.Match:
    """The state that the lines come to; raises what the referee says to a line that is wrong."""
    state = referee.start(live_of(match), {})
    for entry in log_of(match, lines):
        state = referee.step(state, entry)
    return state

"""From the log of a closed match to scores, by the fold that `leitai rulebook decide` uses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery

from leitai.base.actor import system
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState
from leitai.live.models import Line, Match
from leitai.live.selectors.frozen import event_of, law_of, lines_of, log_of
from leitai.live.services.common import demand_state, locked, record
from leitai.rulebook import live as referee
from leitai.rulebook.data import Folded, ScoreIn
from leitai.seasons import selectors as seasons
from leitai.seasons import services as scoring
from leitai.seasons.services import NewScore

HOUSE: Final = system("live")


@transaction.atomic
def score_match(*, match: int, at: datetime) -> int:
    """Record what the log comes to; safe to repeat. Returns how many scores there are.

    A rehearsal leaves none. Raises match_open_lines before the log says that the match is over,
    and Problems where the referee does not take a line.
    """
    held = locked(match)
    demand_state(held, MatchState.RUNNING, MatchState.CLOSED)
    lines = lines_of(held)
    folded = fold_match(held, lines)
    if folded.blocked:
        raise DomainError("match_open_lines")
    if held.state == MatchState.RUNNING:
        held.state, held.closed_at = MatchState.CLOSED, at
    held.scored_seq, held.version = lines[-1].seq, held.version + 1
    held.save(update_fields=["state", "closed_at", "scored_seq", "version"])
    if held.rehearsal:
        return 0
    _record(held, folded.scores, at)
    record(HOUSE, held, "match.scored", at, {"lines": len(lines), "scores": len(folded.scores)})
    return len(folded.scores)


def score_left(*, at: datetime) -> int:
    """Closed matches whose scores do not know the newest line; returns how many were scored."""
    newest = Line.objects.filter(match_id=OuterRef("pk")).order_by().values("match_id")
    found = Match.objects.filter(state=MatchState.CLOSED).annotate(
        last=Subquery(newest.annotate(last=Max("seq")).values("last"))
    )
    late = list(found.filter(last__gt=F("scored_seq")).values_list("pk", flat=True))
    for one in late:
        score_match(match=one, at=at)
    return len(late)


def fold_match(match: Match, lines: list[Line]) -> Folded:
    """The scores and remarks of one match, by the rules that it was played by."""
    law = law_of(match)
    events = {**law.events, match.event: event_of(match)}
    rules = replace(law, events=MappingProxyType(events))
    return referee.fold(rules, log_of(match, lines))


def _record(match: Match, scores: tuple[ScoreIn, ...], at: datetime) -> None:
    """The match's own event, and the members' where the rules give them a score of their own."""
    groups: dict[tuple[str, str, str], list[NewScore]] = defaultdict(list)
    for one in scores:
        groups[one.stage, one.track, one.event].append(
            NewScore(
                one.entry, one.value, one.decimals, f"match:{match.code}", one.keys, one.status
            )
        )
    season = seasons.get_season(match.season)
    for (stage, track, event), batch in sorted(groups.items()):
        scoring.record_scores(
            actor=HOUSE,
            season=season,
            stage=stage,
            track=track,
            event=event,
            scores=batch,
            at=at,
        )

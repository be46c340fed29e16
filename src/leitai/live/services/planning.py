"""A match is planned for a stage's live event and track, changed, and cancelled."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState
from leitai.live.models import Match
from leitai.live.rules import can_plan_matches
from leitai.live.services.common import (
    demand_planner,
    demand_state,
    locked,
    reason_of,
    record,
    wake,
)
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, Stage

_TITLE: Final = 80


@transaction.atomic
def plan_match(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    track: str,
    event: str,
    title: str,
    starts_at: datetime | None,
    at: datetime,
) -> Match:
    """A match with the next number; raises match_event, match_track, match_title."""
    if not can_plan_matches(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    law = seasons.rulebook_of(season)
    held = seasons.get_stage(season, stage)
    _demand_event(law, held, track, event)
    Season.objects.select_for_update().get(pk=season.pk)  # two planned at once take two numbers
    match = Match.objects.create(
        season=season.code,
        stage=stage,
        track=track,
        event=event,
        code=_next_code(season.code),
        title=_title(title),
        starts_at=starts_at,
    )
    record(actor, match, "match.planned", at, {"stage": stage, "track": track, "event": event})
    return match


@transaction.atomic
def cancel_match(*, actor: Actor, match: Match, reason: str, at: datetime) -> Match:
    """It is not held: the record stays; raises match_state once it has been opened."""
    demand_planner(actor, match)
    held = locked(match)
    demand_state(held, MatchState.PLANNED, MatchState.READY)
    if held.rehearsal:
        raise DomainError("match_rehearsal")
    held.state, held.version = MatchState.CANCELLED, held.version + 1
    held.save(update_fields=["state", "version"])
    wake(held)
    record(actor, held, "match.cancelled", at, {"reason": reason_of(reason)})
    return held


def _demand_event(law: Rulebook, stage: Stage, track: str, event: str) -> None:
    rule = law.stages[stage.code]
    if event not in rule.events or law.events[event].live is None:
        raise DomainError("match_event", stage=stage.title, event=event)
    if track not in (rule.tracks or tuple(law.tracks)):
        raise DomainError("match_track", stage=stage.title, track=track)


def _title(text: str) -> str:
    title = text.strip()
    if not title or len(title) > _TITLE:
        raise DomainError("match_title")
    return title


def _next_code(season: str) -> str:
    """`m1`, `m2` …; a rehearsal takes the code of its match with an r before it."""
    codes = Match.objects.filter(season=season, rehearsal=False).values_list("code", flat=True)
    numbers = [int(code[1:]) for code in codes if code[:1] == "m" and code[1:].isdecimal()]
    return f"m{max(numbers, default=0) + 1}"

"""Draws that anyone can recompute, and the committee's answers to ties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel import draw as lots
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import rules, selectors
from leitai.seasons.enums import DrawKind, DrawState, ResolutionHow
from leitai.seasons.events import ResolutionRecorded
from leitai.seasons.models import Draw, Resolution, Season
from leitai.seasons.services.common import demand_unclosed, the_track
from leitai.seasons.services.draw_common import next_number, office_only


@transaction.atomic
def record_draw(
    *, actor: Actor, season: Season, purpose: str, pool: Sequence[str], key: str, at: datetime
) -> Draw:
    """Draw by public numbers alone: the order of `draw-1` from a key string that all can read.

    Nobody committed to anything beforehand, so the kind says "simple".
    """
    office_only(actor, season)
    key = key.strip()
    if not key:
        raise DomainError("draw_key")
    outcome = lots.order(pool, key)
    draw = Draw.objects.create(
        season=season,
        number=next_number(season),
        kind=DrawKind.SIMPLE,
        state=DrawState.DRAWN,
        purpose=purpose,
        pool=sorted(pool),
        key=key,
        outcome=list(outcome),
        recorded_by=actor.account,
        at=at,
    )
    ledger.append(
        chain=season.code,
        actor=actor,
        act="draw.recorded",
        subject=f"draw:{draw.pk}",
        data={"purpose": purpose, "pool": draw.pool, "key": key, "outcome": draw.outcome},
        at=at,
    )
    return draw


@transaction.atomic
def record_resolution(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    board: str,
    line: str,
    order: Sequence[str],
    how: str,
    at: datetime,
    note: str = "",
    draw: Draw | None = None,
    track: str | None = None,
) -> Resolution:
    """Record how a tie across a line was broken, best first; a draw must say the same order."""
    if not rules.can_resolve(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    demand_unclosed(season)
    held = selectors.get_stage(season, stage)
    name = the_track(selectors.rulebook_of(season), held, track)
    if how not in ResolutionHow.values:
        raise DomainError("resolution_how", how=how)
    if len(set(order)) != len(order):
        twice = sorted({one for one in order if order.count(one) > 1})
        raise DomainError("resolution_twice", entries=listed(twice))
    if how == ResolutionHow.DRAW and draw is None:
        raise DomainError("resolution_draw")
    if draw is not None and (
        draw.season_id != season.pk or draw.state != DrawState.DRAWN or list(order) != draw.outcome
    ):
        raise DomainError("draw_differs")
    resolution = Resolution.objects.create(
        season=season,
        stage=stage,
        track=name,
        board=board,
        line=line,
        order=list(order),
        how=how,
        note=note,
        draw=draw,
        recorded_by=actor.account,
        at=at,
    )
    events.publish(ResolutionRecorded(season.code, stage, name, board, line))
    ledger.append(
        chain=season.code,
        actor=actor,
        act="resolution.recorded",
        subject=f"resolution:{resolution.pk}",
        data={
            "stage": held.title,
            "track": name,
            "board": board,
            "line": line,
            "order": list(order),
            "how": how,
            "note": note,
            "draw": draw.pk if draw else None,
        },
        at=at,
    )
    return resolution

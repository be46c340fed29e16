"""Break a tie at a line by a draw that anyone can recompute, and compute the stage again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.results.enums import ResultState
from leitai.results.models import StageResult
from leitai.results.rules import can_decide
from leitai.results.selectors.ties import purpose_of
from leitai.results.services.computing import compute_stage
from leitai.seasons import services as seasons
from leitai.seasons.enums import DrawState
from leitai.seasons.models import Draw, Stage
from leitai.seasons.selectors import draws_answering, host_path

RECORD = "zh-hans"  # what is written down is written once for all its readers


@transaction.atomic
def resolve_by_draw(
    *,
    actor: Actor,
    result: StageResult,
    index: int,
    numbers: Sequence[int],
    entropy: bytes = b"",
    note: str = "",
    at: datetime,
) -> StageResult:
    """Draw the order of the tie `result.blocked[index]`; the answer is the new version.

    The key that decides is made as in the draw "draw-1": the hash of what is drawn and from whom,
    the secret if there is one, and the public numbers. With only public numbers (dice thrown
    before witnesses) nobody in the house can influence the order.
    """
    season = result.stage.season
    if not can_decide(actor, season.code, host_path(season)):
        raise DomainError("forbidden")
    Stage.objects.select_for_update().get(pk=result.stage_id)
    tie = _tie(result, index)
    if waiting := draws_answering(season, tie["entries"]):
        raise DomainError("result_draw_waits", number=waiting[0].number)
    what = f"{tie['stage']}/{tie['track']}/{tie['board']}/{tie['line']}"
    pool = sorted(tie["entries"])
    key = draw_key(season.code, what, pool, entropy=entropy, numbers=numbers)
    with translation.override(RECORD):
        purpose = purpose_of(result, tie)
    draw = seasons.record_draw(
        actor=actor, season=season, purpose=purpose, pool=pool, key=key, at=at
    )
    return _answer(actor, result, tie, draw, note=note, at=at)


@transaction.atomic
def resolve_by_held_draw(
    *, actor: Actor, result: StageResult, index: int, note: str = "", at: datetime
) -> StageResult:
    """Answer the tie with the draw of exactly these that the season held: draw-1 or by hand.

    There is nothing to choose: the oldest draw of them that answered no tie yet is the one.
    """
    season = result.stage.season
    if not can_decide(actor, season.code, host_path(season)):
        raise DomainError("forbidden")
    Stage.objects.select_for_update().get(pk=result.stage_id)
    tie = _tie(result, index)
    found = draws_answering(season, tie["entries"])
    if not found:
        raise DomainError("result_draw_none")
    if found[0].state != DrawState.DRAWN:
        raise DomainError("result_draw_unfinished", number=found[0].number)
    return _answer(actor, result, tie, found[0], note=note, at=at)


def _answer(
    actor: Actor,
    result: StageResult,
    tie: dict[str, Any],
    draw: Draw,
    *,
    note: str,
    at: datetime,
) -> StageResult:
    season = result.stage.season
    seasons.record_resolution(
        actor=actor,
        season=season,
        stage=tie["stage"],
        track=tie["track"],
        board=tie["board"],
        line=tie["line"],
        order=draw.outcome,
        how="draw",
        note=note,
        draw=draw,
        at=at,
    )
    return compute_stage(actor=actor, season=season, stage=result.stage.code, at=at)


def draw_key(
    season: str, purpose: str, pool: Sequence[str], *, entropy: bytes, numbers: Sequence[int]
) -> str:
    """Write the key string: parts in upper case, each ended by a slash; numbers ascending."""
    manifest = canonical.encode({"season": season, "purpose": purpose, "pool": sorted(pool)})
    parts = [hashlib.sha256(manifest).hexdigest()]
    if entropy:
        parts.append(entropy.hex())
    if numbers:
        parts.append(".".join(str(number) for number in sorted(numbers)) + ".")
    if len(parts) == 1:
        raise DomainError("result_draw_numbers")
    return "".join(f"{part.upper()}/" for part in parts)


def _tie(result: StageResult, index: int) -> dict[str, Any]:
    if result.state != ResultState.PREVIEW:
        raise DomainError("result_not_preview", state=result.get_state_display())
    if not 0 <= index < len(result.blocked):
        raise DomainError("result_tie_unknown", number=index + 1)
    tie = result.blocked[index]
    if tie["needs"] != "draw":
        raise DomainError("result_not_resolved_by_draw", needs=tie["needs"])
    return dict(tie)

"""After a correction that was decided with its effect: every result that held is computed anew.

The new version takes the old one's place at once, in the state that the old one had (what was
final is published again, and becomes final by its own act). Where the new one has a tie at a line,
a list that waits for its body, or somebody who would fall out of a stage already scored, it stays
a preview, and the old one stands marked as outdated until the committee has decided.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor, system
from leitai.kernel.errors import DomainError
from leitai.results import evidence as evidences
from leitai.results.enums import SHOWN
from leitai.results.models import StageResult
from leitai.results.selectors.access import standing_result
from leitai.results.services.computing import announce, compute_now
from leitai.results.services.deciding import demand_earlier, hold, show
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

HOUSE = system("results")
_WAITS = frozenset({"entries_scored", "result_stage_before"})


def revise(
    *, season: str, stage: str, at: datetime, actor: Actor = HOUSE
) -> tuple[StageResult, ...]:
    """The new versions, from `stage` on, of every stage whose result held; none where none did."""
    held = seasons.get_season(season)
    order = seasons.rulebook_of(held).stage_order
    made = []
    for code in order[order.index(stage) :]:
        before = standing_result(season, code)
        if before is not None:
            made.append(_again(held, before, actor=actor, at=at))
    return tuple(made)


def _again(season: Season, before: StageResult, *, actor: Actor, at: datetime) -> StageResult:
    result = compute_now(actor=actor, season=season, stage=before.stage.code, at=at, replaces=True)
    taken = not result.blocked and _replace(result, before, actor=actor, at=at)
    if not taken:
        result.refresh_from_db()
    announce(result, held=taken)
    return result


def _replace(result: StageResult, before: StageResult, *, actor: Actor, at: datetime) -> bool:
    """Whether the new version could take the old one's place; nothing of it stays otherwise."""
    evidence = evidences.gather(result.stage.season, result.stage.code)
    try:
        with transaction.atomic():
            demand_earlier(result, evidence)
            hold(result, actor=actor, at=at, last=evidence.last)
            if before.state in SHOWN:
                show(result, actor=actor, at=at)
    except DomainError as error:
        if error.code in _WAITS:
            return False
        raise
    return True

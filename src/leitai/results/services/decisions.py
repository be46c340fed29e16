"""What a body decided: the order of a tie, a list that it confirms, who gets an award it gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.results.attachments import keep
from leitai.results.enums import ResultState
from leitai.results.events import AwardDecided
from leitai.results.evidence import awarding_stage
from leitai.results.models import StageResult
from leitai.results.rules import can_resolve
from leitai.results.services.computing import compute_now
from leitai.rulebook.data import MAIN, award_line
from leitai.seasons import selectors as seasons
from leitai.seasons import services as season_services
from leitai.seasons.enums import ResolutionHow
from leitai.seasons.models import Resolution, Season, Stage

CONFIRM = "confirm"  # the engine's code for a list that waits for a body


@transaction.atomic
def resolve_by_decision(
    *,
    actor: Actor,
    result: StageResult,
    index: int,
    order: Sequence[str] = (),
    witnesses: Sequence[str] = (),
    note: str = "",
    uploads: Sequence[str] = (),
    at: datetime,
) -> StageResult:
    """Record what was decided of `result.blocked[index]`, and compute the stage anew.

    A tie needs its whole order, best first, in the way that the rulebook names (vote, playoff,
    jury); a list that a body confirms is confirmed as it stands. Raises DomainError for a tie that
    lots must decide, or an order that is not exactly of the tied.
    """
    season = result.stage.season
    _demand(actor, season)
    Stage.objects.select_for_update().get(pk=result.stage_id)
    tie = _tie(result, index)
    confirms = tie["detail"]["code"] == CONFIRM
    if not confirms and not witnesses:
        raise DomainError("result_witnesses")
    if not confirms and sorted(order) != sorted(tie["entries"]):
        raise DomainError("result_order")
    resolution = season_services.record_resolution(
        actor=actor,
        season=season,
        stage=tie["stage"],
        track=tie["track"],
        board=tie["board"],
        line=tie["line"],
        order=tie["entries"] if confirms else list(order),
        how=tie["needs"],
        note=_words(witnesses, note),
        at=at,
    )
    keep(actor=actor, uploads=uploads, owner=f"resolution:{resolution.pk}", at=at)
    return compute_now(actor=actor, season=season, stage=result.stage.code, at=at)


@transaction.atomic
def decide_award(
    *,
    actor: Actor,
    season: Season,
    award: str,
    holders: Sequence[str],
    track: str | None = None,
    witnesses: Sequence[str] = (),
    note: str = "",
    uploads: Sequence[str] = (),
    at: datetime,
) -> Resolution:
    """Record to whom a body gives an award that no ranking decides; its newest word counts.

    `holders` are delegations' codes or entries', in the order in which they are read out. Where
    the stage that decides the awards has been computed, it is computed anew with the award.
    """
    _demand(actor, season)
    law = seasons.rulebook_of(season)
    rule = next((one for one in law.awards if one.id == award and one.decided), None)
    if rule is None:
        raise DomainError("award_not_decided", award=award)
    if rule.count and len(holders) > rule.count:
        raise DomainError("award_many", award=rule.title, limit=rule.count, count=len(holders))
    resolution = season_services.record_resolution(
        actor=actor,
        season=season,
        stage=rule.stage,
        track=track,
        board=MAIN,
        line=award_line(rule.id),
        order=list(holders),
        how=ResolutionHow.JURY,
        note=_words(witnesses, note),
        at=at,
    )
    keep(actor=actor, uploads=uploads, owner=f"resolution:{resolution.pk}", at=at)
    events.publish(AwardDecided(season.code, rule.id, resolution.pk))
    last = awarding_stage(law)
    if StageResult.objects.filter(stage__season=season, stage__code=last).exists():
        compute_now(actor=actor, season=season, stage=last, at=at)
    return resolution


def _demand(actor: Actor, season: Season) -> None:
    if not can_resolve(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def _tie(result: StageResult, index: int) -> dict[str, Any]:
    if result.state != ResultState.PREVIEW:
        raise DomainError("result_not_preview", state=result.get_state_display())
    if not 0 <= index < len(result.blocked):
        raise DomainError("result_tie_unknown", number=index + 1)
    tie = dict(result.blocked[index])
    if tie["needs"] == ResolutionHow.DRAW:
        raise DomainError("result_needs_draw")
    return tie


def _words(witnesses: Sequence[str], note: str) -> str:
    """What stands behind the decision, as the reason will show it."""
    parts = [note.strip()]
    if witnesses:
        parts.append(_("见证人：%(names)s") % {"names": listed(witnesses)})
    return "；".join(part for part in parts if part)

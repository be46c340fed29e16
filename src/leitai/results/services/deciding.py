"""Confirm, publish, declare final: what the committee answers for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.results import evidence as evidences
from leitai.results.digests import input_digest
from leitai.results.enums import HELD, ResultState
from leitai.results.events import (
    AwardRevised,
    ResultConfirmed,
    ResultFinal,
    ResultFinalising,
    ResultPublished,
)
from leitai.results.evidence import Evidence
from leitai.results.models import Advancement, Award, StageResult
from leitai.results.rules import can_decide
from leitai.results.selectors.access import standing_result
from leitai.rulebook.data import AdvanceRow, Reason
from leitai.seasons import services as seasons
from leitai.seasons.enums import EntryAs
from leitai.seasons.models import Stage
from leitai.seasons.selectors import host_path, rulebook_of

_WITH = ("entry__stage", "entry__delegation__unit")


@transaction.atomic
def confirm_result(*, actor: Actor, result: StageResult, at: datetime) -> StageResult:
    """Make a preview hold: who advances is entered into the next stage, awards are definitive."""
    result = _newest(actor, result)
    if result.state != ResultState.PREVIEW:
        raise DomainError("result_not_preview", state=result.get_state_display())
    evidence = evidences.gather(result.stage.season, result.stage.code)
    if result.stale_at or input_digest(evidence) != result.input_digest:
        raise DomainError("result_stale")
    _refuse_blocked(result)
    if not result.standings.exists() and not result.advancements.exists():
        raise DomainError("result_empty", stage=result.stage.title)
    demand_earlier(result, evidence)
    hold(result, actor=actor, at=at, last=evidence.last)
    return result


@transaction.atomic
def publish_result(*, actor: Actor, result: StageResult, at: datetime) -> StageResult:
    """Show a confirmed result to everyone whom the rulebook lets see it."""
    result = _newest(actor, result)
    seasons.demand_unclosed(result.stage.season)
    if result.state != ResultState.CONFIRMED:
        raise DomainError("result_not_confirmed", state=result.get_state_display())
    if result.stale_at:
        raise DomainError("result_stale")
    _refuse_blocked(result)
    show(result, actor=actor, at=at)
    return result


@transaction.atomic
def finalise_result(*, actor: Actor, result: StageResult, at: datetime) -> StageResult:
    """Say that a published result is final: the public notice is over, and so are objections.

    Rooms above that still handle an objection or a notice of it refuse (`ResultFinalising`).
    """
    result = _newest(actor, result)
    if result.state != ResultState.PUBLISHED:
        raise DomainError("result_not_published", state=result.get_state_display())
    if result.stale_at:
        raise DomainError("result_stale")
    season, stage = result.stage.season.code, result.stage.code
    events.publish(ResultFinalising(season, stage, result.version))
    result.state, result.final_at, result.final_by = ResultState.FINAL, at, actor.account
    result.save(update_fields=["state", "final_at", "final_by"])
    events.publish(ResultFinal(season, stage, result.version))
    _record(result, "result.finalised", actor=actor, at=at)
    return result


def hold(result: StageResult, *, actor: Actor, at: datetime, last: bool) -> None:
    """Within the caller's transaction: the preview holds, and what follows from it follows."""
    before = standing_result(result.stage.season.code, result.stage.code)
    _supersede(result, ResultState.CONFIRMED)
    result.state, result.confirmed_at = ResultState.CONFIRMED, at
    result.confirmed_by = actor.account
    result.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    seasons.confirm_scores(actor=actor, season=result.stage.season, stage=result.stage.code, at=at)
    _enter_advanced(result, actor=actor, at=at)
    season, stage = result.stage.season.code, result.stage.code
    events.publish(ResultConfirmed(season=season, stage=stage, version=result.version, last=last))
    if before is not None:
        _announce_awards(before, result)
    _record(result, "result.confirmed", actor=actor, at=at)


def show(result: StageResult, *, actor: Actor, at: datetime) -> None:
    """Within the caller's transaction: what holds is public, and what was public before is not."""
    _supersede(result, *HELD)
    result.state, result.published_at = ResultState.PUBLISHED, at
    result.save(update_fields=["state", "published_at"])
    season, stage = result.stage.season.code, result.stage.code
    events.publish(ResultPublished(season=season, stage=stage, version=result.version))
    _record(result, "result.published", actor=actor, at=at)


def _announce_awards(before: StageResult, after: StageResult) -> None:
    """Name each award of the old version that the new one does not give in the same way."""
    fresh = {_identity(award): award for award in _awards(after)}
    gone = [award for award in _awards(before) if fresh.pop(_identity(award), None) is None]
    for award in gone:
        mine = [one for one in fresh.values() if _holder(one) == _holder(award)]
        same = [one for one in mine if one.award == award.award]
        turned = next(iter([*same, *mine]), None)
        if turned is not None:
            del fresh[_identity(turned)]
        season = after.stage.season.code
        events.publish(AwardRevised(season, award.pk, turned.pk if turned else None))


def _awards(result: StageResult) -> QuerySet[Award]:
    return result.awards.select_related("entry").order_by("position")


def _holder(award: Award) -> tuple[str, str, int]:
    """A person in a track, or a delegation."""
    track = award.entry.track if award.entry else ""
    return (track, award.entry.code if award.entry else "", award.delegation_id)


def _identity(award: Award) -> tuple[object, ...]:
    return (award.award, award.title, award.basis, *_holder(award))


def _newest(actor: Actor, result: StageResult) -> StageResult:
    """Lock the stage, and demand that nothing newer than this version exists."""
    season = result.stage.season
    if not can_decide(actor, season.code, host_path(season)):
        raise DomainError("forbidden")
    Stage.objects.select_for_update().get(pk=result.stage_id)
    latest = (
        StageResult.objects.filter(stage=result.stage_id)
        .select_related("stage__season__rulebook", "rulebook")
        .latest("version")
    )
    if latest.pk != result.pk:
        raise DomainError("result_superseded", version=result.version, latest=latest.version)
    return latest


def _refuse_blocked(result: StageResult) -> None:
    if result.blocked:
        raise DomainError("result_blocked", count=len(result.blocked))


def demand_earlier(result: StageResult, evidence: Evidence) -> None:
    """What an earlier contest decided must hold too: this stage's entries and awards rest on it."""
    for code in evidence.stages[:-1]:
        stage = evidence.rulebook.stages[code]
        if stage.method == "contest":
            standing = standing_result(result.stage.season.code, code)
            if standing is None or standing.stale_at:
                raise DomainError("result_stage_before", before=stage.title)


def _supersede(result: StageResult, *states: ResultState) -> None:
    StageResult.objects.filter(
        stage=result.stage_id, state__in=states, version__lt=result.version
    ).update(state=ResultState.SUPERSEDED)


def _enter_advanced(result: StageResult, *, actor: Actor, at: datetime) -> None:
    """Bring each later stage in step with everything that holds and advances into it."""
    season = result.stage.season
    stages = rulebook_of(season).stages
    into = dict.fromkeys(rule.to for rule in stages[result.stage.code].advance)
    for to_stage in (one for one in into if one in stages):  # the level above enters its own
        sources = [result]
        for code, stage in stages.items():
            other = code != result.stage.code and any(rule.to == to_stage for rule in stage.advance)
            standing = standing_result(season.code, code) if other else None
            sources += [standing] if standing else []
        rows = Advancement.objects.filter(to_stage=to_stage, result__in=sources)
        seasons.enter_advanced(
            actor=actor,
            season=season,
            to_stage=to_stage,
            rows=[_row(row) for row in rows.select_related(*_WITH).order_by("pk")],
            at=at,
        )


def _row(row: Advancement) -> AdvanceRow:
    return AdvanceRow(
        stage=row.entry.stage.code,
        to_stage=row.to_stage,
        track=row.track,
        entry=row.entry.code,
        delegation=row.entry.delegation.unit.code,
        as_="team" if row.as_kind == EntryAs.TEAM else "individual",
        reason=Reason.from_plain(row.reason),
    )


def _record(result: StageResult, act: str, *, actor: Actor, at: datetime) -> None:
    ledger.append(
        chain=result.stage.season.code,
        actor=actor,
        act=act,
        subject=f"result:{result.stage.code}:{result.version}",
        data={
            "by": actor.name,
            "stage": result.stage.title,
            "version": result.version,
            "outcome": result.outcome_digest,
        },
        at=at,
    )

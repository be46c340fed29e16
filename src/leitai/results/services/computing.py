"""Compute a stage: gather, decide, store as a new version. Nothing stored is ever changed."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.results import evidence as evidences
from leitai.results.digests import input_digest, outcome_digest
from leitai.results.enums import ResultState
from leitai.results.events import StandingRevised
from leitai.results.evidence import Evidence
from leitai.results.models import Advancement, Award, StageResult, Standing, TeamStanding
from leitai.results.rules import can_compute
from leitai.rulebook.data import BlockedRow, NoteRow, Outcome
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season, Stage
from leitai.seasons.services import demand_unclosed
from leitai.units.models import Delegation

_BATCH = 2000
EntryKeys = dict[tuple[str, str, str], int]  # stage, track and code of an entry → its row


@transaction.atomic
def compute_stage(*, actor: Actor, season: Season, stage: str, at: datetime) -> StageResult:
    """Decide the stage from what is recorded now, and store it as a preview.

    Earlier previews are superseded; what was confirmed or published stays until a newer version is.
    """
    if not can_compute(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    demand_unclosed(season)
    return compute_now(actor=actor, season=season, stage=stage, at=at)


def compute_now(
    *, actor: Actor, season: Season, stage: str, at: datetime, replaces: bool = False
) -> StageResult:
    """Within the caller's transaction and with its permission.

    `replaces` leaves it to the caller to announce what came of it.
    """
    row = seasons.get_stage(season, stage)
    Stage.objects.select_for_update().get(pk=row.pk)
    evidence = evidences.gather(season, stage)
    outcome = evidences.rows_of_stage(evidences.decide(evidence), evidence)
    result = _store_result(row, evidence, outcome, actor=actor, at=at)
    _store_rows(result, evidence, outcome)
    if not replaces:
        announce(result)
    ledger.append(
        chain=season.code,
        actor=actor,
        act="result.computed",
        subject=f"result:{stage}:{result.version}",
        data={
            "by": actor.name,
            "stage": row.title,
            "version": result.version,
            "rulebook": result.rulebook_hash,
            "inputs": result.input_digest,
            "outcome": result.outcome_digest,
            "blocked": len(outcome.blocked),
        },
        at=at,
    )
    return result


def mark_stale(*, season: str, stage: str, at: datetime) -> int:
    """A score of the stage changed: what was computed from it, there and later, no longer holds."""
    position = Stage.objects.filter(season__code=season, code=stage).values("position")[:1]
    return (
        StageResult.objects.filter(
            stage__season__code=season, stage__position__gte=position, stale_at=None
        )
        .exclude(state=ResultState.SUPERSEDED)
        .update(stale_at=at)
    )


def mark_outdated(*, season: str, rulebook: str, at: datetime) -> int:
    """Other rules are in force: what was decided by others stands, and decides nothing new."""
    return (
        StageResult.objects.filter(stage__season__code=season, stale_at=None)
        .exclude(state=ResultState.SUPERSEDED)
        .exclude(rulebook__hash=rulebook)
        .update(stale_at=at)
    )


def _store_result(
    stage: Stage, evidence: Evidence, outcome: Outcome, *, actor: Actor, at: datetime
) -> StageResult:
    earlier = StageResult.objects.filter(stage=stage)
    earlier.filter(state=ResultState.PREVIEW).update(state=ResultState.SUPERSEDED)
    newest = earlier.aggregate(newest=Max("version"))["newest"] or 0
    return StageResult.objects.create(
        stage=stage,
        version=newest + 1,
        rulebook=stage.season.rulebook,
        rulebook_hash=evidence.rulebook.hash,
        input_digest=input_digest(evidence),
        outcome_digest=outcome_digest(outcome),
        blocked=[_blocked(row) for row in outcome.blocked],
        notes=[_note(row) for row in outcome.notes],
        computed_at=at,
        computed_by=actor.account,
    )


def _store_rows(result: StageResult, evidence: Evidence, outcome: Outcome) -> None:
    season = result.stage.season
    entries = {
        (stage, track, code): pk
        for stage, track, code, pk in Entry.objects.filter(
            stage__season=season, stage__code__in=evidence.stages
        ).values_list("stage__code", "track", "code", "pk")
    }
    delegations = dict(
        Delegation.objects.filter(season=season.code).values_list("unit__code", "pk")
    )
    _store_standings(result, outcome, entries)
    _store_teams(result, outcome, delegations)
    _store_advancement(result, outcome, entries)
    _store_awards(result, outcome, entries=entries, delegations=delegations)


def _store_standings(result: StageResult, outcome: Outcome, entries: EntryKeys) -> None:
    positions: defaultdict[tuple[str, str], int] = defaultdict(int)
    rows = []
    for row in outcome.standings:
        positions[row.track, row.board] += 1
        rows.append(
            Standing(
                result=result,
                track=row.track,
                board=row.board,
                rank=row.rank,
                position=positions[row.track, row.board],
                entry_id=entries[row.stage, row.track, row.entry],
                total=str(row.total),
                decided_by=row.decided_by.plain() if row.decided_by else None,
            )
        )
    Standing.objects.bulk_create(rows, batch_size=_BATCH)


def _store_teams(result: StageResult, outcome: Outcome, delegations: dict[str, int]) -> None:
    positions: defaultdict[str, int] = defaultdict(int)
    rows = []
    for row in outcome.teams:
        positions[row.track] += 1
        rows.append(
            TeamStanding(
                result=result,
                track=row.track,
                rank=row.rank,
                position=positions[row.track],
                delegation_id=delegations[row.delegation],
                total=str(row.total),
                counted=list(row.counted),
                advanced=row.advanced,
                decided_by=row.decided_by.plain() if row.decided_by else None,
            )
        )
    TeamStanding.objects.bulk_create(rows)


def _store_advancement(result: StageResult, outcome: Outcome, entries: EntryKeys) -> None:
    Advancement.objects.bulk_create(
        [
            Advancement(
                result=result,
                to_stage=row.to_stage,
                track=row.track,
                entry_id=entries[row.stage, row.track, row.entry],
                as_kind=row.as_,
                reason=row.reason.plain(),
            )
            for row in outcome.advancement
        ],
        batch_size=_BATCH,
    )


def _store_awards(
    result: StageResult, outcome: Outcome, *, entries: EntryKeys, delegations: dict[str, int]
) -> None:
    rows = []
    for position, row in enumerate(outcome.awards, start=1):
        stage, track, _ = row.basis.split("/", 2)
        person = row.holder_kind == "person"
        rows.append(
            Award(
                season=result.stage.season,
                result=result,
                award=row.award,
                title=row.title,
                entry_id=entries[stage, track, row.holder] if person else None,
                delegation_id=delegations[row.delegation],
                position=position,
                basis=row.basis,
                reason=row.reason.plain(),
            )
        )
    Award.objects.bulk_create(rows)


def announce(result: StageResult, *, held: bool = False) -> None:
    """Say that a version was computed after one that holds (or held until now)."""
    earlier = StageResult.objects.filter(stage=result.stage, version__lt=result.version)
    before = earlier.filter(confirmed_at__isnull=False).order_by("-version").first()
    if before is not None:
        events.publish(
            StandingRevised(
                season=result.stage.season.code,
                stage=result.stage.code,
                before=before.version,
                after=result.version,
                changed=before.outcome_digest != result.outcome_digest,
                held=held,
            )
        )


def _blocked(row: BlockedRow) -> dict[str, object]:
    return {
        "stage": row.stage,
        "track": row.track,
        "board": row.board,
        "line": row.line,
        "entries": list(row.entries),
        "needs": row.needs,
        "detail": row.detail.plain(),
    }


def _note(row: NoteRow) -> dict[str, object]:
    return {"track": row.track, "subject": row.subject, "reason": row.reason.plain()}

"""A version's outcome as the bytes that its digest is of: whoever has the file can check it."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.results.models import StageResult
from leitai.results.selectors.access import get_version, sight_of
from leitai.seasons.models import Entry
from leitai.units.models import Delegation


def frozen(result: StageResult) -> bytes:
    """Canonical JSON whose SHA-256 is the version's `outcome_digest`, from the stored rows."""
    standings = result.standings.select_related("entry").order_by("pk")
    teams = result.teams.select_related("delegation__unit").order_by("pk")
    advancements = result.advancements.select_related("entry").order_by("pk")
    awards = result.awards.select_related("entry", "delegation__unit").order_by("pk")
    return canonical.encode(
        {
            "standings": [
                [s.track, s.board, s.rank, s.entry.code, s.total, s.decided_by] for s in standings
            ],
            "teams": [
                [t.track, t.rank, t.delegation.unit.code, t.total, t.counted, t.advanced]
                for t in teams
            ],
            "advancement": [
                [a.to_stage, a.track, a.entry.code, a.as_kind, a.reason] for a in advancements
            ],
            "awards": [
                [a.award, _holder(a.entry, a.delegation), a.basis, a.reason] for a in awards
            ],
            "blocked": [[b["track"], b["board"], b["line"], b["entries"]] for b in result.blocked],
        }
    )


def frozen_for(viewer: Actor, season: str, stage: str, version: int) -> bytes:
    """For whoever may see the tables; raises DomainError("not_found") else."""
    result = visible_version(viewer, season, stage, version)
    return frozen(result)


def visible_version(viewer: Actor, season: str, stage: str, version: int) -> StageResult:
    """A version, an older one too, whose tables this viewer may see."""
    found = (
        StageResult.objects.filter(stage__season__code=season, stage__code=stage, version=version)
        .select_related("stage__season__rulebook", "stage__season__host", "rulebook")
        .first()
    )
    if found is None:
        raise DomainError("not_found")
    if sight_of(viewer, found).tables:
        return found
    return get_version(viewer, season, stage, version)


def _holder(entry: Entry | None, delegation: Delegation) -> str:
    return entry.code if entry else delegation.unit.code

"""The desk of results: every stage's state, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.results.enums import ScoreListState
from leitai.results.models import ScoreList, StageResult, UpwardList
from leitai.results.rules import can_decide, can_see_previews
from leitai.results.selectors.interventions import Intervention, interventions
from leitai.results.selectors.moving import moving_page
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, Stage


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`stages` with their newest result; the counts are of what waits."""

    season: Season
    rulebook: Rulebook
    stages: tuple[tuple[Stage, StageResult | None], ...]
    vacancies: int
    lists: int
    upward: int
    decided: int
    interventions: tuple[Intervention, ...]
    may_decide: bool


def desk_page(viewer: Actor, code: str) -> DeskPage:
    """For the committee and its supervisors; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    host = seasons.host_path(season)
    if not can_see_previews(viewer, code, host):
        raise DomainError("forbidden")
    newest = {
        result.stage_id: result
        for result in StageResult.objects.filter(stage__season=season)
        .select_related("stage__season")
        .order_by("version")
    }
    law = seasons.rulebook_of(season)
    lists = ScoreList.objects.filter(stage__season=season, state=ScoreListState.WAITING)
    return DeskPage(
        season=season,
        rulebook=law,
        stages=tuple((one, newest.get(one.pk)) for one in season.stages.order_by("position")),
        vacancies=sum(len(one.gone) for one in moving_page(viewer, code).vacancies),
        lists=lists.count(),
        upward=UpwardList.objects.filter(season=season).count(),
        decided=sum(bool(award.decided) for award in law.awards),
        interventions=tuple(interventions(season)),
        may_decide=can_decide(viewer, code, host),
    )

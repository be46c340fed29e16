"""Which version of a stage's result a viewer may see, and how much of it (DESIGN law 11)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people.enums import Role
from leitai.results.enums import HELD, SHOWN
from leitai.results.models import StageResult
from leitai.results.rules import can_see_previews
from leitai.rulebook.model import Visibility
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, SeasonRules, Stage

_LISTS = ("list", "all")
_PUBLISHED_BEFORE = StageResult.objects.filter(
    stage=OuterRef("stage"), version__lt=OuterRef("version"), published_at__isnull=False
)
# The number that the rules of a result have among the season's versions.
_RULES = Subquery(
    SeasonRules.objects.filter(season=OuterRef("stage__season"), rulebook=OuterRef("rulebook"))
    .order_by("-number")
    .values("number")[:1]
)


@dataclass(frozen=True, slots=True)
class Sight:
    """`tables`: all boards and reasons; `own`: the viewer's own place; `unit`: the own people."""

    tables: bool
    own: bool
    unit: bool


def sight_of(viewer: Actor, result: StageResult) -> Sight:
    """What the rulebook lets this viewer see of this version."""
    season = result.stage.season
    if viewer.known and can_see_previews(viewer, season.code, seasons.host_path(season)):
        return Sight(tables=True, own=True, unit=True)
    shown = seasons.rulebook_of(season).visibility.get(result.stage.code)
    if result.state not in SHOWN or shown is None:
        return Sight(tables=False, own=False, unit=False)
    competes = _competes(viewer, result, shown)
    manages = _manages(viewer, season)
    return Sight(
        tables=shown.public in _LISTS
        or (competes and shown.contestant in _LISTS)
        or (manages and shown.unit in _LISTS),
        own=competes and shown.contestant != "none",
        unit=manages and shown.unit != "none",
    )


def get_result_for(
    viewer: Actor, season: str, stage: str, version: int | None = None
) -> StageResult:
    """The published version (or the one named), where the viewer may see its tables.

    Raises DomainError("not_found") otherwise: nobody learns that something unpublished exists.
    """
    versions = _versions(season, stage)
    wanted = (
        versions.filter(state__in=SHOWN) if version is None else versions.filter(version=version)
    )
    result = wanted.first()
    if result is None or not sight_of(viewer, result).tables:
        raise DomainError("not_found")
    return result


def get_version(viewer: Actor, season: str, stage: str, version: int) -> StageResult:
    """A version by number, for those who see previews; raises DomainError("not_found")."""
    result = _versions(season, stage).filter(version=version).first()
    if result is None or not can_see_previews(
        viewer, season, seasons.host_path(result.stage.season)
    ):
        raise DomainError("not_found")
    return result


def newest_result(stage: Stage) -> StageResult | None:
    """The newest version whatever its state: for the committee's own page and for services."""
    return _versions(stage.season.code, stage.code).first()


def standing_result(season: str, stage: str) -> StageResult | None:
    """The version that holds: confirmed, published or final, the newest of them."""
    return _versions(season, stage).filter(state__in=HELD).first()


def list_versions(stage: Stage) -> QuerySet[StageResult]:
    """Every computation of the stage, the newest first."""
    found = StageResult.objects.filter(stage=stage).select_related("stage__season")
    return found.annotate(rules_number=_RULES).order_by("-version")


def published_stages(season: str) -> list[StageResult]:
    """The published results of a season in the order of its stages."""
    return list(
        StageResult.objects.filter(stage__season__code=season, state__in=SHOWN)
        .select_related("stage__season__rulebook", "rulebook")
        .order_by("stage__position")
    )


def _versions(season: str, stage: str) -> QuerySet[StageResult]:
    return (
        StageResult.objects.filter(stage__season__code=season, stage__code=stage)
        .select_related("stage__season__rulebook", "rulebook")
        .annotate(corrects=Exists(_PUBLISHED_BEFORE), rules_number=_RULES)
        .order_by("-version")
    )


def _manages(viewer: Actor, season: Season) -> bool:
    """Who looks after a unit within the host's, or after one that the host is within."""
    paths = viewer.unit_paths(Role.UNIT_MANAGER, season=season.code)
    if not paths:
        return False
    host = seasons.host_path(season)
    return any(path.startswith(host) or host.startswith(path) for path in paths)


def _competes(viewer: Actor, result: StageResult, shown: Visibility) -> bool:
    if not viewer.person or shown.contestant == "none":
        return False
    return seasons.entries_with(viewer.person).filter(stage=result.stage_id).exists()

"""Pages of what a body decides: a tie, a list to be confirmed, awards that no ranking gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.files import selectors as files
from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError
from leitai.results.enums import ResultState
from leitai.results.models import StageResult
from leitai.results.rules import can_resolve, can_see_previews
from leitai.results.selectors.access import get_version
from leitai.results.selectors.ties import Tie, open_ties
from leitai.rulebook.data import award_line
from leitai.rulebook.model import Award, Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Resolution, Season
from leitai.units import selectors as units


@dataclass(frozen=True, slots=True)
class TiePage:
    """`rows` are the tied (or the list), each with code, name, delegation and total."""

    result: StageResult
    rulebook: Rulebook
    tie: Tie
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """An award that a body gives: its holders by the newest word, and the minutes behind it."""

    award: Award
    body: str
    holders: tuple[str, ...]
    resolution: Resolution | None
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True)
class AwardsPage:
    season: Season
    rulebook: Rulebook
    awards: tuple[Decided, ...]
    may_decide: bool


@dataclass(frozen=True, slots=True)
class AwardPage:
    """`choices` are delegations; empty where persons are named by their numbers."""

    season: Season
    rulebook: Rulebook
    decided: Decided
    choices: tuple[tuple[str, str], ...]
    tracks: tuple[tuple[str, str], ...]


def tie_page(viewer: Actor, season: str, stage: str, version: int, index: int) -> TiePage:
    """For the office and the committee's lead; raises ("not_found") and ("forbidden")."""
    result = get_version(viewer, season, stage, version)
    if not can_resolve(viewer, season, seasons.host_path(result.stage.season)):
        raise DomainError("forbidden")
    if result.state != ResultState.PREVIEW:
        raise DomainError("result_not_preview", state=result.get_state_display())
    ties = open_ties(result)
    if not 0 <= index < len(ties):
        raise DomainError("result_tie_unknown", number=index + 1)
    tie = ties[index]
    if tie.by_draw:
        raise DomainError("result_needs_draw")
    law = seasons.rulebook_of(result.stage.season)
    return TiePage(result, law, tie, tuple(_rows(result, tie)))


def _rows(result: StageResult, tie: Tie) -> list[tuple[str, str, str, str]]:
    names = dict(tie.who)
    found = {
        row.entry.code: row
        for row in result.standings.filter(board="main", entry__code__in=names).select_related(
            "entry__delegation"
        )
    }
    order = sorted(names, key=lambda code: found[code].position if code in found else 0)
    return [
        (
            code,
            names[code],
            found[code].entry.delegation.name if code in found else "",
            found[code].total if code in found else "",
        )
        for code in order
    ]


def awards_page(viewer: Actor, code: str) -> AwardsPage:
    """Every award that a body gives; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    host = seasons.host_path(season)
    if not can_see_previews(viewer, code, host):
        raise DomainError("forbidden")
    law = seasons.rulebook_of(season)
    decided = [_decided(season, law, award) for award in law.awards if award.decided]
    return AwardsPage(season, law, tuple(decided), can_resolve(viewer, code, host))


def award_page(viewer: Actor, code: str, award: str) -> AwardPage:
    """One of them, for whoever may say to whom it goes; raises ("forbidden"), ("not_found")."""
    season = seasons.get_season(code)
    if not can_resolve(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    law = seasons.rulebook_of(season)
    rule = next((one for one in law.awards if one.id == award and one.decided), None)
    if rule is None:
        raise DomainError("not_found")
    teams = rule.to == "team"
    tracks = rule.tracks or tuple(law.tracks)
    return AwardPage(
        season=season,
        rulebook=law,
        decided=_decided(season, law, rule),
        choices=tuple((d.unit.code, d.name) for d in units.list_delegations(code)) if teams else (),
        tracks=tuple((one, law.tracks[one].title) for one in tracks),
    )


def _decided(season: Season, law: Rulebook, award: Award) -> Decided:
    newest = (
        Resolution.objects.filter(season=season, line=award_line(award.id))
        .order_by("-at", "-pk")
        .first()
    )
    body = law.bodies.get(award.decided or "")
    return Decided(
        award=award,
        body=body.title if body else award.decided or "",
        holders=tuple(_names(season, award, newest.order)) if newest else (),
        resolution=newest,
        files=tuple(files.list_files(f"resolution:{newest.pk}")) if newest else (),
    )


def _names(season: Season, award: Award, order: Sequence[str]) -> list[str]:
    if award.to == "team":
        known = {one.unit.code: one.name for one in units.list_delegations(season.code)}
    else:
        people = Entry.objects.filter(stage__season=season, code__in=order)
        known = dict(people.values_list("code", seasons.name_in()))
    return [known.get(code, code) for code in order]

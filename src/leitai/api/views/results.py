"""Published results and awards, for everybody, as far as the season's rules show them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from leitai.api import selectors
from leitai.api.schemas import AdvancementOut, AwardOut, BoardOut, Paged, ResultOut
from leitai.api.views.parts import PageNumber, Slug, Word, public

router = Router(tags=["results"])
_RESULTS = "seasons/{slug:season}/results"
_STAGE = f"{_RESULTS}/{{slug:stage}}"


@router.get(_RESULTS, response=public(Paged[ResultOut]), url_name="results")
def list_results(request: HttpRequest, season: Slug, page: PageNumber = 1) -> Paged[ResultOut]:
    """The stages whose results are published, in their order."""
    return selectors.page_of_results(season, page)


@router.get(_STAGE, response=public(ResultOut), url_name="result")
def get_result(request: HttpRequest, season: Slug, stage: Slug) -> ResultOut:
    """The published version of one stage."""
    return selectors.result_detail(season, stage)


@router.get(f"{_STAGE}/people", response=public(BoardOut), url_name="people")
def list_people(
    request: HttpRequest,
    season: Slug,
    stage: Slug,
    track: Word = "",
    team: Word = "",
    page: PageNumber = 1,
) -> BoardOut:
    """The table of persons; with `team`, a delegation's code, the ranks inside that delegation."""
    return selectors.people_board(season, stage, track=track, team=team, page=page)


@router.get(f"{_STAGE}/teams", response=public(BoardOut), url_name="teams")
def list_teams(
    request: HttpRequest, season: Slug, stage: Slug, track: Word = "", page: PageNumber = 1
) -> BoardOut:
    """The table of delegations; empty where the stage ranks none."""
    return selectors.teams_board(season, stage, track=track, page=page)


@router.get(f"{_STAGE}/advancement", response=public(Paged[AdvancementOut]), url_name="advancement")
def list_advancement(
    request: HttpRequest, season: Slug, stage: Slug, page: PageNumber = 1
) -> Paged[AdvancementOut]:
    """Who goes on from here, and how."""
    return selectors.page_of_advancement(season, stage, page)


@router.get("seasons/{slug:season}/awards", response=public(Paged[AwardOut]), url_name="awards")
def list_awards(request: HttpRequest, season: Slug, page: PageNumber = 1) -> Paged[AwardOut]:
    """Who holds which award, of all published results."""
    return selectors.page_of_awards(season, page)

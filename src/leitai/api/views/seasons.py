"""Seasons, calendars and rules, for everybody."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from leitai.api import selectors
from leitai.api.schemas import CalendarOut, Paged, RulesOut, RulesText, SeasonDetail, SeasonOut
from leitai.api.views.parts import Number, PageNumber, Slug, public

router = Router(tags=["seasons"])
_SEASON = "seasons/{slug:season}"


@router.get("seasons", response=public(Paged[SeasonOut]), url_name="seasons")
def list_seasons(request: HttpRequest, page: PageNumber = 1) -> Paged[SeasonOut]:
    """Every season that was opened, the newest first."""
    return selectors.page_of_seasons(page)


@router.get(_SEASON, response=public(SeasonDetail), url_name="season")
def get_season(request: HttpRequest, season: Slug) -> SeasonDetail:
    """One season with its tracks, stages and delegations."""
    return selectors.season_detail(season)


@router.get(f"{_SEASON}/calendar", response=public(CalendarOut), url_name="calendar")
def get_calendar(request: HttpRequest, season: Slug) -> CalendarOut:
    """Every window that the rulebook names, as it holds now, with dates of single delegations."""
    return selectors.calendar(season)


@router.get(f"{_SEASON}/rulebooks", response=public(Paged[RulesOut]), url_name="rulebooks")
def list_rulebooks(request: HttpRequest, season: Slug, page: PageNumber = 1) -> Paged[RulesOut]:
    """The versions of the rules, the first one first."""
    return selectors.page_of_rules(season, page)


@router.get(f"{_SEASON}/rulebooks/{{int:number}}", response=public(RulesText), url_name="rulebook")
def get_rulebook(request: HttpRequest, season: Slug, number: Number) -> RulesText:
    """One version with its text (YAML) and hash."""
    return selectors.rules_text(season, number)

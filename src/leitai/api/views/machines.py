"""For systems of an upper or lower level, with a token of the season."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from leitai.api import selectors
from leitai.api.schemas import EntryOut, Paged, UpwardDetail, UpwardOut
from leitai.api.security import MACHINE, token_of
from leitai.api.views.parts import Number, PageNumber, Slug, Word, held

router = Router(tags=["machines"], auth=MACHINE)
_SEASON = "seasons/{slug:season}"


@router.get(
    f"{_SEASON}/stages/{{slug:stage}}/entries",
    response=held(Paged[EntryOut]),
    url_name="entries",
)
def list_entries(
    request: HttpRequest, season: Slug, stage: Slug, page: PageNumber = 1
) -> Paged[EntryOut]:
    """Who stands in a stage, without any personal number."""
    return selectors.page_of_entries(token_of(request), season, stage, page)


@router.get(f"{_SEASON}/upward", response=held(Paged[UpwardOut]), url_name="upward-lists")
def list_upward(request: HttpRequest, season: Slug, page: PageNumber = 1) -> Paged[UpwardOut]:
    """The lists for the level above that are frozen or sent."""
    return selectors.page_of_upward(token_of(request), season, page)


@router.get(f"{_SEASON}/upward/{{int:number}}", response=held(UpwardDetail), url_name="upward-list")
def get_upward(
    request: HttpRequest, season: Slug, number: Number, stage: Word = "", page: PageNumber = 1
) -> UpwardDetail:
    """One list with its rows, of all stages or of one."""
    token = token_of(request)
    return selectors.upward_detail(token, season, number, stage=stage, page=page)

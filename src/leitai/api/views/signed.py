"""For whoever is signed in: the organisation tree, and what is one's own to do."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from leitai.api import selectors
from leitai.api.schemas import DutyOut, MeOut, Paged, UnitDetail, UnitOut
from leitai.api.security import SESSION, actor_of
from leitai.api.views.parts import PageNumber, Slug, Word, held
from leitai.units.selectors import UnitQuery

router = Router(tags=["signed in"], auth=SESSION)


@router.get("me", response=held(MeOut), url_name="me")
def get_me(request: HttpRequest) -> MeOut:
    """By which appointments the session acts."""
    return selectors.me(actor_of(request))


@router.get("seasons/{slug:season}/duties", response=held(Paged[DutyOut]), url_name="duties")
def list_duties(request: HttpRequest, season: Slug, page: PageNumber = 1) -> Paged[DutyOut]:
    """What is open for the signed-in person in a season, the earliest first."""
    return selectors.page_of_duties(actor_of(request), season, page, at=timezone.now())


@router.get("units", response=held(Paged[UnitOut]), url_name="units")
def list_units(
    request: HttpRequest,
    words: Word = "",
    kind: Word = "",
    level: Word = "",
    state: Word = "",
    page: PageNumber = 1,
) -> Paged[UnitOut]:
    """Units of one's own subtrees by parts of the name or the beginning of the code."""
    query = UnitQuery(words, kind, level, "", state)
    return selectors.page_of_units(actor_of(request), query, page)


@router.get("units/{code}", response=held(UnitDetail), url_name="unit")
def get_unit(request: HttpRequest, code: str) -> UnitDetail:
    """One unit with what stands above and below it."""
    return selectors.unit_detail(actor_of(request), code)

"""The tokens of a season as its office sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from leitai.api.enums import TokenState
from leitai.api.models import Token
from leitai.api.rules import can_keep_tokens, can_see_tokens
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

PAGE_SIZE = 30
_SHAPES = {TokenState.LIVE: "ok", TokenState.EXPIRED: "none", TokenState.REVOKED: "out"}


@dataclass(frozen=True, slots=True)
class Line:
    token: Token
    state: TokenState

    @property
    def live(self) -> bool:
        return self.state == TokenState.LIVE

    @property
    def shape(self) -> str:
        return _SHAPES[self.state]

    @property
    def word(self) -> str:
        return str(self.state.label)


@dataclass(frozen=True, slots=True)
class TokensPage:
    season: Season
    page: Page[Token]
    lines: tuple[Line, ...]
    may_keep: bool


def tokens_page(viewer: Actor, code: str, number: str | None, *, at: datetime) -> TokensPage:
    """The newest first; raises DomainError("forbidden") for who does not see the office."""
    season = seasons.get_season(code)
    host = seasons.host_path(season)
    if not can_see_tokens(viewer, code, host):
        raise DomainError("forbidden")
    page = Paginator(Token.objects.filter(season=season), PAGE_SIZE).get_page(number)
    return TokensPage(
        season=season,
        page=page,
        lines=tuple(Line(one, one.state_at(at)) for one in page),
        may_keep=can_keep_tokens(viewer, code, host),
    )


def get_season_to_keep(viewer: Actor, code: str) -> Season:
    """For its office alone; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    if not can_keep_tokens(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def get_token_to_keep(viewer: Actor, code: str, number: int) -> Token:
    season = get_season_to_keep(viewer, code)
    found = Token.objects.filter(season=season, pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found

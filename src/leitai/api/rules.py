"""Who keeps the tokens of a season."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.seasons import rules as seasons


def can_see_tokens(actor: Actor, season: str, host: str) -> bool:
    """`host` is the path of the season's host unit. Supervisors look on."""
    return seasons.can_see_office(actor, season, host)


def can_keep_tokens(actor: Actor, season: str, host: str) -> bool:
    return seasons.can_run_office(actor, season, host)

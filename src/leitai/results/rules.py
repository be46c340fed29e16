"""Who may compute, decide and see results. What each audience sees is the rulebook's data."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.seasons import rules as seasons
from leitai.units.rules import is_house


def can_compute(actor: Actor, season: str, host: str) -> bool:
    """`host` is the path of the season's host unit."""
    return is_house(actor) or seasons.can_run_office(actor, season, host)


def can_decide(actor: Actor, season: str, host: str) -> bool:
    """Resolve ties, confirm and publish: an officer of the committee, never the house itself."""
    return seasons.can_run_office(actor, season, host)


def can_resolve(actor: Actor, season: str, host: str) -> bool:
    """Say for the committee how a tie, a list or an award was decided: its office or its lead."""
    return seasons.can_resolve(actor, season, host)


def can_approve(actor: Actor, season: str, host: str) -> bool:
    """The second officer's part: another of the office, the committee's lead, a supervisor."""
    return seasons.can_see_office(actor, season, host)


def can_see_previews(actor: Actor, season: str, host: str) -> bool:
    return is_house(actor) or seasons.can_see_office(actor, season, host)

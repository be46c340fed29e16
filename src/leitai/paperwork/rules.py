"""Who may print and export. Supervisors and the committee's lead look on and take copies."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.seasons import rules as seasons


def can_see_desk(actor: Actor, season: str, host: str) -> bool:
    """`host` is the path of the season's host unit."""
    return seasons.can_see_office(actor, season, host)


def can_export(actor: Actor, season: str, host: str) -> bool:
    """What holds no personal numbers may be taken by whoever sees the office."""
    return seasons.can_see_office(actor, season, host)


def can_keep_templates(actor: Actor, season: str, host: str) -> bool:
    return seasons.can_run_office(actor, season, host)


def can_pay(actor: Actor, season: str, host: str) -> bool:
    """Lists with ID and bank numbers: the office alone, with a reason."""
    return seasons.can_run_office(actor, season, host)
